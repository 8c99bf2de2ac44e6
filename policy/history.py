"""The history of a case: entries that are only ever added, each chained to the one before it.

What an entry says is sealed by a salted digest and the chain runs over the digests, so that
erasing a person's words later leaves a chain that still verifies.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from policy.ids import CaseId, UserId, WorkspaceId

GENESIS = "0" * 64
SPELLED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
"""The one spelling of what a digest is taken of."""
SYSTEM = UserId("caseflag")

Value = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened to a case, before it has its place in the chain."""

    workspace: WorkspaceId
    case: CaseId
    at: datetime
    by: UserId
    what: str
    """What happened, as `word.verb`: `cases.opened`, `escalations.acknowledged`."""
    before: Mapping[str, Value] | None = None
    after: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change in its place: the `number`-th of its case, chained to the one before."""

    change: Change
    number: int
    salt: str
    digest: str
    previous: str
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the next entry of a chain is tied to."""

    number: int
    chain: str


def difference(
    before: Any, after: Any, *, ignoring: frozenset[str] = frozenset({"version"})
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return the fields in which two values of one class differ, as they were and as they are."""
    changed = [
        field.name
        for field in fields(after)
        if field.name not in ignoring and getattr(before, field.name) != getattr(after, field.name)
    ]
    return (
        {name: written(getattr(before, name)) for name in changed},
        {name: written(getattr(after, name)) for name in changed},
    )


def written(value: Any) -> Value:
    """Return what a field holds as the history keeps it."""
    match value:
        case Enum():
            return str(value.value)
        case None | bool() | int() | str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case _ if is_dataclass(value):
            parts = {field.name: written(getattr(value, field.name)) for field in fields(value)}
            return json.dumps(parts, ensure_ascii=False, sort_keys=True)
        case _:
            return ", ".join(sorted(str(written(each)) for each in value))


def chained(change: Change, last: Entry | Link | None, *, salt: str) -> Entry:
    """Return the change as the entry that follows `last`; the salt is fresh randomness, as hex."""
    number = last.number + 1 if last else 1
    previous = last.chain if last else GENESIS
    digest = sealed(change, salt)
    return Entry(
        change=change,
        number=number,
        salt=salt,
        digest=digest,
        previous=previous,
        chain=linked(previous, number, digest),
    )


def sealed(change: Change, salt: str) -> str:
    """Return the digest of what a change says, as hex."""
    said = [
        change.workspace,
        change.case,
        change.at.astimezone(UTC).isoformat(),
        change.by,
        change.what,
        dict(change.before) if change.before is not None else None,
        dict(change.after) if change.after is not None else None,
        salt,
    ]
    return sha256(SPELLED.encode(said).encode()).hexdigest()


def linked(previous: str, number: int, digest: str) -> str:
    """Return the link that ties an entry to all before it, as hex."""
    return sha256(f"{previous}:{number}:{digest}".encode()).hexdigest()


def broken_at(entries: Iterable[Entry]) -> int | None:
    """Return the number of the first entry that does not verify, None when all of them do.

    An entry whose words were erased has an empty salt; its digest is taken as it stands.
    """
    previous = GENESIS
    for number, entry in enumerate(entries, start=1):
        honest = entry.salt == "" or entry.digest == sealed(entry.change, entry.salt)
        fits = entry.number == number and entry.previous == previous
        if not (honest and fits and entry.chain == linked(previous, number, entry.digest)):
            return number
        previous = entry.chain
    return None
