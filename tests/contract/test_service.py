"""The service itself: where it is, what it publishes, and how it says that something is wrong."""

import json
import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ksef_facade.contract.compare import compare
from ksef_facade.contract.facts import BUILD
from ksef_facade.contract.packaged import packaged_contract
from ksef_facade.environments import ENVIRONMENTS
from scripts.contract_tests.checking import beyond_contract, facts, probes
from tests.contract.world import digest, moment

UNKNOWN_SESSION = "20250925-SO-2F67776000-97273B191A-65"
OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:\+00:00|Z)")


@facts(
    "place.test-address", "place.unknown-route", "place.contract-published", "place.contract-same"
)
@probes("api-version")
def test_where_the_api_is_and_what_it_publishes(world, check):
    if world.run.target.is_live:
        check(
            "place.test-address",
            world.environment == ENVIRONMENTS["test"],
            world.environment.base_url,
        )
    else:
        check.miss("place.test-address", "only a run against TEST can tell")
    answer = world.ask("GET", "/no/such/route")
    check("place.unknown-route", (answer.status, answer.body) == (404, b""), answer.summary)
    published = world.ask.link("GET", world.environment.contract_url)
    document = published.json
    found = isinstance(document, dict) and "paths" in document
    check("place.contract-published", published.status == 200 and found, published.summary)
    if not found:
        check.miss("place.contract-same", "no contract is published there")
        check.probe("api-version", published.summary)
        return
    report = compare(packaged_contract(), document)
    check("place.contract-same", report.exit_code == 0, report.document())
    info = document["info"]
    check.probe("api-version", f"version {info.get('version')}, build {info.get(BUILD)}")


@facts(
    "errors.legacy-shape",
    "errors.legacy-service-code",
    "errors.problem-opt-in",
    "errors.problem-members",
    "errors.problem-texts",
    "errors.problem-instance",
    "errors.trace-id",
    "errors.21405",
    "errors.all-at-once",
    "errors.21001",
)
def test_a_400_in_both_shapes(world, check):
    wrong = {"pageSize": "5", "sessionType": "Neither"}
    legacy = world.ask("GET", "/sessions", params=wrong, problem=False)
    exception = (legacy.json or {}).get("exception") or {}
    entries = exception.get("exceptionDetailList") or [{}]
    shaped = isinstance(entries[0].get("exceptionCode"), int) and entries[0].get(
        "exceptionDescription"
    )
    check("errors.legacy-shape", legacy.status == 400 and shaped, legacy.body.decode())
    trace = r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"
    check(
        "errors.legacy-service-code",
        re.fullmatch(trace, str(exception.get("serviceCode"))),
        exception.get("serviceCode"),
    )
    answer = world.ask("GET", "/sessions", params=wrong)
    media = answer.headers.get("content-type", "")
    check("errors.problem-opt-in", media.startswith("application/problem+json"), media)
    problem = answer.json or {}
    needed = {"title", "status", "instance", "detail", "errors", "timestamp", "traceId"}
    check("errors.problem-members", needed <= set(problem), sorted(problem))
    texts = (problem.get("title"), problem.get("detail"))
    check("errors.problem-texts", texts == ("Bad Request", "Żądanie jest nieprawidłowe."), texts)
    instance = str(problem.get("instance"))
    check("errors.problem-instance", instance.endswith("/sessions"), instance)
    check(
        "errors.trace-id",
        re.fullmatch(r"[0-9a-f]{32}", str(problem.get("traceId"))),
        problem.get("traceId"),
    )
    check("errors.21405", set(answer.codes) & {21405, 21001}, answer.summary)
    details = [text for entry in problem.get("errors", ()) for text in entry.get("details") or ()]
    check("errors.all-at-once", len(problem.get("errors", ())) >= 2 or len(details) >= 2, details)
    broken = world.ask(
        "POST",
        "/sessions/online",
        content=b'{"formCode": ',
        headers={"Content-Type": "application/json"},
    )
    check("errors.21001", broken.refuses(21001, 21405), broken.summary)


def own_grants(world, content):
    """The caller's own permissions, asked for with a body exactly as given."""
    path = "/permissions/query/personal/grants"
    headers = {} if content is None else {"Content-Type": "application/json"}
    return world.ask("POST", path, content=content, headers=headers)


@probes("body-left-out")
def test_a_request_without_a_body(world, check):
    absent, empty = own_grants(world, None), own_grants(world, b"{}")
    check.probe("body-left-out", f"without: {absent.summary}; with an empty one: {empty.summary}")


@beyond_contract("a byte order mark is no part of JSON")
@probes("byte-order-mark")
def test_a_byte_order_mark_before_a_body(world, check):
    check.probe("byte-order-mark", own_grants(world, b"\xef\xbb\xbf{}").summary)


@facts("errors.401-problem", "errors.401-texts", "errors.401-malformed-token")
def test_a_401_is_always_a_problem(world, check):
    answer = world.ask(
        "GET", "/sessions/{referenceNumber}", UNKNOWN_SESSION, bearer=None, problem=False
    )
    media = answer.headers.get("content-type", "")
    shaped = answer.status == 401 and media.startswith("application/problem+json")
    check("errors.401-problem", shaped, f"{answer.status} {media}")
    problem = answer.json or {}
    texts = (problem.get("title"), problem.get("detail"))
    check("errors.401-texts", texts == ("Unauthorized", "Wymagane jest uwierzytelnienie."), texts)
    bad = world.ask("GET", "/sessions/{referenceNumber}", UNKNOWN_SESSION, bearer="no.token.atall")
    check("errors.401-malformed-token", bad.status == 401, bad.summary)


@facts("headers.test-warning", "headers.warning-folded", "headers.unknown-fields-ignored")
def test_warnings_and_what_is_ignored(world, check):
    def warned(text):
        headers = {"X-Test-System-Warning": text}
        return world.ask("POST", "/auth/challenge", bearer=None, headers=headers)

    text = "[planned-outage]: tonight from 20:00"
    answer = warned(text)
    check("headers.test-warning", answer.headers.get("x-system-warning") == text, answer.summary)
    answer = warned("Zażółć gęślą jaźń".encode())
    warning = answer.headers.get("x-system-warning", "")
    check("headers.warning-folded", warning and warning.isascii(), warning)
    odd = (
        world.ask(
            "POST",
            "/testdata/subject/remove",
            bearer=None,
            json={"subjectNip": world.nip, "somethingNew": True},
        )
        if world.is_owner
        else None
    )
    if odd is None:
        check.miss(
            "headers.unknown-fields-ignored",
            "the login is somebody's own: no test data of it is touched",
        )
    else:
        check("headers.unknown-fields-ignored", not odd.refuses(21405, 21001), odd.summary)


@facts("time.offset", "time.clock")
def test_times_have_an_offset(world, check):
    answer = world.ask("POST", "/auth/challenge", bearer=None).json
    check("time.offset", OFFSET.fullmatch(answer["timestamp"]), answer["timestamp"])
    apart = abs(moment(answer["timestamp"]) - datetime.now(UTC))
    check("time.clock", apart < timedelta(minutes=5), apart)


@facts(
    "keys.list",
    "keys.anonymous",
    "keys.usages",
    "keys.public-key-id",
    "keys.certificate-id",
    "keys.rsa",
    "keys.valid",
)
def test_the_public_keys(world, check):
    answer = world.ask("GET", "/security/public-key-certificates", bearer=None)
    entries = answer.json
    check("keys.anonymous", answer.status == 200, answer.summary)
    check("keys.list", isinstance(entries, list) and entries, type(entries).__name__)
    usages = {usage for entry in entries for usage in entry["usage"]}
    check(
        "keys.usages", {"KsefTokenEncryption", "SymmetricKeyEncryption"} <= usages, sorted(usages)
    )
    for entry in entries:
        der = b64decode(entry["certificate"])
        key = x509.load_der_x509_certificate(der).public_key()
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        own = b64encode(sha256(spki).digest()).decode()
        check("keys.public-key-id", entry["publicKeyId"] == own, entry["publicKeyId"])
        own = b64encode(sha256(der).digest()).decode()
        check("keys.certificate-id", entry["certificateId"] == own, entry["certificateId"])
        check(
            "keys.rsa",
            getattr(key, "key_size", 0) >= 2048 and hasattr(key, "encrypt"),
            type(key).__name__,
        )
    now = datetime.now(UTC)
    for usage in ("KsefTokenEncryption", "SymmetricKeyEncryption"):
        valid = [
            e
            for e in entries
            if usage in e["usage"] and moment(e["validFrom"]) <= now < moment(e["validTo"])
        ]
        check("keys.valid", valid, usage)


@facts("keys.21470", "keys.21470-login", "keys.21470-batch")
def test_an_unknown_key_is_refused_at_once(world, check):
    _, encryption = world.encryption(publicKeyId=b64encode(bytes(32)).decode())
    body = {
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "encryption": encryption,
    }
    answer = world.ask("POST", "/sessions/online", json=body)
    check("keys.21470", answer.refuses(21470), answer.summary)
    file = {"fileSize": 1, "fileHash": digest(b"1")}
    part = {"ordinalNumber": 1, "fileSize": 16, "fileHash": digest(b"2")}
    batch = {**body, "batchFile": {**file, "fileParts": [part]}}
    answer = world.ask("POST", "/sessions/batch", json=batch)
    check("keys.21470-batch", answer.refuses(21470), answer.summary)
    login = {
        "challenge": world.ask("POST", "/auth/challenge", bearer=None).json["challenge"],
        "contextIdentifier": {"type": "Nip", "value": world.nip},
        "encryptedToken": b64encode(bytes(256)).decode(),
        "publicKeyId": encryption["publicKeyId"],
    }
    answer = world.ask("POST", "/auth/ksef-token", json=login, bearer=None)
    check("keys.21470-login", answer.refuses(21470), answer.summary)


@facts("limits.rate-groups", "limits.rate-table", "limits.context-defaults", "limits.subject")
@probes("rate-limits-on-test", "close-limits", "night-limits")
def test_limits_in_force(world, check):
    from ksef_api.limits import GROUPS

    answer = world.ask("GET", "/rate-limits")
    found = answer.json or {}
    check("limits.rate-groups", answer.status == 200 and set(GROUPS) <= set(found), sorted(found))
    mine = {
        name: (limit.per_second, limit.per_minute, limit.per_hour)
        for name, limit in GROUPS.items()
        if name in found
    }
    theirs = {
        name: tuple(
            found[name][key] if found[name][key] >= 0 else None
            for key in ("perSecond", "perMinute", "perHour")
        )
        for name in mine
    }
    other = {name: (mine[name], theirs[name]) for name in mine if mine[name] != theirs[name]}
    check("limits.rate-table", not other, other or "as in the contract")
    check.probe("rate-limits-on-test", "as in the contract" if not other else json.dumps(other))
    check.probe(
        "close-limits", [theirs.get(name) for name in ("onlineSessionClose", "batchSessionClose")]
    )
    hour = datetime.now(UTC).isoformat(timespec="minutes")
    check.probe(
        "night-limits",
        f"at {hour}: global {found.get('global')}, invoiceSend {found.get('invoiceSend')}",
    )
    context = world.ask("GET", "/limits/context").json or {}
    sizes = context.get("onlineSession", {})
    held = (
        sizes.get("maxInvoiceSizeInMB"),
        sizes.get("maxInvoiceWithAttachmentSizeInMB"),
        sizes.get("maxInvoices"),
    )
    check("limits.context-defaults", held == (1, 3, 10_000), context)
    subject = world.ask("GET", "/limits/subject")
    check("limits.subject", subject.status == 200, subject.summary)


pytestmark = pytest.mark.filterwarnings("ignore::ksef_facade.KsefSystemWarning")
