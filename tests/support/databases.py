"""Databases for tests: real, migrated once, copied fresh for each test that asks."""

import asyncio
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Dialect, Engine, TextClause, event, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from typing_extensions import override

from bot.storage import migrations_run
from tests.support.postgres import a_postgres


class Compiled(dict[tuple[Any, ...], Any]):
    """What statements came to, by all that they are looked up by but the dialect of who asks."""

    @override
    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(key[1:], default)

    @override
    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(key[1:], compiled)


COMPILED: dict[type[Dialect], Compiled] = defaultdict(Compiled)
"""By kind of dialect: each test opens engines of its own, and compiling takes a quarter of its time."""


@event.listens_for(Engine, "engine_connect")
def compile_once(connection: Connection) -> None:
    """Let every engine of the process remember what any of its kind has compiled."""
    connection.execution_options(compiled_cache=COMPILED[type(connection.dialect)])


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of this test's own, once on either kind."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite file of this test's own."""
    path = tmp_path / "caseflag.db"
    shutil.copyfile(sqlite_template, path)
    return _sqlite(path)


@pytest.fixture
def postgres_url(postgres: "Postgres", postgres_template: str) -> Iterator[str]:
    """A migrated, empty PostgreSQL database of this test's own."""
    with postgres.database(template=postgres_template) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What migrating makes of no file at all."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrations_run.upgrade(_sqlite(path))
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator["Postgres"]:
    """The server that `DATABASE_URL` names, or one of our own for as long as the tests run."""
    named = os.environ.get("DATABASE_URL", "")  # noqa: TID251 - says where tests run, sets nothing
    with ExitStack() as stack:
        url = named if named.startswith("postgres") else stack.enter_context(a_postgres())
        yield stack.enter_context(Postgres(url))


@pytest.fixture(scope="session")
def postgres_template(postgres: "Postgres") -> Iterator[str]:
    """What migrating makes of an empty database: its name."""
    with postgres.database() as url:
        migrations_run.upgrade(url)
        yield str(make_url(url).database)


class Postgres:
    """A server on which tests may create databases, and a connection to do so."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+asyncpg")
        self._engine = create_async_engine(self._url, isolation_level="AUTOCOMMIT", pool_size=1)
        # A loop that is nobody else's: tests have one each, and this outlives them.
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)

    def __enter__(self) -> Self:
        self._runner.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        with self._runner:
            self._runner.run(self._engine.dispose())

    @contextmanager
    def database(self, *, template: str = "template1") -> Iterator[str]:
        """Create a database, give its URL, drop it."""
        name = f"caseflag_test_{uuid4().hex}"
        self._run(f'CREATE DATABASE {name} TEMPLATE "{template}" STRATEGY file_copy')
        try:
            yield self._url.set(database=name).render_as_string(hide_password=False)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, sql: str) -> None:
        self._runner.run(self._executed(text(sql)))

    async def _executed(self, sql: TextClause) -> None:
        async with self._engine.connect() as connection:
            await connection.execute(sql)


def _sqlite(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
