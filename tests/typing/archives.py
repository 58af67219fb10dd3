"""The public types of archives and budgets, stated: checked by mypy strict, never run."""

from datetime import date, datetime
from pathlib import Path
from typing import assert_type

from ksef_facade import (
    ArchiveReader,
    ArchiveRefused,
    AsyncKsef,
    AsyncSessionArchive,
    ConfigurationError,
    GroupBudget,
    Ksef,
    RecordedInvoice,
    SessionArchive,
)
from ksef_facade.models.archive import (
    ArchivedInvoice,
    ArchivedSession,
    ArchiveProgress,
    ArchiveStatus,
    ArchiveSyncReport,
    ArchiveVerification,
)


def budgets(ksef: Ksef) -> None:
    assert_type(ksef.budget(), dict[str, GroupBudget])
    assert_type(ksef.budget()["sessionMisc"].hour, int | None)
    assert_type(ksef.budget()["sessionMisc"].made, int)


def archives(ksef: Ksef) -> None:
    archive = ksef.archive("folder")
    assert_type(archive, SessionArchive)
    assert_type(archive.directory, Path)
    report = archive.sync(date(2026, 1, 1), newest_first=False, max_requests=5, on_session=told)
    assert_type(report, ArchiveSyncReport)
    assert_type(report.problems, tuple[tuple[str, str], ...])
    assert_type(archive.status(), ArchiveStatus)
    assert_type(archive.verify(), ArchiveVerification)
    assert_type(archive.find(nip="5265877635"), list[ArchivedInvoice])
    assert_type(archive.export("all.json", "json", day_from=date(2026, 1, 1)), int)


def told(progress: ArchiveProgress) -> None:
    assert_type(progress.session, ArchivedSession | None)


def readers(folder: Path) -> None:
    reader = ArchiveReader(folder)
    assert_type(reader.status().walked_until, datetime | None)
    assert_type(reader.record([RecordedInvoice(ksef_number="x")], "erp"), tuple[int, int])
    assert_type(reader.record_journal("sent.sqlite3"), tuple[int, int])
    assert_type(reader.record_csv(folder / "old.csv"), tuple[int, int])
    assert_type(reader.verify().is_intact, bool)


async def archives_async(ksef: AsyncKsef) -> None:
    archive = ksef.archive(Path("folder"))
    assert_type(archive, AsyncSessionArchive)
    assert_type(await archive.sync(), ArchiveSyncReport)
    assert_type(await archive.find(session="x"), list[ArchivedInvoice])
    assert_type(await archive.record_csv("old.csv"), tuple[int, int])


def refused(error: ArchiveRefused) -> None:
    base: ConfigurationError = error
    assert base.args
