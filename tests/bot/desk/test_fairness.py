"""What is done just when it matters is shown to the leads, and to nobody else."""

from datetime import timedelta

import pytest

from policy.cases import Severity, ThirdParty
from policy.fairness import Deed, Timing
from policy.notices import ClockFlagged, Person
from tests.support.builders import ELI, LEA, MORNING, an_actor, utc

WHY = "The workaround we sent holds for all of them."


async def lowers(house, case, by=ELI):
    await house.desk.severities.change(case.id, Severity.S4, WHY, by=an_actor(by))


async def asks(house, case):
    await house.desk.comments.add(case.id, "Which version?", is_question=True, by=an_actor(ELI))


async def waits(house, case):
    third = ThirdParty(whom="Their provider", until=MORNING + timedelta(days=30))
    await house.desk.casework.wait(case.id, third, "They look at it.", by=an_actor(ELI))


async def flags(house):
    return [notice.fact.flag for notice in await house.owed(ClockFlagged)]


@pytest.mark.parametrize(
    ("does", "deed"),
    [(lowers, Deed.LOWERED), (asks, Deed.SET_WAITING), (waits, Deed.SET_WAITING)],
    ids=["lowers", "asks", "waits"],
)
async def test_leads_see_what_was_done_just_before_the_threshold(house, does, deed):
    case = await house.opens()
    house.clock.moves(hours=119)
    await does(house, case)
    (notice,) = await house.owed(ClockFlagged)
    assert notice.to == Person(user=LEA)
    (flag,) = await flags(house)
    assert (flag.deed, flag.timing, flag.by) == (deed, Timing.BEFORE_THRESHOLD, ELI)
    assert (flag.at, flag.margin) == (utc("2025-06-07T07:00Z"), timedelta(hours=1))


@pytest.mark.parametrize("does", [lowers, asks, waits], ids=["lowers", "asks", "waits"])
async def test_leads_see_what_was_done_right_after_a_reply(house, does):
    case = await house.opens()
    await house.desk.comments.add(case.id, "It is worse.", by=an_actor())
    house.clock.moves(minutes=10)
    await does(house, case)
    assert [each.timing for each in await flags(house)] == [Timing.AFTER_REPLY]


async def test_what_is_done_in_good_time_is_nobodys_business(house):
    case = await house.opens()
    house.clock.moves(hours=40)
    await lowers(house, case)
    await asks(house, case)
    assert await flags(house) == []


async def test_a_lead_is_not_shown_their_own_deed(house):
    case = await house.opens()
    house.clock.moves(hours=119)
    await lowers(house, case, by=LEA)
    assert await flags(house) == []
