"""Names inside a package: harmless, short, unique, and no surprises where nothing is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.errors import PackageRefused
from ksef_facade.packages.names import ArchiveNames


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("faktura.xml", "faktura.xml"),
        ("Faktura 1 (żółta).XML", "Faktura 1 (żółta).xml"),
        ("FV/2026/02/150", "FV_2026_02_150.xml"),
        ("..\\..\\etc\\passwd", "_.._etc_passwd.xml"),
        ("../../x.xml", "_.._x.xml"),
        ("a\x00b\nc.xml", "a_b_c.xml"),
        ("a\udcffb.xml", "a_b.xml"),
        ('<>:"|?*', "_______.xml"),
        ("", "invoice.xml"),
        (" . .xml", "invoice.xml"),
        ("x.pdf", "x.pdf.xml"),
        ("z" + "\u0307" + ".xml", "ż.xml"),
    ],
)
def test_names_as_they_become(wanted, name):
    assert ArchiveNames(128).name_for(wanted) == name


def test_names_that_are_taken_get_a_number():
    names = ArchiveNames(128)
    wanted = ["a.xml", "A.XML", "a.xml", "a~2.xml", "b.xml"]
    assert [names.name_for(name) for name in wanted] == [
        "a.xml",
        "A~2.xml",
        "a~3.xml",
        "a~2~2.xml",
        "b.xml",
    ]


def test_ten_thousand_of_one_name_are_soon_told_apart():
    names = ArchiveNames(128)
    given_names = {names.name_for("n" * 200) for _ in range(10_000)}
    assert len(given_names) == 10_000
    assert max(map(len, given_names)) == 128


@given(st.lists(st.text(max_size=300), max_size=30), st.integers(min_value=20, max_value=128))
def test_every_name_is_unique_short_and_no_path(wanted, longest):
    names = ArchiveNames(longest)
    made = [names.name_for(text) for text in wanted]
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert name.endswith(".xml")
        assert len(name.encode("utf-16-le")) // 2 <= longest
        assert not set(name) & set('/\\<>:"|?*\0')
        assert name.isprintable()
        assert not name.startswith(".")


@given(st.lists(st.text(max_size=50), max_size=20))
def test_the_same_names_again_become_the_same(wanted):
    one, other = ArchiveNames(128), ArchiveNames(128)
    assert [one.name_for(w) for w in wanted] == [other.name_for(w) for w in wanted]


def test_characters_beyond_16_bits_count_twice():
    name = ArchiveNames(128).name_for("\U0001f600" * 100)
    assert len(name) == 62 + 4


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a/b.xml", "folder"),
        ("a\\b.xml", "folder"),
        ("/a.xml", "folder"),
        ("..", "folder"),
        ("folder/", "folder"),
        ("", "folder"),
        ("n" * 129, "128"),
        ("a\nb", "printed"),
    ],
)
def test_names_in_a_ready_archive_are_refused_not_changed(name, problem):
    names = ArchiveNames(128)
    with pytest.raises(PackageRefused, match=problem) as caught:
        names.take(name)
    assert caught.value.rule == "file_name"
    assert "\n" not in str(caught.value)


def test_a_name_that_is_twice_in_a_ready_archive_is_refused():
    names = ArchiveNames(128)
    assert names.take("a.xml") == "a.xml"
    with pytest.raises(PackageRefused, match="twice"):
        names.take("A.xml")
