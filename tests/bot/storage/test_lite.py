"""SQLite is asked where one stands as long as it answers at once, and says the same as ever."""

import asyncio
import gc
import sqlite3
import threading
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import lite
from bot.storage.engines import addressed, engines
from bot.storage.lite import AT_ONCE, FORGIVEN, MOST_KNOWN, Pace
from tests.support.waiting import PATIENCE

TABLE = "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size REAL, raw BLOB)"
ADDING = "INSERT INTO things (name, size, raw) VALUES (:name, :size, :raw)"
ROWS = [
    {"name": "one", "size": 1.5, "raw": b"\x00\xff"},
    {"name": "zwölf", "size": None, "raw": None},
]
STEPS = (
    (TABLE, None),
    (ADDING, ROWS[0]),
    (ADDING, ROWS),  # the first is there already
    (ADDING, ROWS[1:]),
    ("SELECT * FROM things ORDER BY id", None),
    ("SELECT name FROM things WHERE name = :name", {"name": "nobody"}),
    ("SELECT count(*) FROM things", None),
    ("UPDATE things SET size = 2 WHERE name = :name RETURNING id, size", {"name": "one"}),
    ("UPDATE things SET size = 3", None),
    ("SELECT nonsense FROM things", None),
    ("INSERT INTO things (name) VALUES (:name)", {"name": "one"}),
    ("DELETE FROM things WHERE name = :name", {"name": "one"}),
    ("SELECT * FROM things", None),
)
"""What is asked of both, one after the other, twice: unknown at first, and then known as quick."""


@asynccontextmanager
async def ours(path):
    opened = engines(addressed(f"sqlite:///{path}"))
    try:
        yield opened.writing
    finally:  # left open by a test that fails, it would fail another one
        await opened.dispose()


@asynccontextmanager
async def stock(path):
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
    try:
        yield engine
    finally:
        await engine.dispose()


async def said(engine):
    """Return what a database says to each step: rows and how many, or what it refuses."""
    answers = list[tuple[object, ...]]()
    for statement, parameters in STEPS * 2:
        async with engine.connect() as connection:
            try:
                found = await connection.execute(text(statement), parameters)
                rows = found.all() if found.returns_rows else []
                answers.append((found.keys() if found.returns_rows else (), rows, found.rowcount))
                await connection.commit()
            except (IntegrityError, OperationalError) as error:
                answers.append((type(error), str(error.orig)))
    return [(*map(str, answer),) for answer in answers]


async def test_it_says_what_the_stock_driver_says_case_by_case(tmp_path):
    async with ours(tmp_path / "ours.db") as engine, stock(tmp_path / "stock.db") as other:
        mine, theirs = await said(engine), await said(other)
    assert mine == theirs
    assert len(mine) == 2 * len(STEPS)


async def threads(connection, statement):
    """Return the thread in which each of three runs of a statement was at work."""
    found = []
    line = (await connection.get_raw_connection()).driver_connection
    line._conn.create_function("here", 0, lambda: found.append(threading.get_ident()))
    for _ in range(3):
        await connection.execute(text(statement))
    return found


async def test_a_statement_is_asked_where_one_stands_once_it_has_proven_to_be_quick(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(lite, "AT_ONCE", 60.0)  # on however slow a machine
    async with ours(tmp_path / "ours.db") as engine, engine.connect() as connection:
        first, second, third = await threads(connection, "SELECT here()")
    assert first != threading.get_ident()
    assert second == third == threading.get_ident()


async def test_a_slow_one_stays_in_the_thread(tmp_path, monkeypatch):
    monkeypatch.setattr(lite, "AT_ONCE", 1e-9)
    async with ours(tmp_path / "ours.db") as engine, engine.connect() as connection:
        assert threading.get_ident() not in await threads(connection, "SELECT here()")


async def traced(connection):
    """Return a list that fills with what the connection runs, and in which thread."""
    found = []
    line = (await connection.get_raw_connection()).driver_connection
    line._conn.set_trace_callback(lambda said: found.append((said, threading.get_ident())))
    return found


async def test_whoever_commits_never_keeps_the_loop(tmp_path):
    """It waits for the disk, however quick it was so far."""
    async with ours(tmp_path / "ours.db") as engine, engine.connect() as connection:
        ran = await traced(connection)
        for _ in range(3):
            await connection.execute(text("CREATE TABLE IF NOT EXISTS here (a)"))
            await connection.commit()
    committed = [thread for said, thread in ran if said == "COMMIT"]
    assert len(committed) == 3
    assert threading.get_ident() not in committed


async def test_whoever_begins_waits_for_another_program_in_the_thread(tmp_path):
    """Where the file is free, nobody waits, and nobody hops."""
    async with (
        ours(tmp_path / "ours.db") as engine,
        ours(tmp_path / "ours.db") as other,
        engine.connect() as connection,
    ):
        ran = await traced(connection)
        await connection.execute(text("CREATE TABLE things (a)"))
        await connection.commit()
        async with other.begin() as theirs:
            await theirs.execute(text("INSERT INTO things VALUES (1)"))
            waiting = asyncio.create_task(connection.execute(text("SELECT a FROM things")))
            while len(begun := [at for said, at in ran if said == lite.BEGIN]) < 3:  # noqa: ASYNC110 - the thread gets there
                await asyncio.sleep(0)
        assert (await waiting).scalars().all() == [1]
    here = threading.get_ident()
    assert begun[:2] == [here, here]
    assert begun[2] != here


async def test_whoever_begins_waits_as_well_while_another_program_mends_the_file(tmp_path):
    """After a crash the first to come reads the log anew, and others are told so in other words."""
    begun = list[int]()

    def begin():
        begun.append(threading.get_ident())
        if len(begun) == 1:
            refusal = sqlite3.OperationalError("database is locked")
            refusal.sqlite_errorcode = sqlite3.SQLITE_BUSY_RECOVERY
            raise refusal

    async with ours(tmp_path / "ours.db") as engine, engine.connect() as connection:
        line = (await connection.get_raw_connection()).driver_connection
        await line.ran(lite.BEGIN, begin)
    assert begun[0] == threading.get_ident()
    assert begun[1] != threading.get_ident()


async def test_whoever_waits_for_another_program_too_long_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(lite, "PATIENCE", 1)
    async with ours(tmp_path / "ours.db") as engine, ours(tmp_path / "ours.db") as other:
        async with other.begin(), engine.connect() as connection:
            with pytest.raises(OperationalError, match="locked"):
                await connection.execute(text("SELECT 1"))
        async with engine.begin() as connection:
            assert (await connection.execute(text("SELECT 1"))).scalar() == 1


def test_a_slow_statement_is_forgiven_after_many_quick_ones():
    pace = Pace()
    assert not pace.is_quick("SELECT 1")
    pace.took("SELECT 1", AT_ONCE / 10)
    assert pace.is_quick("SELECT 1")
    pace.took("SELECT 1", 2 * AT_ONCE)
    quick = 0
    while not pace.is_quick("SELECT 1"):
        pace.took("SELECT 1", AT_ONCE / 10)
        quick += 1
    assert 2 * AT_ONCE * FORGIVEN**quick < AT_ONCE <= 2 * AT_ONCE * FORGIVEN ** (quick - 1)


def test_as_many_statements_are_known_as_there_is_room_for():
    pace = Pace()
    for number in range(MOST_KNOWN + 1):
        pace.took(f"SELECT {number}", 0)
    assert not pace.is_quick("SELECT 0")
    assert pace.is_quick(f"SELECT {MOST_KNOWN}")


@pytest.mark.parametrize("turns", range(0, 24, 3))
async def test_whoever_is_cancelled_keeps_no_lock(tmp_path, turns):
    """Nor what they began, wherever in it they are: others get their turn at once."""
    async with ours(tmp_path / "ours.db") as engine:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE things (a)"))

        async def adds(number):
            async with engine.begin() as connection:
                for each in range(3):
                    some = {"a": number + each}
                    # A text of its own each time: such a one is not known to be quick.
                    adding = "INSERT INTO things VALUES (:a)".ljust(40 + 9 * number + each)
                    await connection.execute(text(adding), some)
                found = await connection.execute(text("SELECT count(*) FROM things"))
                return found.scalar()

        adding = asyncio.create_task(adds(turns + 100))
        for _ in range(turns):
            await asyncio.sleep(0)
        adding.cancel()
        await asyncio.wait([adding])
        async with asyncio.timeout(PATIENCE):
            assert await adds(9) in {3, 6}


async def test_a_connection_that_is_lost_keeps_no_lock(tmp_path):
    """Though a statement of it is still in somebody's hands, as in a traceback's."""
    async with ours(tmp_path / "ours.db") as engine:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE things (a)"))
            await connection.execute(text("INSERT INTO things VALUES (1), (2)"))
        gc.disable()
        async with engine.connect() as connection:
            await connection.execute(text("INSERT INTO things VALUES (3)"))
            line = (await connection.get_raw_connection()).driver_connection
            left = line._conn.execute("SELECT a FROM things")
            left.fetchone()
            await connection.invalidate()
        async with asyncio.timeout(PATIENCE), engine.begin() as connection:
            await connection.execute(text("INSERT INTO things VALUES (4)"))
            found = await connection.execute(text("SELECT a FROM things ORDER BY a"))
        gc.enable()
    assert found.scalars().all() == [1, 2, 4]
