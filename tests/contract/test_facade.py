"""The facade goes the whole way on this target: online, in a batch, and again without its journal."""

from ksef_facade.upo import verify_receipt
from scripts.contract_tests.checking import facts
from tests.contract.world import PATIENCE, digest


@facts("encryption.no-prefix", "facade.receipt-verified")
def test_online_from_sending_to_receipts(world, check, tmp_path):
    documents = [world.document(), world.document()]
    with world.ksef.open_online_session() as online:
        sent = [online.send(document) for document in documents]
    status = online.session.upo.wait(PATIENCE)
    counted = (status.status.code, status.successful_invoice_count)
    # The facade sends what AES makes and nothing before it; a service that looks for a vector there
    # cannot read the invoice.
    check("encryption.no-prefix", counted == (200, 2), counted)
    receipt = online.session.upo.save(tmp_path)
    assert receipt.complete, receipt.problems
    report = verify_receipt(
        [page.path for page in receipt.pages],
        status,
        online.session.invoices(),
        [digest(document) for document in documents],
    )
    failed = [f"{verdict.name}: {verdict.message}" for verdict in report.failed]
    check("facade.receipt-verified", not failed, failed or report.outcome)
    assert [row.reference_number for row in online.session.invoices()] == [
        one.reference_number for one in sent
    ]


@facts("facade.batch")
def test_a_batch_from_packing_to_results(world, check, tmp_path):
    files = [(f"{number}.xml", world.document()) for number in range(3)]
    with world.ksef.open_batch_session(files, work_dir=tmp_path) as batch:
        batch.upload()
    batch.wait(PATIENCE)
    results = {row.source_name: row.status.status.code for row in batch.results() if row.status}
    check("facade.batch", results == {name: 200 for name, _ in files}, results)


@facts("facade.sent-twice")
def test_a_lost_journal_is_made_good_by_the_service(world, check, tmp_path):
    files = [("one.xml", world.document())]
    (first,) = world.ksef.send(files, journal=tmp_path / "journal.sqlite", mode="online").items
    (again,) = world.ksef.send(files, journal=tmp_path / "another.sqlite", mode="online").items
    told = (first.outcome, again.outcome, again.original_ksef_number == first.ksef_number)
    check("facade.sent-twice", told == ("accepted", "already_delivered", True), told)
