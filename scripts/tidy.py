"""Format written Python the same way on every machine: by the pinned ruff alone."""

from __future__ import annotations

from scripts.generator_env import ensure, run

LINE_LENGTH = 100

_ALONE = ("--isolated", "--no-cache", "--quiet", "--target-version=py311")
_STEPS = (
    # Renaming and templates leave imports unsorted, and some of them idle.
    ("check", "--fix", "--exit-zero", "--select=I,F401"),
    ("format",),
)


def tidy(text: str) -> str:
    """Return the module's text with sorted imports and standard layout."""
    programs = ensure()
    settings = (
        f"--config=line-length={LINE_LENGTH}",
        '--config=lint.isort.known-first-party=["ksef_api","ksef_facade"]',
    )
    for step in _STEPS:
        command = [programs / "ruff", *step, *_ALONE, *settings, "--stdin-filename=module.py", "-"]
        text = run(command, cwd=programs, input=text, what="ruff").stdout
    return text
