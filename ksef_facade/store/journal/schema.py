"""The tables of the send journal, and how an older file becomes a newer one.

They are interface: a column keeps its name and meaning; what is new is added. Times are ISO 8601 in
UTC. Anyone may read the file with `sqlite3`, also while a run is writing it.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from ksef_facade.errors import JournalRefused

_OLDEST_SQLITE: Final = (3, 37, 0)
"""The first release with STRICT tables (SQLite release notes)."""

_FIRST: Final = """
-- What the file belongs to: rows 'environment', 'base_url', 'context' and 'created_at'.
CREATE TABLE journal (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('online', 'batch')),
  environment TEXT NOT NULL,
  context TEXT NOT NULL,             -- type and value, like Nip:5265877635
  form_code TEXT NOT NULL,           -- JSON object of the contract
  offline INTEGER NOT NULL CHECK (offline IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN
    ('opening', 'open', 'closing', 'closed', 'final', 'lost')),
  reference TEXT UNIQUE,             -- NULL until KSeF has answered to the opening
  state_file TEXT,                   -- batch: what an interrupted upload goes on from
  code INTEGER,                      -- status of the session once it is final
  description TEXT,
  invoice_count INTEGER,             -- as KSeF tells them once the session is final
  accepted_count INTEGER,
  rejected_count INTEGER,
  note TEXT,                         -- why it is lost
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE invoices (
  hash TEXT PRIMARY KEY,             -- Base64 SHA-256 of the file: invoiceHash of KSeF
  source TEXT NOT NULL,              -- path, or the name that the caller gave
  is_file INTEGER NOT NULL CHECK (is_file IN (0, 1)),
  size INTEGER NOT NULL,
  form_code TEXT NOT NULL,
  has_attachment INTEGER NOT NULL CHECK (has_attachment IN (0, 1)),
  offline INTEGER NOT NULL CHECK (offline IN (0, 1)),
  corrects TEXT,                     -- hash of the rejected invoice that it corrects
  state TEXT NOT NULL CHECK (state IN
    ('planned', 'sending', 'sent', 'accepted', 'delivered', 'duplicate', 'rejected')),
  attempts INTEGER NOT NULL,         -- how often it was given to a session
  session INTEGER REFERENCES sessions (id),
  reference TEXT,                    -- KSeF's reference of the invoice
  ksef_number TEXT,
  code INTEGER,                      -- status, or exception code of a refusal
  description TEXT,
  details TEXT,                      -- JSON array of texts
  original_ksef_number TEXT,         -- of a duplicate: the invoice that was there before
  original_session TEXT,
  same_document INTEGER CHECK (same_document IN (0, 1)),  -- NULL: nobody can tell
  note TEXT,                         -- why it was not sent, or is sent again
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

CREATE INDEX invoices_by_session ON invoices (session);
CREATE INDEX invoices_by_state ON invoices (state);
"""

MIGRATIONS: Final = (_FIRST,)
"""What leads from each version to the next; the version is the file's `PRAGMA user_version`."""


def prepare(connection: sqlite3.Connection, name: str) -> None:
    """Make or bring up to date the tables of a journal.

    Raises:
        JournalRefused: the file is of a newer version, or SQLite is too old.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise JournalRefused(
            f"the send journal needs SQLite 3.37 or newer; this Python has {sqlite3.sqlite_version}"
        )
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise JournalRefused(
            f"{name} was written by a newer version of this package (journal {version}, this one "
            f"knows {len(MIGRATIONS)}); use that version"
        )
    if version == 0 and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise JournalRefused(f"{name} is a database, but no send journal; name another file")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        # One transaction each, so that a killed process leaves either version and nothing between.
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;"
        )
