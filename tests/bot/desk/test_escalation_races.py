"""Two people at once: the first one counts, and the other reads what has become of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from policy.escalations import E, Escalation, EscalationState, RedirectTarget
from policy.notices import (
    EscalationAcknowledged,
    EscalationClosed,
    EscalationWithdrawn,
    HandOverAccepted,
)
from policy.refusals import (
    AlreadyAcknowledged,
    ContestedAlready,
    EscalationAlreadyOpen,
    EscalationIsOver,
    EscalationMoved,
    GivenAlready,
    NotYours,
    Refusal,
    Stale,
)
from tests.bot.desk.nights import WORDS, Night, a_night
from tests.support.builders import ANA, MONA, OTTO, WORKSPACE, an_actor
from tests.support.houses import a_house
from tests.support.locks import somebody_waits

Deed = Callable[[Night], Awaitable[Escalation]]


@dataclass(frozen=True, kw_only=True)
class Race:
    """What two people do at once, and what may come of it."""

    before: Deed
    one: Deed
    other: Deed
    ends: frozenset[EscalationState]
    refused: tuple[type[Refusal], ...]
    may_both: bool = False
    """Whether the second may find it still possible, as one order of the two allows."""


async def offered_and_proposed(night: Night) -> Escalation:
    await night.offered(OTTO)
    return await night.proposes()


RACES = {
    "two acknowledge": Race(
        before=lambda night: night.requested(),
        one=lambda night: night.desk.acknowledge(night.id, by=an_actor(MONA)),
        other=lambda night: night.desk.acknowledge(night.id, by=an_actor(OTTO)),
        ends=frozenset({E.ACKNOWLEDGED}),
        refused=(AlreadyAcknowledged,),
    ),
    "withdraw against acknowledge": Race(
        before=lambda night: night.requested(),
        one=lambda night: night.withdraws(),
        other=lambda night: night.desk.acknowledge(night.id, by=an_actor(MONA)),
        ends=frozenset({E.WITHDRAWN, E.ACKNOWLEDGED}),
        refused=(EscalationIsOver, EscalationMoved),
    ),
    "redirect against decline": Race(
        before=lambda night: night.acknowledged(),
        one=lambda night: night.redirects(),
        other=lambda night: night.declines(OTTO),
        ends=frozenset({E.REDIRECTED, E.DECLINED}),
        refused=(EscalationIsOver,),
    ),
    "a hand-over accepted while closing": Race(
        before=offered_and_proposed,
        one=lambda night: night.desk.accept(night.id, by=an_actor(OTTO)),
        other=lambda night: night.desk.agree(night.id, by=an_actor(ANA)),
        ends=frozenset({E.CLOSED}),
        refused=(NotYours,),
        may_both=True,
    ),
    "an offer refused while it is taken back": Race(
        before=lambda night: night.offered(OTTO),
        one=lambda night: night.desk.keep(night.id, by=an_actor(OTTO)),
        other=lambda night: night.desk.keep(night.id, by=an_actor(MONA)),
        ends=frozenset({E.ACTIVE}),
        refused=(NotYours, Stale),
    ),
    "agree against object": Race(
        before=lambda night: night.proposed(),
        one=lambda night: night.desk.agree(night.id, by=an_actor(ANA)),
        other=lambda night: night.objects(),
        ends=frozenset({E.CLOSED, E.ACTIVE}),
        refused=(EscalationIsOver, Stale),
    ),
    "two rate": Race(
        before=lambda night: night.closed(),
        one=lambda night: night.rates(),
        other=lambda night: night.rates(),
        ends=frozenset({E.CLOSED}),
        refused=(GivenAlready,),
    ),
    "two dispute": Race(
        before=lambda night: night.redirected(),
        one=lambda night: night.desk.dispute(night.id, WORDS, by=an_actor(ANA)),
        other=lambda night: night.desk.dispute(night.id, WORDS, by=an_actor(ANA)),
        ends=frozenset({E.REDIRECTED}),
        refused=(ContestedAlready,),
    ),
    "two leads settle": Race(
        before=lambda night: night.appealed(),
        one=lambda night: night.settles(granted=True),
        other=lambda night: night.settles(granted=False),
        ends=frozenset({E.DECLINED}),
        refused=(Stale,),
    ),
}


@pytest.mark.parametrize("race", RACES.values(), ids=RACES)
async def test_of_two_at_once_one_counts_and_the_other_learns_what_it_came_to(house, race):
    night = await a_night(house)
    await race.before(night)
    came = await asyncio.gather(race.one(night), race.other(night), return_exceptions=True)
    won = [each for each in came if isinstance(each, Escalation)]
    lost = [each for each in came if not isinstance(each, Escalation)]
    assert len(won) >= 1 + race.may_both * (not lost)
    assert all(isinstance(each, race.refused) for each in lost), lost
    assert race.may_both or len(lost) == 1
    after = await night.kept()
    assert after.state in race.ends
    assert after.version == max(each.version for each in won)
    await house.entries(night.case)  # the chain verifies


async def test_pulling_and_submitting_at_once_makes_one_escalation(house):
    night = await a_night(house)
    came = await asyncio.gather(
        night.requested(),
        night.desk.pull(night.case, "Their board meets tomorrow.", by=an_actor(MONA)),
        return_exceptions=True,
    )
    (won,) = [each for each in came if isinstance(each, Escalation)]
    (lost,) = [each for each in came if not isinstance(each, Escalation)]
    assert isinstance(lost, EscalationAlreadyOpen)
    assert lost.by == won.submitted_by


TWICE: dict[str, tuple[Deed, Deed]] = {
    "acknowledge": (
        lambda night: night.requested(),
        lambda night: night.desk.acknowledge(night.id, by=an_actor(MONA)),
    ),
    "contact": (
        lambda night: night.acknowledged(),
        lambda night: night.desk.contact(night.id, by=an_actor(MONA)),
    ),
    "update": (lambda night: night.active(), lambda night: night.updates()),
    "hand over": (lambda night: night.active(), lambda night: night.hands_over(OTTO)),
    "accept": (
        lambda night: night.offered(OTTO),
        lambda night: night.desk.accept(night.id, by=an_actor(OTTO)),
    ),
    "propose": (lambda night: night.active(), lambda night: night.proposes()),
}


@pytest.mark.parametrize(("before", "does"), TWICE.values(), ids=TWICE)
async def test_what_is_pressed_twice_happens_once(house, before, does):
    night = await a_night(house)
    await before(night)
    first = await does(night)
    owed = len(await house.owed())
    assert await does(night) == first
    assert len(await house.owed()) == owed
    assert await night.kept() == first


async def test_an_action_promised_twice_by_one_form_is_promised_once(house):
    night = await a_night(house)
    await night.active()
    assert await night.promises_something() == await night.promises_something()
    assert len([each for each in await night.ledger() if each.what == "Send the logs."]) == 1


async def test_whoever_accepts_after_the_end_reads_that_it_is_over_and_owns_nothing(house):
    night = await a_night(house)
    await offered_and_proposed(night)
    await night.desk.agree(night.id, by=an_actor(ANA))
    with pytest.raises(NotYours):
        await night.desk.accept(night.id, by=an_actor(OTTO))
    assert (await night.kept()).owner == MONA
    assert await house.told(HandOverAccepted) == []
    assert len(await house.owed(EscalationClosed)) == 4


async def test_two_redirects_into_each_others_cases_do_not_wait_for_one_another(house):
    one = await a_night(house)
    other = await a_night(house, title="Invoices are empty")
    await one.requested()
    await other.requested()
    to = RedirectTarget.OTHER_CASE
    async with asyncio.timeout(20):
        await asyncio.gather(
            one.redirects(target=to, other=other.case),
            other.redirects(OTTO, target=to, other=one.case),
        )
    assert {(await each.kept()).state for each in (one, other)} == {E.REDIRECTED}


async def test_nobody_is_told_of_what_lost(house):
    night = await a_night(house)
    await night.acknowledged()
    with pytest.raises(EscalationMoved):
        await night.withdraws()
    assert await house.told(EscalationWithdrawn) == []
    assert len(await house.owed(EscalationAcknowledged)) == 2


@pytest.mark.postgres
async def test_whoever_opens_a_case_for_another_waits_for_the_workspace_and_holds_nobody_up(
    postgres_url,
):
    async with a_house(postgres_url) as house:
        night = await a_night(house)
        await night.acknowledged()
        async with house.database.begin() as publishing:
            await publishing.workspaces.hold(WORKSPACE)
            redirecting = asyncio.create_task(night.redirects(target=RedirectTarget.NEW_CASE))
            while not await somebody_waits(house.database):
                assert not redirecting.done()
            async with asyncio.timeout(5):  # a ring would be cut by PostgreSQL, at somebody's cost
                await publishing.cases.get(WORKSPACE, night.case)
        assert (await redirecting).state is EscalationState.REDIRECTED
