"""Signals: who has committed something tells all other replicas to look, without their tick.

LISTEN and NOTIFY over one connection of our own to PostgreSQL. It is a hint and nothing else:
where it is down, or a pooler in between swallows it, every replica looks by itself.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.engines import PATIENCE, addressed, asyncpg_arguments, is_sqlite

log = logging.getLogger(__name__)

NAME = "caseflag"
TELL = text("SELECT pg_notify(:name, :whose)")
PROOF = "?"
"""What we only say to hear ourselves ends so."""
GATHERED = 0.05
"""Seconds in which several things to tell become one."""
ECHO = 5.0
"""Seconds in which we have to hear ourselves, or the line is deaf."""
PROVEN_FOR = 60.0
"""Seconds after which the line is tried again."""
AGAIN = 5.0
DEAF_FOR = 600.0


class Deaf(Exception):
    """What was told on the line was not heard on it: something stands in between."""


class Signals:
    """One replica's end of the line."""

    def __init__(self, address: URL, hear: Callable[[], None]) -> None:
        address, arguments = asyncpg_arguments(address)
        self._engine = create_async_engine(
            address,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={**PATIENCE, **arguments},
        )
        self._hear = hear
        self._ours = uuid4().hex
        self._untold = asyncio.Event()
        self._echo = asyncio.Event()
        self._cut = asyncio.Event()

    def tell(self) -> None:
        """Let the others look; what happens at once is told at once."""
        self._untold.set()

    async def run(self) -> None:
        """Keep the line, and take it up again whenever it breaks."""
        while True:
            pause = AGAIN
            try:
                await self._listen()
            except Deaf:
                log.warning("replicas cannot wake each other here (is that a pooler?): each looks")
                pause = DEAF_FOR
            except Exception as error:  # noqa: BLE001 - a hint, whatever becomes of it
                log.warning("the line between replicas broke: %s", error)
            await asyncio.sleep(pause)

    async def closed(self) -> None:
        """Let go of the line."""
        await self._engine.dispose()

    async def _listen(self) -> None:
        self._cut.clear()
        async with self._engine.connect() as connection:
            line = (await connection.get_raw_connection()).driver_connection
            if line is None:
                raise Deaf
            line.add_termination_listener(self._ended)
            await line.add_listener(NAME, self._heard)
            self._hear()  # whatever was told while nobody listened
            while True:
                await self._prove(connection)
                with suppress(TimeoutError):
                    async with asyncio.timeout(PROVEN_FOR):
                        await self._pass_on(connection)

    async def _prove(self, connection: AsyncConnection) -> None:
        self._echo.clear()
        await self._say(connection, proof=PROOF)
        try:
            async with asyncio.timeout(ECHO):
                await self._echo.wait()
        except TimeoutError as error:
            raise Deaf from error

    async def _pass_on(self, connection: AsyncConnection) -> None:
        while True:
            await self._untold.wait()
            self._untold.clear()
            if self._cut.is_set():
                raise ConnectionError(NAME)
            await self._say(connection)
            await asyncio.sleep(GATHERED)

    async def _say(self, connection: AsyncConnection, *, proof: str = "") -> None:
        await connection.execute(TELL, {"name": NAME, "whose": self._ours + proof})

    def _heard(self, _connection: Any, _pid: int, _name: str, whose: str) -> None:
        if whose.startswith(self._ours):
            self._echo.set()
        elif not whose.endswith(PROOF):
            self._hear()

    def _ended(self, _connection: Any) -> None:
        self._cut.set()
        self._untold.set()


@asynccontextmanager
async def signalling(url: str, hear: Callable[[], None]) -> AsyncIterator[Callable[[], None]]:
    """Hear the other replicas while the block runs; gives what tells them.

    On SQLite there are none. Through a pooler that gives each transaction another session, as
    `statement_cache_size=0` says, nothing can be heard.
    """
    address = addressed(url)
    if is_sqlite(address) or address.query.get("statement_cache_size") == "0":
        yield _nobody
        return
    signals = Signals(address, hear)
    running = asyncio.create_task(signals.run())
    try:
        yield signals.tell
    finally:
        running.cancel()
        await asyncio.wait([running])
        await signals.closed()


def _nobody() -> None:
    """Tell nobody."""
