"""What all tables share: one metadata, one naming of constraints, and types that travel."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Enum,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TextClause,
)
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

REVISION = "0014"
"""The migration this code expects; a test compares it with the newest one."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = 64
"""Slack's ids have 9 to 13 characters, ours 32; more is somebody's mistake."""
WORD = 32
"""The longest value of a choice, with room for longer ones to come."""


class Utc(TypeDecorator[datetime]):
    """A moment: aware in, aware UTC out; a naive one is refused."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime(timezone=True)
    cache_ok: bool | None = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            message = f"a moment needs its zone: {value!r}"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    @override
    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """Return what reads a moment: one plain call, for every column of every row has its own.

        PostgreSQL's driver reads moments as they should be; SQLite keeps them as words.
        """
        return _said if dialect.name == "sqlite" else None


def _said(word: str | None) -> datetime | None:
    return datetime.fromisoformat(word).replace(tzinfo=UTC) if word else None


class Seconds(TypeDecorator[timedelta]):
    """A duration in whole seconds."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = BigInteger()
    cache_ok: bool | None = True

    @override
    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else round(value.total_seconds())

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(seconds=value)


def choice(kind: type[StrEnum], name: str) -> Enum:
    """Return the type of a column that holds one of these words, checked by either database."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=WORD,
        values_callable=lambda words: [word.value for word in words],
    )


def workspace() -> Column[str]:
    """Return the column that every row has: whose it is."""
    return Column("workspace", String(ID), primary_key=True)


def name(column: str, *, nullable: bool = False, **more: Any) -> Column[str]:
    """Return a column that holds an id."""
    return Column(column, String(ID), nullable=nullable, **more)


def words(column: str, *, nullable: bool = False) -> Column[str]:
    """Return a column that holds what somebody wrote."""
    return Column(column, Text, nullable=nullable)


def moment(column: str, *, nullable: bool = False) -> Column[datetime]:
    """Return a column that holds a moment."""
    return Column(column, Utc, nullable=nullable)


def document(column: str, *, nullable: bool = False) -> Column[Any]:
    """Return a column that holds what is only ever read whole."""
    return Column(column, JSON(none_as_null=True), nullable=nullable)


def counter(column: str) -> Column[int]:
    """Return a column that counts."""
    return Column(column, Integer, nullable=False)


def serial(column: str) -> Column[int]:
    """Return a key that the database counts; SQLite counts plain integers only."""
    return Column(
        column, BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )


def partial_index(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """Return an index of some rows only; `for_postgresql` tells the other database which."""
    return Index(name, *columns, unique=unique, sqlite_where=where)


def for_postgresql() -> MetaData:
    """Return the metadata with what PostgreSQL must know too, before it makes or compares tables.

    Naming it where the tables are defined would load its dialect, which serving from SQLite never
    needs: 3 MB, and 25 ms of every start.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            if (where := index.dialect_options["sqlite"]["where"]) is not None:
                index.dialect_kwargs["postgresql_where"] = where
    return metadata
