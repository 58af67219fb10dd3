"""Invoices recorded before their session is archived: linked later, by reference, number or hash."""

from datetime import UTC, datetime
from random import Random

import pytest

from ksef_facade import ArchiveReader, ConfigurationError, InvalidIdentifier, RecordedInvoice
from ksef_facade.samples.invoices import demo_invoices
from tests.cli.conftest import SELLER
from tests.facade.archive.conftest import NIP, rows


@pytest.fixture
def empty(archive, folder):
    """An archive that knows nothing yet."""
    archive.sync()
    return folder


def test_what_was_recorded_is_linked_when_its_session_comes(sim, archive, empty):
    reference = sim.seed_session(NIP, "online", accepted=3)
    first, second, _ = sim.invoices_of(reference)
    told = archive.record(
        [
            RecordedInvoice(ksef_number=first.ksef_number, source="one.xml"),
            RecordedInvoice(invoice_hash=second.hash, source="two.xml"),
            RecordedInvoice(invoice_hash="A" * 43 + "=", source="lost.xml"),
        ],
        "erp",
    )
    assert told == (3, 0)
    assert archive.status().unlinked == 3
    assert archive.find(invoice_hash=second.hash)[0].session is None
    archive.sync()
    by_ordinal = {invoice.ordinal: invoice for invoice in archive.find(session=reference)}
    assert [by_ordinal[n].source for n in (1, 2, 3)] == ["one.xml", "two.xml", None]
    assert by_ordinal[2].recorded_from == "erp"
    assert by_ordinal[2].upo_reference is not None
    assert archive.status().unlinked == 1
    (lost,) = archive.find(invoice_hash="A" * 43 + "=")
    assert (lost.session, lost.source) == (None, "lost.xml")


def test_what_is_archived_already_is_linked_at_once(sim, archive, folder):
    reference = sim.seed_session(NIP, "online", accepted=1)
    archive.sync()
    (invoice,) = sim.invoices_of(reference)
    one = RecordedInvoice(invoice_hash=invoice.hash, source="one.xml")
    assert archive.record([one]) == (1, 1)
    assert archive.record([one]) == (1, 1)
    (found,) = archive.find()
    assert (found.session, found.source) == (reference, "one.xml")


def test_a_duplicate_is_no_home_for_an_invoice(sim, connect, folder):
    ksef = connect(SELLER.tax_number)
    now = datetime.now(UTC)
    content = demo_invoices(SELLER, now.date(), Random(7))[0].document(now)
    archive = ksef.archive(folder)
    archive.sync()
    references = []
    for _ in range(2):
        with ksef.open_online_session() as online:
            digest = online.send(content).invoice_hash
        online.session.wait(timeout=20)
        references.append(str(online.reference))
    archive.record([RecordedInvoice(invoice_hash=digest, source="one.xml")])
    # The newer session, which has the duplicate, comes first.
    archive.sync()
    found = {invoice.session: invoice for invoice in archive.find(invoice_hash=digest)}
    assert {reference: found[reference].source for reference in references} == {
        references[0]: "one.xml",
        references[1]: None,
    }
    assert found[references[1]].original_session == references[0]


def test_a_reference_makes_a_session_known(sim, archive, empty):
    reference = sim.seed_session(NIP, "batch", accepted=1)
    (invoice,) = sim.invoices_of(reference)
    archive.record(
        [
            RecordedInvoice(
                session_reference=reference.lower(),
                invoice_reference=invoice.reference,
                source="one.xml",
            )
        ]
    )
    assert rows(empty, "SELECT reference, state FROM sessions") == [(reference, "listed")]
    archive.sync()
    (found,) = archive.find()
    assert (found.session, found.source, found.ordinal) == (reference, "one.xml", 1)
    assert found.ksef_number == invoice.ksef_number


def test_a_table_of_elsewhere(sim, archive, empty, tmp_path):
    reference = sim.seed_session(NIP, "online", accepted=2)
    first, second = sim.invoices_of(reference)
    table = tmp_path / "ours.csv"
    lines = [
        "Amount;KSEF_NUMBER;hash;file",
        f"1;{first.ksef_number};;a.xml",
        f"2;;{second.hash};b.xml",
        "3;;;c.xml",
    ]
    table.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    assert archive.record_csv(table) == (2, 0)
    archive.sync()
    assert [invoice.source for invoice in archive.find()] == ["a.xml", "b.xml"]


def test_rows_that_were_not_sent_are_no_invoices_of_an_archive(empty, tmp_path):
    """They are in the table of `ksef send --csv`, and would be called not linked for ever."""
    table = tmp_path / "sent.csv"
    rows = ["file,outcome,invoice_hash"]
    outcomes = ["accepted", "refused_locally", "planned", "rejected", "unsettled"]
    rows += [f"{outcome}.xml,{outcome},hash-of-{outcome}" for outcome in outcomes]
    table.write_text("\n".join(rows))
    reader = ArchiveReader(empty)
    assert reader.record_csv(table) == (3, 0)
    assert [one.invoice_hash for one in reader.find()] == [
        "hash-of-accepted",
        "hash-of-rejected",
        "hash-of-unsettled",
    ]


def test_the_journal_of_sending(sim, connect, empty_of_seller, tmp_path):
    archive, ksef = empty_of_seller
    now = datetime.now(UTC)
    invoices = [one.document(now) for one in demo_invoices(SELLER, now.date(), Random(7))]
    journal = tmp_path / "sent.sqlite3"
    sources = [(f"{number}.xml", content) for number, content in enumerate(invoices[:3])]
    sent = ksef.send(sources, journal=journal, timeout=20)
    assert archive.record_journal(journal) == (3, 3)
    archive.sync()
    found = {invoice.invoice_hash: invoice for invoice in archive.find()}
    for item in sent.items:
        invoice = found[item.invoice_hash]
        assert (invoice.source, invoice.ksef_number) == (item.source_name, item.ksef_number)
        assert invoice.upo_file is not None


@pytest.fixture
def empty_of_seller(connect, folder):
    ksef = connect(SELLER.tax_number)
    archive = ksef.archive(folder)
    archive.sync()
    return archive, ksef


def test_what_cannot_be_recorded(empty, tmp_path):
    reader = ArchiveReader(empty)
    good = RecordedInvoice(invoice_hash="x")
    with pytest.raises(ConfigurationError, match="needs a KSeF number, a hash"):
        reader.record([good, RecordedInvoice(invoice_number="1")])
    with pytest.raises(InvalidIdentifier):
        reader.record([good, RecordedInvoice(session_reference="x", invoice_reference="y")])
    assert reader.status().unlinked == 0
    table = tmp_path / "wrong.csv"
    table.write_text("a,b\n1,2\n")
    with pytest.raises(ConfigurationError, match="has no column ksef_number"):
        reader.record_csv(table)
    table.write_bytes(b"ksef_number\n\xff\xfe\n")
    with pytest.raises(ConfigurationError, match="no CSV file in UTF-8"):
        reader.record_csv(table)
    with pytest.raises(ConfigurationError, match="cannot be read as a send journal"):
        reader.record_journal(table)
    with pytest.raises(FileNotFoundError):
        reader.record_journal(tmp_path / "none")
