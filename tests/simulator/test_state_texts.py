"""JSON of long containers: what is added to an old text must be what a new one would say."""

from __future__ import annotations

import json
from typing import Any

from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st

from ksef_facade.simulator.keeping import texts
from ksef_facade.simulator.keeping.encoding import Encoder, Places
from ksef_facade.simulator.keeping.texts import Texts


def encoder() -> Encoder:
    def nowhere(*_: object) -> Any:
        raise AssertionError("there is nothing but plain values")

    return Encoder(Places(nowhere, nowhere, nowhere, nowhere))


@define(eq=False)
class Holder:
    """Holds a list and a dict."""

    items: list[int] = field(factory=list)
    members: dict[str, Any] = field(factory=dict)

    def fields(self) -> dict[str, Any]:
        return {"items": self.items, "members": self.members}


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers()),
        st.tuples(st.just("extend"), st.integers(0, 300)),
        st.tuples(st.just("drop"), st.integers(0, 10)),
        st.tuples(st.just("replace"), st.integers()),
        st.tuples(st.just("deepen"), st.integers()),
        st.tuples(st.just("clear"), st.none()),
    ),
    max_size=12,
)


def apply(holder: Holder, kind: str, value: Any) -> None:
    match kind:
        case "append":
            holder.items.append(value)
            holder.members[str(value)] = [value]
        case "extend":
            holder.items += range(value)
            holder.members |= {f"m{number}": (number, "ż") for number in range(value)}
        case "drop":
            del holder.items[:value]
            for name in list(holder.members)[:value]:
                del holder.members[name]
        case "replace" if holder.items:
            holder.items[0] = value
            holder.members[next(iter(holder.members), "first")] = value
        case "deepen":
            for one in holder.members.values():
                if isinstance(one, list):
                    one.append(value)
        case "clear":
            holder.items.clear()
            holder.members.clear()


@settings(deadline=None)
@given(CHANGES)
def test_an_old_text_is_only_used_for_what_has_not_changed(changes: list[tuple[str, Any]]) -> None:
    remembering, holder = Texts(encoder()), Holder(list(range(400)))
    for kind, value in [("extend", 300), *changes]:
        apply(holder, kind, value)
        text = remembering.of(holder, holder.fields())
        assert json.loads(text) == json.loads(Texts(encoder()).of(holder, holder.fields()))


def test_only_the_new_end_is_encoded() -> None:
    counted = encoder()
    seen: list[Any] = []
    original = counted.encode

    def encode(value: Any) -> Any:
        seen.append(value)
        return original(value)

    counted.encode = encode  # type: ignore[method-assign]
    remembering, holder = Texts(counted), Holder(list(range(10_000)))
    remembering.of(holder, holder.fields())
    seen.clear()
    holder.items += [1, 2]
    remembering.of(holder, {"items": holder.items})
    assert seen == [1, 2]
    assert len(holder.items) > texts._LONG
