"""Each workspace's day is told once, however many tell."""

import asyncio
from datetime import timedelta

from tests.support.builders import MORNING, WORKSPACE

DAY = timedelta(days=1)


async def planned(database, due_at=MORNING):
    async with database.begin() as work:
        await work.duty_days.plan(WORKSPACE, due_at, now=MORNING - DAY)
        await work.commit()


async def take(database, now=MORNING):
    async with database.begin() as work:
        since = await work.duty_days.take(WORKSPACE, now, next_at=now + DAY)
        await work.commit()
        return since


async def test_a_workspace_without_a_plan_is_known_as_such(acme):
    async with acme.reading() as work:
        assert await work.duty_days.unplanned() == [WORKSPACE]
        assert await work.duty_days.next_due_at() is None
    await planned(acme)
    async with acme.reading() as work:
        assert await work.duty_days.unplanned() == []
        assert await work.duty_days.next_due_at() == MORNING


async def test_a_day_is_taken_once_it_is_due_and_tells_since_when(acme):
    await planned(acme)
    async with acme.reading() as work:
        assert await work.duty_days.due(MORNING - DAY) == []
        assert await work.duty_days.due(MORNING) == [WORKSPACE]
    assert await take(acme, MORNING - DAY) is None
    assert await take(acme) == MORNING - DAY
    assert await take(acme) is None
    assert await take(acme, MORNING + DAY) == MORNING


async def test_another_time_moves_the_next_day_and_not_what_it_tells(acme):
    await planned(acme)
    async with acme.begin() as work:
        await work.duty_days.plan(WORKSPACE, MORNING + DAY, now=MORNING)
        await work.commit()
    assert await take(acme) is None
    assert await take(acme, MORNING + DAY) == MORNING - DAY


async def test_of_several_who_take_a_day_one_has_it(acme, doors):
    await planned(acme)
    took = await asyncio.gather(*(take(door) for door in doors))
    assert sorted(took, key=str) == [MORNING - DAY, None, None, None]
