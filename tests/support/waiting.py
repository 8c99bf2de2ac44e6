"""Waits for what is committed: each commit is looked at once, and nothing is asked meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import event

from bot.storage.database import Database

Found = TypeVar("Found")
PATIENCE = 20
"""Seconds; a busy machine is slow, and a wait that ends costs nothing."""


class Commits:
    """What this process commits to an SQLite file, as somebody hears of it who waits."""

    def __init__(self, database: Database) -> None:
        self._happened = asyncio.Event()
        writing = database._engines.writing.sync_engine
        event.listen(writing, "checkin", self._heard)  # a commit is over when its door is free

    async def until(
        self, look: Callable[[], Awaitable[Found]], fits: Callable[[Found], Any]
    ) -> Found:
        """Look after each commit; return the first that fits."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self._happened.clear()
                if fits(found := await look()):
                    return found
                await self._happened.wait()

    def _heard(self, *_: Any) -> None:
        self._happened.set()
