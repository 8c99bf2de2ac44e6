"""Shows one card: draws the subject as it is now, and posts or edits until the card says so."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.drawings import Drawing, drawn
from bot.delivery.elsewhere import unusable
from bot.delivery.errors import LONGEST, Refused, Trouble, backoff
from bot.delivery.pace import Pace
from bot.delivery.slack import Posted, Slack
from bot.logs import bound
from bot.storage.cards import Card
from bot.storage.database import Database
from policy.ids import ChannelId, UserId

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Level-triggered: what a card shows is compared with what is, never with what happened."""

    database: Database
    slack: Slack
    clock: Clock
    pace: Pace

    async def drawn(self, card: Card) -> Drawing:
        """Draw the card's subject as it is now."""
        async with self.database.reading() as work:
            return await drawn(work, card, now=self.clock())

    async def show(self, card: Card) -> None:
        """Make the card show its subject as it is now.

        Raises:
            Refused: only when nothing at all can be sent, because the app is not let in.
        """
        case = card.subject if card.kind == "case" else None
        bound(workspace=card.workspace, case=case, card=f"{card.kind} {card.subject}")
        drawing = await self.drawn(card)
        try:
            posted = await self._put(drawing)
        except Refused as refused:
            await self._refused(drawing, refused)
            return
        async with self.database.begin() as work:
            if await work.cards.shown(card, posted.channel, posted.ts, drawing.version):
                await work.commit()

    async def put_back(self, card: Card, seconds: float) -> None:
        """Leave the card to whoever looks then; nothing was tried."""
        async with self.database.begin() as work:
            await work.cards.postponed(card, self.clock() + timedelta(seconds=seconds))
            await work.commit()

    async def _failed(self, card: Card, why: str, *, within: timedelta) -> None:
        async with self.database.begin() as work:
            await work.cards.failed(card, self.clock() + within, why)
            await work.commit()

    async def _put(self, drawing: Drawing) -> Posted:
        card = drawing.card
        if card.ts is not None:
            at = Posted(channel=card.channel, ts=card.ts)
            await self.slack.update(at, drawing.message)
            return at
        found = None
        if card.failures:  # one of them may have posted all the same
            since = drawing.since
            found = await self.slack.found(card.channel, drawing.key, thread=None, since=since)
        posted = found or await self.slack.post(card.channel, drawing.message, key=drawing.key)
        if drawing.is_pinned:
            await self._pinned(posted)
        return posted

    async def _pinned(self, posted: Posted) -> None:
        """Pin what was just posted; where the app may not, it stands there all the same."""
        try:
            await self.slack.pin(posted)
        except Refused as refused:
            if refused.trouble in {Trouble.WAIT, Trouble.LOST, Trouble.UNAUTHORISED}:
                raise
            log.warning("the board in %s cannot be pinned: %s", posted.channel, refused)

    async def _refused(self, drawing: Drawing, refused: Refused) -> None:
        card = drawing.card
        log.warning("card of %s: %s", card.subject, refused)
        self.pace.hold(card.channel, refused.retry_after, now=time.monotonic())
        match refused.trouble:
            case Trouble.MESSAGE_GONE:
                await self._lost(card)
            case Trouble.CHANNEL_GONE | Trouble.PERSON_GONE | Trouble.THREAD_GONE:
                await self._moved(drawing, refused)
            case Trouble.OUR_BUG:
                log.error("card of %s is refused: %s", card.subject, refused.code)
                await self._failed(card, refused.code, within=LONGEST)
            case _:
                again = backoff(card.failures + 1, refused)
                await self._failed(card, refused.code, within=again)
        if refused.trouble is Trouble.UNAUTHORISED:
            raise refused

    async def _lost(self, card: Card) -> None:
        async with self.database.begin() as work:
            await work.cards.lost(card)
            await work.commit()

    async def _moved(self, drawing: Drawing, refused: Refused) -> None:
        card, now = drawing.card, self.clock()
        place = next_place(card.channel, drawing.elsewhere)
        told = unusable(card.workspace, card.channel, refused.code, now=now)
        async with self.database.begin() as work:
            if told:
                work.outbox.owe(told)
            if place:
                await work.cards.want(card.workspace, card.kind, card.subject, ChannelId(place))
            else:
                await work.cards.failed(card, now + LONGEST, refused.code)
            await work.commit()


def next_place(
    current: ChannelId, places: tuple[ChannelId | UserId, ...]
) -> ChannelId | UserId | None:
    """Return where a card stands next, once its channel takes it no more: each place once."""
    rest = places[places.index(current) + 1 :] if current in places else places
    return rest[0] if rest else None
