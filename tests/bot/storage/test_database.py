"""One process has an SQLite file; only what was committed happened; nothing runs on old tables."""

import asyncio
import sys
import threading
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.ext.asyncio import create_async_engine

from bot import courtesy, storage
from bot.storage import database as database_module
from bot.storage import engines
from bot.storage.database import DatabaseIsUnreachable
from bot.storage.engines import addressed, asyncpg_arguments
from bot.storage.schema import REVISION
from tests.support.builders import WORKSPACE, a_case, an_account


@pytest.mark.parametrize(
    ("url", "driven"),
    [
        ("sqlite:///cases.db", "sqlite+aiosqlite:///cases.db"),
        ("sqlite+aiosqlite:////var/cases.db", "sqlite+aiosqlite:////var/cases.db"),
        ("postgres://u:p%25@h/d", "postgresql+asyncpg://u:p%25@h/d"),
        ("postgresql://h/d", "postgresql+asyncpg://h/d"),
        ("postgresql+psycopg://h/d", "postgresql+asyncpg://h/d"),
    ],
)
def test_an_address_gets_our_driver_however_it_was_written(url, driven):
    assert addressed(url).render_as_string(hide_password=False) == driven


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://h/d", "not in mysql"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_cannot_keep_cases_is_refused(url, said):
    with pytest.raises(ValueError, match=said):
        addressed(url)


@pytest.mark.parametrize(
    ("query", "left", "arguments"),
    [
        ("", {}, {}),
        ("?sslmode=require", {}, {"ssl": "require"}),
        (
            "?statement_cache_size=0&application_name=x",
            {"application_name": "x"},
            {"statement_cache_size": 0, "prepared_statement_cache_size": 0},
        ),
    ],
)
def test_what_hosts_hand_out_is_said_in_the_drivers_words(query, left, arguments):
    address, said = asyncpg_arguments(make_url(f"postgresql+asyncpg://h/d{query}"))
    assert (dict(address.query), said) == (left, arguments)


@pytest.mark.postgres
async def test_a_pooler_without_statements_of_its_own_is_served(postgres_url):
    async with storage.connected(f"{postgres_url}?statement_cache_size=0") as database:
        for _ in range(3):
            async with database.begin() as work:
                await work.accounts.save(an_account())
                await work.commit()


async def test_a_database_tells_how_it_is(database, database_url):
    assert database_url.startswith(database.dialect)
    await database.ping()
    await database.require_head()
    assert await database.is_at_head()
    assert await database.state() == "ok"


async def test_a_database_that_nobody_migrated_is_refused(tmp_path):
    async with storage.connected(f"sqlite:///{tmp_path}/new.db") as database:
        assert not await database.is_at_head()
        assert await database.state() == "not migrated"
        with pytest.raises(storage.SchemaIsNotCurrent, match="caseflag migrate"):
            await database.require_head()


async def test_a_database_of_another_release_is_refused(database, database_url):
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'other'"))
    await engine.dispose()
    with pytest.raises(storage.SchemaIsNotCurrent, match=f"other.*{REVISION}"):
        await database.require_head()
    assert await database.state() == "not migrated"


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/cases.db", "postgresql://127.0.0.1:1/d"]
)
async def test_a_database_that_is_not_there_is_unreachable(url):
    async with storage.connected(url, alone=False) as database:
        assert await database.state() == "unreachable"
        with pytest.raises((SQLAlchemyError, OSError)):
            await database.ping()
        with pytest.raises(DatabaseIsUnreachable, match="DATABASE_URL"):
            await database.require_head()
    await the_drivers_threads_are_gone()


async def the_drivers_threads_are_gone():
    """One that could not open its file tells the loop when it ends, so the loop must outlive it."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)


async def test_a_second_process_on_an_sqlite_file_is_refused_in_one_sentence(sqlite_url):
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", FIRST_PROCESS, sqlite_url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert other.stdout
    assert await other.stdout.readline() == b"open\n"
    with pytest.raises(storage.DatabaseIsInUse, match=f"in use by process {other.pid}"):
        await entered(storage.connected(sqlite_url))
    async with storage.connected(sqlite_url, alone=False) as database:
        assert await database.is_at_head(), "a doctor may look"
    other.kill()
    await other.communicate()
    async with storage.connected(sqlite_url) as database:
        assert await database.is_at_head(), "a killed process holds nothing"


async def entered(context):
    await context.__aenter__()


FIRST_PROCESS = """
import asyncio, sys
from bot import courtesy, storage

async def main():
    async with storage.connected(sys.argv[1]):
        print("open", flush=True)
        sys.stdin.read()

asyncio.run(main())
"""


@pytest.mark.postgres
async def test_any_number_of_processes_may_share_a_postgresql(postgres_url):
    async with storage.connected(postgres_url) as one, storage.connected(postgres_url) as other:
        assert await one.is_at_head()
        assert await other.is_at_head()


async def test_nothing_happened_without_a_commit(database):
    async with database.begin() as work:
        await work.accounts.save(an_account())
    async with database.reading() as work:
        assert await work.workspaces.all() == []


async def test_nothing_happened_when_something_went_wrong(database):
    async def goes_wrong():
        async with database.begin() as work:
            await work.accounts.save(an_account())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await goes_wrong()
    async with database.reading() as work:
        assert await work.workspaces.all() == []


async def test_a_cancelled_unit_of_work_leaves_the_door_open_for_the_next(database):
    begun = asyncio.Event()

    async def hangs():
        async with database.begin() as work:
            await work.accounts.save(an_account())
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hangs())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.begin() as work:
        assert await work.workspaces.all() == []
        await work.commit()


async def test_after_its_commit_a_unit_of_work_is_over(database):
    async with database.begin() as work:
        await work.commit()
        with pytest.raises(SQLAlchemyError):
            await work.accounts.save(an_account())


async def test_readers_see_what_is_committed_and_wait_for_nobody(database):
    async with database.begin() as work:
        await work.accounts.save(an_account())
        async with database.reading() as reader:
            assert await reader.workspaces.all() == []
        await work.commit()
    async with database.reading() as reader:
        assert await reader.workspaces.all() == [WORKSPACE]


async def test_who_only_reads_has_nothing_to_commit(database):
    async with database.reading() as work:
        with pytest.raises(RuntimeError, match="only reads"):
            await work.commit()


async def test_who_only_reads_an_sqlite_file_cannot_write(sqlite_url):
    async with storage.connected(sqlite_url) as database, database.reading() as work:
        with pytest.raises(DBAPIError, match="readonly"):
            await work.accounts.save(an_account())


async def test_whoever_asked_first_writes_first(sqlite_url):
    """The pool alone gives a connection to whoever is there, and others wait again at the end."""
    order = []
    async with storage.connected(sqlite_url) as database, asyncio.TaskGroup() as group:

        async def writes(name, times=1):
            for _ in range(times):
                async with database.begin():
                    order.append(name)

        group.create_task(writes("eager", times=3))
        for name in ("first", "second"):
            group.create_task(writes(name))
    assert order == ["eager", "first", "second", "eager", "eager"]


async def test_nobody_who_has_the_turn_waits_for_whoever_waits_for_it(sqlite_url, monkeypatch):
    """A submission in a storm waits for its slices, and not for what each of them waits besides."""
    monkeypatch.setattr(courtesy, "AT_MOST", 60)
    async with storage.connected(sqlite_url) as database, asyncio.timeout(5):

        async def served():
            with database.courtesy.serving():
                async with database.begin():
                    pass

        async with database.begin() as work:
            waiting = asyncio.create_task(served())
            await work.courtesy.after_you()
            assert not waiting.done()
        await waiting


async def test_whoever_waits_too_long_to_write_is_sent_away(sqlite_url, monkeypatch):
    monkeypatch.setattr(database_module, "PATIENCE", 0.01)
    async with storage.connected(sqlite_url) as database:
        async with database.begin():
            with pytest.raises(TimeoutError):
                await entered(database.begin())
        await entered(database.begin())  # and the turn was not lost


async def test_a_case_of_an_unknown_account_is_no_case(database):
    async with database.begin() as work:
        with pytest.raises(IntegrityError):
            await work.cases.add(a_case())


@pytest.mark.parametrize("written", ["urgent", "s1", ""])
async def test_the_database_itself_refuses_a_word_that_is_no_choice(acme, database_url, written):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.commit()
    engine = create_async_engine(database_url)
    with pytest.raises(IntegrityError):
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE cases SET severity = :word"), {"word": written})
    await engine.dispose()


async def test_a_moment_without_a_zone_is_refused(acme):
    naive = datetime(2025, 6, 2, 8)  # noqa: DTZ001 - that is the point
    async with acme.begin() as work:
        with pytest.raises(StatementError, match="needs its zone"):
            await work.cases.add(a_case(opened_at=naive))


async def test_a_moment_of_any_zone_comes_back_in_utc(acme):
    new_york = timezone(timedelta(hours=-4))
    at = datetime(2025, 6, 2, 4, tzinfo=new_york)
    async with acme.begin() as work:
        case = await work.cases.add(a_case(opened_at=at))
        await work.commit()
    async with acme.reading() as work:
        found = await work.cases.get(WORKSPACE, case.id)
    assert found.opened_at == at
    assert found.opened_at.utcoffset() == timedelta()


@pytest.mark.postgres
async def test_a_connection_that_died_while_idle_is_replaced(postgres_url, monkeypatch):
    monkeypatch.setattr(engines, "ASK_AFTER", 0.0)
    async with storage.connected(postgres_url) as database:
        await database.ping()
        engine = create_async_engine(postgres_url)
        async with engine.begin() as connection:
            killed = await connection.execute(text(KILL_ALL_OTHERS))
            assert killed.scalars().all() == [True]
        await engine.dispose()
        await database.ping()


KILL_ALL_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def test_sqlite_files_are_opened_as_the_design_says(sqlite_url):
    opened = engines.engines(addressed(sqlite_url))
    found: dict[str, set[object]] = {}
    for engine in (opened.writing, opened.reading):
        async with engine.connect() as connection:
            for pragma in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys"):
                value = (await connection.execute(text(f"PRAGMA {pragma}"))).scalar()
                found.setdefault(pragma, set()).add(value)
    await opened.dispose()
    full = 2
    assert found == {
        "journal_mode": {"wal"},
        "synchronous": {full},
        "busy_timeout": {0, 5000},  # who writes waits in a thread, see test_lite.py
        "foreign_keys": {1},
    }
