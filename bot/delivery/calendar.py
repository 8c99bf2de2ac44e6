"""Who is on duty by a calendar elsewhere: an iCal feed, fetched now and then, and kept.

The last good answer counts until there is a better one; administrators hear of a feed that gives
none. What parses it is an extra, asked for only where a feed is configured.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import aiohttp

from bot.clock import Clock
from bot.delivery.downloads import up_to
from bot.storage.database import Database
from policy.ids import UserId, WorkspaceId
from policy.owed import rota as owed
from policy.rota import named_in

log = logging.getLogger(__name__)

EVERY = 300.0
"""Seconds between two fetches."""
BEHIND, AHEAD = timedelta(days=1), timedelta(days=7)
"""How much of it is read: enough for a feed that stays silent for days."""
LARGEST = 5_000_000
"""Bytes of a feed that is read at most."""
SAID_BY = ("SUMMARY", "DESCRIPTION")
PEOPLE = ("ATTENDEE", "ORGANIZER")
NO_CALENDAR, TOO_LARGE = "no calendar", "larger than 5 MB"


Names = Callable[[WorkspaceId, frozenset[UserId]], Awaitable[Mapping[UserId, frozenset[str]]]]


class ExtraMissing(Exception):
    """A feed is configured, and what reads it is not installed; the message is a sentence."""

    def __init__(self) -> None:
        super().__init__(
            "CASEFLAG_ROTA_ICAL_URL needs what reads calendars: pip install 'caseflag[ical]'"
        )


class Unusable(Exception):
    """The feed gives nothing that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One time in the calendar, and all that it says."""

    start_at: datetime
    end_at: datetime
    text: str


class Feed:
    """The feed at one address, and what it said last."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, clock: Clock, names: Names
    ) -> None:
        """Take the address; an empty one is no feed. `names` tells what people are called.

        Raises:
            ExtraMissing: what reads calendars is not installed.
        """
        self._session = session
        self._url = url
        self._clock = clock
        self._names = names
        self._entries: tuple[Entry, ...] = ()
        self._read: Callable[[bytes, datetime], tuple[Entry, ...]] | None = None
        if url:
            self._read = _reader()

    @property
    def is_on(self) -> bool:
        """Whether there is one."""
        return bool(self._url)

    def running(self, now: datetime) -> tuple[str, ...]:
        """Return what the entries say that run at this moment."""
        return tuple(each.text for each in self._entries if each.start_at <= now < each.end_at)

    async def named(self, workspace: WorkspaceId, users: frozenset[UserId]) -> frozenset[UserId]:
        """Return which of these people are on duty by it now."""
        said = self.running(self._clock())
        return named_in(said, await self._names(workspace, users)) if said else frozenset()

    async def fetch(self) -> None:
        """Ask for the feed once.

        Raises:
            Unusable: it did not answer, or not with a calendar; what it said last stays.
        """
        if self._read is None:
            return
        try:
            async with self._session.get(self._url) as answer:
                if not answer.ok:
                    code = f"http_{answer.status}"
                    raise Unusable(code)
                raw = await up_to(answer, LARGEST + 1)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unusable(type(error).__name__) from error
        if len(raw) > LARGEST:
            raise Unusable(TOO_LARGE)
        try:
            self._entries = await asyncio.to_thread(self._read, raw, self._clock())
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise Unusable(NO_CALENDAR) from error


def _reader() -> Callable[[bytes, datetime], tuple[Entry, ...]]:
    """Return what reads a feed; its modules are imported here and nowhere else."""
    try:
        calendars: Any = import_module("icalendar")
        recurring: Any = import_module("recurring_ical_events")
    except ImportError as error:
        raise ExtraMissing from error

    def read(raw: bytes, now: datetime) -> tuple[Entry, ...]:
        calendar = calendars.Calendar.from_ical(raw)
        found = recurring.of(calendar).between(now - BEHIND, now + AHEAD)
        return tuple(_entry(each) for each in found)

    return read


def _entry(event: Any) -> Entry:
    start, end = _moment(event["DTSTART"].dt), _moment(event["DTEND"].dt)
    said = [str(event.get(name, "")) for name in SAID_BY]
    said += [word for name in PEOPLE for each in _each(event.get(name)) for word in _person(each)]
    return Entry(start_at=start, end_at=end, text=" \n ".join(said))


def _each(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _person(address: Any) -> tuple[str, str]:
    said = str(address)
    mail = said[len("mailto:") :] if said.casefold().startswith("mailto:") else said
    return mail, str(address.params.get("CN", ""))


def _moment(at: datetime | date) -> datetime:
    """Return a moment in UTC; a whole day, or a time of no zone, is taken as one of UTC."""
    if not isinstance(at, datetime):
        at = datetime(at.year, at.month, at.day, tzinfo=UTC)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


@asynccontextmanager
async def following(
    feed: Feed,
    database: Database,
    workspace: WorkspaceId,
    clock: Clock,
    *,
    wake: Callable[[], None],
) -> AsyncIterator[None]:
    """Keep up with the feed while the block runs; administrators hear of one that gives nothing."""
    if not feed.is_on:
        yield
        return
    running = asyncio.create_task(_follow(feed, database, workspace, clock, wake))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _follow(
    feed: Feed,
    database: Database,
    workspace: WorkspaceId,
    clock: Clock,
    wake: Callable[[], None],
) -> None:
    while True:
        try:
            await _look(feed, database, workspace, clock, wake)
        except Exception:
            log.exception("following the calendar of the rota failed")
        await asyncio.sleep(EVERY)


async def _look(
    feed: Feed,
    database: Database,
    workspace: WorkspaceId,
    clock: Clock,
    wake: Callable[[], None],
) -> None:
    try:
        await feed.fetch()
    except Unusable as unusable:
        log.warning("the calendar of the rota gives nothing: %s", unusable)
        async with database.begin() as work:
            work.outbox.owe(owed.calendar_unusable(workspace, str(unusable), at=clock()))
            await work.commit()
        wake()
