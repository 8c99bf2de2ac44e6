"""What a case's history says became of one of its fields."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from policy.history import Entry, Value
from policy.ids import UserId

ONLY_WISHED = frozenset({"severities.requested"})
"""Entries that name a value before and after, but changed nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One change of one field."""

    at: datetime
    by: UserId
    what: str
    """How it came, as the history names it: `severities.granted`."""
    before: Value
    after: Value
    why: str = ""


def turned(entries: Iterable[Entry], field: str) -> tuple[Turned, ...]:
    """Return the changes of a field, oldest first."""
    found = []
    for change in (entry.change for entry in entries):
        was, became = change.before or {}, change.after or {}
        if field in was and field in became and change.what not in ONLY_WISHED:
            found.append(
                Turned(
                    at=change.at,
                    by=change.by,
                    what=change.what,
                    before=was[field],
                    after=became[field],
                    why=str(became.get("why") or ""),
                )
            )
    return tuple(found)


def held(changes: Sequence[Turned], now: str, *, at: datetime) -> str:
    """Return what a field held just before a moment; `now` is what it holds by now."""
    return next((str(each.before) for each in changes if each.at >= at), now)


def document(value: Value) -> Mapping[str, str]:
    """Return what a field of several parts held; nothing where it held none, or was erased."""
    try:
        found = json.loads(value) if isinstance(value, str) else None
    except ValueError:
        return {}
    return {name: str(part) for name, part in found.items()} if isinstance(found, dict) else {}
