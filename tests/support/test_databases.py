"""A database of a test's own is what the fixtures promise."""

import pytest
from sqlalchemy import event, inspect, literal, select, text
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


async def test_what_one_engine_has_compiled_no_other_of_its_kind_compiles_again(database_url):
    compiled = []
    for _ in range(2):
        engine = create_async_engine(database_url)
        event.listen(
            engine.sync_engine,
            "after_cursor_execute",
            lambda *told: compiled.append(told[4].compiled),
        )
        async with engine.connect() as connection:
            await connection.execute(select(literal(1).label("asked_only_here")))
        await engine.dispose()
    one, other = compiled
    assert one is other
