"""What each card has to show now, drawn from the present and from nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.boards import escalation_file_of, lines_of
from bot.desk.casefiles import file_of, settings_of
from bot.storage.cards import Card
from bot.storage.work import Work
from handlers.views import cards as case_views
from handlers.views import escalations as views
from handlers.views.message import Message
from policy.board import board
from policy.cases import Case
from policy.escalations import Escalation
from policy.ids import CaseId, ChannelId, EscalationId, UserId
from policy.refusals import NoAccount
from policy.roles import Actor, Standing

LATELY = timedelta(days=7)
"""How far back a board is looked for, of which nobody knows when it was posted."""
LAST = 5
"""The board can wait until everything that has a severity was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a card has to show now."""

    card: Card
    message: Message
    version: int
    urgency: int
    """1 for S1 to 4 for S4; 5 for what can wait."""
    since: datetime
    """Since when it may have been posted."""
    elsewhere: tuple[ChannelId | UserId, ...] = ()
    """Where the card stands instead, best first, when its channel takes it no more."""
    is_pinned: bool = False

    @property
    def key(self) -> str:
        """What the card's message is found by."""
        return f"cards.shown:{self.card.kind}.{self.card.subject}"


async def drawn(work: Work, card: Card, *, now: datetime) -> Drawing:
    """Draw the card's subject as it is now."""
    match card.kind:
        case "case":
            return await _case(work, card, now=now)
        case "escalation":
            return await _of_duty(work, card, now=now)
        case "request":
            return await _of_requester(work, card, now=now)
        case "board":
            return await _board(work, card, now=now)


async def _case(work: Work, card: Card, *, now: datetime) -> Drawing:
    case = await work.cases.get(card.workspace, CaseId(card.subject))
    return Drawing(
        card=card,
        message=case_views.case_card(await file_of(work, case, now=now)),
        version=case.version,
        urgency=case.severity.rank,
        since=case.opened_at,
        elsewhere=(*await _channels(work, case), case.requester),
    )


async def _of_duty(work: Work, card: Card, *, now: datetime) -> Drawing:
    """Draw an escalation for the duty channel; a confidential one for its owner, and nowhere else."""
    escalation, case = await _escalation(work, card)
    file = await escalation_file_of(work, escalation, case, now=now)
    duty = (await settings_of(work, card.workspace)).duty_channel
    confidential = escalation.request.confidential
    return Drawing(
        card=card,
        message=views.escalation_card(file, now=now),
        version=escalation.version,
        urgency=case.severity.rank,
        since=escalation.submitted_at,
        elsewhere=(duty,) if duty and not confidential else (),
    )


async def _of_requester(work: Work, card: Card, *, now: datetime) -> Drawing:
    escalation, case = await _escalation(work, card)
    asked = case.requester if escalation.pulled else escalation.submitted_by
    reader = Standing(actor=Actor(workspace=card.workspace, user=asked))
    others = (each for each in (case.contact, case.requester) if each != case.engineer)
    return Drawing(
        card=card,
        message=views.request_card(
            await escalation_file_of(work, escalation, case, who=reader, now=now), now=now
        ),
        version=escalation.version,
        urgency=case.severity.rank,
        since=escalation.submitted_at,
        elsewhere=tuple(dict.fromkeys(each for each in others if each != asked)),
    )


async def _board(work: Work, card: Card, *, now: datetime) -> Drawing:
    """Draw the board of the duty channel; elsewhere, where it has gone."""
    duty = (await settings_of(work, card.workspace)).duty_channel
    if duty == card.subject:
        message = views.board(board(await lines_of(work, card.workspace, now=now)), now=now)
    else:
        message = views.board_moved(duty)
    return Drawing(
        card=card,
        message=message,
        version=card.wanted_version,
        urgency=LAST,
        since=now - LATELY,
        is_pinned=duty == card.subject,
    )


async def _escalation(work: Work, card: Card) -> tuple[Escalation, Case]:
    escalation = await work.escalations.get(card.workspace, EscalationId(card.subject))
    return escalation, await work.cases.get(card.workspace, escalation.case)


async def _channels(work: Work, case: Case) -> tuple[ChannelId, ...]:
    try:
        account = await work.accounts.get(case.workspace, case.account)
    except NoAccount:
        return ()
    return tuple(sorted(account.channels))
