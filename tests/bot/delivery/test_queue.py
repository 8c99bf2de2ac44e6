"""The order and the pace in which things start, without any Slack."""

import asyncio
import time
from dataclasses import replace

import pytest

from bot.delivery.pace import Pace
from bot.delivery.queue import LONGEST_WAIT, Item, Queue
from tests.support.waiting import PATIENCE


class Log:
    """What was started and what was given back."""

    def __init__(self):
        self.started = []
        self.given_back = []
        self.gate = asyncio.Event()
        self.gate.set()

    def item(self, name, *, urgency=3, lane=None, pace=None, expires=60.0):
        async def go():
            self.started.append(name)
            await self.gate.wait()

        async def back(seconds):
            self.given_back.append((name, seconds))

        lane = lane or name
        return Item(
            turn=(urgency, 1),
            lane=lane,
            paces=((pace or Pace(burst=100), lane),),
            go=go,
            back=back,
            expires=time.monotonic() + expires,
        )


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def queue():
    return Queue(lambda item: item.go())


async def test_the_most_urgent_starts_first_then_who_came_first(log, queue):
    for name, urgency in (("c", 3), ("a", 1), ("d", 3), ("b", 2)):
        await queue.add(log.item(name, urgency=urgency))
    queue.start()
    await queue.finished(within=PATIENCE)
    assert log.started == ["a", "b", "c", "d"]


async def test_one_lane_takes_one_thing_at_a_time(log, queue):
    log.gate.clear()
    await queue.add(log.item("first", lane="C1"))
    await queue.add(log.item("second", lane="C1"))
    await queue.add(log.item("other", lane="C2"))
    queue.start()
    await asyncio.sleep(0)
    queue.start()
    await asyncio.sleep(0)
    assert log.started == ["first", "other"]
    log.gate.set()
    await queue.finished(within=PATIENCE)
    assert log.given_back == [("second", 0.0)]


async def test_a_lane_that_has_to_wait_says_for_how_long(log, queue, monkeypatch):
    monkeypatch.setattr("bot.delivery.queue.IDLE", 2 * LONGEST_WAIT)
    pace = Pace(interval=LONGEST_WAIT, burst=1)
    await queue.add(log.item("first", lane="C1", pace=pace))
    await queue.add(log.item("second", lane="C1", pace=pace))
    queue.start()
    await asyncio.wait(queue._busy.values())
    assert 0 < queue.start() <= LONGEST_WAIT
    await queue.finished(within=PATIENCE)


async def test_what_would_wait_too_long_is_given_back_at_once(log, queue):
    pace = Pace()
    pace.hold("C1", LONGEST_WAIT * 2, now=time.monotonic())
    await queue.add(log.item("late", lane="C1", pace=pace))
    queue.start()
    await queue.finished(within=PATIENCE)
    [(name, seconds)] = log.given_back
    assert (name, log.started) == ("late", [])
    assert LONGEST_WAIT * 0.9 < seconds <= LONGEST_WAIT


async def test_what_is_urgent_is_not_sent_away_because_much_else_waits(log, queue):
    for number in range(12):
        await queue.add(log.item(f"late {number}", lane="C1"))
    await queue.add(log.item("urgent", urgency=1, lane="C1"))
    queue.start()
    await queue.finished(within=PATIENCE)
    assert log.started == ["urgent"]
    assert ("late 11", 5.5) in log.given_back


async def test_there_is_room_until_much_waits(log, queue, monkeypatch):
    monkeypatch.setattr("bot.delivery.queue.ROOM", 2)
    rooms = []
    for name in ("a", "b"):
        rooms.append(queue.has_room)
        await queue.add(log.item(name))
    assert (rooms, queue.has_room) == ([True, True], False)


async def test_cards_that_wait_leave_room_for_notices_and_for_no_more_cards(
    log, queue, monkeypatch
):
    monkeypatch.setattr("bot.delivery.queue.ROOM", 1)
    monkeypatch.setattr("bot.delivery.queue.CARDS", 2)
    for name, room in (("a", 1), ("b", 0), ("c", 0)):
        await queue.add(replace(log.item(name), is_card=True))
        assert (queue.has_room, queue.room_for_cards) == (True, room)
    await queue.add(log.item("d"))
    assert not queue.has_room


async def test_what_ends_lets_its_lane_go_on_at_once(log, queue):
    await queue.add(log.item("first", lane="C1"))
    await queue.add(log.item("second", lane="C1"))
    queue.start()
    queue.changed.clear()
    async with asyncio.timeout(PATIENCE):
        await queue.changed.wait()
    queue.start()
    await queue.finished(within=PATIENCE)
    assert log.started == ["first", "second"]


async def test_what_may_be_somebody_elses_by_now_is_forgotten(log, queue):
    await queue.add(log.item("old", expires=-1))
    await queue.add(log.item("new"))
    queue.start()
    await queue.finished(within=PATIENCE)
    assert (log.started, log.given_back) == (["new"], [])


async def test_what_is_forgotten_is_neither_started_nor_given_back(log, queue):
    await queue.add(log.item("a"))
    queue.forget()
    queue.start()
    await queue.finished(within=PATIENCE)
    assert (log.started, log.given_back) == ([], [])


async def test_every_pace_has_to_allow_it(log, queue):
    all_of_it = Pace(interval=1.0, burst=1)
    item = log.item("b")
    await queue.add(replace(item, paces=(*item.paces, (all_of_it, "all"))))
    item = log.item("a", urgency=1)
    await queue.add(replace(item, paces=(*item.paces, (all_of_it, "all"))))
    assert queue.start() > 0.5
    await queue.finished(within=PATIENCE)
    assert (log.started, log.given_back) == (["a"], [("b", 0.0)])


async def test_while_slack_lets_nobody_in_only_what_it_has_no_part_in_goes(log, queue):
    await queue.add(log.item("post", urgency=1))
    await queue.add(replace(log.item("page"), is_for_slack=False))
    assert queue.start(is_let_in=False) > 0
    await queue.finished(within=PATIENCE)
    assert (log.started, log.given_back) == (["page"], [("post", 0.0)])


async def test_forgetting_what_waits_for_slack_keeps_the_pages(log, queue):
    await queue.add(log.item("post"))
    await queue.add(replace(log.item("page"), is_for_slack=False))
    queue.forget()
    queue.start()
    await queue.finished(within=PATIENCE)
    assert (log.started, log.given_back) == (["page"], [])
