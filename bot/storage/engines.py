"""Engines: how each database is opened, so that it neither loses an update nor waits for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from bot.storage.lite import AT_ONCE_OR_NOT, BEGIN, opening

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg"}
DRIVERS["postgresql"] = DRIVERS["postgres"]

READERS = 4
"""Connections that only read: of an SQLite file, or what writers leave of PostgreSQL's."""
CONNECTIONS = 10
"""Connections of one process to PostgreSQL."""
PATIENCE = {"timeout": 10, "command_timeout": 30}
"""Seconds until a connection, or an answer, is given up."""
RECYCLE = 1800
ASK_AFTER = 30.0
"""A connection that idled this long is asked whether it lives; asking always costs every read."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """One engine to change things and one to read; on PostgreSQL they share their connections."""

    writing: AsyncEngine
    reading: AsyncEngine
    writers: int
    """How many may write at once, in this process."""

    async def dispose(self) -> None:
        """Close every connection."""
        await self.reading.dispose()
        await self.writing.dispose()


def addressed(url: str) -> URL:
    """Return the address with our driver named, whichever way it was written.

    Raises:
        ValueError: it names neither PostgreSQL nor an SQLite file.
    """
    address = make_url(url)
    backend = address.get_backend_name() if "+" in address.drivername else address.drivername
    if backend not in DRIVERS:
        message = f"Caseflag keeps its cases in SQLite or PostgreSQL, not in {backend}."
        raise ValueError(message)
    address = address.set(drivername=DRIVERS[backend])
    if is_sqlite(address) and address.database in {None, "", ":memory:"}:
        message = "An SQLite database needs a file: what is in memory dies with its connection."
        raise ValueError(message)
    return address


def is_sqlite(address: URL) -> bool:
    """Tell whether the address is that of an SQLite file."""
    return address.get_backend_name() == "sqlite"


def engines(address: URL) -> Engines:
    """Return the engines for an address; nothing is opened yet."""
    return _sqlite(address) if is_sqlite(address) else _postgresql(address)


def _sqlite(address: URL) -> Engines:
    """One writer at a time, who takes the file at once; readers see what is committed."""
    opened = opening(address.database or "")
    writing = create_async_engine(address, async_creator=opened, pool_size=1, max_overflow=0)
    reading = create_async_engine(
        address,
        async_creator=opened,
        pool_size=READERS,
        max_overflow=0,
        isolation_level="AUTOCOMMIT",
    )
    _prepare(writing, *PRAGMAS, AT_ONCE_OR_NOT)
    begin_at_once(writing)
    _prepare(reading, *PRAGMAS, "PRAGMA busy_timeout = 5000", "PRAGMA query_only = ON")
    return Engines(writing=writing, reading=reading, writers=1)


def _postgresql(address: URL) -> Engines:
    address, arguments = asyncpg_arguments(address)
    writing = create_async_engine(
        address,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_recycle=RECYCLE,
        pool_use_lifo=True,
        connect_args={**PATIENCE, **arguments},
    )
    _ask_the_idle(writing)
    reading = writing.execution_options(isolation_level="AUTOCOMMIT")
    return Engines(writing=writing, reading=reading, writers=CONNECTIONS - READERS)


def asyncpg_arguments(address: URL) -> tuple[URL, Mapping[str, Any]]:
    """Return the address without what asyncpg spells otherwise, and that in its own spelling.

    `?sslmode=require` is how other drivers say it, and what hosts hand out. `?statement_cache_size=0`
    is for PgBouncer in transaction mode, where a cached statement belongs to somebody else's session.
    """
    arguments: dict[str, Any] = {}
    query = dict(address.query)
    if mode := query.pop("sslmode", None):
        arguments["ssl"] = mode
    if size := query.pop("statement_cache_size", None):
        arguments["statement_cache_size"] = int(str(size))
        arguments["prepared_statement_cache_size"] = int(str(size))
    return address.set(query=query), arguments


def begin_at_once(engine: AsyncEngine) -> None:
    """Let transactions take the file when they begin: one that upgrades later fails at once."""

    @event.listens_for(engine.sync_engine, "connect")
    def leave_transactions_to_us(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(BEGIN)


def _prepare(engine: AsyncEngine, *pragmas: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()


def _ask_the_idle(engine: AsyncEngine) -> None:
    dialect = engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def note(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info["idle_since"] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def ask(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
    ) -> None:
        idle_since = entry.info.get("idle_since")
        if idle_since is None or monotonic() - idle_since < ASK_AFTER:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error
