"""Providers of Peppol services: their logins, their list, and the invoices that they send for sellers."""

import pytest
from attrs import evolve
from cryptography.x509 import NameAttribute
from cryptography.x509.oid import NameOID

from ksef_facade import CertificateAuth
from ksef_facade.crypto.self_signed import _sign_itself, self_signed_seal
from ksef_facade.errors import AuthenticationFailed
from ksef_facade.upo import read_upo
from scripts.contract_tests.checking import facts, probes
from tests.contract.other_documents import PEF, PEF_KOR, peppol_correction, peppol_invoice
from tests.contract.submitting import CLOSE, INVOICE, SEND, opened, settled
from tests.contract.test_receiving import QUERY, filters
from tests.contract.test_relations import listed
from tests.contract.test_rights import settled as granted_by
from tests.contract.world import FA_3, digest, invoice_body, moment, until

AUTHORIZATIONS = "/permissions/authorizations/grants"


def seal(peppol_id):
    """A seal as a provider's: it names the identifier, and the organisation."""
    names = [
        NameAttribute(NameOID.ORGANIZATION_NAME, "Dostawca Testowy"),
        NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, peppol_id),
        NameAttribute(NameOID.COMMON_NAME, peppol_id),
    ]
    return _sign_itself(names, "ec", None)


def new_provider(world):
    """A provider that is about to log in for the first time: its identifier, and its own world."""
    peppol_id = f"PPL{world.random.randrange(10**6):06}"
    assert peppol_id not in {one["id"] for one in providers(world)}
    client, ask = world.login(CertificateAuth(seal(peppol_id), peppol_id=peppol_id))
    if world.run.target.is_live:
        told = f"Peppol provider {peppol_id}: nothing takes it out of the list of providers"
        world.run.findings.mess.append(told)
    return peppol_id, evolve(world, ksef=client, ask=ask)


def providers(world):
    """The newest providers, as the list has them."""
    answer = world.ask("GET", "/peppol/query", bearer=None, params={"pageSize": 100})
    return answer.json["peppolProviders"]


@pytest.fixture(scope="module")
def provider(world):
    """A provider that has logged in."""
    peppol_id, its = new_provider(world)
    assert its.ask.token
    return peppol_id, its


@pytest.fixture(scope="module")
def seller(world):
    """A seller that has authorised nobody yet."""
    nip, client, ask = world.stranger()
    return evolve(world, nip=nip, ksef=client, ask=ask)


def refusal(world, auth):
    """How a login is refused; `None` when it is not."""
    try:
        assert world.login(auth)[1].token
    except AuthenticationFailed as error:
        return error.status.code if error.status else error.codes
    return None


@facts(
    "peppol.login",
    "peppol.method",
    "peppol.registered",
    "peppol.registered-once",
    "peppol.newest-first",
    "peppol.own-context",
)
@probes("peppol-name")
def test_a_provider_registers_itself_by_logging_in(world, check, request):
    peppol_id, its = new_provider(world)
    with check.seen("peppol.login"):
        assert its.ask.token
    sessions = its.ask("GET", "/auth/sessions", params={"pageSize": 10}).json
    methods = {one["authenticationMethod"] for one in sessions["items"]}
    check("peppol.method", methods == {"PeppolSignature"}, methods)

    def entries():
        return [one for one in providers(world) if one["id"] == peppol_id]

    until(world, entries, 30)
    check("peppol.registered", entries(), "listed" if entries() else "not listed")
    check.probe("peppol-name", [one.get("name") for one in entries()])
    again = world.login(CertificateAuth(seal(peppol_id), peppol_id=peppol_id))[1]
    assert again.token
    # Not before: where the first one cannot log in, this one cannot either.
    other, _ = request.getfixturevalue("provider")
    until(world, lambda: {peppol_id, other} <= {one["id"] for one in providers(world)}, 30)
    check("peppol.registered-once", len(entries()) == 1, entries())
    rows = providers(world)
    moments = [moment(one["dateCreated"]) for one in rows]
    in_order = len(set(moments)) > 1 and moments == sorted(moments, reverse=True)
    check("peppol.newest-first", in_order, [one["dateCreated"] for one in rows[:5]])
    told = {
        "a company's seal": refusal(
            world, CertificateAuth(self_signed_seal(world.nip, key="ec"), peppol_id=peppol_id)
        ),
        "another provider's": refusal(world, CertificateAuth(seal(other), peppol_id=peppol_id)),
        "a provider's for a company": refusal(
            world, CertificateAuth(seal(peppol_id), nip=world.nip)
        ),
    }
    check("peppol.own-context", None not in told.values(), told)


@facts("peppol.sessions", "peppol.no-history")
@probes("provider-fa-session")
def test_what_a_provider_may_open(check, provider):
    _, its = provider
    for form in (PEF, PEF_KOR):
        answer = opened(its, form=form)[0]
        check("peppol.sessions", answer.status == 201, (form["systemCode"], answer.summary))
    other = opened(its, form=FA_3)[0]
    check.probe("provider-fa-session", other.summary)
    history = its.ask("GET", "/sessions", params={"sessionType": "Online"})
    told = (history.status, history.problem.reason_code)
    check("peppol.no-history", told == (403, "missing-permissions"), history.summary)


class Sending:
    """A session of a provider's for documents of one form."""

    def __init__(self, its, form):
        self.ask, self._its = its.ask, its
        answer, self._key = opened(its, form=form)
        self.session = answer.json["referenceNumber"]

    def row(self, document):
        """What became of a document."""
        body = invoice_body(document, self._key)
        answer = self.ask("POST", SEND, self.session, json=body)
        return settled(self._its, self.session, answer.json["referenceNumber"])

    def status(self, document):
        """Its status alone."""
        return self.row(document)["status"]

    def close(self):
        """End the session."""
        self.ask("POST", CLOSE, self.session)


@facts(
    "pef.410-unauthorised",
    "peppol.authorised",
    "peppol.authorised-received",
    "pef.450-form",
    "pef.accepted",
    "pef.upo-context",
    "pef.correction",
    "pef.attachment-online",
    "pef.type",
    "pef.form-type",
)
@probes("pef-attachment-without-consent", "pef-invoicing-to-nip")
def test_a_provider_sends_for_a_seller(seller, check, provider):
    peppol_id, its = provider
    sending = Sending(its, PEF)
    invoice = seller.invoice()
    document = peppol_invoice(invoice)
    status = sending.status(document)
    check("pef.410-unauthorised", status["code"] == 410, status)
    body = {
        "permission": "PefInvoicing",
        "description": "contract test",
        "subjectDetails": {"fullName": "Dostawca Testowy"},
    }

    def authorise(kind, value):
        named = {"subjectIdentifier": {"type": kind, "value": value}, **body}
        answer = seller.ask("POST", AUTHORIZATIONS, json=named)
        return answer, granted_by(seller, answer) if answer.status == 202 else []

    answer, codes = authorise("PeppolId", peppol_id)
    check("peppol.authorised", answer.status == 202 and codes[-1:] == [200], (answer.status, codes))
    answer, codes = authorise("Nip", seller.stranger()[0])
    check.probe("pef-invoicing-to-nip", f"{answer.summary}, then {codes[-1:]}")
    received = {"queryType": "Received"}
    rows = listed(its.ask, "authorizations/grants", received, "authorizationGrants")[1]
    told = [
        (
            one["authorizingEntityIdentifier"]["value"],
            one["authorizedEntityIdentifier"],
            one["authorizationScope"],
        )
        for one in rows
    ]
    wanted = (seller.nip, {"type": "PeppolId", "value": peppol_id}, "PefInvoicing")
    check("peppol.authorised-received", told == [wanted], told)

    polish = sending.status(seller.document())
    check("pef.450-form", polish["code"] == 450, polish)
    row = sending.row(document)
    number = row.get("ksefNumber", "")
    check("pef.accepted", row["status"]["code"] == 200 and number.startswith(seller.nip), row)
    upo = read_upo(its.ask("GET", f"{INVOICE}/upo", sending.session, row["referenceNumber"]).body)
    named = (upo.context_kind, upo.context_value)
    check("pef.upo-context", named == ("PeppolId", peppol_id), named)
    correction = peppol_correction(seller.invoice(), invoice.number)
    correcting = Sending(its, PEF_KOR)
    status = correcting.status(correction)
    correcting.close()
    check("pef.correction", status["code"] == 200, status)

    attached = peppol_invoice(seller.invoice(), with_attachment=True)
    status = sending.status(attached)
    check.probe("pef-attachment-without-consent", status)
    consent = {"nip": seller.nip}
    seller.ask("POST", "/testdata/attachment", bearer=None, json=consent)
    seller.afterwards(
        "consent to attachments",
        lambda: seller.ask("POST", "/testdata/attachment/revoke", bearer=None, json=consent),
    )
    status_of = "/permissions/attachments/status"
    until(seller, lambda: seller.ask("GET", status_of).json.get("isAttachmentAllowed"), 30)
    attached = peppol_invoice(seller.invoice(), with_attachment=True)
    row = sending.row(attached)
    sending.close()
    check("pef.attachment-online", row["status"]["code"] == 200, row["status"])

    def is_stored():
        now = its.ask("GET", INVOICE, sending.session, row["referenceNumber"]).json
        return now.get("permanentStorageDate")

    until(seller, is_stored)
    narrow = {**filters(seller), "formType": "PEF"}
    found = seller.ask("POST", QUERY, json=narrow, params={"pageSize": 250}).json["invoices"]
    forms = {one["formCode"]["value"] for one in found}
    hashes = {one["invoiceHash"]: one["invoiceType"] for one in found}
    check("pef.form-type", forms == {"PEF"} and digest(document) in hashes, (forms, len(hashes)))
    types = (hashes.get(digest(document)), hashes.get(digest(correction)))
    check("pef.type", types == ("VatPef", "KorPef"), types)
