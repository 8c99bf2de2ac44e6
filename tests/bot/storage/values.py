"""Values out of nothing but their types, for laws that hold of all of them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from policy.hours import DutyHours

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone itself
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
DURATIONS = st.integers(0, 10**7).map(lambda seconds: timedelta(seconds=seconds))
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(0, 2**31 - 1),
    NoneType: st.none(),
    datetime: MOMENTS,
    date: st.dates(),
    time: st.times().map(lambda clock: clock.replace(microsecond=0)),
    timedelta: DURATIONS,
}


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Return values of a type: plain, chosen, collected, or made of others."""
    if isinstance(kind, NewType):
        return values_of(kind.__supertype__)
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is not None:
        return _collected(get_origin(kind), get_args(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        parts = {each.name: values_of(hints[each.name]) for each in fields(kind)}
        if kind is DutyHours:  # closed hours are refused, and so is a zone that is none
            days = st.frozensets(st.integers(0, 6), min_size=1)
            parts |= {"days": days, "zone": st.just("Europe/Berlin")}
            parts |= {"opens": st.just(time(9)), "closes": st.just(time(17))}
        return st.builds(kind, **parts)
    assert issubclass(kind, StrEnum)
    return st.sampled_from(kind)


def _collected(origin: Any, arguments: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if origin in {Union, UnionType}:
        return st.one_of([values_of(each) for each in arguments])
    if issubclass(origin, Mapping):
        return st.dictionaries(*(values_of(each) for each in arguments), max_size=4)
    return st.lists(values_of(arguments[0]), max_size=3).map(origin)
