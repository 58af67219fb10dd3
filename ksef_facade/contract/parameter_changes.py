"""Differences in what goes with a request beside its body: query, headers and path."""

from __future__ import annotations

from collections.abc import Iterator

from ksef_facade.contract.body_judgement import judge
from ksef_facade.contract.findings import Finding, Impact
from ksef_facade.contract.operations import ComparedOperation, Parameter
from ksef_facade.contract.reliance import Reliance
from ksef_facade.contract.schema_changes import SchemaComparison

_SENDS = "the facade sends it"
_NOT_ALWAYS = "the facade does not always send it"


def parameter_changes(
    schemas: SchemaComparison,
    old: ComparedOperation,
    new: ComparedOperation,
    reliance: Reliance | None,
) -> Iterator[Finding]:
    """Every such difference; path parameters are matched by position, whatever they are called."""
    pairs: list[tuple[str, Parameter, Parameter]] = []
    for key in sorted(old.parameters.keys() | new.parameters.keys()):
        name = key[1]
        before, after = old.parameters.get(key), new.parameters.get(key)
        if after is None:
            if before is not None:
                yield _removed(before, name, new, reliance)
        elif before is None:
            yield _added(after, name, new, reliance)
        else:
            yield from _other_need(before, after, name, new, reliance)
            pairs.append((name, before, after))
    for position, both in enumerate(zip(old.path_parameters, new.path_parameters, strict=False)):
        pairs.append((f"{{{position}}}", *both))
    for at, before, after in pairs:
        for seen in schemas.compare(before.schema, after.schema, at):
            found = judge(seen, "request", reliance, str(new))
            if found is not None:
                yield found


def _removed(
    parameter: Parameter, name: str, operation: ComparedOperation, reliance: Reliance | None
) -> Finding:
    sends = reliance is not None and reliance.sends(name)
    return Finding(
        impact=Impact.FACADE if sends else Impact.RAW,
        topic="parameter-removed",
        phrase=f"{_kind(parameter)} gone:",
        names=(parameter.name,),
        note=_SENDS if sends else "",
        operation=str(operation),
    )


def _added(
    parameter: Parameter, name: str, operation: ComparedOperation, reliance: Reliance | None
) -> Finding:
    impact, note = _required(name, reliance) if parameter.required else (Impact.NEW, "")
    need = "required" if parameter.required else "optional"
    return Finding(
        impact=impact,
        topic="parameter-added",
        phrase=f"new {need} {_kind(parameter)}:",
        names=(parameter.name,),
        note=note,
        operation=str(operation),
    )


def _other_need(
    before: Parameter,
    after: Parameter,
    name: str,
    operation: ComparedOperation,
    reliance: Reliance | None,
) -> Iterator[Finding]:
    if before.required == after.required:
        return
    impact, note = _required(name, reliance) if after.required else (Impact.NEW, "")
    need = "required" if after.required else "optional"
    yield Finding(
        impact=impact,
        topic=f"parameter-{need}",
        phrase=f"{_kind(after)} {need} now:",
        names=(after.name,),
        note=note,
        operation=str(operation),
    )


def _required(name: str, reliance: Reliance | None) -> tuple[Impact, str]:
    if reliance is None:
        return Impact.RAW, ""
    if name in reliance.always:
        return Impact.RAW, _SENDS
    return Impact.FACADE, _NOT_ALWAYS


def _kind(parameter: Parameter) -> str:
    return "header" if parameter.place == "header" else f"{parameter.place} parameter"
