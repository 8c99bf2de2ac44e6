"""The ladder climbs until what it waits for has come: each rung once, none after, none lost."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import storage
from bot.desk import Desk
from policy import promises as rules
from policy.cases import Severity
from policy.escalations import E
from policy.ids import ChannelId
from policy.notices import (
    Administrators,
    Channel,
    EscalationReturned,
    EscalationThread,
    EscalationWaits,
    Person,
    PromiseLate,
    PromiseWaits,
)
from policy.promises import Call
from policy.refusals import Refusal
from tests.bot.desk.nights import CONDUCT, Night, a_night
from tests.support.builders import ADA, ANA, ELI, LEA, MONA, OTTO, an_actor
from tests.support.directories import ToldDirectory
from tests.support.houses import a_house

UNTIL_ACKNOWLEDGED = [
    # minutes after submitting an S1 of Gold's, who hears privately, who is called in the thread
    (15, [MONA, OTTO], []),
    (30, [], [MONA, OTTO]),
    (60, [LEA], [LEA]),
    (120, [], []),
]


async def climbs(night: Night, **time: float) -> int:
    """Let time pass, and climb as the ticker does, until nothing is due."""
    night.house.clock.moves(**time)
    climbed = 0
    while found := await night.promises.climb(night.now()):
        climbed += found
    return climbed


async def test_until_somebody_acknowledges_more_and_more_people_hear_of_it(house):
    night = await a_night(house)
    await night.requested()
    passed = 0
    for minutes, privately, openly in UNTIL_ACKNOWLEDGED:
        before = await house.owed()
        assert await climbs(night, minutes=minutes - passed - 1) == 0
        assert await climbs(night, minutes=1) == 1
        passed = minutes
        new = [each for each in await house.owed() if each not in before]
        waits = [each.to for each in new if isinstance(each.fact, EscalationWaits)]
        assert waits == [Person(user=user) for user in privately]
        called = [
            user
            for each in new
            if isinstance(each.fact, PromiseWaits)
            and each.to == EscalationThread(escalation=night.id)
            for user in each.fact.mentions
        ]
        assert called == openly
    (late,) = [each for each in await house.owed(PromiseLate) if each.to == Person(user=ANA)]
    assert isinstance(late.fact, PromiseLate)
    assert late.fact.due_at is None  # the workspace does not show its targets
    assert Administrators() in await house.told(PromiseWaits)
    promise, *_ = await night.ledger()
    assert promise.missed


async def test_targets_are_shown_to_the_requester_only_where_the_workspace_shows_them(house):
    decided = await house.desk.settings.read(by=an_actor(ADA))
    shown = replace(decided, shows_targets=True, administrators_channel=ChannelId("CADMIN"))
    await house.desk.settings.change(shown, by=an_actor(ADA))
    night = await a_night(house)
    asked = await night.requested()
    await climbs(night, hours=2)
    (late, *_) = await house.owed(PromiseLate)
    assert isinstance(late.fact, PromiseLate)
    assert late.fact.due_at == asked.acknowledge_due_at
    assert Channel(channel=ChannelId("CADMIN")) in await house.told(PromiseWaits)


async def test_after_the_acknowledgement_that_ladder_is_silent(house):
    night = await a_night(house)
    await night.acknowledged()
    before = await house.owed(EscalationWaits)
    assert await climbs(night, minutes=45) == 0
    assert await house.owed(EscalationWaits) == before


async def test_a_missed_promise_calls_its_owner_first_and_everybody_in_time(house):
    night = await a_night(house)
    await night.acknowledged(OTTO)
    assert await climbs(night, minutes=48) == 1  # 80 % of an hour
    (first,) = await house.owed(PromiseWaits)
    assert (first.to, first.fact.percent) == (Person(user=OTTO), 80)
    assert await climbs(night, minutes=12) == 1
    called = [each for each in await house.owed(PromiseWaits) if each.fact.percent == 100]
    assert [each.fact.mentions for each in called] == [(MONA, OTTO)]
    assert await house.told(PromiseLate) == [Person(user=ANA)]


async def test_a_pause_is_silent_and_what_was_put_off_is_insisted_on_after_it(house):
    night = await a_night(house)
    await night.active()
    await night.pauses(hours=20)
    assert await climbs(night, hours=15) == 0
    assert await house.owed(PromiseWaits) == []
    assert await climbs(night, hours=6) > 0


async def test_a_night_in_which_nobody_ran_ends_in_one_message_for_each(house):
    night = await a_night(house)
    await night.requested()
    before = await house.owed()
    await climbs(night, days=3)
    new = [each for each in await house.owed() if each not in before]
    assert max(Counter(each.to for each in new).values()) == 1
    assert await climbs(night, hours=1) == 0  # once a day from now on


async def test_the_ladder_of_an_s3_waits_for_monday(house):
    night = await a_night(house, Severity.S3)
    await night.requested(alternate=None)
    assert await climbs(night, hours=20) == 0  # the small hours of Monday
    assert await climbs(night, hours=9) > 0


async def test_of_a_confidential_one_leads_and_requester_alone_hear(house):
    night = await a_night(house)
    asked = await night.requested(**CONDUCT)
    await climbs(night, days=2)
    await night.desk.acknowledge(night.id, by=an_actor(LEA))
    await climbs(night, days=2)
    heard = {each.to for each in await house.owed() if each.at > asked.submitted_at}
    assert heard == {Person(user=LEA), Person(user=ANA)}


async def test_whoever_loses_the_role_loses_the_escalation_to_duty(house):
    night = await a_night(house)
    await night.active(OTTO)
    decided = await house.desk.settings.read(by=an_actor(ADA))
    await house.desk.settings.change(replace(decided, duty_managers=(MONA,)), by=an_actor(ADA))
    await climbs(night, minutes=48)
    after = await night.kept()
    assert (after.state, after.owner) == (E.REQUESTED, None)
    assert await night.waiting() == {"acknowledge"}
    again = [each.to for each in await house.owed(EscalationWaits) if each.at == night.now()]
    assert again == [Person(user=MONA)]
    assert Person(user=OTTO) in await house.told(EscalationReturned)


@pytest.mark.parametrize(("owner", "is_lost"), [(MONA, True), (OTTO, False)])
async def test_whoever_is_gone_from_slack_loses_the_escalation(house, owner, is_lost):
    night = await a_night(house)
    before = await night.active(MONA)
    lost = await night.desk.lose(before.workspace, night.id, owner)
    assert lost is is_lost
    assert ((await night.kept()).owner is None) is is_lost


async def test_a_rung_is_climbed_once_however_many_climb_at_once(database_url, house):
    night = await a_night(house)
    await night.requested()
    house.clock.moves(minutes=65)
    async with storage.connected(database_url, alone=False) as beside:
        other = Desk.over(beside, house.clock, ToldDirectory())
        counts = await asyncio.gather(
            night.promises.climb(night.now()), other.promises.climb(night.now())
        )
    assert sorted(counts) == [0, 1]
    promise, *_ = await night.ledger()
    assert promise.climbed == 4


DEEDS: dict[str, Callable[[Night], Awaitable[object]]] = {
    "nothing": lambda night: night.kept(),
    "acknowledge": lambda night: night.desk.acknowledge(night.id, by=an_actor(MONA)),
    "start": lambda night: night.starts(actor=ELI),
    "update": lambda night: night.updates(text=f"It is {night.now()} now."),
    "pause": lambda night: night.pauses(),
    "hand over": lambda night: night.hands_over(OTTO),
    "accept": lambda night: night.desk.accept(night.id, by=an_actor(OTTO)),
    "stabilise": lambda night: night.stabilises(),
    "relapse": lambda night: night.relapses(),
    "give back": lambda night: night.gives_back(),
    "propose": lambda night: night.proposes(),
    "agree": lambda night: night.desk.agree(night.id, by=an_actor(ANA)),
}
LIVES = st.lists(
    st.tuples(st.integers(1, 9 * 60), st.integers(0, 40), st.sampled_from(sorted(DEEDS))),
    min_size=1,
    max_size=8,
)
"""Minutes that pass, turns of the loop after which a climb is killed, and what somebody does."""


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=LIVES)
def test_no_rung_twice_none_after_its_event_none_lost_whenever_it_is_killed(sqlite_url, steps):
    asyncio.run(lives(sqlite_url, steps))


@pytest.mark.postgres
@settings(
    max_examples=6,  # a life costs more there, and the law is the same
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=LIVES)
def test_nor_on_postgresql_whose_rows_are_held_otherwise(postgres_url, steps):
    asyncio.run(lives(postgres_url, steps))


async def lives(url: str, steps: list[tuple[int, int, str]]) -> None:
    async with a_house(url) as house:
        night = await a_night(house, title=f"Life {uuid4()}")
        await night.requested()
        for minutes, turns, deed in steps:
            house.clock.moves(minutes=minutes)
            expected = await spoken(night)
            await killed(night, turns)
            while await night.promises.climb(night.now()):
                pass
            assert await spoken(night) == set()
            assert expected <= {each.key for each in await house.owed()}
            with suppress(Refusal):
                await DEEDS[deed](night)
        await nothing_after_its_event(night)


async def spoken(night: Night) -> set[str]:
    """Return the keys that climbing owes now: one for each who is told privately."""
    escalation = await night.kept()
    found = set()
    for promise in await night.ledger():
        due = rules.rungs_due(promise, escalation, hours=None, now=night.now())
        told = rules.told(due)
        found |= {f"{told[Call.REQUESTER].key}:{ANA}"} if Call.REQUESTER in told else set()
        found |= {f"{told[Call.LEAD_DM].key}:{LEA}"} if Call.LEAD_DM in told else set()
    return found


async def killed(night: Night, turns: int) -> None:
    """Climb, and be killed after so many turns of the loop."""
    climbing = asyncio.create_task(night.promises.climb(night.now()))
    for _ in range(turns):
        await asyncio.sleep(0)
    climbing.cancel()
    with suppress(asyncio.CancelledError):
        await climbing


async def nothing_after_its_event(night: Night) -> None:
    """Nobody was told of a promise before it was made, or after nobody waited for it."""
    promises = {str(each.id): each for each in await night.ledger()}
    for notice in await night.house.owed():
        promise = promises.get(str(getattr(notice.fact, "promise", "")))
        if promise is not None and "climbed" in notice.key:
            ended = promise.kept_at or promise.released_at
            assert promise.made_at <= notice.at
            assert ended is None or notice.at <= ended
