"""Whoever works through very many things lets those go first for whom Slack waits."""

import asyncio

from bot import courtesy
from bot.courtesy import TURNS, Courtesy


async def test_with_nobody_there_a_slice_waits_for_a_few_turns_of_the_loop_alone():
    turned = 0

    async def turning():
        nonlocal turned
        while True:
            turned += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(turning())
    await Courtesy().after_you()
    beside.cancel()
    assert turned == TURNS


async def test_a_slice_waits_until_everybody_is_served(monkeypatch):
    monkeypatch.setattr(courtesy, "AT_MOST", 60)
    here, order = Courtesy(), []

    async def served(name, until):
        with here.serving():
            await until.wait()
            order.append(name)

    async def works():
        await here.after_you()
        order.append("work")

    first, second = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(served("first", first))
        group.create_task(served("second", second))
        group.create_task(works())
        for event in (first, second):
            for _ in range(2 * TURNS):
                await asyncio.sleep(0)
            event.set()
    assert order == ["first", "second", "work"]


async def test_but_no_longer_than_it_may(monkeypatch):
    """Who is served may wait for the very lock that the slices hold."""
    monkeypatch.setattr(courtesy, "AT_MOST", 0.001)
    here = Courtesy()
    with here.serving():
        async with asyncio.timeout(2):
            await here.after_you()
