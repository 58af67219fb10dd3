"""Sources: what is found in files, folders and pairs, and what is refused before it is read."""

import os
import sys
from pathlib import Path

import pytest

from ksef_facade.errors import PackageRefused
from ksef_facade.form_codes import FormCode
from ksef_facade.packages.limits import PackageLimits, check_form_code, has_attachment
from ksef_facade.packages.sources import Archive, iterate_items, list_items, single_archive

LIMITS = PackageLimits()


def names(sources):
    return [item.source_name for item in iterate_items(sources, LIMITS)]


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "in"
    for name in ("b.xml", "a.XML", "deep/c.xml", ".hidden/d.xml", ".e.xml", "note.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"<x/>")
    (root / "not-a-file.xml").mkdir()
    return root


def test_a_folder_means_its_invoices_in_order(folder):
    expected = [str(folder / name) for name in ("a.XML", "b.xml", "deep/c.xml")]
    assert names(folder) == names([folder]) == names(str(folder)) == expected


def test_sources_keep_their_order(folder):
    sources = [("z", b"<z/>"), folder / "b.xml", ("a", b"<a/>"), os.fspath(folder / "a.XML")]
    assert names(sources) == ["z", str(folder / "b.xml"), "a", str(folder / "a.XML")]
    assert names(iter(sources)) == names(sources)
    assert names(("one", b"<x/>")) == ["one"]


def test_nothing_is_read_to_be_listed(folder):
    items = list_items([folder, ("p", b"12345")], LIMITS)
    assert items is not None
    assert [item.size for item in items] == [4, 4, 4, 5]
    (folder / "b.xml").write_bytes(b"<later/>")
    assert items[1].read() == b"<later/>"
    assert list_items((pair for pair in [("p", b"1")]), LIMITS) is None


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.truncate(10**12 if sys.platform == "linux" else 10**7)
    with pytest.raises(PackageRefused) as caught:
        names([path])
    assert (caught.value.rule, caught.value.source_name) == ("invoice_too_large", str(path))


def test_a_file_that_grows_after_it_was_found_is_read_no_further_than_the_limit(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<x/>")
    (item,) = iterate_items(path, LIMITS)
    with path.open("wb") as file:
        file.truncate(10**9)
    assert len(item.read()) == 3_000_001


@pytest.mark.parametrize(
    ("sources", "rule"),
    [
        (["absent.xml"], "source"),
        ([b"bytes alone"], "source"),
        (b"bytes alone", "source"),
        ([("a", "text")], "source"),
        ([("a", b"<x/>", "b")], "source"),
        ([1], "source"),
        ([Archive("a.zip"), "b.xml"], "source"),
        ([("a.xml", b"")], "empty_invoice"),
        ([os.devnull], "source"),
    ],
)
def test_what_is_no_source_is_refused(sources, rule):
    with pytest.raises(PackageRefused) as caught:
        names(sources)
    assert caught.value.rule == rule


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        (b"<x/>", "bytes alone have no name"),
        ([("a.xml", "<x/>")], r"not \(str, str\)"),
        (12, "not int"),
        (None, "not NoneType"),
    ],
)
def test_what_was_given_in_place_of_a_source_is_named(sources, words):
    with pytest.raises(PackageRefused, match=words):
        names(sources)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(PackageRefused) as caught:
        names(tmp_path)
    assert caught.value.rule == "no_invoices"


def test_a_file_that_vanished_is_named(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<x/>")
    (item,) = iterate_items([path], LIMITS)
    path.unlink()
    with pytest.raises(PackageRefused, match=r"a\.xml"):
        item.read()


def test_an_archive_alone_is_one_and_more_are_none():
    archive = Archive(Path("a.zip"))
    assert single_archive(archive) == single_archive([archive]) == archive
    assert single_archive([archive, archive]) is None
    assert single_archive(["a.zip"]) is None


def test_counting_stops_at_the_limit():
    endless = ((f"{n}", b"<x/>") for n in iter(int, 1))
    with pytest.raises(PackageRefused) as caught:
        names(endless)
    assert caught.value.rule == "too_many_invoices"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<Faktura><Zalacznik>", True),
        (b"<Faktura><fa:Zalacznik>", True),
        (b"<Faktura><Zalacznik\n>", True),
        (b"<Faktura><Zalacznik/>", True),
        (b"<Faktura><ZalacznikX>", False),
        (b"<Faktura>Zalacznik", False),
        (b"</Zalacznik>", False),
    ],
)
def test_attachments_are_found_by_their_element(content, found):
    assert has_attachment(content) is found


@pytest.mark.parametrize(
    ("size", "attachment", "fits"),
    [
        (1_000_000, False, True),
        (1_000_001, False, False),
        (1_000_001, True, True),
        (3_000_000, True, True),
        (3_000_001, True, False),
    ],
)
def test_the_limits_of_an_invoice(size, attachment, fits):
    start = b"<Zalacznik>" if attachment else b""
    content = start + b"x" * (size - len(start))
    if fits:
        LIMITS.check_invoice("a.xml", content)
    else:
        with pytest.raises(PackageRefused, match=r"a\.xml") as caught:
            LIMITS.check_invoice("a.xml", content)
        assert caught.value.rule == "invoice_too_large"


def test_limits_of_ones_own_must_be_positive():
    with pytest.raises(ValueError, match="invoices"):
        PackageLimits(invoices=0)


def test_forms_that_a_batch_takes():
    for form in (FormCode.FA_2, FormCode.FA_3, FormCode.FA_RR_1, FormCode("FA (9)", "1-0E", "FA")):
        check_form_code(form)
    for form in (FormCode.PEF_3, FormCode.PEF_KOR_3):
        with pytest.raises(PackageRefused, match="online"):
            check_form_code(form)


def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(folder, monkeypatch):
    scan = os.scandir

    def refusing(place):
        if Path(place).name == "deep":
            raise PermissionError(13, "Permission denied", str(place))
        return scan(place)

    # Permissions do not stop whoever runs the tests as root.
    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(PackageRefused, match="deep: Permission denied") as caught:
        names(folder)
    assert caught.value.rule == "source"
