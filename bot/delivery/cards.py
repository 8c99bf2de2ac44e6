"""Shows one card: draws the subject as it is now, and posts or edits until the card says so."""

import logging
import time
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.elsewhere import unusable
from bot.delivery.errors import Refused, Trouble
from bot.delivery.notices import LONGEST, backoff
from bot.delivery.pace import Pace
from bot.delivery.slack import Posted, Slack
from bot.desk.casefiles import file_of
from bot.storage.cards import Card
from bot.storage.database import Database
from bot.storage.work import Work
from handlers.views import cards as views
from handlers.views.message import Message
from policy.cases import Case
from policy.ids import CaseId, ChannelId, EscalationId, UserId
from policy.refusals import NoAccount

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a card has to show now."""

    card: Card
    case: Case
    message: Message
    version: int
    elsewhere: tuple[ChannelId | UserId, ...]
    """Where the card stands instead, best first, when its channel takes it no more."""

    @property
    def key(self) -> str:
        """What the card's message is found by."""
        return f"cards.shown:{self.card.kind}.{self.card.subject}"


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
            if card.kind == "escalation":
                return await self._escalation(work, card)
            return await self._case(work, card)

    async def show(self, card: Card) -> None:
        """Make the card show its subject as it is now.

        Raises:
            Refused: only when nothing at all can be sent, because the app is not let in.
        """
        drawing = await self.drawn(card)
        try:
            posted = await self._put(drawing)
        except Refused as refused:
            await self._refused(drawing, refused)
            return
        async with self.database.begin() as work:
            await work.cards.shown(card, posted.channel, posted.ts, drawing.version)
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
            since = drawing.case.opened_at
            found = await self.slack.found(card.channel, drawing.key, thread=None, since=since)
        return found or await self.slack.post(card.channel, drawing.message, key=drawing.key)

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

    async def _case(self, work: Work, card: Card) -> Drawing:
        case = await work.cases.get(card.workspace, CaseId(card.subject))
        file = await file_of(work, case, now=self.clock())
        linked = await _channels(work, case)
        return Drawing(
            card=card,
            case=case,
            message=views.case_card(file),
            version=case.version,
            elsewhere=(*linked, case.requester),
        )

    async def _escalation(self, work: Work, card: Card) -> Drawing:
        escalation = await work.escalations.get(card.workspace, EscalationId(card.subject))
        case = await work.cases.get(card.workspace, escalation.case)
        file = await file_of(work, case, now=self.clock())
        settings = await work.settings.get(card.workspace)
        duty = settings.duty_channel if settings else None
        return Drawing(
            card=card,
            case=case,
            message=views.escalation_card(escalation, replace(file, escalation=escalation)),
            version=escalation.version,
            elsewhere=(duty,) if duty else (),
        )


async def _channels(work: Work, case: Case) -> tuple[ChannelId, ...]:
    try:
        account = await work.accounts.get(case.workspace, case.account)
    except NoAccount:
        return ()
    return tuple(sorted(account.channels))


def next_place(
    current: ChannelId, places: tuple[ChannelId | UserId, ...]
) -> ChannelId | UserId | None:
    """Return where a card stands next, once its channel takes it no more: each place once."""
    rest = places[places.index(current) + 1 :] if current in places else places
    return rest[0] if rest else None
