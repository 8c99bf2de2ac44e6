"""Databases to be measured on: migrated, and as full as one wishes, filled by the database itself."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from benchmarks.harness import Run
from benchmarks.slack import CHANNEL, TEAM, USER
from bot.cli.seed import sown
from bot.settings import DatabaseSettings
from bot.storage import migrations_run
from tests.support.postgres import a_server

KINDS = ("SQLite", "PostgreSQL")
NAMED: Mapping[str, Any] = {
    "caseflag_duty_channel": "C0DUTY",
    "caseflag_duty_managers": ("S0DUTY",),
    "caseflag_engineers": ("S0ENGINEERS",),
    "caseflag_leads": ("S0LEADS",),
    "caseflag_admins": ("S0ADMINS",),
}
"""What the first settings say; these groups have whom `benchmarks.slack` says."""
PLENTY = {"shared_buffers": "512MB", "maintenance_work_mem": "256MB", "max_wal_size": "4GB"}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
ENGINEER = "U0ERIN"
FIRST = {
    "workspace": TEAM,
    "accounts": [
        {"name": "Acme Bank", "tier": "Titanium", "channels": [CHANNEL], "contacts": [USER]},
        {"name": "Globex", "tier": "Gold", "channels": ["C0GLOBEX"], "contacts": ["U0CARLA"]},
    ],
    "cases": [
        {
            "account": account,
            "title": "Nightly export stops",
            "description": "The export job ends without an error after exactly 10,000 rows.",
            "severity": "S2",
            "requester": who,
            "channel": channel,
            "opened_ago_hours": 24,
            "business_impact": "The ledger is completed by hand before the markets open.",
            "comments": [{"author": who, "text": "Any news?", "hours_ago": 3, "kind": "chase"}],
        }
        for account, who, channel in (
            ("Acme Bank", USER, CHANNEL),
            ("Globex", "U0CARLA", "C0GLOBEX"),
        )
    ],
}
"""What every database begins with; the others are made of its second case."""
SOME = "CASE WHEN n % 100 = 0 THEN {theirs} ELSE {others} END"
WORDS = "'nightly export stops on host' || n || CASE WHEN n % 100 = 7 THEN ' gateway' ELSE '' END"
OTHERS: Mapping[str, str] = {
    "number": "n",
    "title": "'Nightly export stops on host' || n",
    "folded_title": "'nightly export stops on host' || n",
    "words": WORDS,
    "account": SOME.format(theirs="acme.id", others="others.account"),
    "account_name": SOME.format(theirs="acme.name", others="others.account_name"),
    "requester": SOME.format(theirs=f"'{USER}'", others="'U' || n % 5000"),
    "contact": SOME.format(theirs=f"'{USER}'", others="'U' || n % 5000"),
    "engineer": SOME.format(theirs=f"'{ENGINEER}'", others="'E' || n % 50"),
    "channel": SOME.format(theirs=f"'{CHANNEL}'", others="'C' || n % 1000"),
    "severity": "'S' || (1 + n % 4)",
    "state": "CASE WHEN n % 10 = 0 THEN 'in_progress' ELSE 'closed' END",
    "thread": "NULL",
    "crossing_due_at": "NULL",
    "warning_due_at": "NULL",
    "silence_due_at": "NULL",
    "announced_version": "others.clock_version",
    "warned_version": "others.clock_version",
}
"""What differs from case to case: one in a hundred is Acme Bank's, one in ten is open."""
AGES = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '-' || (({many} - n) * 20) || ' seconds')",
    "postgresql": "now() - ({many} - n) * interval '20 seconds'",
}
NUMBERS = {
    "sqlite": "(WITH RECURSIVE many(n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM many "
    "WHERE n < {many}) SELECT n FROM many)",
    "postgresql": "generate_series(3, {many}) AS many(n)",
}


@asynccontextmanager
async def postgres(run: Run, *, is_durable: bool = True) -> AsyncIterator[str]:
    """Run a PostgreSQL, one that keeps what it has said it keeps; give its first database's address."""
    run.home.chmod(0o711)  # PostgreSQL may be nobody's, and has to get to its own
    within, settings = (run.home, DURABLE) if is_durable else (None, {})
    with a_server(within=within, **PLENTY, **settings) as server:
        yield server.url


@asynccontextmanager
async def migrated(
    run: Run, kind: str, *, cases: int = 0, is_durable: bool = True
) -> AsyncIterator[str]:
    """Give the address of a database that holds two customers and so many cases, at least two.

    PostgreSQL's is in memory where it need not be durable: what is only read fills faster there.
    """
    if kind == "SQLite":
        url = f"sqlite+aiosqlite:///{run.home / f'cases-{cases}-{time.monotonic_ns()}.db'}"
        await prepared(run, url, cases)
        yield url
        return
    async with postgres(run, is_durable=is_durable) as url:
        await prepared(run, url, cases)
        yield url


async def prepared(run: Run, url: str, cases: int) -> None:
    """Migrate a database, and fill it."""
    await asyncio.get_running_loop().run_in_executor(None, partial(migrations_run.upgrade, url))
    (run.home / "first.json").write_text(json.dumps(FIRST), encoding="utf-8")
    settings = DatabaseSettings(database_url=url, caseflag_sandbox=True, **NAMED)
    await sown(settings, FIRST)
    if cases > len(FIRST["cases"]):
        began = time.monotonic()
        await _filled(url, cases)
        run.says(f"{cases:,} cases in {url.partition('+')[0]} in {time.monotonic() - began:.0f} s")


async def _filled(url: str, cases: int) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            dialect = connection.dialect.name
            if dialect == "sqlite":
                await connection.execute(text("PRAGMA cache_size = -400000"))
            put_back = await _taken_off(connection, dialect)
            await connection.execute(text(await _copying(connection, dialect, cases)))
            for statement in put_back:
                await connection.exec_driver_sql(statement)
            await connection.execute(text(f"UPDATE workspaces SET last_case = {cases}"))  # noqa: S608 - numbers
        async with engine.connect() as connection:
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    finally:
        await engine.dispose()


async def _copying(connection: AsyncConnection, dialect: str, cases: int) -> str:
    """Return a statement that makes all the other cases of the second one."""
    ages = {"opened_at": AGES[dialect].format(many=cases)}
    columns = await connection.run_sync(_columns)
    values = (OTHERS.get(each) or ages.get(each) or f"others.{each}" for each in columns)
    numbers = NUMBERS[dialect].format(many=cases)
    return (
        f"INSERT INTO cases ({', '.join(columns)}) SELECT {', '.join(values)} FROM {numbers}, "  # noqa: S608 - names of our own
        "(SELECT * FROM cases WHERE number = 2) AS others, "
        "(SELECT id, name FROM accounts WHERE name = 'Acme Bank') AS acme"
    )


def _columns(connection: object) -> list[str]:
    from sqlalchemy import inspect  # noqa: PLC0415 - beside its only use

    return [str(each["name"]) for each in inspect(connection).get_columns("cases")]


async def _taken_off(connection: AsyncConnection, dialect: str) -> list[str]:
    """Take off what would be kept in step row by row; return what makes it again, all at once."""
    if dialect == "postgresql":
        found = await connection.execute(
            text(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'cases' "
                "AND indexname <> 'pk_cases'"
            )
        )
        rows = found.all()
        for name, _ in rows:
            await connection.exec_driver_sql(f"DROP INDEX {name}")
        return [definition for _, definition in rows]
    found = await connection.execute(
        text(
            "SELECT type, name, sql FROM sqlite_master "
            "WHERE tbl_name = 'cases' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
        )
    )
    rows = found.all()
    for kind, name, _ in rows:
        await connection.exec_driver_sql(f"DROP {kind} {name}")
    words = (
        "INSERT INTO case_words (of, workspace, number, words) SELECT workspace || 'x' || number, "
        "workspace, number, words FROM cases WHERE number > 2 ORDER BY number"
    )
    return [*(definition for _, _, definition in rows), words]


def sizes(run: Run) -> tuple[int, int]:
    """Return how many cases are few, and how many are many."""
    return run.pick((10_000, 1_000_000), (2_000, 20_000))


def path_of(url: str) -> Path:
    """Return the file of an SQLite database."""
    return Path(url.partition("///")[2])
