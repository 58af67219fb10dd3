"""A report in its three forms: short for people, whole and with stable keys for programs."""

from __future__ import annotations

from attrs import evolve

from ksef_facade.contract.findings import Impact
from ksef_facade.contract.grouping import Line
from ksef_facade.contract.rendering import as_markdown, as_text, sentence, verdict
from tests.unit.contract.synthetic import TEXT, after, contract, get, properties, schemas

STATUS = "/sessions/{referenceNumber}"


def breaking():
    return after(
        lambda document: properties(document, "StatusInfo").pop("code"),
        lambda document: properties(document, "Plain").update(group=TEXT),
        lambda document: get(document, STATUS)["x-rate-limits"].update(perMinute=100),
    )


def test_the_text_names_each_class_and_what_it_comes_to() -> None:
    text = as_text(breaking())
    assert text.splitlines()[0] == "KSeF contract 2.9.0 -> 2.9.0"
    assert "breaks the facade: 1\n" in text
    assert "  - StatusInfo: gone from answers: code" in text
    assert "the facade needs it" in text
    assert "  - Plain: new in answers: group (3 operations)\n" in text
    assert "  - sessionMisc: 120/min -> 100/min (GET /sessions/{referenceNumber})\n" in text
    assert text.endswith("The facade has to change before this contract can be taken over.\n")
    assert "breaks raw callers" not in text


def test_markdown_marks_identifiers_and_gives_advice() -> None:
    text = as_markdown(breaking())
    assert "### Breaks the facade: 1\n\nChange the facade before" in text
    assert "- `Plain`: new in answers: `group` (3 operations)\n" in text


def test_json_has_everything() -> None:
    document = breaking().document()
    assert list(document) == ["old", "new", "exit_code", "counts", "differences"]
    assert document["old"] == {
        "version": "2.9.0",
        "build": "2.9.0-te",
        "operations": 4,
        "schemas": len(schemas(contract())),
    }
    assert document["counts"] == {"facade": 1, "raw": 0, "new": 1, "limits": 1, "wording": 1}
    keys = {frozenset(line) for line in document["differences"]}
    names = "detail impact names note operations subjects topic where"
    assert keys == {frozenset(names.split())}
    added = next(line for line in document["differences"] if line["impact"] == "new")
    assert len(added["operations"]) == 3


def test_no_difference_is_said() -> None:
    report = after()
    assert "no difference" in as_text(report)
    assert verdict(report) == "The contracts are the same."
    assert verdict(after(lambda document: document["info"].update(title="x"))) == (
        "The contracts say the same."
    )


def test_long_lists_are_cut_in_words_alone() -> None:
    names = tuple(f"name{number:02}" for number in range(40))
    line = Line(impact=Impact.NEW, topic="added", phrase="new:", names=names)
    assert sentence(line) == f"new: {', '.join(names[:12])} and 28 more"
    # Of very long ones a few names are enough.
    many = evolve(line, names=tuple(f"n{number}" for number in range(60)))
    assert sentence(many) == "new: n0, n1, n2, n3 and 56 more"


def test_codes_stand_in_one_line_each_with_its_operations() -> None:
    def codes(document: object) -> None:
        for path in ("/sessions", STATUS):
            answer = get(document, path)["responses"]["400"]  # type: ignore[arg-type]
            answer["description"] += "| 21001 | Nowy |\n"
        answer["description"] += "| 21184 | Nowy |\n"

    text = as_text(after(codes))
    assert (
        "new exception codes: 21001 (GET /sessions, GET /sessions/{referenceNumber}), 21184 ("
        in text
    )
