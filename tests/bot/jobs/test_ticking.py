"""Crossings are announced as they fall due, by whoever looks first."""

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from bot import desk
from bot.app import running
from bot.clock import SystemClock, real_now
from bot.delivery import queue, sending
from bot.desk import Desk
from bot.jobs import ticking as ticking_module
from bot.jobs.ticking import ticking
from bot.metrics import Health, Metrics
from bot.storage.database import connected
from tests.support.app import (
    TEAM,
    a_bot,
    a_case_of_acme,
    a_caseflag,
    a_free_port,
    a_slack,
    settings_for,
)
from tests.support.builders import an_account
from tests.support.directories import ToldDirectory
from tests.support.waiting import PATIENCE

FOUR_HOURS = timedelta(hours=4)


async def crosses_in(caseflag, seconds, **facts):
    """Import a case whose escalation becomes available in so many seconds."""
    parts = caseflag.app.parts
    at = parts.clock() - FOUR_HOURS + timedelta(seconds=seconds)
    return await parts.desk.imports.case(a_case_of_acme(at, **facts))


async def posted(caseflag, channel="duty-desk", text="Login is down"):
    """Return when Slack was told, in whole seconds."""
    said = await caseflag.person("mona").message(text, channel=channel)
    return datetime.fromtimestamp(int(float(said["ts"])), UTC)


async def announced(caseflag, channel="duty-desk", text="Login is down"):
    mona = caseflag.person("mona")
    await mona.sees(text, channel=channel)
    return sum(text in each["text"] for each in await mona.messages(channel))


async def test_a_crossing_is_announced_within_two_seconds_of_it(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        case = await crosses_in(caseflag, 2)
        due = case.opened_at + FOUR_HOURS
        assert timedelta() <= await posted(caseflag) - due <= timedelta(seconds=2)


async def test_a_clock_that_jumps_is_followed_at_once(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        await crosses_in(caseflag, 3600)
        await caseflag.clock.moves(hours=1, seconds=1)
        assert await announced(caseflag) == 1


async def test_what_crossed_while_nobody_ran_is_announced_late_and_says_so(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        await crosses_in(caseflag, 60)
    async with a_caseflag(sqlite_url) as caseflag:
        await caseflag.clock.moves(minutes=30)
        ana = caseflag.person("ana")
        await ana.sees("as it was noticed only then", channel="acme-support")


@pytest.mark.postgres
async def test_two_replicas_announce_once(postgres_url):
    async with a_caseflag(postgres_url) as caseflag, another(caseflag) as second:
        for number in range(5):
            await crosses_in(caseflag, 1, title=f"Case number {number}")
        for number in range(5):
            assert await announced(caseflag, text=f"Case number {number}") == 1
        assert second.parts.health.parts["jobs"] == "ok"


@pytest.mark.postgres
async def test_what_one_replica_owes_another_sends_without_waiting_for_its_tick(
    postgres_url, monkeypatch
):
    for module in (queue, sending):
        monkeypatch.setattr(module, "IDLE", 60.0)
    monkeypatch.setattr(ticking_module, "SAFETY", 60)
    async with (
        a_slack() as (bench, port),
        a_bot(bench, port, postgres_url, jobs=False) as doors,
        another(doors),
    ):
        await bench.person("mona").arrives()
        await crosses_in(doors, 1)
        assert await announced(doors) == 1


@asynccontextmanager
async def another(caseflag):
    """Run one more process' worth of jobs on the same database."""
    settings = settings_for(caseflag.bench, caseflag.settings.database_url, a_free_port())
    async with running(settings, doors=False) as app:
        yield app


async def test_a_look_that_fails_is_repeated(sqlite_url, caplog):
    crossings = Crossings(fails=1)
    async with failing(sqlite_url, crossings) as health:
        await crossings.succeeded.wait()
    assert "looking for what is due failed" in caplog.text
    assert health.parts["jobs"] == "ok"


async def test_what_fails_holds_up_nothing_else_that_is_due(sqlite_url):
    crossings = Crossings(fails=1000)
    async with failing(sqlite_url, crossings) as health:
        await crossings.warned.wait()
        assert not crossings.succeeded.is_set()
        await crossings.looked.wait()  # the next look begins when the one before is over
        assert health.parts["jobs"] == "failing"


@asynccontextmanager
async def failing(url, crossings):
    """Look what is due, as far as the crossings let it."""
    health = Health()
    async with connected(url) as database, asyncio.timeout(PATIENCE):
        clock = SystemClock()
        desk = replace(
            Desk.over(database, clock, ToldDirectory()),
            crossings=cast("desk.crossings.Crossings", crossings),
        )
        async with ticking(desk, database, clock, metrics=Metrics(), health=health):
            yield health


async def test_a_look_is_taken_shortly_before_the_moment_and_another_at_it(
    sqlite_url, monkeypatch
):
    half, second = timedelta(seconds=0.5), timedelta(seconds=1)
    assert timedelta() < ticking_module.AHEAD <= half
    monkeypatch.setattr(ticking_module, "AHEAD", second)  # a busy machine may be late by as much
    async with looking(sqlite_url, due_in=4 * second) as looks, asyncio.timeout(PATIENCE):
        await looks.passed.wait()
        before, at = looks.at[-2:]
        assert looks.due - second - half <= before < looks.due <= at


async def test_what_falls_due_while_others_are_looked_at_is_looked_at_without_delay(
    sqlite_url, monkeypatch
):
    monkeypatch.setattr(ticking_module, "NOT_BEFORE", timedelta(minutes=1))
    monkeypatch.setattr(ticking_module, "SAFETY", 60)
    due_in = timedelta(seconds=3)
    async with (
        looking(sqlite_url, due_in=due_in, lasts=True) as looks,
        asyncio.timeout(PATIENCE),
    ):
        await looks.passed.wait()
        assert looks.at[-2] < looks.due


@asynccontextmanager
async def looking(url, *, due_in, lasts=False):
    """Look what is due while a case crosses; if the first look `lasts`, it does so until then."""
    async with connected(url) as database:
        clock = SystemClock()
        real = Desk.over(database, clock, ToldDirectory())
        async with database.begin() as work:
            due = clock() + due_in
            await work.accounts.save(an_account(workspace=TEAM))
            await work.cases.add(a_case_of_acme(due - FOUR_HOURS))
            await work.commit()
        await real.crossings.warn(clock())  # as was due long ago
        looks = Looks(due, lasts=lasts)
        looking = replace(real, crossings=cast("desk.crossings.Crossings", looks))
        async with ticking(looking, database, clock, metrics=Metrics(), health=Health()):
            yield looks


class Looks:
    """Announces nothing; notes when it was asked to, and whether the moment had passed."""

    def __init__(self, due, *, lasts):
        self.due = due
        self.at = []
        self.passed = asyncio.Event()
        self._lasts = lasts

    async def announce(self, _now):
        self.at.append(real_now())
        if self.at[-1] >= self.due:
            self.passed.set()
        elif self._lasts:
            with suppress(TimeoutError):
                async with asyncio.timeout((self.due - real_now()).total_seconds() + 0.01):
                    await self.passed.wait()
        return 0

    async def warn(self, _now):
        return 0


class Crossings:
    """Fails so many times, then finds nothing due."""

    def __init__(self, *, fails):
        self.left = fails
        self.warned = asyncio.Event()
        self.looked = asyncio.Event()
        self.succeeded = asyncio.Event()

    async def announce(self, _now):
        if self.warned.is_set():
            self.looked.set()
        self.left -= 1
        if self.left >= 0:
            raise RuntimeError
        self.succeeded.set()
        return 0

    async def warn(self, _now):
        self.warned.set()
        return 0
