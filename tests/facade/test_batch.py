"""Batch sessions: what is sent, in which order, and what becomes of each file."""

import os
import stat

import httpx
import pytest

from ksef_facade import (
    Archive,
    ConfigurationError,
    FormCode,
    PackageLimits,
    PackageRefused,
)
from tests.facade.batch_server import (
    BATCH,
    CLOSE,
    LIST,
    OPEN,
    SIGNATURE,
    STATUS,
    BatchServer,
    digest,
    put,
)
from tests.facade.scripted import INVOICE, invoice_status, ok, public_key, session_status

XML = "<Faktura>zażółć</Faktura>".encode()
NOISE = [(f"faktura-{number}.xml", os.urandom(700)) for number in range(5)]


@pytest.mark.parametrize("compression", ["zip", "targz"])
def test_a_package_is_packed_opened_uploaded_and_closed(make, tmp_path, compression):
    on = BatchServer()
    with make(on).open_batch_session(
        NOISE, compression=compression, offline=True, work_dir=tmp_path, part_size=1000
    ) as batch:
        assert (on.count(OPEN), on.stored) == (1, {})
        batch.upload()
        assert len(on.stored) == len(on.opened["batchFile"]["fileParts"]) > 2
        assert on.count(CLOSE) == 0
    assert on.count(CLOSE) == 1
    assert on.files() == dict(NOISE)
    assert on.opened["formCode"] == FormCode.FA_3.to_json()
    # Zip is the contract's default, and contracts before 2.6.0 do not know the property.
    declared = on.opened["batchFile"].get("compressionType")
    assert declared == {"zip": None, "targz": "TarGz"}[compression]
    assert on.opened["offlineMode"] is True
    assert on.opened["encryption"]["publicKeyId"] == public_key()["publicKeyId"]
    assert list(tmp_path.iterdir()) == []
    assert (batch.reference, batch.session.reference) == (BATCH, BATCH)


def test_leaving_uploads_what_nobody_uploaded(make, tmp_path):
    on = BatchServer()
    with make(on).open_batch_session([("a.xml", XML)], work_dir=tmp_path):
        pass
    assert on.files() == {"a.xml": XML}
    assert on.count(CLOSE) == 1


def test_parts_go_up_with_the_given_headers_and_without_a_credential(make, tmp_path):
    on = BatchServer()
    with make(on).open_batch_session([("a.xml", XML)], work_dir=tmp_path):
        pass
    (request,) = on.asked(put(1))
    assert request.headers["x-ms-blob-type"] == "BlockBlob"
    assert request.headers["content-length"] == str(len(on.stored[1]))
    for absent in ("x-empty", "authorization", "cookie", "transfer-encoding", "x-error-format"):
        assert absent not in request.headers
    assert request.url.raw_path.decode().endswith(f"?sp=w&{SIGNATURE}")


def test_sources_of_every_kind(make, tmp_path):
    folder = tmp_path / "invoices"
    (folder / "deeper").mkdir(parents=True)
    (folder / "b.xml").write_bytes(b"<b/>")
    (folder / "deeper" / "b.xml").write_bytes(b"<c/>")
    (folder / "note.txt").write_bytes(b"not an invoice")
    single = tmp_path / "single.xml"
    single.write_bytes(b"<s/>")
    on = BatchServer()
    ksef = make(on)
    with ksef.open_batch_session([folder, str(single), ("FV/1", b"<p/>")]) as batch:
        sources = [entry.source_name for entry in batch.entries]
    assert on.files() == {
        "b.xml": b"<b/>",
        "b~2.xml": b"<c/>",
        "single.xml": b"<s/>",
        "FV_1.xml": b"<p/>",
    }
    assert sources == [
        str(folder / "b.xml"),
        str(folder / "deeper" / "b.xml"),
        str(single),
        "FV/1",
    ]
    with ksef.open_batch_session((f"{n}.xml", XML + bytes([48 + n])) for n in range(3)):
        pass
    assert sorted(on.files()) == ["0.xml", "1.xml", "2.xml"]
    ready = tmp_path / "ready.zip"
    ready.write_bytes(on.archive())
    with ksef.open_batch_session(Archive(ready), compression="targz") as batch:
        assert [entry.file_name for entry in batch.entries] == ["0.xml", "1.xml", "2.xml"]
    assert on.archive() == ready.read_bytes()
    assert "compressionType" not in on.opened["batchFile"]


@pytest.mark.parametrize(
    ("rule", "sources", "options"),
    [
        ("form_code", NOISE, {"form_code": FormCode.PEF_3}),
        ("form_code", NOISE, {"form_code": FormCode.PEF_KOR_3}),
        ("part_size", NOISE, {"part_size": 100_000_001}),
        ("part_size", NOISE, {"part_size": 0}),
        ("no_invoices", [], {}),
        ("source", ["not-there.xml"], {}),
        ("empty_invoice", [("a.xml", b"")], {}),
        ("invoice_too_large", [("a.xml", b"x" * 1_000_001)], {}),
        ("invoice_too_large", [("a.xml", b"<Zalacznik>" + b"x" * 3_000_000)], {}),
        ("too_many_invoices", NOISE, {"limits": PackageLimits(invoices=4)}),
        ("too_many_parts", NOISE, {"part_size": 1000, "limits": PackageLimits(parts=3)}),
        ("archive_too_large", NOISE, {"limits": PackageLimits(archive_size=3000)}),
    ],
)
def test_what_would_break_a_limit_is_refused_before_any_request(
    make, tmp_path, rule, sources, options
):
    on = BatchServer()
    with (
        pytest.raises(PackageRefused) as caught,
        make(on).open_batch_session(sources, work_dir=tmp_path, **options),
    ):
        pass
    assert caught.value.rule == rule
    assert isinstance(caught.value, ConfigurationError)
    assert on.requests == []
    assert list(tmp_path.iterdir()) == []


def test_an_attachment_raises_the_limit_of_an_invoice(make, tmp_path):
    on = BatchServer()
    large = b"<fa:Zalacznik >" + b"x" * 2_900_000
    with make(on).open_batch_session([("a.xml", large)], work_dir=tmp_path):
        pass
    assert on.files() == {"a.xml": large}


@pytest.mark.parametrize(
    "options", [{"compression": "rar"}, {"parallel_uploads": 0}, {"work_dir": "not-there"}]
)
def test_settings_that_cannot_work_are_refused(make, options):
    on = BatchServer()
    with pytest.raises(ConfigurationError), make(on).open_batch_session(NOISE, **options):
        pass
    assert on.requests == []


@pytest.mark.parametrize(
    "fault",
    [httpx.ReadTimeout("x"), httpx.ConnectError("x"), httpx.WriteError("x"), httpx.Response(503)],
)
def test_a_part_that_broke_off_is_sent_again_whole(make, tmp_path, fault):
    on = BatchServer()
    on.on(put(2), fault, on.store)
    told = []
    with make(on).open_batch_session(
        NOISE, work_dir=tmp_path, part_size=1000, on_progress=told.append
    ):
        pass
    assert on.count(put(2)) == 2
    assert on.files() == dict(NOISE)
    assert told[-1].bytes_done == told[-1].bytes_total == sum(map(len, on.stored.values()))
    assert told[-1].parts_done == told[-1].parts_total == len(on.stored)


def test_progress_is_told_by_bytes_and_parts(make, tmp_path):
    on = BatchServer()
    told = []
    with make(on).open_batch_session(
        NOISE, work_dir=tmp_path, part_size=1000, on_progress=told.append
    ):
        packing = list(told)
    assert {progress.phase for progress in packing} == {"packing"}
    assert packing[-1].invoices == len(NOISE)
    assert packing[-1].bytes_done == packing[-1].bytes_total == 5 * 700
    assert packing[-1].parts_done == len(on.stored)
    uploading = told[len(packing) :]
    assert {progress.phase for progress in uploading} == {"uploading"}
    done = [progress.bytes_done for progress in uploading]
    assert done == sorted(done)
    assert [p.parts_done for p in uploading] == sorted(p.parts_done for p in uploading)


def test_a_hook_that_fails_stops_the_upload_resumably(make, tmp_path):
    def hook(progress):
        if progress.phase == "uploading":
            raise RuntimeError("mine")

    on = BatchServer()
    with (
        pytest.raises(RuntimeError, match="mine") as caught,
        make(on).open_batch_session(NOISE, work_dir=tmp_path, on_progress=hook),
    ):
        pass
    assert "resume_batch" in caught.value.__notes__[0]
    assert on.count(CLOSE) == 0


def test_results_are_joined_to_the_files(make, tmp_path):
    on = BatchServer()
    same = [("a.xml", XML), ("b.xml", b"<b/>"), ("c/a.xml", XML), ("d.xml", b"<d/>")]
    with make(on).open_batch_session(same, work_dir=tmp_path) as batch:
        pass
    rows = [
        invoice_status(200, invoiceFileName="c_a.xml", invoiceHash=digest(XML), ksefNumber="1"),
        invoice_status(440, invoiceFileName="a.xml", invoiceHash=digest(XML)),
        invoice_status(200, invoiceFileName=None, invoiceHash=digest(b"<b/>")),
        invoice_status(450, invoiceFileName="other.xml", invoiceHash=digest(b"<o/>")),
    ]
    on.on(LIST, ok({"invoices": rows}))
    results = list(batch.results())
    assert [(r.source_name, r.joined_by, r.status and r.status.status.code) for r in results] == [
        ("c/a.xml", "file_name_and_hash", 200),
        ("a.xml", "file_name_and_hash", 440),
        ("b.xml", "hash", 200),
        ("other.xml", "nothing", 450),
        ("d.xml", "nothing", None),
    ]
    assert [r.same_content_as for r in results[:3]] == [("a.xml",), ("c/a.xml",), ()]
    assert results[0].status.reference_number == INVOICE


def test_waiting_goes_through_the_session(make, tmp_path):
    on = BatchServer().on(STATUS, ok(session_status(150)), ok(session_status(200)))
    with make(on).open_batch_session(NOISE, work_dir=tmp_path) as batch:
        pass
    assert batch.wait(timeout=60).outcome == "succeeded"
    assert on.count(STATUS) == 2


def test_preparing_alone_asks_nobody(make, tmp_path):
    on = BatchServer()
    batch = make(on).open_batch_session(NOISE, work_dir=tmp_path, part_size=1000)
    package = batch.prepare()
    assert on.requests == []
    assert [entry.invoice_hash for entry in package.entries] == [digest(c) for _, c in NOISE]
    assert package.upload_size == sum(part.path.stat().st_size for part in package.parts)
    assert batch.prepare() == package
    batch.open()
    assert on.opened["batchFile"]["fileHash"] == package.archive_sha256
    batch.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_session_that_is_not_open_says_so(make):
    batch = make(BatchServer()).open_batch_session(NOISE)
    for use in (lambda: batch.reference, lambda: batch.entries, lambda: batch.state_file):
        with pytest.raises(ConfigurationError):
            use()
    with pytest.raises(ConfigurationError):
        batch.upload()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_see_parts_and_state(make, tmp_path):
    with make(BatchServer()).open_batch_session(NOISE, work_dir=tmp_path) as batch:
        folder = batch.state_file.parent
        modes = {file: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(modes) == 2
        assert set(modes.values()) == {0o600}


def test_no_secret_is_in_any_text_and_no_key_on_the_disk(make, tmp_path, caplog):
    caplog.set_level("DEBUG")
    on = BatchServer()
    keys = []
    batch = make(on).open_batch_session(NOISE, work_dir=tmp_path, part_size=1000)
    inner = getattr(batch, "_inner", batch)
    batch.prepare()
    keys.append(inner._packed.key.key)
    texts = [repr(inner), repr(inner.__dict__)]
    with batch:
        stored = b"".join(file.read_bytes() for file in batch.state_file.parent.iterdir())
        texts += [repr(inner), repr(inner.__dict__), str(inner._state)]
    texts += [record.getMessage() for record in caplog.records]
    joined = "\n".join(texts)
    assert "PUT part -> 201" in joined
    assert SIGNATURE not in joined
    for key in keys:
        assert key not in stored
        assert key.hex() not in joined
        assert repr(key) not in joined
        assert key.hex().encode() not in stored
    assert NOISE[0][1] not in stored
