"""One connection for the length of one unit of work, and what the collections ask of it."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from sqlalchemy import CTE, Column, CursorResult, Executable, FromClause, Row, Select, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement, select
from sqlalchemy.types import TypeEngine

from bot.courtesy import SLICE, Courtesy
from bot.storage.schema import Utc
from policy.ids import CaseId, WorkspaceId

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

T = TypeVar("T")
SENT = 4 * SLICE
"""So many rows go to PostgreSQL at a time: each slice is a way there and back."""
Parameters = dict[str, Any] | None
Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"
Inserting = Callable[[Table], Insert]
ESCAPE = "/"
"""What makes a sign of a pattern stand for itself."""
Build = Callable[[Inserting], Executable]
"""Builds a statement with the insert that one database knows."""


class DatabaseNow(ColumnElement[datetime]):
    """The database's own clock, the one that all replicas share."""

    type: TypeEngine[datetime] = Utc()
    inherit_cache: bool | None = True


@compiles(DatabaseNow, "sqlite")
def _sqlite_now(_element: DatabaseNow, _compiler: SQLCompiler, **_more: Any) -> str:
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@compiles(DatabaseNow, "postgresql")
def _postgresql_now(_element: DatabaseNow, _compiler: SQLCompiler, **_more: Any) -> str:
    return "clock_timestamp()"


CLOCK = select(DatabaseNow())


def unseen(_seconds: float) -> None:
    """Pass over how long a statement took."""


@dataclass(slots=True, kw_only=True)
class Transaction:
    """A connection, and whether what is read on it may be changed on it."""

    connection: AsyncConnection
    is_writing: bool
    courtesy: Courtesy = field(default_factory=Courtesy)
    observe: Callable[[float], None] = unseen
    """Is told how long each statement took, in seconds."""
    held: set[tuple[WorkspaceId, CaseId]] = field(default_factory=set)
    """The cases whose rows this transaction has locked."""

    @property
    def is_postgresql(self) -> bool:
        """Whether rows can be locked one by one; on SQLite a writer has the whole file."""
        return self.connection.dialect.name == "postgresql"

    async def _ran(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        began = perf_counter()
        try:
            return await self.connection.execute(statement, parameters)
        finally:
            self.observe(perf_counter() - began)

    async def first(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """Return the first row, None where there is none."""
        return (await self._ran(statement, parameters)).first()

    async def all(
        self, statement: Executable, parameters: Parameters = None
    ) -> Sequence[Row[Any]]:
        """Return all rows."""
        return (await self._ran(statement, parameters)).all()

    async def value(self, statement: Executable, parameters: Parameters = None) -> Any:
        """Return the first column of the first row, None where there is none."""
        return (await self._ran(statement, parameters)).scalar()

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Change rows; return how many.

        A row's columns are best given as parameters: the statement is then the same for all rows.
        """
        return (await self._ran(statement, parameters)).rowcount

    async def run_each(
        self, statement: Executable, parameters: Sequence[Mapping[str, Any]]
    ) -> None:
        """Run one statement once for each set of parameters, a slice at a time."""
        size = SENT if self.is_postgresql else SLICE
        for start in range(0, len(parameters), size):
            if start:
                await self.courtesy.after_you()
            some = [dict(each) for each in parameters[start : start + size]]
            await self._ran(statement, some)

    async def each(
        self,
        build: Callable[[Row[Any]], T],
        statement: Executable,
        parameters: Parameters = None,
        *,
        at_a_time: int = SLICE,
    ) -> list[T]:
        """Return what becomes of each row, a slice at a time."""
        found = await self._ran(statement, parameters)
        built = list[T]()
        for rows in found.partitions(at_a_time):
            if built:
                await self.courtesy.after_you()
            built += map(build, rows)
        return built

    def insert(self, table: Table) -> Insert:
        """Return an insert that knows `ON CONFLICT`, which both databases spell alike."""
        return _inserting(is_postgresql=self.is_postgresql)(table)

    def once(self, build: Build) -> Executable:
        """Return a statement as this database spells it, built once and for all.

        Building one costs more than running it, so what is asked often is built once, here or as a
        module's constant, and told its values as parameters.
        """
        return _built(build, self.is_postgresql)

    def locked(self, query: Select[Any], of: FromClause) -> Select[Any]:
        """Return the query so that nobody else changes what it finds, if it may change here."""
        return _locked(query, of) if self.is_writing else query

    async def clock(self) -> datetime:
        """Return what the database's clock says."""
        now: datetime = await self.value(CLOCK)
        return now


def escaped(words: str) -> str:
    """Return words as a pattern that stands for nothing else, where `ESCAPE` escapes."""
    for special in (ESCAPE, "%", "_"):
        words = words.replace(special, ESCAPE + special)
    return words


def as_it_is(row: Row[Any]) -> Row[Any]:
    """Return the row itself."""
    return row


def plainly(columns: Iterable[Column[Any]]) -> Callable[[Iterable[Any]], Any]:
    """Return what makes a plain named tuple of a row of these columns.

    Asking SQLAlchemy's own row for one column by its name takes 0.3 us, ten times as long; it pays
    where there are forty.
    """
    named: Any = namedtuple  # noqa: PYI024 - of columns that only the table knows, and their types too
    made: Callable[[Iterable[Any]], Any] = named(
        "Plain", [column.name for column in columns]
    )._make
    return made


def claimable(query: Select[Any]) -> CTE:
    """Return what a query finds and nobody else is claiming, chosen once and for all.

    As a plain subquery PostgreSQL may run it again for each row, and claim too much.
    """
    return query.with_for_update(skip_locked=True, key_share=True).cte("claimable")


@cache
def _built(build: Build, is_postgresql: bool) -> Executable:  # noqa: FBT001 - a key of the cache
    return build(_inserting(is_postgresql=is_postgresql))


def _inserting(*, is_postgresql: bool) -> Inserting:
    if not is_postgresql:
        return sqlite.insert
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 3 MB that SQLite never needs

    return postgresql.insert


@lru_cache(maxsize=256)
def _locked(query: Select[Any], of: FromClause) -> Select[Any]:
    return query.with_for_update(of=of, key_share=True)
