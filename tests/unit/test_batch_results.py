"""Joining rows of a session to the files of a package, whatever the rows leave out."""

from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.models.batches import ResultJoiner
from ksef_facade.models.sessions import InvoiceStatus, StatusInfo
from ksef_facade.packages.manifest import PackageEntry


def entry(number: int, digest: str) -> PackageEntry:
    return PackageEntry(
        source_name=f"source-{number}", file_name=f"{number}.xml", invoice_hash=digest, size=1
    )


def row(name: str | None, digest: str | None) -> InvoiceStatus:
    return InvoiceStatus(
        reference_number="r",
        status=StatusInfo(code=200),
        invoice_file_name=name,
        invoice_hash=digest,
    )


def joined(entries, rows):
    joiner = ResultJoiner(entries)
    told = [result for result in map(joiner.take, rows) if result is not None]
    return told + list(joiner.rest())


def test_a_row_is_joined_by_what_it_has():
    entries = [entry(1, "a"), entry(2, "b"), entry(3, "c"), entry(4, "d")]
    rows = [row("3.xml", None), row(None, "b"), row("1.xml", "a"), row("4.xml", "other")]
    results = joined(entries, rows)
    assert [(r.source_name, r.joined_by) for r in results] == [
        ("source-1", "file_name_and_hash"),
        ("source-3", "file_name"),
        ("source-2", "hash"),
        ("4.xml", "nothing"),
        ("source-4", "nothing"),
    ]
    assert results[-1].status is None
    assert results[-2].invoice_hash == "other"


def test_a_sure_row_is_never_taken_away_by_an_unsure_one():
    entries = [entry(1, "same"), entry(2, "same")]
    unsure, sure = row("other.xml", "same"), row("1.xml", "same")
    results = joined(entries, [unsure, sure])
    assert [(r.source_name, r.status) for r in results] == [
        ("source-1", sure),
        ("source-2", unsure),
    ]
    assert results[0].same_content_as == ("source-2",)
    assert results[1].same_content_as == ("source-1",)


@given(
    digests=st.lists(st.sampled_from("abc"), max_size=8),
    rows=st.lists(
        st.tuples(
            st.none() | st.integers(0, 9).map("{}.xml".format), st.none() | st.sampled_from("abcd")
        ),
        max_size=12,
    ),
)
def test_every_file_and_every_row_comes_once(digests, rows):
    entries = [entry(number, digest) for number, digest in enumerate(digests)]
    given_rows = [row(*each) for each in rows]
    results = joined(entries, given_rows)
    of_files = [r for r in results if r.joined_by != "nothing" or r.status is None]
    assert sorted(r.source_name for r in of_files) == sorted(e.source_name for e in entries)
    of_rows = [r.status for r in results if r.status is not None]
    assert sorted(map(id, of_rows)) == sorted(map(id, given_rows))
    for result in results:
        if result.joined_by in ("file_name_and_hash", "hash"):
            assert result.status is not None
            assert result.status.invoice_hash == result.invoice_hash
