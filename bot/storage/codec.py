"""Policy values to JSON and back, driven by their own dataclasses: the one place for it.

A field whose type is a union of values is tagged with the value's name under `is`. Fields unknown
to this code are passed over, missing ones get their default: an older release reads what a newer
one wrote, and the other way round.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

Json = Any
Encoder = Callable[[Any], Json]
Decoder = Callable[[Json], Any]
Pair = tuple[Encoder, Decoder]
T = TypeVar("T")

TAG = "is"


def encode(kind: Any, value: object) -> Json:
    """Return the value, of this type or union, as what JSON can hold."""
    return _pair(kind)[0](value)


def decode(kind: Any, data: Json) -> Any:
    """Return what `encode` was given.

    Raises:
        ValueError: the data name a value that this release does not know.
    """
    return _pair(kind)[1](data)


@cache
def _pair(kind: Any) -> Pair:
    if isinstance(kind, NewType):
        return _pair(kind.__supertype__)
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is not None:
        return _of_parts(get_origin(kind), get_args(kind))
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if issubclass(kind, StrEnum):
        return (lambda word: word.value), kind
    message = f"no JSON is agreed for {kind!r}"
    raise TypeError(message)


def _same(value: Any) -> Any:
    return value


PLAIN: Mapping[Any, Pair] = {
    **dict.fromkeys((str, int, bool, NoneType), (_same, _same)),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    date: (date.isoformat, date.fromisoformat),
    time: (time.isoformat, time.fromisoformat),
    timedelta: (timedelta.total_seconds, lambda seconds: timedelta(seconds=seconds)),
}


def _of_parts(origin: Any, arguments: tuple[Any, ...]) -> Pair:
    if origin in {Union, UnionType}:
        return _of_union(arguments)
    if issubclass(origin, Mapping):
        return _of_mapping(*arguments)
    return _of_collection(origin, arguments[0])


def _of_union(kinds: tuple[Any, ...]) -> Pair:
    values = [kind for kind in kinds if kind is not NoneType]
    encoded, decoded = _pair(values[0]) if len(values) == 1 else _of_choice(values)
    if NoneType not in kinds:
        return encoded, decoded
    return (
        lambda value: None if value is None else encoded(value),
        lambda data: None if data is None else decoded(data),
    )


def _of_choice(kinds: list[Any]) -> Pair:
    known = {kind.__name__: kind for kind in kinds}  # each is looked into once it is met

    def encoded(value: Any) -> Json:
        name = type(value).__name__
        return {TAG: name, **_pair(known[name])[0](value)}

    def decoded(data: Json) -> Any:
        if data[TAG] not in known:
            message = f"this release does not know {data[TAG]!r}"
            raise ValueError(message)
        return _pair(known[data[TAG]])[1](data)

    return encoded, decoded


def _of_collection(origin: Any, kind: Any) -> Pair:
    encoded, decoded = _pair(kind)
    arranged: Callable[[Any], Any] = sorted if origin is frozenset else _same
    return (
        lambda values: [encoded(value) for value in arranged(values)],
        lambda data: origin(decoded(each) for each in data),
    )


def _of_mapping(key: Any, value: Any) -> Pair:
    (encoded_key, decoded_key), (encoded, decoded) = _pair(key), _pair(value)
    return (
        lambda values: {encoded_key(name): encoded(each) for name, each in values.items()},
        lambda data: {decoded_key(name): decoded(each) for name, each in data.items()},
    )


def _of_dataclass(kind: Any) -> Pair:
    hints = get_type_hints(kind)
    pairs = {each.name: _pair(hints[each.name]) for each in fields(kind)}
    defaults = {each.name for each in fields(kind) if _has_default(each)}

    def encoded(value: Any) -> Json:
        return {name: pair[0](getattr(value, name)) for name, pair in pairs.items()}

    def decoded(data: Json) -> Any:
        return kind(
            **{
                name: pair[1](data[name])
                for name, pair in pairs.items()
                if name in data or name not in defaults
            }
        )

    return encoded, decoded


def _has_default(each: "Field[Any]") -> bool:
    return each.default is not MISSING or each.default_factory is not MISSING
