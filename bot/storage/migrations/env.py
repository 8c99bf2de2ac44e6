"""How Alembic meets our tables.

`caseflag migrate` gives the connection. From Alembic's own command line (`make migration`, `alembic
check`) there is none: then the migrations are compared with the code on a database in memory.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator

import bot.storage.work  # noqa: F401 - every table stands in the metadata once this is imported
from bot.storage.schema import for_postgresql

WORDS = ("case_words", "ix_cases_words", "comment_words", "ix_comments_words")


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own types as what they are made of: a migration depends on no code of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out the indexes of words, which each database has in a way of its own."""
    return not (kind in {"table", "index"} and str(name).startswith(WORDS))


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=for_postgresql(),
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        include_name=include_name,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_beforehand(connection: Connection) -> None:
    """Bring the database in memory to the newest migration; only then can it be compared."""

    def all_of_them(revision: Any, _context: MigrationContext) -> Any:
        return context.script._upgrade_revs("heads", revision)  # noqa: SLF001 - as Alembic does

    aside = MigrationContext.configure(
        connection, opts={"fn": all_of_them, "transactional_ddl": True}
    )
    with Operations.context(aside):
        aside.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with create_engine("sqlite://", poolclass=NullPool).begin() as scratch:
        migrate_beforehand(scratch)
        migrate(scratch)
