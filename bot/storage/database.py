"""The database: opened once, left as units of work."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext

from sqlalchemy import column, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.courtesy import Courtesy
from bot.storage.engines import Engines, addressed, engines
from bot.storage.schema import REVISION
from bot.storage.sole import held_alone
from bot.storage.transaction import Transaction, unseen
from bot.storage.work import Work

PATIENCE = 30.0
"""Seconds until whoever waits for their turn to write is sent away."""
VERSIONS = table("alembic_version", column("version_num"))


class SchemaIsNotCurrent(RuntimeError):
    """The database's tables are not the ones this code expects."""


class DatabaseIsUnreachable(RuntimeError):
    """The database does not answer."""


class Database:
    """A database of cases."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._observe: Callable[[float], None] = unseen
        self.courtesy = Courtesy()
        self._turns = asyncio.Semaphore(engines.writers)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engines.writing.dialect.name

    def timed(self, observe: Callable[[float], None]) -> None:
        """Let somebody know how long each statement takes, in seconds."""
        self._observe = observe

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """Begin a unit of work that changes things; left without `commit()`, it never happened."""
        async with (
            self._turn(),
            self._engines.writing.connect() as connection,
            connection.begin() as transaction,
        ):
            yield self._work(connection, is_writing=True)
            if transaction.is_active:  # never committed
                await transaction.rollback()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """Look at what is committed; nothing waits for it, and it waits for nobody."""
        async with self._engines.reading.connect() as connection:
            yield self._work(connection, is_writing=False)

    def _work(self, connection: AsyncConnection, *, is_writing: bool) -> Work:
        on = Transaction(
            connection=connection,
            is_writing=is_writing,
            courtesy=self.courtesy,
            observe=self._observe,
        )
        return Work(on)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait for a connection in the order of asking: the pool gives one to whoever is there."""
        with self.courtesy.held_up() if self._turns.locked() else nullcontext():
            async with asyncio.timeout(PATIENCE):
                await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    async def ping(self) -> None:
        """Ask the database for an answer.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it gave none.
        """
        async with self._engines.reading.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def state(self) -> str:
        """Tell in a word how the database is: `ok`, `unreachable` or `not migrated`."""
        try:
            await self.ping()
            return "ok" if await self.is_at_head() else "not migrated"
        except (SQLAlchemyError, OSError):
            return "unreachable"

    async def is_at_head(self) -> bool:
        """Tell whether its tables are the ones this code expects."""
        return await self._revision() == REVISION

    async def require_head(self) -> None:
        """Refuse to go on with other tables than this code expects.

        Raises:
            SchemaIsNotCurrent: they are older, newer, or not there at all.
            DatabaseIsUnreachable: it does not answer.
        """
        try:
            found = await self._revision()
        except (SQLAlchemyError, OSError) as error:
            message = f"The database does not answer (DATABASE_URL): {error}"
            raise DatabaseIsUnreachable(message) from error
        if found != REVISION:
            message = (
                f"The database is at revision {found or 'none'}, this release needs {REVISION}: "
                "run `caseflag migrate`."
            )
            raise SchemaIsNotCurrent(message)

    async def _revision(self) -> str | None:
        async with self._engines.reading.connect() as connection:
            migrated = await connection.run_sync(
                lambda sync: inspect(sync).has_table(VERSIONS.name)
            )
            if not migrated:
                return None
            found = await connection.execute(select(VERSIONS.c.version_num))
            revision: str | None = found.scalar()
            return revision


@asynccontextmanager
async def connected(url: str, *, alone: bool = True) -> AsyncIterator[Database]:
    """Open the database until the block is left.

    An SQLite file serves one process, so it is held `alone`; doctors may look at it all the same.

    Raises:
        DatabaseIsInUse: another process has the SQLite file.
        ValueError: the address is neither PostgreSQL's nor that of an SQLite file.
    """
    address = addressed(url)
    with held_alone(address) if alone else nullcontext():
        opened = engines(address)
        try:
            yield Database(opened)
        finally:
            await opened.dispose()
