"""A database of a test's own is what the fixtures promise."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_every_test_has_a_migrated_database_of_its_own(database_url, turn):
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        await connection.execute(text("CREATE TABLE scribble (line TEXT)"))
    await engine.dispose()
    assert "alembic_version" in tables
    assert "scribble" not in tables, turn
