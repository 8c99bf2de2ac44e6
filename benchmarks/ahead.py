"""Databases of open cases that have their crossings ahead, ten million of them if need be."""

import shutil
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from sqlalchemy import TextClause, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from benchmarks.databases import DURABLE, prepared
from benchmarks.harness import Missing, Run
from benchmarks.slack import TEAM
from tests.support.postgres import a_server

NO_LOG = {"wal_level": "minimal", "max_wal_senders": "0"}
"""What is filled in the transaction that emptied it is synced, and need not be logged besides."""
ROOM = {"shared_buffers": "512MB", "maintenance_work_mem": "256MB", "max_wal_size": "1GB"}
BYTES_EACH = 500
"""What a case takes on the disk, at most, with the indexes that a tick goes by."""
KEPT = ("crossing_due_at", "warning_due_at", "silence_due_at")
"""The indexes that are made again after filling: no other is looked at by a tick."""
PIECE = 500_000
LONGEST = 90.0
"""Seconds after which no more cases are made."""
SPREAD = 100
"""Days over which the crossings lie ahead."""
OPEN: Mapping[str, str] = {
    "number": "n",
    "title": "'Export ' || n || ' stops'",
    "folded_title": "''",
    "words": "''",
    "description": "'It ends without an error.'",
    "business_impact": "''",
    "channel": "'C' || n % 50",
    "severity": "CASE WHEN n % 50 = 0 THEN 'S1' WHEN n % 10 = 0 THEN 'S2' ELSE 'S3' END",
    "state": "'in_progress'",
    "thread": "NULL",
    "opened_at": "opened",
    "crossing_due_at": "due",
    "warning_due_at": "due",
    "silence_due_at": "NULL",
    "engineer": "NULL",
    "announced_at": "NULL",
    "announced_version": "0",
    "warned_version": "0",
}
"""What differs from the case that all are made of; `n`, `opened` and `due` come with its number."""
STAMP = "%Y-%m-%d %H:%M:%S.000000"
NUMBERED = {
    "sqlite": (
        "(WITH RECURSIVE many(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM many WHERE n < {last}) "  # noqa: S608 - names of our own
        f"SELECT n, strftime('{STAMP}', {{now}} - 864000, 'unixepoch') AS opened, "
        f"strftime('{STAMP}', {{now}} + 3600 + n % {{seconds}}, 'unixepoch') AS due "
        "FROM many) AS many"
    ),
    "postgresql": (
        "(SELECT n, to_timestamp({now}) - interval '10 days' AS opened, "
        "to_timestamp({now} + 3600 + n % {seconds}) AS due "
        "FROM generate_series({first}, {last}) AS many(n)) AS many"
    ),
}
PAST = {
    "sqlite": f"strftime('{STAMP}', 'now', '-30 seconds')",
    "postgresql": "date_trunc('second', now()) - interval '30 seconds'",
}
"""A moment that has just passed."""


@asynccontextmanager
async def ahead(run: Run, kind: str, cases: int) -> AsyncIterator[tuple[str, AsyncEngine]]:
    """Give the address of a database with so many open cases, and an engine to change them by.

    On a slow machine it holds fewer; `newest` tells.

    Raises:
        Missing: the disk has no room for so many.
    """
    await _room_for(run.home, cases)
    async with AsyncExitStack() as stack:
        if kind == "SQLite":
            url = f"sqlite+aiosqlite:///{run.home / f'ahead-{cases}-{time.monotonic_ns()}.db'}"
            stack.callback(Path(url.partition("///")[2]).unlink)
        else:
            run.home.chmod(0o711)  # PostgreSQL may be nobody's, and has to get to its own
            server = a_server(within=run.home, **DURABLE, **NO_LOG, **ROOM)
            url = stack.enter_context(server).url
        await prepared(run, url, 0)
        engine = create_async_engine(url)
        stack.push_async_callback(engine.dispose)
        await _filled(run, engine, cases)
        yield url, engine


async def ran(engine: AsyncEngine, *statements: str) -> None:
    """Run statements in one transaction."""
    async with engine.begin() as connection:
        for each in statements:
            await connection.execute(text(each))


async def made_due(engine: AsyncEngine, numbers: Iterable[int] | None = None) -> None:
    """Let these cases, or all, have crossed just now, and as if nobody had ever told it."""
    past = PAST[engine.dialect.name]
    where = f"workspace = '{TEAM}'"
    if numbers is not None:
        where += f" AND number IN ({', '.join(map(str, numbers))})"
    await ran(
        engine,
        f"UPDATE cases SET crossing_due_at = {past}, warning_due_at = NULL, announced_at = NULL, "  # noqa: S608 - names of our own
        f"announced_version = 0, clock_version = clock_version + 1 WHERE {where}",
    )


async def is_all_told(engine: AsyncEngine) -> bool:
    """Tell whether no crossing is due any more."""
    now = PAST[engine.dialect.name]
    left = f"SELECT 1 FROM cases WHERE crossing_due_at IS NOT NULL AND crossing_due_at <= {now} LIMIT 1"  # noqa: S608 - names of our own
    return not await counted(engine, text(f"SELECT count(*) FROM ({left}) AS remaining"))  # noqa: S608 - as above


async def counted(engine: AsyncEngine, what: TextClause) -> int:
    """Return what a query counts."""
    async with engine.connect() as connection:
        found: int = (await connection.execute(what)).scalar_one()
        return found


async def newest(engine: AsyncEngine) -> int:
    """Return how many cases there are: the number of the last."""
    return await counted(engine, text(f"SELECT max(number) FROM cases WHERE workspace = '{TEAM}'"))  # noqa: S608 - a name of our own


async def _room_for(home: Path, cases: int) -> None:
    free = shutil.disk_usage(home).free
    if free < 2 * cases * BYTES_EACH:
        message = (
            f"{cases:,} cases want {2 * cases * BYTES_EACH:,} bytes of disk, {free:,} are free"
        )
        raise Missing(message)


async def _filled(run: Run, engine: AsyncEngine, cases: int) -> None:
    began = time.monotonic()
    if engine.dialect.name == "sqlite":
        await _quickly(engine)
    async with engine.begin() as connection:
        again = await _taken_off(connection)
        await connection.execute(text("CREATE TEMPORARY TABLE one AS SELECT * FROM cases LIMIT 1"))
        await _emptied(connection)
        await _copied(run, connection, cases)
        for statement in again:
            await connection.exec_driver_sql(statement)
    await _settled(engine)
    took = time.monotonic() - began
    run.says(f"{cases:,} open cases in {engine.dialect.name} in {took:.0f} s")


async def _settled(engine: AsyncEngine) -> None:
    """Let the database come to rest, as one is that was filled over years."""
    if engine.dialect.name == "sqlite":
        await ran(engine, "PRAGMA analysis_limit = 1000", "ANALYZE cases", "DROP TABLE one")
        return
    async with engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in ("VACUUM (ANALYZE) cases", "CHECKPOINT"):
            await alone.exec_driver_sql(statement)


async def _quickly(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            await connection.exec_driver_sql(f"PRAGMA {pragma}")


async def _emptied(connection: AsyncConnection) -> None:
    if connection.dialect.name == "sqlite":
        for table in ("history", "comments", "cases"):
            await connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of our own
        return
    await connection.execute(text("SET LOCAL session_replication_role = replica"))
    await connection.execute(text("TRUNCATE cases CASCADE"))


async def _copied(run: Run, connection: AsyncConnection, cases: int) -> None:
    """Make copies of the one case, in pieces; stop where a slow machine would take too long."""
    columns = await connection.run_sync(
        lambda sync: [str(each["name"]) for each in inspect(sync).get_columns("cases")]
    )
    values = ", ".join(OPEN.get(each, f"one.{each}") for each in columns)
    began, now = time.monotonic(), int(time.time())
    for first in range(1, cases + 1, PIECE):
        last = min(first + PIECE - 1, cases)
        many = NUMBERED[connection.dialect.name].format(
            first=first, last=last, now=now, seconds=SPREAD * 24 * 3600
        )
        copying = f"INSERT INTO cases ({', '.join(columns)}) SELECT {values} FROM {many}, one"  # noqa: S608 - names of our own
        await connection.execute(text(copying))
        if time.monotonic() - began > LONGEST:
            run.says(f"{last:,} of {cases:,} cases in {LONGEST:.0f} s: these have to do")
            return


INDEXES = {
    "sqlite": (
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE tbl_name = 'cases' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    ),
    "postgresql": (
        "SELECT 'index', indexname, indexdef FROM pg_indexes "
        "WHERE tablename = 'cases' AND indexname <> 'pk_cases'"
    ),
}


async def _taken_off(connection: AsyncConnection) -> list[str]:
    """Take off all indexes; return what makes those again that a tick goes by."""
    found = (await connection.execute(text(INDEXES[connection.dialect.name]))).all()
    for kind, name, _ in found:
        await connection.exec_driver_sql(f"DROP {kind} {name}")
    return [made for kind, name, made in found if kind == "index" and name.endswith(KEPT)]
