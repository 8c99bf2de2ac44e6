"""The auditor: nothing overdue, the right tables, and a monitor that hears of it."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import web
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.app import running
from bot.clock import SystemClock
from bot.jobs import auditing
from bot.jobs.auditing import Auditor
from bot.jobs.heartbeat import Heart
from bot.metrics import RELEASE, Health, Metrics
from bot.storage.database import connected
from bot.web.server import listening
from policy.notices import Duty
from tests.bot.delivery.conftest import ANA, Delivery
from tests.support.app import TEAM, a_case_of_acme, a_caseflag, a_free_port, a_slack, settings_for


@dataclass
class Audited:
    """An auditor, and what it made of what it saw."""

    auditor: Auditor
    metrics: Metrics
    health: Health
    wakes: list[None] = field(default_factory=list)
    beats: list[None] = field(default_factory=list)
    looks: list[None] = field(default_factory=list)

    def measured(self, name):
        return self.metrics.registry.get_sample_value(name)


@asynccontextmanager
async def audited(url, clock=None):
    async with connected(url) as database:
        wakes: list[None] = []
        beats: list[None] = []
        looks: list[None] = []

        async def beat():
            beats.append(None)

        async def lose():
            looks.append(None)

        metrics, health = Metrics(), Health()
        auditor = Auditor(
            database,
            clock or SystemClock(),
            metrics=metrics,
            health=health,
            wake=lambda: wakes.append(None),
            beat=beat,
            lose=lose,
        )
        yield Audited(auditor, metrics, health, wakes, beats, looks), database


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(auditing, "HEALS_WITHIN", 0)


async def owes(database, at, key="tests.audit:1"):
    async with database.begin() as work:
        work.outbox.owe(Delivery.a_notice(key, Duty(), at=at))
        await work.commit()


async def test_while_nothing_is_overdue_the_monitor_hears_of_it(database_url):
    async with audited(database_url) as (it, database):
        await owes(database, SystemClock()())
        assert await it.auditor.audit()
        assert (len(it.beats), len(it.looks), it.wakes) == (1, 1, [])
        assert it.measured("caseflag_overdue") == 0


async def test_what_is_overdue_is_looked_at_once_more_and_the_monitor_is_left_waiting(
    database_url, caplog
):
    async with audited(database_url) as (it, database):
        await owes(database, SystemClock()() - timedelta(seconds=90))
        assert not await it.auditor.audit()
        assert (it.beats, len(it.wakes)) == ([], 1)
        assert it.measured("caseflag_overdue") == 1
        assert "overdue, and a look at once did not help: ChannelUnusable" in caplog.text
        [depth] = [
            sample.value
            for family in it.metrics.registry.collect()
            for sample in family.samples
            if sample.name == "caseflag_outbox_age_seconds"
        ]
        assert depth >= 90


async def test_another_releases_tables_stop_this_process_and_say_so(sqlite_url, caplog):
    async with audited(sqlite_url) as (it, _):
        await run(sqlite_url, "UPDATE alembic_version SET version_num = 'newer'")
        assert not await it.auditor.audit()
        assert not await it.auditor.audit()
        assert not it.health.is_well(RELEASE)
        assert caplog.text.count("has another release's tables") == 1
        assert it.beats == []


async def test_an_old_process_neither_ticks_nor_sends_on_newer_tables(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        delivery = Delivery(caseflag)
        delivery.health.says(RELEASE, auditing.NEWER)
        case = await delivery.caseflag.app.parts.desk.imports.case(crossing_in_a_minute())
        await delivery.owes("tests.newer:1", Duty())
        await delivery.moves(seconds=90)
        status, checks = await delivery.ready()
        assert (status, checks["release"]) == (503, auditing.NEWER)
        assert (await delivery.story("tests.newer:1")).state == "pending"
        assert await delivery.story(f"crossings.announced:{case.id}.1:duty") is None
        delivery.health.says(RELEASE)
        await delivery.moves(seconds=1)
        await delivery.becomes("tests.newer:1", "sent")
        await delivery.becomes(f"crossings.announced:{case.id}.1:duty", "sent")


def crossing_in_a_minute():
    return a_case_of_acme(SystemClock()() - timedelta(hours=4) + timedelta(seconds=60))


async def test_an_audit_that_fails_is_no_clean_one_and_is_made_again(
    sqlite_url, monkeypatch, caplog
):
    monkeypatch.setattr(auditing, "EVERY", 0)
    async with audited(sqlite_url) as (it, _):
        looks: list[None] = []

        async def fails_once():
            looks.append(None)
            if len(looks) == 1:
                raise RuntimeError
            return False

        monkeypatch.setattr(it.auditor, "_is_ours", fails_once)
        async with auditing.auditing(it.auditor):
            while len(looks) < 2:  # noqa: ASYNC110 - each turn is one of the loop's
                await asyncio.sleep(0)
        assert caplog.text.count("the audit failed") == 1
        assert it.beats == []


async def run(url, sql):
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(sql))
    await engine.dispose()


async def test_the_heart_beats_where_it_is_told_and_takes_no_harm(caplog):
    beats: list[None] = []

    async def ping(_):
        beats.append(None)
        return web.Response(status=200 if len(beats) == 1 else 500)

    async with listening("127.0.0.1", 0, [web.get("/ping", ping)], largest=1000) as port:
        heart = Heart(f"http://127.0.0.1:{port}/ping")
        await heart()
        assert (len(beats), caplog.text) == (1, "")
        await heart()
    assert "the monitor does not answer" in caplog.text
    await Heart(None)()


async def test_work_can_be_asked_how_it_is_where_a_port_is_set(sqlite_url):
    async with a_slack() as (bench, _):
        port = a_free_port()
        settings = settings_for(bench, sqlite_url, 1, worker_port=port)
        async with running(settings, doors=False) as app:
            assert app.port == port
            status, checks = await Delivery.asked(port)
            assert (status, {*checks.values()}) == (200, {"ok"}), checks


async def test_what_was_typed_and_kept_for_long_enough_is_forgotten(database_url):
    async with audited(database_url) as (it, database):
        now = SystemClock()()
        async with database.begin() as work:
            for form, until in (
                ("old", now - timedelta(hours=1)),
                ("new", now + timedelta(hours=1)),
            ):
                await work.drafts.keep(TEAM, ANA, form, None, {"text": "Hello"}, until=until)
            await work.commit()
        await it.auditor.audit()
        async with database.begin() as work:
            assert await work.drafts.forget_expired(now) == 0
            assert await work.drafts.kept(TEAM, ANA, "new", None, now) == {"text": "Hello"}
