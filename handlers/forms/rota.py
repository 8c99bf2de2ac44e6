"""What people fill in about the rota, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from handlers.forms.reading import Reader
from handlers.metadata import SpanValue
from policy.hours import DutyHours, Span, is_zone
from policy.ids import UserId
from policy.rota import DutyTimes, ShiftRequest

ZONE, HOLIDAYS = 40, 10
MIDNIGHT = time()
UTC = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A swap as it was filled in."""

    span: Span
    taker: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standin:
    """An override as it was filled in."""

    person: UserId
    instead_of: UserId | None
    span: Span


def offer(view: Mapping[str, Any]) -> Offer:
    """Return the swap that somebody offers."""
    reader = Reader(view)
    taker = _someone(reader, "taker")
    turn = reader.value("turn")
    if not turn:
        reader.amiss("turn", "Please choose one.")
    reader.done()
    return Offer(span=SpanValue.unpack(turn).span, taker=taker)


def shift(view: Mapping[str, Any]) -> ShiftRequest | None:
    """Return the shift as it shall be, None where it is to go."""
    reader = Reader(view)
    if reader.ticked("remove"):
        return None
    request = ShiftRequest(
        zone=_zone(reader),
        weekday=int(reader.value("weekday") or 0),
        start=_clock(reader, "start"),
        end=_clock(reader, "end"),
        person=_someone(reader, "person"),
        backup=reader.person("backup"),
        on_holidays=reader.ticked("on_holidays"),
    )
    if request.backup == request.person:
        reader.amiss("backup", "Name somebody else than the person on duty.")
    reader.done()
    return request


def standin(view: Mapping[str, Any]) -> Standin:
    """Return who is on duty for a while."""
    reader = Reader(view)
    person = _someone(reader, "person")
    start_at, end_at = reader.moment("start_at"), reader.moment("end_at")
    for name, at in (("start_at", start_at), ("end_at", end_at)):
        if at is None:
            reader.amiss(name, "Please choose a moment.")
    if start_at and end_at and start_at >= end_at:
        reader.amiss("end_at", "Choose a moment after the first one.")
    reader.done()
    assert start_at is not None  # noqa: S101 - done() has seen to it
    assert end_at is not None  # noqa: S101 - as above
    span = Span(start_at=start_at, end_at=end_at)
    return Standin(person=person, instead_of=reader.person("instead_of"), span=span)


def times(view: Mapping[str, Any]) -> DutyTimes:
    """Return when a team is at work, and when its day is told."""
    reader = Reader(view)
    days = frozenset(int(each) for each in reader.value("days").split(",") if each)
    if not days:
        reader.amiss("days", "Choose at least one day.")
    zone = _zone(reader)
    opens, closes = _clock(reader, "opens"), _clock(reader, "closes")
    digest_at = _clock(reader, "digest_at")
    holidays = reader.text("holidays", least=0, most=HOLIDAYS).upper()
    reader.done()
    hours = DutyHours(zone=zone, days=days, opens=opens, closes=closes)
    return DutyTimes(hours=hours, holidays=holidays, digest_at=digest_at)


def _zone(reader: Reader) -> str:
    zone = reader.text("zone", most=ZONE)
    if zone and not is_zone(zone):
        reader.amiss("zone", "Write a time zone, such as Europe/Berlin or America/New_York.")
        return UTC
    return zone or UTC


def _clock(reader: Reader, name: str) -> time:
    said = reader.value(name)
    if not said:
        reader.amiss(name, "Please choose a time.")
    return time.fromisoformat(said) if said else MIDNIGHT


def _someone(reader: Reader, name: str) -> UserId:
    user = reader.person(name)
    if user is None:
        reader.amiss(name, "Please choose somebody.")
    return user or UserId("")
