"""The async client behind a blocking face, so that one test text runs on both clients."""

import inspect
from collections.abc import Iterator
from typing import Any

from ksef_facade._async.client import AsyncKsef

_OURS = ("ksef_facade._async",)


class Blocking:
    """Wraps an object of the async client: calls run to their end, async iterators become plain ones."""

    def __init__(self, inner: Any, runner: Any) -> None:
        self._inner = inner
        self._runner = runner

    def __getattr__(self, name: str) -> Any:
        return self._wrapped(
            getattr(
                self._inner,
                "aclose" if name == "close" and isinstance(self._inner, AsyncKsef) else name,
            )
        )

    def __repr__(self) -> str:
        return repr(self._inner)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._wrapped(self._inner(*arguments, **options))

    def __iter__(self) -> Iterator[Any]:
        iterator = self._inner.__aiter__()
        while True:
            try:
                yield self._wrapped(self._run(iterator.__anext__()))
            except StopAsyncIteration:
                return

    def __enter__(self) -> "Blocking":
        self._run(self._inner.__aenter__())
        return self

    def __exit__(self, *error: Any) -> Any:
        return self._run(self._inner.__aexit__(*error))

    def _run(self, awaitable: Any) -> Any:
        async def whole() -> Any:
            return await awaitable

        return self._runner.run(whole())

    def _wrapped(self, value: Any) -> Any:
        if inspect.isawaitable(value):
            return self._wrapped(self._run(value))
        ours = type(value).__module__.startswith(_OURS)
        if ours or inspect.isasyncgen(value) or inspect.ismethod(value):
            return Blocking(value, self._runner)
        return value
