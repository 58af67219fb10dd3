"""What a hostile or broken service may do, and what stays true all the same."""

import copy
import gzip
import pickle
import warnings

import httpx
import pytest

from ksef_facade import (
    IntegrityFailure,
    KsefError,
    KsefSystemWarning,
    PollingDeadlineExceeded,
    RepeatedToken,
    TransportError,
    UndecodableBody,
    UnusableReference,
)
from tests.facade.scripted import (
    INVOICE,
    PAGE_1,
    PAGE_2,
    SESSION,
    Server,
    invoice_status,
    legacy,
    link,
    ok,
    problem,
    session_status,
    upo,
    upo_pages,
    xml,
)

STATUS = f"GET /sessions/{SESSION}"
INVOICES = f"GET /sessions/{SESSION}/invoices"
API_PAGE = f"GET /sessions/{SESSION}/upo/{PAGE_1}"
LINK_1 = "GET " + link("p1").removeprefix("https://api-test.ksef.mf.gov.pl").partition("?")[0]


class Dripping(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of single bytes, each a second after the one before, without end."""

    def __init__(self, time, most=10_000):
        self.time = time
        self.left = most

    def _next(self):
        self.left -= 1
        assert self.left, "nobody gave up"
        self.time.seconds += 1
        return b" "

    def __iter__(self):
        while True:
            yield self._next()

    async def __aiter__(self):
        while True:
            yield self._next()


def test_a_body_that_drips_does_not_outlast_a_wait(make):
    server = Server()
    server.on(STATUS, lambda _: httpx.Response(200, stream=Dripping(server.time)))
    session = make(server).session(SESSION)
    begin = server.time.seconds
    with pytest.raises(PollingDeadlineExceeded):
        session.wait(timeout=20)
    assert server.time.seconds - begin < 25


def test_a_login_inside_a_wait_keeps_its_deadline_too(make):
    server = Server()
    server.on("POST /auth/challenge", lambda _: httpx.Response(200, stream=Dripping(server.time)))
    session = make(server).session(SESSION)
    begin = server.time.seconds
    with pytest.raises(PollingDeadlineExceeded):
        session.wait(timeout=20)
    assert server.time.seconds - begin < 25


@pytest.mark.parametrize("packed", [False, True])
def test_an_endless_answer_is_given_up(make, packed):
    class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
        piece = gzip.compress(bytes(8 << 20)) if packed else bytes(1 << 20)

        def __iter__(self):
            for _ in range(1000):
                yield self.piece

        async def __aiter__(self):
            for _ in range(1000):
                yield self.piece

    headers = {"Content-Encoding": "gzip"} if packed else {}
    server = Server().on(STATUS, lambda _: httpx.Response(200, headers=headers, stream=Endless()))
    with pytest.raises((IntegrityFailure, UndecodableBody, TransportError)):
        make(server, retry_deadline=0).session(SESSION).status()


@pytest.mark.parametrize(
    "url",
    [
        "https://api-test.ksef.mf.gov.pl/p1\x00",
        "\n",
        "x\ty",
        "/p" * 50_000,
        "ż",
        "",
    ],
)
def test_a_link_that_is_no_url_leads_to_the_api(make, tmp_path, url):
    status = ok(session_status(200, upo=upo_pages((PAGE_1, url)), successfulInvoiceCount=1))
    server = Server().on(STATUS, status).on(API_PAGE, xml(upo()))
    (page,) = make(server).session(SESSION).upo.save(tmp_path).pages
    assert page.source == "api"


def test_a_continuation_token_of_any_script_goes_back_as_it_came(make):
    first = ok({"invoices": [invoice_status()], "continuationToken": "zażółć"})
    server = Server().on(INVOICES, first, ok({"invoices": []}))
    assert len(list(make(server).session(SESSION).invoices())) == 1
    raw = dict(server.requests[-1].headers.raw)
    assert raw[b"x-continuation-token"].decode() == "zażółć"


@pytest.mark.parametrize("token", [r"a\r\nX-Evil: 1", r"\ud800"])
def test_a_token_that_no_header_can_carry_is_a_typed_error(make, token):
    body = '{"invoices": [], "continuationToken": "' + token + '"}'
    server = Server().on(INVOICES, httpx.Response(200, content=body.encode()))
    with pytest.raises(KsefError):
        list(make(server).session(SESSION).invoices())


def test_a_list_of_nothing_but_new_tokens_ends(make):
    count = iter(range(10**9))
    server = Server().on(
        INVOICES, lambda _: ok({"invoices": [], "continuationToken": f"t{next(count)}"})
    )
    with pytest.raises(RepeatedToken):
        list(make(server, rate_limits="off").session(SESSION).invoices())
    assert server.count(INVOICES) < 200


@pytest.mark.parametrize(
    "references",
    [(PAGE_1, PAGE_1), ("", ""), ("../../x", "../../x"), (None, PAGE_2), (PAGE_1, "a/b")],
)
def test_no_page_takes_the_place_of_another(make, tmp_path, references):
    contents = [upo(page=1, pages=2, total=2), upo(page=2, pages=2, total=2)]
    links = upo_pages(*zip(references, (link("p1"), link("p2")), strict=True))
    status = ok(session_status(200, upo=links, successfulInvoiceCount=2))
    server = Server().on(STATUS, status)
    server.on(LINK_1, xml(contents[0])).on(LINK_1.replace("p1", "p2"), xml(contents[1]))
    receipt = make(server).session(SESSION).upo.save(tmp_path / "here", overwrite=True)
    assert receipt.complete
    assert [page.path.read_bytes() for page in receipt.pages] == contents
    assert len(list((tmp_path / "here").iterdir())) == 2
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("written", ["quoted", "hex", "unpadded", "twice", "unreadable"])
def test_a_digest_in_another_way_of_writing_is_understood(make, tmp_path, written):
    import base64
    import hashlib

    content = upo()
    digest = hashlib.sha256(content).digest()
    text = base64.b64encode(digest).decode()
    header = {
        "quoted": f'"{text}"',
        "hex": digest.hex(),
        "unpadded": text.rstrip("="),
        "twice": f"{text}, {text}",
        "unreadable": "sha-256",
    }[written]
    status = ok(session_status(200, upo=upo_pages((PAGE_1, link("p1"))), successfulInvoiceCount=1))
    server = Server().on(STATUS, status).on(LINK_1, xml(content, declared=header))
    (page,) = make(server).session(SESSION).upo.save(tmp_path).pages
    assert page.hash_verified is (written != "unreadable")
    assert page.source == "link"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            (
                "<NumerRef",
                "<Uwierzytelnienie><IdKontekstu><Nip>7980332920</Nip></IdKontekstu></Uwierzytelnienie><NumerRef",
            ),
            "7980332920",
        ),
        (("Ministerstwo Finansów", "Ministerstwo Finansów - (TR)"), "demo"),
    ],
)
def test_the_upo_of_another_taxpayer_or_environment_is_told(make, tmp_path, change, told):
    content = upo().decode().replace(*change).encode()
    status = ok(session_status(200, upo=upo_pages((PAGE_1, link("p1"))), successfulInvoiceCount=1))
    server = Server().on(STATUS, status).on(LINK_1, xml(content))
    session = make(server).session(SESSION)
    receipt = session.upo.save(tmp_path)
    assert not receipt.complete
    assert told in receipt.problems[0]
    with pytest.raises(IntegrityFailure, match=told):
        list(session.upo.pages())


def test_pages_in_memory_are_not_silently_incomplete(make):
    status = ok(session_status(200, upo=upo_pages((PAGE_1, link("p1"))), successfulInvoiceCount=7))
    server = Server().on(STATUS, status).on(LINK_1, xml(upo(page=1, pages=7, total=7)))
    seen = []
    with pytest.raises(IntegrityFailure, match="not whole"):
        seen.extend(make(server).session(SESSION).upo.pages())
    assert server.count(LINK_1) == 1


def test_a_reference_that_is_a_path_is_never_asked_for(make):
    opened = ok({"referenceNumber": "../../tokens"}, 201)
    server = Server().on("POST /sessions/online", opened)
    with pytest.raises(UnusableReference), make(server).open_online_session():
        pass
    assert all("tokens" not in request.url.path for request in server.requests)


def test_a_warning_never_costs_an_answer_that_cannot_be_asked_for_again(make):
    def broken(_):
        raise RuntimeError("hook")

    warned = {"X-System-Warning": "[a-1]: text"}
    server = (
        Server()
        .on("POST /sessions/online", ok({"referenceNumber": SESSION}, 201, **warned))
        .on(
            f"POST /sessions/online/{SESSION}/invoices",
            ok({"referenceNumber": INVOICE}, 202, **warned),
        )
        .on(f"POST /sessions/online/{SESSION}/close", httpx.Response(204, headers=warned))
        .on(STATUS, ok(session_status(100)))
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with make(server).open_online_session() as online:
            assert online.send(b"<a/>").reference_number == INVOICE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with make(server, on_system_warning=broken).open_online_session() as online:
            assert online.send(b"<a/>").reference_number == INVOICE


def test_a_warning_of_work_side_by_side_still_names_the_callers_line(make, tmp_path):
    pages = upo_pages((PAGE_1, link("x")), (PAGE_2, link("y")))
    status = ok(session_status(200, upo=pages, successfulInvoiceCount=2))
    server = Server().on(STATUS, status)
    for number, reference in enumerate((PAGE_1, PAGE_2), start=1):
        answer = xml(upo(page=number, pages=2, total=2))
        answer.headers["X-System-Warning"] = f"[w{number}]: text"
        server.on(f"GET /sessions/{SESSION}/upo/{reference}", answer)
    upos = make(server).session(SESSION).upo
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        upos.save(tmp_path)
    ours = [entry for entry in caught if entry.category is KsefSystemWarning]
    assert len(ours) == 2
    assert all("tests" in entry.filename or "asyncio" in entry.filename for entry in ours)


def test_values_and_errors_can_be_copied_pickled_and_hashed(make):
    row = invoice_status(440, status={"code": 440, "extensions": {"originalKsefNumber": "x"}})
    server = Server().on(INVOICES, ok({"invoices": [row]})).on(STATUS, ok(session_status()))
    session = make(server).session(SESSION)
    (invoice,) = session.invoices()
    for value in (invoice, session.status(), session.handle, session.reference):
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value
        hash(value)
    for answer in (legacy(21405, "x"), problem(403, reasonCode="x"), httpx.Response(429)):
        server.on(STATUS, answer)
        with pytest.raises(KsefError) as caught:
            session.status()
        again = pickle.loads(pickle.dumps(caught.value))
        assert type(again) is type(caught.value)
        assert str(again) == str(caught.value)
        assert again.response == caught.value.response
        assert copy.copy(caught.value).status_code == answer.status_code
