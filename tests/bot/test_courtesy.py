"""Whoever works through very many things lets those go first for whom Slack waits."""

import asyncio

from bot import courtesy
from bot.courtesy import TURNS, Courtesy
from tests.support.waiting import PATIENCE


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
    here, is_answered = Courtesy(), asyncio.Event()

    async def served():
        with here.serving():
            await is_answered.wait()

    async with asyncio.TaskGroup() as group:
        group.create_task(served())
        await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE):
            await here.after_you()
        is_answered.set()


async def test_nobody_waits_for_the_very_delivery_that_they_work_for(monkeypatch):
    """A person who publishes a table moves thousands of cases, and waits for the last slice."""
    monkeypatch.setattr(courtesy, "AT_MOST", 60)
    here = Courtesy()
    with here.serving():
        async with asyncio.timeout(PATIENCE):
            await here.after_you()
            await asyncio.create_task(here.after_you())  # as Bolt runs a listener


async def test_what_a_delivery_leaves_to_be_done_is_courteous_once_it_is_answered(monkeypatch):
    monkeypatch.setattr(courtesy, "AT_MOST", 60)
    here, is_answered = Courtesy(), asyncio.Event()

    async def works():
        await is_answered.wait()
        await here.after_you()

    with here.serving():
        left = asyncio.create_task(works())
    with here.serving():
        is_answered.set()
        for _ in range(3 * TURNS):
            await asyncio.sleep(0)
        assert not left.done()
    await left


async def test_whoever_has_their_turn_at_last_is_waited_for_again(monkeypatch):
    monkeypatch.setattr(courtesy, "AT_MOST", 60)
    here, is_answered = Courtesy(), asyncio.Event()

    async def served():
        with here.serving():
            with here.held_up():
                pass
            await is_answered.wait()

    answering = asyncio.create_task(served())
    working = asyncio.create_task(here.after_you())
    for _ in range(3 * TURNS):
        await asyncio.sleep(0)
    assert not working.done()
    is_answered.set()
    await asyncio.gather(answering, working)
