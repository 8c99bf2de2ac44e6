"""SQLite, asked where one stands as long as it answers at once, and in its thread otherwise.

A statement that finds its rows by an index takes some 20 us. A hop to aiosqlite's thread and back
takes several times that, waits for the interpreter's lock while the loop is busy, and SQLAlchemy
needs four of them for each statement. What waits for another program or for the disk always hops.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Any, Self, TypeVar

import aiosqlite
from typing_extensions import override

T = TypeVar("T")
Parameters = Sequence[Any] | Mapping[str, Any]

AT_ONCE = 0.001
"""Seconds that a statement may keep the event loop; one that took longer goes to the thread."""
FORGIVEN = 0.9
"""What remains of a slow statement's fame each time that it was quicker."""
MOST_KNOWN = 4_000
"""Statements whose pace is known; the product has fewer, but lists of ids differ in length."""
BEGIN = "BEGIN IMMEDIATE"
"""What may have to wait while another program writes; the only one, for it takes the file."""
PATIENCE = 5_000
"""Milliseconds for which it waits, in the thread."""
PRIMARY = 0xFF
"""The part of SQLite's codes that says what happened; the rest says how it came about."""
AT_ONCE_OR_NOT = "PRAGMA busy_timeout = 0"
"""How a connection that writes is opened: nothing else on it ever waits for anybody."""


class Pace:
    """How long each statement takes, on all connections to one file."""

    def __init__(self) -> None:
        self._seconds = dict[str, float]()

    def is_quick(self, statement: str) -> bool:
        """Tell whether a statement has proven to answer at once."""
        return self._seconds.get(statement, AT_ONCE) < AT_ONCE

    def took(self, statement: str, seconds: float) -> None:
        """Learn how long a statement took."""
        if len(self._seconds) >= MOST_KNOWN and statement not in self._seconds:
            self._seconds.clear()
        self._seconds[statement] = max(seconds, self._seconds.get(statement, 0) * FORGIVEN)


class File(sqlite3.Connection):
    """An open file, which its last transaction does not outlive."""

    @override
    def close(self) -> None:
        """Undo what was begun, and close: SQLite would wait, locked, for statements left behind."""
        if self.in_transaction:
            self.rollback()
        super().close()


class Connection(aiosqlite.Connection):
    """A connection to a file, and its thread."""

    def __init__(self, path: str, pace: Pace) -> None:
        opened = partial(File, path, isolation_level=None, check_same_thread=False)
        super().__init__(opened, iter_chunk_size=64)
        self._thread.daemon = True  # a connection that was lost holds up no process
        self._pace = pace
        self._asked = 0
        self._answered = 0

    @property
    def is_free(self) -> bool:
        """Whether its thread has nothing to do: whoever was cancelled may have left it something."""
        return self._asked == self._answered

    @override
    def cursor(self) -> "Cursor":  # type: ignore[override] # SQLAlchemy enters it, as it does aiosqlite's
        """Return a cursor."""
        return Cursor(self, self._conn.cursor())

    @override
    async def commit(self) -> None:
        """Commit, if anything was begun."""
        if self._conn.in_transaction or not self.is_free:
            await super().commit()

    @override
    async def rollback(self) -> None:
        """Undo what was begun, if anything was."""
        if self._conn.in_transaction or not self.is_free:
            await super().rollback()

    async def ran(self, statement: str, run: Callable[[], T]) -> T:
        """Run a statement: here if it is quick, in the thread if it is not, or not known to be."""
        if statement == BEGIN:
            return await self._begun(run)
        timed = partial(self._timed, statement, run)
        return (
            await self.at_once(timed)
            if self._pace.is_quick(statement)
            else await self._execute(timed)
        )

    async def _begun(self, run: Callable[[], T]) -> T:
        """Take the file: here if it is free, which takes no time; else wait for it in the thread."""
        try:
            return await self.at_once(run)
        except sqlite3.OperationalError as refusal:
            if refusal.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY:
                raise
        return await self._execute(self._patiently, run)

    def _patiently(self, run: Callable[[], T]) -> T:
        self._conn.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            return run()
        finally:
            self._conn.execute(AT_ONCE_OR_NOT)

    async def at_once(self, run: Callable[[], T]) -> T:
        """Do something here; but in its turn, where the thread has something to do."""
        return run() if self.is_free else await self._execute(run)

    @override
    async def _execute(self, fn: Callable[..., T], *args: Any, **more: Any) -> T:
        self._asked += 1
        found: T = await super()._execute(self._answer, partial(fn, *args, **more))  # type: ignore[no-untyped-call]
        return found

    def _answer(self, run: Callable[[], T]) -> T:
        try:
            return run()
        finally:
            self._answered += 1

    def _timed(self, statement: str, run: Callable[[], T]) -> T:
        began = perf_counter()
        try:
            return run()
        finally:
            self._pace.took(statement, perf_counter() - began)


class Cursor:
    """A statement and all of its rows."""

    def __init__(self, connection: Connection, cursor: sqlite3.Cursor) -> None:
        self._connection = connection
        self._cursor = cursor
        self._rows = list[Any]()

    async def __aenter__(self) -> Self:
        """Be there already."""
        return self

    @property
    def description(self) -> Any:
        """The columns; None where there are no rows to come."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row that was inserted last."""
        return self._cursor.lastrowid

    async def execute(self, statement: str, parameters: Parameters = ()) -> None:
        """Run a statement, and fetch its rows in the same breath."""
        await self._connection.ran(statement, partial(self._fetched, statement, parameters))

    def _fetched(self, statement: str, parameters: Parameters) -> None:
        self._cursor.execute(statement, parameters)
        self._rows = self._cursor.fetchall() if self._cursor.description else []

    async def executemany(self, statement: str, parameters: Sequence[Parameters]) -> None:
        """Run a statement once for each set of parameters."""
        run = partial(self._cursor.executemany, statement, parameters)
        await self._connection.ran(f"{len(parameters)} x {statement}", run)

    async def fetchall(self) -> list[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """Let go of the statement."""
        await self._connection.at_once(self._cursor.close)


def opening(path: str) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Return what opens connections to one file, which learn its pace together."""
    return partial(Connection, path, Pace())
