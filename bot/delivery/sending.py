"""The loop that sends: claims what is owed by lease, a few at a time, and never stops by itself."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial

from bot.clock import Clock
from bot.delivery.cards import Cards
from bot.delivery.errors import Refused
from bot.delivery.notices import Lose, Notices
from bot.delivery.pace import Pace
from bot.delivery.pagers import Pagers
from bot.delivery.paging import Paging
from bot.delivery.places import Paged
from bot.delivery.queue import IDLE, LONGEST_WAIT, Item, Queue
from bot.delivery.slack import Slack
from bot.desk.people import People
from bot.metrics import RELEASE, Health, Metrics
from bot.storage.cards import Card
from bot.storage.database import Database
from bot.storage.outbox.rows import Claimed
from policy.notices import EscalationPaged

log = logging.getLogger(__name__)

BATCH = 25
ERRAND = 30.0
"""Seconds that one post and all the looking up before it may take."""
LEASE = timedelta(seconds=LONGEST_WAIT + ERRAND + 5)
SETTLING = timedelta(seconds=3)
"""For how long Slack may still be at what was sent just before we were killed."""
LOCKED_OUT = 60.0
"""Seconds after which to ask again whether the app is let in."""
AGAIN = 1.0
PART = "slack"
ALL = "all"


class Sender:
    """Sends what is owed and shows what has changed until it is stopped."""

    def __init__(self, notices: Notices, cards: Cards, health: Health) -> None:
        self._notices = notices
        self._cards = cards
        self._health = health
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._queue = Queue(self._do)
        self._posts = Pace(interval=0.2, burst=50)  # several hundred a minute in all
        self._edits = Pace(interval=1.2, burst=25)  # fifty a minute in all
        self._shows = Pace(interval=1.0, burst=1)  # what changes fast is shown once
        self._knocks_at: float | None = None
        """The monotonic moment to ask Slack again, while it does not let us in."""

    def wake(self) -> None:
        """Look at once whether something is to be sent."""
        self._woken.set()

    async def run(self) -> None:
        """Send until stopped; whatever goes wrong, try again."""
        starting = asyncio.create_task(self._start())
        while not self._stopped.is_set():
            self._woken.clear()
            try:
                await self._turn()
            except Exception:
                log.exception("looking for what is owed failed")
                await _elapsed(self._stopped, AGAIN)
        await starting
        await self._queue.finished(within=ERRAND)

    def stop(self) -> None:
        """Claim nothing any more; what is under way is finished, and the rest given back."""
        self._stopped.set()
        self._queue.changed.set()  # whoever starts what waits looks up
        self.wake()

    async def inherit(self) -> None:
        """Take over what the process before us left: SQLite has one, so its leases are in vain."""
        if self._notices.database.dialect != "sqlite":
            return
        async with self._notices.database.begin() as work:
            await work.outbox.orphaned(SETTLING)
            await work.cards.orphaned(SETTLING)
            await work.commit()

    async def _turn(self) -> None:
        if not self._health.is_well(RELEASE):
            await _elapsed(self._stopped, AGAIN)
            return
        if not self._health.is_well(PART):
            await self._locked_out()
        if self._queue.has_room or self._queue.room_for_cards:
            await self._claim()
        await _elapsed(self._woken, IDLE)

    async def _start(self) -> None:
        """Start what may go, as soon as it may: looking for more takes its own time."""
        while not self._stopped.is_set():
            self._queue.changed.clear()
            try:
                soonest = self._queue.start(is_let_in=self._health.is_well(PART))
            except Exception:
                log.exception("starting what waits failed")
                soonest = AGAIN
            await _elapsed(self._queue.changed, soonest)

    async def _locked_out(self) -> None:
        """Ask now and then whether Slack lets us in again; pages go out meanwhile."""
        self._queue.forget()
        now = time.monotonic()
        if self._knocks_at is None:
            self._knocks_at = now + LOCKED_OUT
        elif now >= self._knocks_at:
            self._knocks_at = now + LOCKED_OUT
            if await self._notices.slack.is_let_in():
                self._health.says(PART)
                self._knocks_at = None

    async def _claim(self) -> None:
        now, started = self._notices.clock(), time.monotonic()
        is_let_in = self._health.is_well(PART)
        of = None if is_let_in else EscalationPaged
        number = BATCH if self._queue.has_room else 0
        room = self._queue.room_for_cards if is_let_in else 0
        async with self._notices.database.begin() as work:
            cards = await work.cards.due(room, now, LEASE) if room else []
            claimed = await work.outbox.claim(now, number, LEASE, of=of) if number else []
            taken = await work.digests.join(claimed)
            await work.commit()
        expires = started + LEASE.total_seconds() - ERRAND
        for card in cards:
            await self._safely(self._take_card(card, expires))
        for each in taken:
            await self._safely(self._take(each, expires))
        if len(claimed) == BATCH:
            self.wake()

    async def _take(self, claimed: Claimed, expires: float) -> None:
        errand = await self._notices.errand(claimed)
        lane = errand.lane
        item = Item(
            turn=(claimed.notice.urgency, 1),
            lane=lane,
            paces=((self._notices.pace, lane), (self._posts, ALL)),
            go=partial(self._notices.run, claimed),
            back=partial(self._notices.put_back, claimed),
            expires=expires,
            is_for_slack=not isinstance(errand.to, Paged),
        )
        await self._queue.add(item)

    async def _take_card(self, card: Card, expires: float) -> None:
        urgency = (await self._cards.drawn(card)).urgency
        is_edit = card.ts is not None
        lane = f"card {card.id}" if is_edit else card.channel
        posting = ((self._notices.pace, lane), (self._posts, ALL))
        editing = ((self._shows, lane), (self._edits, ALL))
        item = Item(
            turn=(urgency, 0),
            lane=lane,
            is_card=True,
            paces=editing if is_edit else posting,
            go=partial(self._cards.show, card),
            back=partial(self._cards.put_back, card),
            expires=expires,
        )
        await self._queue.add(item)

    async def _do(self, item: Item) -> None:
        await self._safely(_limited(item.go()))
        self.wake()

    async def _safely(self, errand: Awaitable[None]) -> None:
        """Let one errand fail alone: its lease runs out, and it is tried again."""
        try:
            await errand
        except Refused as refused:
            self._health.says(PART, refused.code)
            log.error("Slack lets us in no more: %s", refused.code)  # noqa: TRY400 - no bug
        except Exception:
            log.exception("one errand failed")


async def _limited(errand: Awaitable[None]) -> None:
    async with asyncio.timeout(ERRAND):
        await errand


async def _elapsed(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, but no longer than this."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


@asynccontextmanager
async def sending(
    slack: Slack,
    people: People,
    clock: Clock,
    *,
    over: Database,
    metrics: Metrics,
    health: Health,
    pagers: Pagers,
    lose: Lose | None = None,
) -> AsyncIterator[Sender]:
    """Send what is owed while the block runs; what is under way at its end is finished."""
    pace = Pace()
    notices = Notices(
        database=over,
        slack=slack,
        people=people,
        clock=clock,
        metrics=metrics,
        pace=pace,
        paging=Paging(database=over, pagers=pagers, clock=clock, pace=pace, metrics=metrics),
        lose=lose,
    )
    cards = Cards(database=over, slack=slack, clock=clock, pace=pace)
    sender = Sender(notices, cards, health)
    await sender.inherit()
    running = asyncio.create_task(sender.run())
    try:
        yield sender
    finally:
        sender.stop()
        await running
