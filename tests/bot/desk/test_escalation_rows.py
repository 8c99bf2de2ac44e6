"""Every row of the product's table: who does it, what it comes to, what is promised, who hears."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.desk.escalating import DONE
from policy.escalations import E, EscalationState, Event, RedirectTarget
from policy.ids import UserId
from policy.notices import (
    BriefReady,
    ClosingProposed,
    ClosingRefused,
    ContestSettled,
    EscalationAcknowledged,
    EscalationClosed,
    EscalationContested,
    EscalationDeclined,
    EscalationPaused,
    EscalationPulled,
    EscalationRated,
    EscalationReceived,
    EscalationRedirected,
    EscalationRelapsed,
    EscalationResumed,
    EscalationReturned,
    EscalationStabilised,
    EscalationStarted,
    EscalationThread,
    EscalationUpdated,
    EscalationWithdrawn,
    Fact,
    HandOverAccepted,
    HandOverEnded,
    HandOverOffered,
    Person,
    RightReinstated,
    Thread,
)
from tests.bot.desk.nights import Night, a_night
from tests.support.builders import ANA, DUTY, ELI, LEA, MONA, OTTO, an_actor

THREAD, DESK = "thread", "desk"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table, as it is acted out."""

    before: Callable[[Night], Awaitable[object]]
    does: Callable[[Night], Awaitable[object]]
    to: EscalationState
    what: str
    fact: type[Fact] | None = None
    hear: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    holds_right: bool = True


async def pulls(night: Night) -> None:
    night.escalation = await night.desk.pull(
        night.case, "Their board meets tomorrow.", by=an_actor(MONA)
    )


async def paused(night: Night) -> None:
    await night.active()
    await night.pauses()


async def nothing(_night: Night) -> None:
    """Nothing has happened yet."""


ROWS: dict[str, Row] = {
    "submit": Row(
        before=nothing,
        does=lambda night: night.requested(),
        to=E.REQUESTED,
        what="submitted",
        fact=EscalationReceived,
        hear=(THREAD,),
        promised=("acknowledge",),
    ),
    "withdraw": Row(
        before=lambda night: night.requested(),
        does=lambda night: night.withdraws(),
        to=E.WITHDRAWN,
        what="withdrawn",
        fact=EscalationWithdrawn,
        hear=(THREAD, DESK),
        holds_right=False,
    ),
    "acknowledge": Row(
        before=lambda night: night.requested(),
        does=lambda night: night.desk.acknowledge(night.id, by=an_actor(MONA)),
        to=E.ACKNOWLEDGED,
        what="acknowledged",
        fact=EscalationAcknowledged,
        hear=(ANA, THREAD),
        promised=("contact",),
    ),
    "the brief": Row(
        before=lambda night: night.requested(),
        does=lambda night: night.desk.acknowledge(night.id, by=an_actor(MONA)),
        to=E.ACKNOWLEDGED,
        what="acknowledged",
        fact=BriefReady,
        hear=(MONA,),
        promised=("contact",),
    ),
    "redirect": Row(
        before=lambda night: night.acknowledged(),
        does=lambda night: night.redirects(OTTO),
        to=E.REDIRECTED,
        what="redirected",
        fact=EscalationRedirected,
        hear=(ANA, THREAD, DESK, MONA),
        holds_right=False,
    ),
    "dispute": Row(
        before=lambda night: night.redirected(),
        does=lambda night: night.desk.dispute(night.id, "It is no comment at all.", by=an_actor()),
        to=E.REDIRECTED,
        what="disputed",
        fact=EscalationContested,
        hear=(LEA, DESK, MONA),
        holds_right=False,
    ),
    "decline": Row(
        before=lambda night: night.requested(),
        does=lambda night: night.declines(),
        to=E.DECLINED,
        what="declined",
        fact=EscalationDeclined,
        hear=(ANA, THREAD, DESK, ELI),
    ),
    "appeal": Row(
        before=lambda night: night.declined(),
        does=lambda night: night.desk.appeal(night.id, "He has not called us yet.", by=an_actor()),
        to=E.DECLINED,
        what="appealed",
        fact=EscalationContested,
        hear=(LEA, DESK, MONA),
    ),
    "grant an appeal": Row(
        before=lambda night: night.appealed(),
        does=lambda night: night.settles(granted=True),
        to=E.DECLINED,
        what="settled",
        fact=ContestSettled,
        hear=(ANA, THREAD, DESK, MONA),
        holds_right=False,
    ),
    "refuse an appeal": Row(
        before=lambda night: night.appealed(),
        does=lambda night: night.settles(granted=False),
        to=E.DECLINED,
        what="settled",
        fact=ContestSettled,
        hear=(ANA, THREAD, DESK, MONA),
    ),
    "contact": Row(
        before=lambda night: night.acknowledged(),
        does=lambda night: night.desk.contact(night.id, by=an_actor(MONA)),
        to=E.ACKNOWLEDGED,
        what="contacted",
    ),
    "start": Row(
        before=lambda night: night.acknowledged(),
        does=lambda night: night.starts(actor=OTTO),
        to=E.ACTIVE,
        what="started",
        fact=EscalationStarted,
        hear=(THREAD, DESK, OTTO),
        promised=("update", "action"),
    ),
    "update": Row(
        before=lambda night: night.active(),
        does=lambda night: night.updates(),
        to=E.ACTIVE,
        what="updated",
        fact=EscalationUpdated,
        hear=(THREAD, DESK),
        promised=("update", "action"),
    ),
    "pause": Row(
        before=lambda night: night.active(),
        does=lambda night: night.pauses(),
        to=E.ACTIVE,
        what="paused",
        fact=EscalationPaused,
        hear=(THREAD, DESK),
        promised=("update", "action"),
    ),
    "resume": Row(
        before=paused,
        does=lambda night: night.desk.resume(night.id, by=an_actor(ANA)),
        to=E.ACTIVE,
        what="resumed",
        fact=EscalationResumed,
        hear=(THREAD, DESK, MONA),
        promised=("update", "action"),
    ),
    "hand over": Row(
        before=lambda night: night.active(),
        does=lambda night: night.hands_over(OTTO),
        to=E.ACTIVE,
        what="handed_over",
        fact=HandOverOffered,
        hear=(DESK, OTTO),
        promised=("update", "action"),
    ),
    "accept": Row(
        before=lambda night: night.offered(OTTO),
        does=lambda night: night.desk.accept(night.id, by=an_actor(OTTO)),
        to=E.ACTIVE,
        what="accepted",
        fact=HandOverAccepted,
        hear=(THREAD, DESK, MONA),
        promised=("update", "action"),
    ),
    "the brief of a hand-over": Row(
        before=lambda night: night.offered(OTTO),
        does=lambda night: night.desk.accept(night.id, by=an_actor(OTTO)),
        to=E.ACTIVE,
        what="accepted",
        fact=BriefReady,
        hear=(MONA, OTTO),  # each when they came to own it
        promised=("update", "action"),
    ),
    "refuse an offer": Row(
        before=lambda night: night.offered(OTTO),
        does=lambda night: night.desk.keep(night.id, by=an_actor(OTTO)),
        to=E.ACTIVE,
        what="kept",
        fact=HandOverEnded,
        hear=(DESK, MONA),
        promised=("update", "action"),
    ),
    "give back": Row(
        before=lambda night: night.active(),
        does=lambda night: night.gives_back(),
        to=E.REQUESTED,
        what="returned",
        fact=EscalationReturned,
        hear=(ANA, THREAD, DESK, MONA),
        promised=("acknowledge",),
    ),
    "stabilise": Row(
        before=lambda night: night.active(),
        does=lambda night: night.stabilises(),
        to=E.MONITORING,
        what="stabilised",
        fact=EscalationStabilised,
        hear=(THREAD, DESK),
        promised=("watch", "action"),
    ),
    "relapse": Row(
        before=lambda night: night.monitoring(),
        does=lambda night: night.relapses(),
        to=E.ACTIVE,
        what="relapsed",
        fact=EscalationRelapsed,
        hear=(THREAD, DESK, MONA),
        promised=("update", "action"),
    ),
    "propose closing": Row(
        before=lambda night: night.monitoring(),
        does=lambda night: night.proposes(),
        to=E.MONITORING,
        what="closing_proposed",
        fact=ClosingProposed,
        hear=(ANA, THREAD),
        promised=("action",),
    ),
    "object": Row(
        before=lambda night: night.proposed(),
        does=lambda night: night.objects(),
        to=E.ACTIVE,
        what="closing_refused",
        fact=ClosingRefused,
        hear=(THREAD, DESK, MONA),
        promised=("update", "action"),
    ),
    "agree": Row(
        before=lambda night: night.proposed(),
        does=lambda night: night.desk.agree(night.id, by=an_actor()),
        to=E.CLOSED,
        what="closed",
        fact=EscalationClosed,
        hear=(ANA, THREAD, DESK, MONA),
    ),
    "override": Row(
        before=lambda night: night.active(),
        does=lambda night: night.de_escalates(LEA, override="The requester has left the company."),
        to=E.CLOSED,
        what="closed",
        fact=EscalationClosed,
        hear=(ANA, THREAD, DESK, MONA),
    ),
    "rate": Row(
        before=lambda night: night.closed(),
        does=lambda night: night.rates(),
        to=E.CLOSED,
        what="rated",
        fact=EscalationRated,
        hear=(DESK, MONA),
    ),
    "review": Row(
        before=lambda night: night.closed(),
        does=lambda night: night.reviews(),
        to=E.CLOSED,
        what="reviewed",
    ),
    "judge": Row(
        before=lambda night: night.closed(),
        does=lambda night: night.judges(),
        to=E.CLOSED,
        what="judged",
    ),
    "pull": Row(
        before=nothing,
        does=pulls,
        to=E.ACKNOWLEDGED,
        what="pulled",
        fact=EscalationPulled,
        hear=(ANA, THREAD, DESK),
        promised=("contact",),
        holds_right=False,
    ),
    "reinstate": Row(
        before=lambda night: night.closed(),
        does=lambda night: night.desk.reinstate(
            night.id, "We closed it by mistake.", by=an_actor(LEA)
        ),
        to=E.CLOSED,
        what="reinstated",
        fact=RightReinstated,
        hear=(ANA, THREAD, DESK),
        holds_right=False,
    ),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_each_row_comes_to_what_the_page_says(house, row):
    night = await a_night(house)
    await row.before(night)
    house.wakes.clear()
    await row.does(night)
    after = await night.kept()
    assert (after.state, after.holds_right) == (row.to, row.holds_right)
    assert f"escalations.{row.what}" in await house.story(night.case)
    assert await night.waiting() == set(row.promised)
    assert house.wakes
    if row.fact is not None:
        heard = [_named(each) for each in await house.told(row.fact)]
        assert sorted(heard) == sorted(row.hear)
    card, board = await house.card(night.id), await house.board()
    assert card.wanted_version in {1, after.version}
    assert board is not None


def test_the_history_has_a_word_for_every_event_of_the_table():
    assert set(DONE) == set(Event)


@pytest.mark.parametrize(
    ("target", "more"),
    [(RedirectTarget.COMMENT, {}), (RedirectTarget.NEW_CASE, {})],
)
async def test_who_is_redirected_may_escalate_again(house, target, more):
    night = await a_night(house)
    await night.requested()
    await night.redirects(target=target, **more)
    file = await house.desk.cases.read(night.case, by=an_actor())
    assert file is not None
    assert file.offers_escalation
    again = await night.requested()
    assert again.state is E.REQUESTED


def _named(to: object) -> str:
    match to:
        case Person(user=user):
            return UserId(user)
        case Thread():
            return THREAD
        case EscalationThread():
            return DESK
        case _:
            return str(to)


async def test_a_board_stands_in_the_duty_channel_from_the_first_escalation_on(house):
    night = await a_night(house)
    assert await house.board() is None
    await night.requested()
    board = await house.board()
    assert board is not None
    assert (board.channel, board.ts) == (DUTY, None)
    await night.withdraws()
    again = await house.board()
    assert again is not None
    assert again.wanted_version > board.wanted_version
