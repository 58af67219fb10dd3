"""Loads what sending needs, once, in the process that all senders are forked from.

The package loads much of it only when it is used, which each of a thousand short lives would pay for.
"""

from __future__ import annotations

import importlib
import pkgutil

import ksef_facade

_PARTS = ("_async", "_sync", "crypto", "invoices", "packages", "planning", "schemas", "store")
_TAGS = ("auth", "batch_sessions", "online_sessions", "public_keys", "sessions")
_OTHERS = (
    "anyio._backends._asyncio",
    "cryptography.hazmat.primitives.asymmetric.padding",
    "cryptography.hazmat.primitives.ciphers",
    "cryptography.x509",
    "dateutil.tz",
    "httpcore",
    "ksef_api.limits",
    "lxml.etree",
    "platformdirs.unix",
    "sqlite3",
)


def load() -> None:
    """Import all of it."""
    from ksef_api.operations import OPERATIONS

    for operation in OPERATIONS.values():
        if operation.tag in _TAGS:
            importlib.import_module(operation.module)
    for part in _PARTS:
        package = importlib.import_module(f"{ksef_facade.__name__}.{part}")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    for name in _OTHERS:
        importlib.import_module(name)


load()
