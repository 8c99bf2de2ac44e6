"""Announcing crossings once, in the right form, and reminding people of them."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import courtesy
from bot.courtesy import SLICE
from bot.desk import Desk
from bot.desk import crossings as crossings_of_the_desk
from bot.storage.database import connected
from policy.accounts import Account
from policy.cases import Severity
from policy.escalations import Reason
from policy.history import SYSTEM
from policy.ids import WorkspaceId
from policy.notices import (
    Channel,
    Crossed,
    CrossedForDuty,
    CrossedTogether,
    Duty,
    Person,
    ReminderDue,
    Thread,
)
from policy.refusals import (
    CaseIsClosed,
    EscalationAlreadyOpen,
    NoSuchCase,
    NotYours,
)
from policy.thresholds import GOLD, TITANIUM
from tests.support.builders import (
    ADA,
    ANA,
    CLEO,
    ELI,
    HELP,
    MORNING,
    ZOE,
    a_case,
    an_account,
    an_actor,
    utc,
)
from tests.support.houses import a_house, outside

SINGLES = (Crossed, CrossedForDuty, CrossedTogether)


async def test_a_crossing_is_announced_once_in_its_thread_and_its_card_is_redrawn(house):
    case = await house.opens()
    house.clock.moves(days=5)
    assert await announces(house) == 1
    (notice,) = await house.owed()
    assert notice.to == Thread(case=case.id)
    assert notice.fact.crossing.crossed_at == utc("2025-06-07T08:00Z")
    assert (await house.case(case.id)).version > case.version
    entry = (await house.entries(case.id))[-1].change
    assert (entry.what, entry.by) == ("crossings.announced", SYSTEM)
    house.clock.moves(hours=5)
    assert await announces(house) == 0
    assert len(await house.owed()) == 1


async def test_a_second_before_it_nothing_is_announced(house):
    await house.opens()
    house.clock.moves(days=5, seconds=-1)
    assert await announces(house) == 0


@pytest.mark.parametrize(
    ("severity", "hours", "duty"),
    [(Severity.S1, 8, 1), (Severity.S2, 48, 1), (Severity.S3, 120, 0), (Severity.S4, 168, 0)],
)
async def test_the_duty_channel_hears_of_urgent_ones_alone(house, severity, hours, duty):
    await house.opens(severity=severity)
    house.clock.moves(hours=hours)
    await announces(house)
    assert await house.told(CrossedForDuty) == [Duty()] * duty
    assert len(await house.owed(Crossed)) == 1


async def test_announcing_in_many_places_at_once_announces_once(house):
    for number in range(4):
        await house.opens(title=f"Problem {number}", severity=Severity.S1)
    house.clock.moves(hours=8)
    assert sum(await asyncio.gather(*(announces(house) for _ in range(4)))) == 4
    assert len(await house.owed(Crossed)) == len(await house.owed(CrossedForDuty)) == 4


async def test_many_at_once_are_one_digest_for_each_channel(house):
    for number in range(7):
        await house.opens(title=f"Problem {number}", severity=Severity.S1)
    house.clock.moves(hours=8)
    await announces(house)
    notices = await house.owed()
    assert [each.to for each in notices] == [Duty(), Channel(channel=HELP)]
    assert [len(each.fact.crossings) for each in notices] == [7, 7]


async def test_whoever_is_served_goes_before_what_is_left_of_a_storm(house, monkeypatch):
    monkeypatch.setattr(courtesy, "AT_MOST", 60)  # it may wait as long as somebody is served
    for number in range(SLICE + 1):
        await house.opens(title=f"Problem {number}", severity=Severity.S1)
    house.clock.moves(hours=8)
    announcing = asyncio.create_task(announces(house))
    with house.database.courtesy.serving():
        done, _ = await asyncio.wait([announcing], timeout=0.5)
        assert not done
    assert await announcing == SLICE + 1


async def test_a_storm_that_comes_in_parts_is_told_in_digests_to_its_end(house, monkeypatch):
    monkeypatch.setattr(crossings_of_the_desk, "BATCH", 2)
    for number in range(5):
        await house.opens(title=f"Problem {number}", severity=Severity.S1)
    house.clock.moves(hours=8)
    assert [await announces(house) for _ in range(4)] == [2, 2, 1, 0]
    assert await house.owed(Crossed) == await house.owed(CrossedForDuty) == []
    members = [len(each.fact.crossings) for each in await house.owed(CrossedTogether)]
    assert sorted(members) == [1, 1, 2, 2, 2, 2]
    await house.opens(title="And another", severity=Severity.S1)
    house.clock.moves(hours=8)
    await announces(house)
    assert len(await house.owed(Crossed)) == 1


async def test_replicas_in_a_storm_enter_and_tell_each_crossing_once(
    house, database_url, monkeypatch
):
    monkeypatch.setattr(crossings_of_the_desk, "BATCH", 3)
    opened = [
        (await house.opens(title=f"Problem {number}", severity=Severity.S1)).id
        for number in range(16)
    ]
    house.clock.moves(hours=8)
    async with AsyncExitStack() as stack:
        doors = [
            await stack.enter_async_context(connected(database_url, alone=False)) for _ in range(4)
        ]
        desks = [Desk.over(door, house.clock, house.directory) for door in doors]
        assert sum(await asyncio.gather(*(sweeps(desk, house.clock()) for desk in desks))) == 16
    told = Counter(
        (notice.to == Duty(), crossing.case)
        for notice in await house.owed()
        if isinstance(notice.fact, SINGLES)
        for crossing in crossings(notice.fact)
    )
    assert told == {(is_for_duty, case): 1 for is_for_duty in (True, False) for case in opened}
    for case in opened:
        assert (await house.story(case)).count("crossings.announced") == 1


async def sweeps(desk, now):
    number = 0
    while batch := await desk.crossings.announce(now):
        number += batch
    return number


async def test_what_is_a_day_late_is_told_in_a_digest(house):
    await house.opens()
    house.clock.moves(days=6, seconds=1)
    await announces(house)
    assert await house.told(CrossedTogether) == [Channel(channel=HELP)]


async def test_an_escalated_case_is_not_announced(house):
    case = await house.opens()
    house.clock.moves(days=5)
    await house.escalates(case.id)
    owed = await house.owed()
    assert await announces(house) == 1
    assert await house.owed() == owed


async def test_a_closed_case_is_not_announced(house):
    case = await house.opens()
    await house.desk.cases.close(case.id, by=an_actor())
    house.clock.moves(days=5)
    assert await announces(house) == 0


async def test_flipping_a_severity_is_announced_once_for_each_clock_and_hour(house):
    case = await house.opens()
    house.clock.moves(hours=10)
    for severity in (Severity.S1, Severity.S3, Severity.S1):
        await sets(house, case, severity)
        await announces(house)
        house.clock.moves(minutes=10)
    assert [notice.fact.crossing.clock_version for notice in await house.owed(Crossed)] == [2]
    house.clock.moves(minutes=40)
    await announces(house)
    versions = [notice.fact.crossing.clock_version for notice in await house.owed(Crossed)]
    assert versions == [2, 4]
    changes = [what for what in await house.story(case.id) if what == "severities.changed"]
    assert len(changes) == 3


async def test_an_account_that_becomes_titanium_takes_its_cases_along(house):
    case = await house.opens(severity=Severity.S2)
    house.clock.moves(hours=30)
    await house.desk.accounts.link("Acme", TITANIUM, by=an_actor(ADA))
    assert await announces(house) == 1
    (notice,) = await house.owed(Crossed)
    assert notice.fact.crossing.crossed_at == utc("2025-06-03T08:00Z")
    assert (await house.case(case.id)).tier == TITANIUM


async def test_several_workspaces_are_announced_each_with_its_own(house):
    other = WorkspaceId("T2")
    await house.opens()
    await house.desk.imports.account(
        Account(workspace=other, id=an_account().id, name="Acme", tier=GOLD)
    )
    await house.desk.imports.case(a_case(workspace=other))
    house.clock.moves(days=5)
    assert await announces(house) == 2
    found = await house.owed(Crossed)
    assert sorted(each.workspace for each in found) == ["T1", "T2"]


async def test_a_reminder_is_owed_for_the_moment_and_once(house):
    case = await house.opens()
    expected = utc("2025-06-07T08:00Z")
    for _ in range(2):
        assert await house.desk.crossings.remind(case.id, by=an_actor()) == expected
    (notice,) = await house.owed(ReminderDue)
    assert (notice.to, notice.not_before) == (Person(user=ANA), expected)
    assert "crossings.reminded" in await house.story(case.id)


async def test_a_reminder_moves_with_the_clock(house):
    case = await house.opens()
    await house.desk.crossings.remind(case.id, by=an_actor())
    await house.desk.crossings.remind(case.id, by=an_actor(CLEO))
    await sets(house, case, Severity.S2)
    found = await house.owed(ReminderDue)
    moved = [each for each in found if each.fact.clock_version == 2]
    assert [each.to for each in moved] == [Person(user=ANA), Person(user=CLEO)]
    assert {each.not_before for each in moved} == {utc("2025-06-04T08:00Z")}


async def test_what_is_available_already_needs_no_reminder(house):
    case = await house.opens()
    house.clock.moves(days=9)
    assert await house.desk.crossings.remind(case.id, by=an_actor()) is None
    assert await house.owed() == []


async def test_nobody_is_reminded_of_what_cannot_come(house):
    case = await house.opens()
    with pytest.raises(NoSuchCase):
        await house.desk.crossings.remind(case.id, by=outside(ZOE))
    await house.desk.cases.close(case.id, by=an_actor())
    with pytest.raises(CaseIsClosed):
        await house.desk.crossings.remind(case.id, by=an_actor())
    await house.desk.cases.reopen(case.id, by=an_actor())
    house.clock.moves(days=9)
    await house.escalates(case.id)
    with pytest.raises(EscalationAlreadyOpen):
        await house.desk.crossings.remind(case.id, by=an_actor())


async def test_dismissing_is_noted_and_leaves_the_right_unused(house):
    case = await house.opens()
    house.clock.moves(days=5)
    file = await house.desk.crossings.dismiss(case.id, by=an_actor())
    assert file.offers_escalation
    assert (await house.story(case.id))[-1] == "crossings.dismissed"
    assert (await house.escalates(case.id)).request.reason is Reason.BLOCKED


@pytest.mark.parametrize("by", [CLEO, ELI])
async def test_only_who_may_escalate_dismisses(house, by):
    case = await house.opens()
    with pytest.raises(NotYours):
        await house.desk.crossings.dismiss(case.id, by=an_actor(by))
    assert await house.story(case.id) == ["cases.opened"]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(minutes=st.lists(st.integers(0, 9 * 24 * 60), min_size=1, max_size=6))
def test_announcing_twice_at_any_times_owes_each_notice_once(
    minutes, sqlite_template, tmp_path_factory
):
    asyncio.run(announced_at(minutes, sqlite_template, tmp_path_factory.mktemp("law")))


async def announced_at(minutes, template, directory):
    path = directory / "caseflag.db"
    path.write_bytes(template.read_bytes())
    async with a_house(f"sqlite+aiosqlite:///{path}") as house:
        for severity in Severity:
            await house.opens(title=f"Problem {severity}", severity=severity)
        for each in sorted(minutes):
            house.clock.now = MORNING + timedelta(minutes=each)
            await announces(house)
            await announces(house)
        told = [
            crossing.case
            for notice in await house.owed()
            if isinstance(notice.fact, Crossed | CrossedTogether) and notice.to != Duty()
            for crossing in crossings(notice.fact)
        ]
        assert len(told) == len(set(told))
        due = {Severity.S1: 8 * 60, Severity.S2: 48 * 60, Severity.S3: 120 * 60}
        expected = [wait for wait in (*due.values(), 168 * 60) if wait <= max(minutes)]
        assert len(told) == len(expected)


def crossings(fact):
    return fact.crossings if isinstance(fact, CrossedTogether) else (fact.crossing,)


async def announces(house):
    return await house.desk.crossings.announce(house.clock())


async def sets(house, case, severity):
    await house.desk.severities.change(case.id, severity, "As agreed.", by=an_actor(ELI))
