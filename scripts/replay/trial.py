"""One contract tried: generated aside, then served to the regenerated client and the committed one."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ksef_facade.contract.facts import API_VERSION, BUILD
from scripts.document import Document, dump, parse
from scripts.failure import PipelineError, Tell
from scripts.folders import replace_folder
from scripts.layout import RAW_CLIENT, ROOT, shown
from scripts.names import Key, Named, load
from scripts.raw_client import raw_client
from scripts.replay.published import Published
from scripts.strip import strip

_PATIENCE_SECONDS = 600.0
_LONGEST_REASON = 400


@frozen(kw_only=True)
class Trial:
    """What came of one contract. `problems` are reasons to fail, `notes` are not."""

    source: str
    version: str = ""
    build: str = ""
    operations: int = 0
    readable: bool = True
    generated: bool = False
    regenerated_passed: int = 0
    regenerated_failed: int = 0
    committed_passed: int = 0
    committed_failed: int = 0
    #: Features, or parts of them, that the contract has not got.
    missing: tuple[str, ...] = ()
    #: Pinned operations that the contract lacks; the raw client made from it lacks them too.
    lacking: tuple[str, ...] = ()
    unpinned: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    fingerprint: str = field(default="", repr=False)

    @property
    def passed(self) -> bool:
        """Whether nothing that the contract supports failed."""
        return not self.problems


def read(path: Path) -> tuple[Document, Document, str, list[str]]:
    """The published document, its facts, their fingerprint, and what was odd about it.

    Raises:
        PipelineError: it is not an OpenAPI contract.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise PipelineError(f"{shown(path)} cannot be read ({problem.strerror})") from None
    published = parse(content, path.name)
    notes: list[str] = []
    facts = strip(published, notes.append)
    # Contracts that differ in prose alone, or in their build, need only one trial.
    nameless = {name: value for name, value in facts.items() if name != "info"}
    return published, facts, hashlib.sha256(dump(nameless).encode()).hexdigest(), notes


def write_raw_client(facts: Document, folder: Path, tell: Tell) -> Named:
    """Generate a contract in a folder, as far as it can be; the names of its operations.

    Raises:
        PipelineError: nothing can be made of it.
    """
    files, named = raw_client(facts, load(), tell=tell)
    replace_folder(folder / RAW_CLIENT.name, files)
    return named


def attempt(path: Path, committed_version: tuple[int, ...]) -> Trial:
    """Try one contract; whatever goes wrong is told in the result."""
    source = shown(path.resolve())
    try:
        published, facts, fingerprint, notes = read(path)
    except PipelineError as problem:
        return Trial(source=source, readable=False, problems=(str(problem),))
    contract = Published(published)
    version, build = facts["info"][API_VERSION], facts["info"][BUILD]
    known = Published(facts)
    older = not known.api_version or known.api_version < committed_version
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ksef-replay-") as scratch:
        named: tuple[list[Key], list[Key]] = ([], [])
        generated = False
        try:
            names = write_raw_client(facts, Path(scratch), notes.append)
            named = (names.missing, names.unpinned)
            generated = True
        except PipelineError as problem:
            problems.append(f"not generated: {' '.join(str(problem).split())[:_LONGEST_REASON]}")
        regenerated = _check(path, "regenerated", older, Path(scratch)) if generated else {}
        committed = _check(path, "committed", older, RAW_CLIENT.parent)
    for client, found in (("regenerated", regenerated), ("committed", committed)):
        problems += [f"{client} client: {failure}" for failure in found.get("failures", [])]
    missing = list(regenerated.get("missing", []))
    missing += [
        f"{it} (committed client)" for it in committed.get("missing", []) if it not in missing
    ]
    return Trial(
        source=source,
        version=version,
        build=build,
        operations=len(contract.operations),
        generated=generated,
        regenerated_passed=regenerated.get("passed", 0),
        regenerated_failed=len(regenerated.get("failures", [])),
        committed_passed=committed.get("passed", 0),
        committed_failed=len(committed.get("failures", [])),
        missing=tuple(missing),
        lacking=tuple(" ".join(key) for key in named[0]),
        unpinned=tuple(" ".join(key) for key in named[1]),
        notes=tuple(dict.fromkeys(notes)),
        problems=tuple(problems),
        fingerprint=fingerprint,
    )


def _check(path: Path, client: str, older: bool, packages: Path) -> dict[str, Any]:
    """The worker's findings with the raw client that stands in a folder."""
    command = [sys.executable, "-m", "scripts.replay.worker", str(path.resolve()), client]
    command.append("older" if older else "newer")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(packages), str(ROOT)])}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return {"failures": [f"the checks took more than {_PATIENCE_SECONDS:g} s"]}
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no output"]
        return {"failures": [f"the checks broke off: {last[0]}"]}
    found: dict[str, Any] = json.loads(done.stdout)
    if Path(found["package"]).parent.resolve() != packages.resolve():
        found["failures"].append(f"the wrong raw client was loaded: {found['package']}")
    return found
