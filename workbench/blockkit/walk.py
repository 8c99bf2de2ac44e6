"""Holds a value against a kind and tells, in Slack's words, where the two differ."""

import math
from collections.abc import Iterator
from typing import TypeGuard, assert_never

from workbench.blockkit.kinds import Flag, Kind, Many, Number, Problem, Shape, String, Typed


def problems(kind: Kind, value: object, at: str) -> Iterator[Problem]:
    """Yield what is wrong with a value, in reading order."""
    match kind:
        case String() | Number() | Flag():
            yield from _scalar(kind, value, at)
        case Many():
            yield from _many(kind, value, at)
        case Shape() | Typed():
            yield from _object(kind, value, at)
        case _:
            assert_never(kind)


def _scalar(kind: String | Number | Flag, value: object, at: str) -> Iterator[Problem]:
    match kind:
        case String():
            yield from _string(kind, value, at)
        case Number():
            yield from _number(kind, value, at)
        case Flag():
            if not isinstance(value, bool):
                yield Problem("must provide a boolean", at)
        case _:
            assert_never(kind)


def _string(kind: String, value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem("must provide a string", at)
        return
    if kind.out_of and value not in kind.out_of:
        yield Problem(f"invalid value: {value}", at)
        return
    if len(value) < kind.least:
        yield Problem(f"must be more than {kind.least - 1} characters", at)
    elif kind.most is not None and len(value) > kind.most:
        yield Problem(f"must be less than {kind.most + 1} characters", at)
    elif kind.form is not None and not kind.form.fits(value):
        yield Problem(f"invalid {kind.form.name}", at)


def _number(kind: Number, value: object, at: str) -> Iterator[Problem]:
    if not _is_number(value, whole=kind.whole):
        yield Problem(f"must provide {'an integer' if kind.whole else 'a number'}", at)
        return
    if kind.least is not None and value < kind.least:
        yield Problem(f"must be greater than {kind.least - 1}", at)
    if kind.above is not None and value <= kind.above:
        yield Problem(f"must be greater than {kind.above}", at)
    if kind.most is not None and value > kind.most:
        yield Problem(f"must be less than {kind.most + 1}", at)


def _is_number(value: object, *, whole: bool) -> TypeGuard[int | float]:
    if isinstance(value, float):
        return not whole and math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _many(kind: Many, value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem("must provide an array", at)
        return
    if len(value) < kind.least:
        yield Problem(f"no fewer than {kind.least} items allowed", at)
    if kind.most is not None and len(value) > kind.most:
        yield Problem(f"no more than {kind.most} items allowed", at)
    for index, item in enumerate(value):
        if item is not None or not kind.gaps:
            yield from problems(kind.of, item, f"{at}/{index}")


def _object(kind: Shape | Typed, value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem("must provide an object", at)
    elif isinstance(kind, Shape):
        yield from _shape(kind, value, at)
    elif "type" not in value:
        yield Problem("missing required field: type", at)
    else:
        yield from _typed(kind, value, at)


def _typed(kind: Typed, value: dict[str, object], at: str) -> Iterator[Problem]:
    name = value["type"]
    if not isinstance(name, str):
        yield Problem("must provide a string", f"{at}/type")
    elif name not in kind.shapes:
        yield Problem(f"unsupported type: {name}", f"{at}/type")
    else:
        yield from _shape(kind.shapes[name], value, at)


def _shape(kind: Shape, value: dict[str, object], at: str) -> Iterator[Problem]:
    found = [*_missing(kind, value, at), *_members(kind, value, at)]
    yield from found
    if not found:
        for rule in kind.rules:
            yield from rule(value, at)


def _missing(kind: Shape, value: dict[str, object], at: str) -> Iterator[Problem]:
    for name in kind.needs:
        if name not in value:
            yield Problem(f"missing required field: {name}", at)
    if kind.any_of and not any(name in value for name in kind.any_of):
        yield Problem(f"must provide at least one of: {', '.join(kind.any_of)}", at)
    if kind.one_of and sum(name in value for name in kind.one_of) != 1:
        yield Problem(f"must provide exactly one of: {', '.join(kind.one_of)}", at)


def _members(kind: Shape, value: dict[str, object], at: str) -> Iterator[Problem]:
    for name, member in value.items():
        if name in kind.fields:
            yield from problems(kind.fields[name], member, f"{at}/{name}")
        elif not kind.is_open:
            yield Problem(f"invalid additional property: {name}", at)
