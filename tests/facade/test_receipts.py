"""UPO: the ways it may come, what is verified, what is saved, and why there is none."""

import logging
import stat
from base64 import b64encode
from hashlib import sha256

import httpx
import pytest

from ksef_facade import (
    FileConflict,
    IntegrityFailure,
    InvalidIdentifier,
    UpoNotReady,
    UpoWillNotExist,
)
from tests.facade.scripted import (
    INVOICE,
    NUMBER,
    PAGE_1,
    PAGE_2,
    SESSION,
    Server,
    html,
    legacy,
    link,
    ok,
    session_status,
    upo,
    upo_pages,
    xml,
)

STATUS = f"GET /sessions/{SESSION}"
API_PAGE = f"GET /sessions/{SESSION}/upo/{PAGE_1}"
LINK_1 = "GET " + link("p1").removeprefix("https://api-test.ksef.mf.gov.pl").partition("?")[0]
LINK_2 = LINK_1.replace("p1", "p2")
NEW_LINK = LINK_1.replace("p1", "new")
CONTENT = upo()


def with_links(*names, count=1):
    references = (PAGE_1, PAGE_2)
    pages = [(references[index], link(name)) for index, name in enumerate(names)]
    return ok(session_status(200, upo=upo_pages(*pages), successfulInvoiceCount=count))


def test_a_page_comes_over_its_link_for_one_metered_request(make, tmp_path):
    server = Server().on(STATUS, with_links("p1")).on(LINK_1, xml(CONTENT))
    receipt = make(server).session(SESSION).upo.save(tmp_path / "new" / "folder")
    (page,) = receipt.pages
    assert page.path.read_bytes() == CONTENT
    assert page.path.name == f"{SESSION}-upo-{PAGE_1}.xml"
    assert (page.source, page.hash_verified, page.size) == ("link", True, len(CONTENT))
    assert page.sha256 == b64encode(sha256(CONTENT).digest()).decode()
    assert (page.page, page.pages, page.document_count) == (1, 1, 1)
    assert receipt.complete
    assert server.metered == 1
    assert not stat.S_IMODE(page.path.stat().st_mode) & 0o111
    assert [path.name for path in page.path.parent.iterdir()] == [page.path.name]


def test_a_link_goes_out_byte_for_byte_and_without_any_credential(make, tmp_path):
    cookie = {"Set-Cookie": "a=b; Domain=ksef.mf.gov.pl"}
    server = Server().on(STATUS, with_links("p1")).on(LINK_1, xml(CONTENT))
    server.routes[STATUS][0].headers.update(cookie)
    make(server).session(SESSION).upo.save(tmp_path)
    request = server.asked(LINK_1)[0]
    assert str(request.url) == link("p1")
    assert request.url.raw_path.endswith(b"sig=%2BUW%2Fv%3D%3D")
    assert not {"authorization", "cookie"} & set(request.headers)


def test_a_signed_link_is_in_no_log(make, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    server = Server().on(STATUS, with_links("p1")).on(LINK_1, xml(CONTENT))
    make(server).session(SESSION).upo.save(tmp_path)
    assert "GET link" in caplog.text
    assert "/storage/01/p1?..." in caplog.text, "the HTTP library logs it, without its query"
    assert "sig=" not in caplog.text


def test_several_pages_and_their_order(make, tmp_path):
    one, two = upo(page=1, pages=2, total=2), upo(page=2, pages=2, total=2)
    server = Server().on(STATUS, with_links("p1", "p2", count=2))
    server.on(LINK_1, xml(one)).on(LINK_2, xml(two))
    session = make(server).session(SESSION)
    seen = []
    receipt = session.upo.save(tmp_path, on_page=lambda page: seen.append(page.upo_reference))
    assert [page.path.read_bytes() for page in receipt.pages] == [one, two]
    assert sorted(seen) == sorted([PAGE_1, PAGE_2])
    assert receipt.complete
    assert receipt.document_count == 2
    assert [page.content for page in session.upo.pages()] == [one, two]
    assert server.metered == 2


@pytest.mark.parametrize(
    "broken",
    [
        httpx.Response(403, content=b"<Error><Code>AuthenticationFailed</Code></Error>"),
        httpx.Response(404),
        html(),
        httpx.Response(200),
        xml(CONTENT, declared=b64encode(b"x" * 32).decode()),
        xml(CONTENT[:-20]),
        xml(upo("20250626-SB-213D593000-4DE10D80A5-E9")),
        httpx.ReadError("broke off"),
        httpx.Response(302, headers={"Location": "https://evil.example/x"}),
        httpx.Response(500),
    ],
)
def test_a_broken_link_is_refreshed_once(make, tmp_path, broken):
    server = Server().on(STATUS, with_links("p1"), with_links("new"))
    server.on(LINK_1, broken).on(NEW_LINK, xml(CONTENT))
    (page,) = make(server).session(SESSION).upo.save(tmp_path).pages
    assert (page.source, page.path.read_bytes()) == ("refreshed-link", CONTENT)
    assert server.count(STATUS) == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_many_broken_links_are_refreshed_by_one_request(make, tmp_path):
    one, two = upo(page=1, pages=2, total=2), upo(page=2, pages=2, total=2)
    server = Server().on(STATUS, with_links("a", "b", count=2), with_links("p1", "p2", count=2))
    server.on(LINK_1, xml(one)).on(LINK_2, xml(two))
    receipt = make(server).session(SESSION).upo.save(tmp_path)
    assert {page.source for page in receipt.pages} == {"refreshed-link"}
    assert server.metered == 2


def test_the_api_is_the_last_way(make, tmp_path):
    server = Server().on(STATUS, with_links("p1")).on(LINK_1, httpx.Response(403))
    server.on(API_PAGE, xml(CONTENT))
    (page,) = make(server).session(SESSION).upo.save(tmp_path).pages
    assert (page.source, page.hash_verified) == ("api", True)
    assert server.count(LINK_1) == 2
    assert server.metered == 3


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/storage/p1",
        "http://api-test.ksef.mf.gov.pl/storage/p1",
        "https://user:pw@api-test.ksef.mf.gov.pl/p1",
        "https://api-test.ksef.mf.gov.pl:444/p1",
        "https://api-test.ksef.mf.gov.pl.evil.example/p1",
        "file:///etc/passwd",
        "https://[",
        "//evil.example/p1",
    ],
)
def test_a_link_to_elsewhere_is_never_followed(make, tmp_path, url):
    status = ok(session_status(200, upo=upo_pages((PAGE_1, url)), successfulInvoiceCount=1))
    server = Server().on(STATUS, status).on(API_PAGE, xml(CONTENT))
    (page,) = make(server).session(SESSION).upo.save(tmp_path).pages
    assert page.source == "api"
    assert {request.url.host for request in server.requests} == {"api-test.ksef.mf.gov.pl"}
    assert {request.url.scheme for request in server.requests} == {"https"}


def test_a_relative_link_is_resolved(make, tmp_path):
    status = ok(session_status(200, upo=upo_pages((PAGE_1, "/storage/01/p1?sig=%2B"))))
    server = Server().on(STATUS, status).on(LINK_1, xml(CONTENT))
    (page,) = make(server).session(SESSION).upo.save(tmp_path).pages
    assert page.source == "link"


def test_a_missing_hash_header_is_told(make, tmp_path):
    server = Server().on(STATUS, with_links("p1")).on(LINK_1, xml(CONTENT, declared=None))
    (page,) = make(server).session(SESSION).upo.save(tmp_path).pages
    assert not page.hash_verified


def test_bytes_that_are_wrong_whichever_way_are_not_saved(make, tmp_path):
    server = Server().on(STATUS, with_links("p1"))
    server.on(LINK_1, html()).on(API_PAGE, xml(CONTENT, declared=b64encode(b"x" * 32).decode()))
    with pytest.raises(IntegrityFailure):
        make(server).session(SESSION).upo.save(tmp_path)
    assert server.count(API_PAGE) == 2
    assert list(tmp_path.iterdir()) == []


def test_an_incomplete_receipt_is_saved_and_told(make, tmp_path):
    server = Server().on(STATUS, with_links("p1", count=5))
    server.on(LINK_1, xml(upo(page=1, pages=2, total=5)))
    receipt = make(server).session(SESSION).upo.save(tmp_path)
    assert not receipt.complete
    assert any("page" in problem for problem in receipt.problems)
    assert any("accepted 5" in problem for problem in receipt.problems)
    assert receipt.pages[0].path.exists()


def test_saving_twice_changes_nothing_and_other_bytes_are_not_overwritten(make, tmp_path):
    server = Server().on(STATUS, with_links("p1")).on(LINK_1, xml(CONTENT))
    session = make(server).session(SESSION)
    path = session.upo.save(tmp_path).pages[0].path
    before = path.stat().st_mtime_ns
    session.upo.save(tmp_path)
    assert path.stat().st_mtime_ns == before
    path.write_bytes(b"mine")
    with pytest.raises(FileConflict):
        session.upo.save(tmp_path)
    assert path.read_bytes() == b"mine"
    session.upo.save(tmp_path, overwrite=True)
    assert path.read_bytes() == CONTENT
    assert len(list(tmp_path.iterdir())) == 1


def test_saving_waits_on_demand(make, tmp_path):
    server = Server().on(STATUS, ok(session_status(170)), ok(session_status(200)), with_links("p1"))
    server.on(LINK_1, xml(CONTENT))
    assert make(server).session(SESSION).upo.save(tmp_path, timeout=60).complete
    assert server.metered == 3


@pytest.mark.parametrize("code", [100, 170, 200])
def test_not_yet_is_told_from_the_status(make, tmp_path, code):
    server = Server().on(STATUS, ok(session_status(code)))
    session = make(server).session(SESSION)
    for attempt in (lambda: session.upo.save(tmp_path / "x"), lambda: list(session.upo.pages())):
        with pytest.raises(UpoNotReady) as caught:
            attempt()
        assert caught.value.status.status.code == code
    assert not (tmp_path / "x").exists()


def test_never_is_told_from_the_status(make, tmp_path):
    server = Server().on(STATUS, ok(session_status(445)))
    with pytest.raises(UpoWillNotExist):
        make(server).session(SESSION).upo.save(tmp_path)


def test_one_page_by_its_reference(make):
    server = Server().on(API_PAGE, xml(CONTENT))
    page = make(server).session(SESSION).upo.page(PAGE_1)
    assert (page.content, page.source, page.upo_reference) == (CONTENT, "api", PAGE_1)
    assert server.metered == 1


def test_a_page_that_is_not_there(make):
    server = Server().on(API_PAGE, legacy(21178)).on(STATUS, ok(session_status(170)))
    upo_of = make(server).session(SESSION).upo
    with pytest.raises(UpoNotReady):
        upo_of.page(PAGE_1)
    server.on(STATUS, with_links("p1"))
    with pytest.raises(UpoNotReady):
        upo_of.page(PAGE_1)
    server.on(f"GET /sessions/{SESSION}/upo/{PAGE_2}", legacy(21178))
    with pytest.raises(UpoWillNotExist):
        upo_of.page(PAGE_2)


def test_identifiers_are_told_apart_before_any_request(make):
    server = Server()
    ksef = make(server)
    session = ksef.session(SESSION)
    for attempt in (
        lambda: ksef.session(PAGE_1),
        lambda: ksef.session("../../../tokens"),
        lambda: session.invoice(PAGE_1),
        lambda: session.upo.page(INVOICE),
        lambda: session.upo.by_ksef_number(NUMBER[:-1] + "0"),
        lambda: session.upo.by_invoice("../x"),
    ):
        with pytest.raises(InvalidIdentifier):
            attempt()
    assert server.requests == []
