"""Copies of what JSON can say, several times faster than a copy of anything."""

from typing import TypeVar, cast

T = TypeVar("T")


def copied(value: T) -> T:
    """Return a copy that shares no object and no array with the value."""
    if isinstance(value, dict):
        return cast("T", {key: copied(member) for key, member in value.items()})
    if isinstance(value, list):
        return cast("T", [copied(item) for item in value])
    return value
