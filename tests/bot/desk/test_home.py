"""What waits for somebody, and the warning before a crossing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.notices import Crossed, CrossingNear, Person
from policy.thresholds import SHIPPED
from policy.timeliness import Drop, Present, Tell, timeliness
from tests.support.builders import (
    ADA,
    ANA,
    ELI,
    EVA,
    LEA,
    MONA,
    OTTO,
    WORKSPACE,
    an_actor,
    an_escalation,
    workspace_settings,
)

H = timedelta(hours=1)


async def warned(house):
    return await house.desk.crossings.warn(house.clock())


async def test_the_engineer_is_warned_once_and_privately(house):
    case = await house.opens(severity=Severity.S3)
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    house.clock.moves(hours=95)
    assert await warned(house) == 0
    house.clock.moves(hours=1)
    assert await warned(house) == 1
    assert await warned(house) == 0
    [told] = await house.owed(CrossingNear)
    assert told.to == Person(user=ELI)
    assert told.fact.available_at == case.opened_at + 120 * H
    house.clock.moves(hours=24)
    assert await house.desk.crossings.announce(house.clock()) == 1
    assert len(await house.owed(Crossed)) == 1


async def test_a_changed_severity_is_another_clock_and_warns_anew(house):
    case = await house.opens(severity=Severity.S3)
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    house.clock.moves(hours=97)
    assert await warned(house) == 1
    await house.desk.severities.change(case.id, Severity.S4, "It is a wish.", by=an_actor(ELI))
    assert await warned(house) == 0
    house.clock.moves(hours=168 * 0.8 - 97)
    assert await warned(house) == 1
    assert len(await house.owed(CrossingNear)) == 2


async def test_nobody_is_warned_of_what_has_no_engineer_or_is_available(house):
    await house.opens()
    taken = await house.opens(title="Export hangs")
    await house.desk.cases.take(taken.id, by=an_actor(ELI))
    house.clock.moves(hours=130)
    assert await warned(house) == 2
    assert await house.owed(CrossingNear) == []


async def test_a_warning_is_dropped_once_it_is_not_true_any_more(house):
    case = await house.opens()
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    house.clock.moves(hours=97)
    await warned(house)
    [told] = await house.owed(CrossingNear)
    kept = await house.case(case.id)

    def judged(case, escalation=None, hours=97):
        present = Present(case=case, escalation=escalation, table=SHIPPED)
        return timeliness(told, present, now=kept.opened_at + hours * H)

    assert judged(kept) == Tell()
    for gone in (
        judged(None),
        judged(replace(kept, clock_version=2)),
        judged(replace(kept, engineer=EVA)),
        judged(replace(kept, engineer=None)),
        judged(kept, hours=120),
        judged(kept, escalation=an_escalation()),
    ):
        assert isinstance(gone, Drop)


async def test_a_customer_sees_open_cases_of_theirs_page_by_page(house):
    for number in range(12):
        await house.opens(title=f"Problem {number}")
    first = await house.desk.homes.open(1, by=an_actor(ANA, None))
    second = await house.desk.homes.open(2, by=an_actor(ANA, None))
    assert (len(first.files), first.has_more, first.is_queue) == (10, True, False)
    assert (len(second.files), second.has_more, second.page) == (2, False, 2)
    assert (first.lines, first.ailments) == ((), ())


async def test_an_engineer_sees_the_own_queue(house):
    case = await house.opens()
    await house.opens(title="Nobody's")
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    home = await house.desk.homes.open(0, by=an_actor(ELI, None))
    assert [each.case.id for each in home.files] == [case.id]
    assert (home.is_queue, home.page) == (True, 1)


async def test_whoever_answers_sees_open_escalations_and_administrators_what_ails(house):
    case = await house.opens()
    house.clock.moves(hours=121)
    await house.escalates(case.id)
    home = await house.desk.homes.open(1, by=an_actor(MONA, None))
    assert [each.case.id for each in home.lines] == [case.id]
    assert (await house.desk.homes.open(1, by=an_actor(ADA, None))).lines == ()


async def outdated(house):
    """Return whose homes show no longer what is, and show it there."""
    async with house.database.begin() as work:
        stale = await work.homes.stale(10)
        for each in stale:
            await work.homes.shown(each)
        await work.commit()
    return {each.user for each in stale}


async def test_whoever_answers_sees_at_home_what_anybody_did_to_an_escalation(house):
    case = await house.opens(severity=Severity.S1)
    for user in (ANA, ELI, MONA, OTTO, LEA):
        await house.desk.homes.open(1, by=an_actor(user, None))
    house.clock.moves(hours=9)
    escalation = await house.escalates(case.id, alternate=EVA)
    assert await outdated(house) == {ANA, MONA, OTTO, LEA}
    await house.desk.escalations.acknowledge(escalation.id, by=an_actor(MONA))
    assert await outdated(house) >= {MONA, OTTO, LEA}
    await house.desk.comments.add(case.id, "We look.", by=an_actor(ELI))
    assert OTTO not in await outdated(house)


async def test_what_becomes_late_is_seen_at_the_home_of_whoever_answers(house):
    case = await house.opens(severity=Severity.S1)
    house.clock.moves(hours=9)
    await house.escalates(case.id, alternate=EVA)
    await house.desk.homes.open(1, by=an_actor(OTTO, None))
    house.clock.moves(minutes=31)
    while await house.desk.promises.climb(house.clock()):
        pass
    assert await outdated(house) == {OTTO}


async def test_silence_that_closes_a_case_is_seen_at_home(house):
    case = await house.opens()
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    await house.desk.casework.propose(case.id, "Sign in again.", by=an_actor(ELI))
    await house.desk.homes.open(1, by=an_actor(ANA, None))
    house.clock.moves(days=3)
    assert await house.desk.casework.close_silent(house.clock()) == 1
    assert await outdated(house) == {ANA}


async def test_what_the_workspace_decides_is_seen_at_every_home(house):
    for user in (ANA, MONA):
        await house.desk.homes.open(1, by=an_actor(user, None))
    await house.desk.settings.change(workspace_settings(chases_needed=3), by=an_actor(ADA))
    assert await outdated(house) == {ANA, MONA}
    await house.desk.thresholds.publish(SHIPPED, by=an_actor(ADA))
    assert await outdated(house) == {ANA, MONA}
    house.clock.moves(days=8)
    await house.desk.thresholds.publish(replace(SHIPPED, version=2), by=an_actor(ADA))
    assert await outdated(house) == set()


@pytest.mark.parametrize("user", [ANA, ELI])
async def test_what_somebody_does_refreshes_the_homes_of_those_concerned(house, user):
    case = await house.opens()
    await house.desk.homes.open(1, by=an_actor(user, None))
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    async with house.database.reading() as work:
        assert [each.user for each in await work.homes.stale(10)] == [user]
    again = await house.desk.homes.owner(WORKSPACE, user, 1)
    assert [each.case.engineer for each in again.files] == [ELI]
