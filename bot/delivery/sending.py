"""The loop that sends: the most urgent first, over all channels, as fast as Slack allows.

Notices and cards are claimed by lease, a few at a time. What waits here only waits for its
channel's turn; what would wait too long is put back for whoever claims it then.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.cards import Cards
from bot.delivery.errors import Refused
from bot.delivery.notices import Notices
from bot.delivery.pace import Pace
from bot.delivery.places import Place
from bot.delivery.slack import Slack
from bot.desk.people import People
from bot.metrics import Health, Metrics
from bot.storage.cards import Card
from bot.storage.database import Database
from bot.storage.outbox import Claimed

log = logging.getLogger(__name__)

BATCH = 25
LEASE = timedelta(seconds=45)
"""Longer than the longest wait here and every time-out of one errand together."""
LONGEST_WAIT = 10.0
AT_ONCE = 16
POLL = 1.0
"""Seconds after which we look by ourselves: another process may owe something."""
LOCKED_OUT = 60.0
DRAIN = 25.0
CARD_INTERVAL = 1.0
PART = "slack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something claimed that waits for its channel's turn."""

    turn: tuple[int, int, int]
    """How urgent it is, cards before notices, the oldest first."""
    lane: str
    """What takes one message a second: a channel, a person, or one card that is edited."""
    pace: Pace
    go: Callable[[], Awaitable[None]]


class Sender:
    """Sends what is owed and shows what has changed until it is stopped."""

    def __init__(self, notices: Notices, cards: Cards, health: Health) -> None:
        self._notices = notices
        self._cards = cards
        self._health = health
        self._woken = asyncio.Event()
        self._waiting: list[Item] = []
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._posts = Pace()
        self._edits = Pace(interval=CARD_INTERVAL, burst=1)
        self._is_stopping = False

    def wake(self) -> None:
        """Look at once whether something is to be sent."""
        self._woken.set()

    async def run(self) -> None:
        """Send until stopped; whatever goes wrong, try again."""
        while not self._is_stopping:
            self._woken.clear()
            try:
                await self._turn()
            except Exception:
                log.exception("looking for what is owed failed")
                await self._rest(POLL)

    async def stop(self) -> None:
        """Claim nothing any more, and let what is under way finish."""
        self._is_stopping = True
        self.wake()
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=DRAIN)

    async def inherit(self) -> None:
        """Take over what the process before us left: SQLite has one, so its leases mean nothing."""
        if self._notices.database.dialect != "sqlite":
            return
        async with self._notices.database.begin() as work:
            await work.outbox.orphaned()
            await work.cards.orphaned()
            await work.commit()

    async def _turn(self) -> None:
        if self._health.parts.get(PART, "ok") != "ok":
            await self._locked_out()
            return
        await self._claim()
        await self._rest(min(POLL, self._start()))

    async def _locked_out(self) -> None:
        await self._rest(LOCKED_OUT)
        if not self._is_stopping and await self._notices.slack.is_let_in():
            self._health.says(PART)

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _claim(self) -> None:
        now = self._notices.clock()
        async with self._notices.database.begin() as work:
            cards = await work.cards.due(BATCH, now, LEASE)
            claimed = await work.outbox.claim(now, BATCH, LEASE)
            await work.commit()
        for card in cards:
            await self._take_card(card)
        for each in claimed:
            await self._take(each)
        if len(cards) == BATCH or len(claimed) == BATCH:
            self.wake()
        self._waiting.sort(key=lambda item: item.turn)

    async def _take(self, claimed: Claimed) -> None:
        errand = await self._notices.errand(claimed)
        to = errand.to
        lane = to.channel if isinstance(to, Place) else f"no post {claimed.id}"
        wait = self._wait_for(lane)
        if wait > LONGEST_WAIT:
            within = timedelta(seconds=wait / 2)
            await self._notices.put_back(errand, "its channel is busy", within=within)
            return
        turn = (claimed.notice.urgency, 1, len(self._waiting))
        go = self._notices.run
        self._waiting.append(Item(turn=turn, lane=lane, pace=self._posts, go=lambda: go(errand)))

    async def _take_card(self, card: Card) -> None:
        drawing = await self._cards.drawn(card)
        is_edit = card.ts is not None
        lane = f"card {card.id}" if is_edit else card.channel
        if not is_edit and (wait := self._wait_for(lane)) > LONGEST_WAIT:
            within = timedelta(seconds=wait / 2)
            await self._cards.postpone(card, within)
            return
        pace = self._edits if is_edit else self._posts
        turn = (drawing.case.severity.rank, 0, len(self._waiting))
        go = self._cards.show
        self._waiting.append(Item(turn=turn, lane=lane, pace=pace, go=lambda: go(drawing)))

    def _wait_for(self, lane: str) -> float:
        ahead = sum(1 for item in self._waiting if item.lane == lane)
        return self._posts.wait(lane, now=time.monotonic()) + ahead

    def _start(self) -> float:
        """Start what may go now; return after how many seconds the next may."""
        now, soonest, waiting = time.monotonic(), POLL, []
        for item in self._waiting:
            wait = item.pace.wait(item.lane, now=now)
            if item.lane in self._busy or wait or len(self._busy) >= AT_ONCE:
                waiting.append(item)
                soonest = min(soonest, wait or soonest)
                continue
            item.pace.take(item.lane, now=now)
            self._busy[item.lane] = asyncio.create_task(self._do(item))
        self._waiting = waiting
        return soonest

    async def _do(self, item: Item) -> None:
        try:
            await item.go()
        except Refused as refused:
            self._health.says(PART, refused.code)
            log.error("Slack lets us in no more: %s", refused.code)  # noqa: TRY400 - no bug
        except Exception:
            log.exception("sending failed; its lease runs out, then it is tried again")
        finally:
            del self._busy[item.lane]
            self.wake()


@asynccontextmanager
async def sending(
    slack: Slack, people: People, clock: Clock, *, over: Database, metrics: Metrics, health: Health
) -> AsyncIterator[Sender]:
    """Send what is owed while the block runs; what is under way at its end is finished."""
    notices = Notices(database=over, slack=slack, people=people, clock=clock, metrics=metrics)
    cards = Cards(database=over, slack=slack, clock=clock)
    sender = Sender(notices, cards, health)
    health.says(PART)
    await sender.inherit()
    running = asyncio.create_task(sender.run())
    try:
        yield sender
    finally:
        await sender.stop()
        await running
