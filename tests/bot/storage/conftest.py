"""Databases that are open, and several doors into one."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot import storage
from bot.storage import Database
from tests.support.builders import an_account


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give an open, empty database."""
    async with storage.connected(database_url) as opened:
        yield opened


@pytest.fixture
async def acme(database: Database) -> Database:
    """Give a database that knows the workspace and its customer Acme."""
    async with database.begin() as work:
        await work.accounts.save(an_account())
        await work.commit()
    return database


@pytest.fixture
async def doors(acme: Database, database_url: str) -> AsyncIterator[list[Database]]:
    """Give four doors into one database, each with connections of its own, as replicas have."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(storage.connected(database_url, alone=False))
            for _ in range(4)
        ]
