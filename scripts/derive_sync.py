"""Derive `ksef_facade/_sync` from `ksef_facade/_async`: `python -m scripts.derive_sync`.

unasync drops `async` and `await` and renames what Python itself names twice; the tables here rename
what this project and httpx name twice, also inside docstrings, so that the examples there are true.
"""

from __future__ import annotations

import re
import tempfile
import tokenize
from pathlib import Path

import unasync

from scripts.failure import PipelineError, exit_with
from scripts.folders import replace_folder
from scripts.layout import ASYNC_PACKAGE, SYNC_PACKAGE
from scripts.tidy import tidy

#: Names that differ by more than a leading `Async`, which is always dropped.
NAMES = {
    "AbstractAsyncContextManager": "AbstractContextManager",
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "_async": "_sync",
    "aclose": "close",
    "aclosing": "closing",
    "aenter": "enter",
    "aiter": "iter",
    "aiter_bytes": "iter_bytes",
    "aiter_raw": "iter_raw",
    "anext": "next",
    "aread": "read",
    "asynccontextmanager": "contextmanager",
    "asyncio_detailed": "sync_detailed",
    "enter_async_context": "enter_context",
    "handle_async_request": "handle_request",
    "push_async_callback": "callback",
    "push_async_exit": "push",
}

#: What is left in strings and comments after the keywords are gone from the code; order matters.
PROSE = (
    (re.compile(r"\basync (with|for|def)\b"), r"\1"),
    (re.compile(r"\bawait (?=[\w.]+\()"), ""),
    (re.compile(r"\basynchronous"), "synchronous"),
    (re.compile(r"\bAsynchronous"), "Synchronous"),
    (re.compile(r"\b[Aa]n async\b"), "a sync"),
    (re.compile(r"\basync\b"), "sync"),
)

_ASYNC_NAME = re.compile(r"\bAsync(?=[A-Z])")
_NAME = re.compile(r"(?<!\w)(" + "|".join(sorted(NAMES, key=len, reverse=True)) + r")(?!\w)")
_WRAPPER = re.compile(r"(?<!\w)(Awaitable|Coroutine)\[")
_SEAM_MODULE = re.compile(r"^from ksef_facade\.concurrency import tasks$", re.MULTILINE)


def derive(source: Path = ASYNC_PACKAGE) -> dict[str, str]:
    """Return every derived module's text by its path inside the package; nothing from nothing."""
    modules = sorted(source.rglob("*.py")) if source.is_dir() else []
    if not modules:
        return {}
    derived = {}
    with tempfile.TemporaryDirectory() as scratch:
        for module in modules:
            inside = module.relative_to(source)
            text = rename_names(module.read_text(encoding="utf-8"))
            text = rename_prose(_without_keywords(text, Path(scratch)))
            header = (
                f"# Derived from ksef_facade/_async/{inside.as_posix()} by scripts/derive_sync.py; "
                "do not edit.\n"
            )
            derived[inside.as_posix()] = tidy(header + text)
    return derived


def rename_names(text: str) -> str:
    """Give everything named for the async world its sync name, in code, strings and comments."""
    if _SEAM_MODULE.search(text):
        text = re.sub(r"(?<![\w.])tasks(?!\w)", "threads", text)
    text = text.replace("concurrency.tasks", "concurrency.threads")
    text = _NAME.sub(lambda match: NAMES[match[1]], text)
    return _unwrap(_ASYNC_NAME.sub("", text))


def rename_prose(text: str) -> str:
    """Make the examples and sentences in strings and comments speak of sync code."""
    for pattern, replacement in PROSE:
        text = pattern.sub(replacement, text)
    return text


def _without_keywords(text: str, scratch: Path) -> str:
    # unasync works on files; the folder names are what its rule is about.
    source, target = scratch / "_async" / "module.py", scratch / "_sync" / "module.py"
    source.parent.mkdir(exist_ok=True)
    source.write_text(text, encoding="utf-8")
    try:
        unasync.unasync_files([str(source)], [unasync.Rule("/_async/", "/_sync/")])
    except (SyntaxError, tokenize.TokenError) as problem:
        raise PipelineError(f"the async package is no valid Python: {problem}") from None
    return target.read_text(encoding="utf-8")


def _unwrap(text: str) -> str:
    """`Awaitable[T]` and `Coroutine[..., ..., T]` become `T`: plain calls give the value."""
    while match := _WRAPPER.search(text):
        depth, start, end = 1, match.end(), match.end()
        while depth:
            character = text[end]
            depth += (character in "[(") - (character in "])")
            if character == "," and depth == 1 and match[1] == "Coroutine":
                start = end + 1
            end += 1
        text = text[: match.start()] + text[start : end - 1].strip() + text[end:]
    return text


def main(arguments: list[str]) -> int:
    """Write the derived package and print what changed."""
    for line in replace_folder(SYNC_PACKAGE, derive()):
        print(line)
    return 0


if __name__ == "__main__":
    exit_with(main)
