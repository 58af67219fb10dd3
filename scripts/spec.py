"""Take over a published contract: `python -m scripts.spec [PATH or https URL]`.

Writes `openapi/ksef.json`, the facts of the contract in canonical order, and `openapi/ksef.lock`,
which says where they come from.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from ksef_facade.contract.facts import API_VERSION, BUILD
from scripts.document import Document, dump, parse
from scripts.failure import BadInput, exit_with
from scripts.folders import write_text
from scripts.layout import CONTRACT, LOCK, shown
from scripts.strip import strip

#: The TEST environment publishes first; production follows five to seven days later.
DEFAULT_SOURCE = "https://api-test.ksef.mf.gov.pl/docs/v2/openapi.json"

_TIMEOUT_SECONDS = 30.0


def take_over(source: str) -> tuple[Document, str]:
    """Return the stripped contract found at `source`, and the text of its lock file."""
    content, name = fetch(source)
    document = strip(parse(content, name))
    return document, lock_text(document, name, content)


def fetch(source: str) -> tuple[bytes, str]:
    """Return the bytes at a path or https URL, and the source's name as it may be published."""
    if "://" not in source:
        return _read(Path(source))
    url = urlsplit(source)
    if url.scheme != "https" or not url.hostname:
        raise BadInput(f"a contract is read from a file or over https, not over {url.scheme!r}")
    # Neither credentials nor a signature in the query belong into a committed file.
    name = f"https://{url.hostname}{url.path}"
    try:
        response = httpx.get(source, timeout=_TIMEOUT_SECONDS)
    except httpx.HTTPError as problem:
        raise BadInput(f"{name} cannot be fetched ({type(problem).__name__})") from None
    if response.status_code != httpx.codes.OK:
        raise BadInput(f"{name} answered with HTTP {response.status_code}")
    return response.content, name


def lock_text(document: Document, source: str, content: bytes) -> str:
    """What `openapi/ksef.lock` says about a contract."""
    info = document["info"]
    facts = {
        "api_version": info[API_VERSION],
        "build": info[BUILD],
        "source": source,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    comment = "# Where openapi/ksef.json comes from; sha256 is that of the document as published.\n"
    return comment + "".join(f'{key} = "{value}"\n' for key, value in facts.items())


def _read(path: Path) -> tuple[bytes, str]:
    try:
        return path.read_bytes(), path.name
    except OSError as problem:
        raise BadInput(f"{path} cannot be read ({problem.strerror})") from None


def main(arguments: list[str]) -> int:
    """Write contract and lock; print which of them changed."""
    if len(arguments) > 1:
        raise BadInput("give one contract: a path or an https URL")
    document, lock = take_over(arguments[0] if arguments and arguments[0] else DEFAULT_SOURCE)
    for path, text in ((CONTRACT, dump(document)), (LOCK, lock)):
        if write_text(path, text):
            print(f"changed {shown(path)}")
    return 0


if __name__ == "__main__":
    exit_with(main)
