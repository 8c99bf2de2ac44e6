"""Asking for many rows by one statement, the same however many they are.

A list of parameters makes another statement for each length of the list, which SQLAlchemy has to
spell out and the database to plan anew: for a hundred rows that takes longer than finding them.
"""

from typing import Any

from sqlalchemy import ARRAY, JSON, Column, Dialect, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine
from typing_extensions import override


class Many(TypeDecorator[list[Any]]):
    """Many values of one type as one parameter: an array, or a list in JSON."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = JSON()
    cache_ok: bool | None = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(self.of) if dialect.name == "postgresql" else JSON()


class Among(FunctionElement[bool]):
    """Whether a column holds one of many values."""

    name = "among"
    type: TypeEngine[Any] = NullType()
    """Said to be a boolean, it would be compared with 1, which no index answers."""
    inherit_cache: bool | None = True


@compiles(Among)
def _among(element: Among, compiler: SQLCompiler, **more: Any) -> str:
    column, values = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled by SQLAlchemy


@compiles(Among, "postgresql")
def _postgresql_among(element: Among, compiler: SQLCompiler, **more: Any) -> str:
    column, values = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} = ANY ({values})"


def among(column: Column[Any], values: str) -> Among:
    """Return whether a column holds one of the values that are told as this parameter."""
    return Among(column, bindparam(values, type_=Many(column.type)))
