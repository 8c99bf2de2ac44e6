"""Replicas that wake each other, and do without it where the line is cut or deaf."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import signals
from bot.storage.signals import Signals, signalling

pytestmark = pytest.mark.postgres


class Ear:
    """Counts how often somebody was told to look."""

    def __init__(self):
        self.times = 0
        self._heard = asyncio.Event()

    def hear(self):
        self.times += 1
        self._heard.set()

    async def hears(self):
        async with asyncio.timeout(5):
            await self._heard.wait()
        self._heard.clear()


@asynccontextmanager
async def two(url):
    """Two replicas that have begun to listen, which each takes as a word to look."""
    first, second = Ear(), Ear()
    async with AsyncExitStack() as stack:
        tell = [
            await stack.enter_async_context(signalling(url, ear.hear)) for ear in (first, second)
        ]
        for ear in (first, second):
            await ear.hears()
        yield first, second, tell[0]


async def cut_off(url):
    engine = create_async_engine(make_url(url), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await engine.dispose()


async def test_what_one_replica_tells_wakes_the_others_and_not_itself(postgres_url):
    async with two(postgres_url) as (first, second, tell):
        before = first.times
        tell()
        await second.hears()
        assert first.times == before


async def test_a_line_that_is_cut_is_taken_up_again(postgres_url, monkeypatch, caplog):
    monkeypatch.setattr(signals, "AGAIN", 0.05)
    async with two(postgres_url) as (first, second, tell):
        await cut_off(postgres_url)
        for ear in (first, second):
            await ear.hears()  # listening again is a reason to look
        tell()
        await second.hears()
    assert "the line between replicas broke" in caplog.text


async def test_a_line_on_which_one_does_not_hear_oneself_is_left_alone(
    postgres_url, monkeypatch, caplog
):
    monkeypatch.setattr(signals, "ECHO", 0.05)
    monkeypatch.setattr(signals, "DEAF_FOR", 0.01)
    monkeypatch.setattr(Signals, "_heard", lambda *_: None)
    ear = Ear()
    async with signalling(postgres_url, ear.hear):
        await ear.hears()
        await ear.hears()
    assert "replicas cannot wake each other here" in caplog.text


@pytest.mark.parametrize(
    "url",
    ["sqlite:///some.db", "postgresql://nobody@127.0.0.1:1/none?statement_cache_size=0"],
)
async def test_where_nobody_can_be_told_nobody_is(url):
    async with signalling(url, lambda: None) as tell:
        assert tell is signals._nobody
        tell()
