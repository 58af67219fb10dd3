"""The tax numbers of an invoice: their shape, their checksums, and who may issue it.

KSeF checks the shape everywhere; checksums on production, and on the test environments only in
sessions that ask for it (documented rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.identifiers import Nip
from ksef_facade.invoices.facts import InvoiceFacts, Party
from ksef_facade.invoices.problems import InvoiceProblem, Severity, quoted

if TYPE_CHECKING:
    from ksef_facade.logins.contexts import Context

# Schemas FA, type TNrNIP; contract schema Nip.
_NIP: Final = re.compile(r"[1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}")
# Schemas FA, type TNIPIdWew; contract schema InternalId.
_INTERNAL_ID: Final = re.compile(r"[1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}-[0-9]{5}")
_NIP_LENGTH: Final = 10


def check_tax_numbers(facts: InvoiceFacts, severity: Severity) -> Iterator[InvoiceProblem]:
    """Shape and checksum of every tax number; `severity` is that of a wrong checksum."""
    for party in facts.parties:
        shape = _INTERNAL_ID if party.is_internal_id else _NIP
        if not shape.fullmatch(party.number):
            yield _misshapen(party)
        elif not _has_checksum(party.number[:_NIP_LENGTH]):
            where = "" if severity == "error" else "; production would refuse it"
            yield InvoiceProblem(
                code="nip-checksum",
                message=(
                    f"the tax number {quoted(party.number)} of {party.element} has a wrong "
                    f"checksum{where}: correct the number"
                ),
                severity=severity,
                line=party.line or None,
            )


def _misshapen(party: Party) -> InvoiceProblem:
    if party.is_internal_id:
        wanted = "an internal identifier: write the NIP, a hyphen and 5 digits"
    else:
        wanted = "a NIP: write its 10 digits without separators or country code"
    return InvoiceProblem(
        code="invalid-nip",
        message=f"{quoted(party.number)} of {party.element} is not {wanted}",
        line=party.line or None,
    )


def _has_checksum(number: str) -> bool:
    try:
        Nip.parse(number)
    except InvalidIdentifier:
        return False
    return True


def check_seller(facts: InvoiceFacts, context: Context) -> Iterator[InvoiceProblem]:
    """Whether a context may issue an invoice of this seller, as far as the invoice shows it.

    Documented rules: a context issues for its own NIP; for another's with a grant (self-invoicing,
    tax representative, flat-rate farmers, Peppol provider), as a unit or member of the seller, or
    as an enforcement authority. In each of these cases the invoice names the context among its
    parties. So a context that it does not name is an error; one that it names, without saying that
    this party issued it, is a warning.
    """
    if facts.seller_nip is None or context.type == "PeppolId":
        # Who has sent through a Peppol provider is not the provider's own number.
        return
    # An internal identifier and a NIP with a VAT number both begin with the NIP of the taxpayer.
    nip = context.value.partition("-")[0]
    if nip == facts.seller_nip or _says_it_issued(facts, context, nip):
        return
    line = facts.lines.get("NIP") or facts.lines.get("CompanyID")
    about = f"the seller is {quoted(facts.seller_nip)}, and the login acts for {quoted(nip)}"
    if nip == facts.buyer_nip:
        yield InvoiceProblem(
            code="seller-context",
            message=f"{about}, the buyer, but the invoice is not marked as self-invoicing: check both",
            severity="warning",
            line=line,
        )
    elif any(party.number.partition("-")[0] == nip for party in facts.parties):
        yield InvoiceProblem(
            code="seller-context",
            message=f"{about}, another party of it: make sure that it may issue for the seller",
            severity="warning",
            line=line,
        )
    else:
        yield InvoiceProblem(
            code="seller-context",
            message=f"{about}, whom it does not name: log in for the seller, or correct the seller",
            line=line,
        )


def _says_it_issued(facts: InvoiceFacts, context: Context, nip: str) -> bool:
    if facts.form is not None and facts.form.layout == "RR":
        # The buyer issues a flat-rate farmer's invoice.
        return nip == facts.buyer_nip
    if nip == facts.buyer_nip and facts.is_self_invoicing:
        return True
    # A bailiff, an enforcement authority or a tax representative.
    return any(
        party.element == "PodmiotUpowazniony" and party.number == nip for party in facts.parties
    )
