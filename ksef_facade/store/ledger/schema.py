"""The tables of an archive's ledger, and how an older file becomes a newer one.

`archive`, `sessions`, `invoices`, `receipts` and `checks` are interface: a column keeps its name and
meaning; what is new is added. `docs/archive-tables.md` describes them for readers. Tables that begin
with `work_` belong to the runs and may change at any time. Times are ISO 8601 in UTC.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from ksef_facade.errors import ArchiveRefused

_OLDEST_SQLITE: Final = (3, 37, 0)
"""The first release with STRICT tables (SQLite release notes)."""

_FIRST: Final = """
-- What the archive belongs to and how far it reaches: rows 'environment', 'base_url', 'context',
-- 'created_at', 'round', 'covers_since', 'walked_until'.
CREATE TABLE archive (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  reference TEXT PRIMARY KEY,
  kind TEXT CHECK (kind IN ('online', 'batch')),  -- NULL: not seen in the history
  folder TEXT NOT NULL,              -- inside the archive, with /
  state TEXT NOT NULL CHECK (state IN
    ('listed', 'open', 'waiting', 'complete', 'without_upo', 'inaccessible', 'faulty')),
  reason TEXT,                       -- why it is not complete
  code INTEGER,                      -- status, as KSeF gave it last
  description TEXT,
  details TEXT,                      -- JSON array of texts
  date_created TEXT,
  date_updated TEXT,
  valid_until TEXT,
  invoice_count INTEGER,
  accepted_count INTEGER,
  rejected_count INTEGER,
  page_count INTEGER,                -- pages of its UPO; NULL until KSeF names them
  manifest_sha256 TEXT,              -- Base64, of manifest.json
  listed_for TEXT,                   -- the state of affairs that invoices.jsonl is of
  round INTEGER NOT NULL DEFAULT 0,  -- the round that looked at it last
  changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_state ON sessions (state);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  session TEXT REFERENCES sessions (reference),  -- NULL: recorded, its session not found yet
  reference TEXT,                    -- KSeF's reference of the invoice
  ordinal INTEGER,
  hash TEXT,                         -- Base64 SHA-256 of the file: invoiceHash of KSeF
  ksef_number TEXT,
  invoice_number TEXT,
  seller_nip TEXT,
  issue_date TEXT,                   -- as the UPO has it
  code INTEGER,                      -- status
  description TEXT,
  details TEXT,                      -- JSON array of texts
  invoicing_date TEXT,
  acquisition_date TEXT,
  permanent_storage_date TEXT,
  mode TEXT,
  file_name TEXT,                    -- in the package of a batch
  original_ksef_number TEXT,         -- of a duplicate: the invoice that was there before
  original_session TEXT,
  upo_reference TEXT,                -- the page that proves it
  source TEXT,                       -- where the caller has it, if it was recorded
  recorded_from TEXT,                -- 'journal', 'csv' or the caller's word
  recorded_at TEXT,
  UNIQUE (session, reference)
) STRICT;
CREATE INDEX invoices_by_hash ON invoices (hash);
CREATE INDEX invoices_by_ksef_number ON invoices (ksef_number);
CREATE INDEX invoices_by_number ON invoices (invoice_number);
CREATE INDEX invoices_by_nip ON invoices (seller_nip, issue_date);

CREATE TABLE receipts (
  session TEXT NOT NULL REFERENCES sessions (reference),
  upo_reference TEXT NOT NULL,
  file TEXT NOT NULL UNIQUE,         -- inside the archive, with /
  position INTEGER NOT NULL,         -- in the status of the session, from 1
  page INTEGER,                      -- what the page says of itself
  pages INTEGER,
  document_count INTEGER NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,              -- Base64
  hash_verified INTEGER NOT NULL CHECK (hash_verified IN (0, 1)),  -- by a header of the answer
  source TEXT NOT NULL,              -- 'link', 'refreshed-link' or 'api'
  state TEXT NOT NULL CHECK (state IN ('saved', 'damaged')),
  saved_at TEXT NOT NULL,
  PRIMARY KEY (session, position)
) STRICT;

CREATE TABLE checks (
  session TEXT NOT NULL REFERENCES sessions (reference),
  name TEXT NOT NULL,                -- 'file', or the name of a verdict on the receipt
  outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'warning', 'failed', 'unknown', 'skipped')),
  message TEXT,
  checked_at TEXT NOT NULL,
  PRIMARY KEY (session, name)
) STRICT, WITHOUT ROWID;

-- How far the history has been read in this round.
CREATE TABLE work_walks (
  kind TEXT PRIMARY KEY,
  created_from TEXT,
  modified_from TEXT,
  began_at TEXT NOT NULL,
  page_size INTEGER NOT NULL,
  token TEXT,
  is_done INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Requests of the last hour by limit group, so that the next run knows what is left.
CREATE TABLE work_requests (
  group_name TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- After a 429: until when KSeF takes no request of a group.
CREATE TABLE work_blocks (
  group_name TEXT PRIMARY KEY,
  until TEXT NOT NULL
) STRICT;

-- Answers of sessions that are being archived. They hold links, which are secrets for three days.
CREATE TABLE work_statuses (
  session TEXT PRIMARY KEY,
  raw TEXT NOT NULL
) STRICT;

CREATE TABLE work_rows (
  session TEXT NOT NULL,
  page INTEGER NOT NULL,
  page_size INTEGER NOT NULL,
  token TEXT,                        -- of the next page
  rows TEXT NOT NULL,                -- JSON array, without links
  PRIMARY KEY (session, page)
) STRICT, WITHOUT ROWID;
"""

MIGRATIONS: Final = (_FIRST,)
"""What leads from each version to the next; the version is the file's `PRAGMA user_version`."""


def prepare(connection: sqlite3.Connection, name: str) -> None:
    """Make or bring up to date the tables of a ledger.

    Raises:
        ArchiveRefused: the file is of a newer version, or SQLite is too old.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise ArchiveRefused(
            f"an archive needs SQLite 3.37 or newer; this Python has {sqlite3.sqlite_version}"
        )
    version = check(connection, name)
    if version == 0 and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise ArchiveRefused(f"{name} is a database, but no ledger of an archive")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        # One transaction each, so that a killed process leaves either version and nothing between.
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
        )


def check(connection: sqlite3.Connection, name: str) -> int:
    """The version of a ledger, if it is one that is known.

    Raises:
        ArchiveRefused: the file is of a newer version.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise ArchiveRefused(
            f"{name} was written by a newer version of this package (ledger {version}, this one "
            f"knows {len(MIGRATIONS)}); use that version"
        )
    return int(version)
