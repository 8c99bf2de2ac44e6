"""A full scan: what most tools do every minute. SQLAlchemy 2.1 ORM, aiosqlite 0.22.

Every open case is loaded, its age compared with its threshold; those that passed are marked.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HOURS = {"S1": 4, "S2": 24, "S3": 72, "S4": 120}


class Base(DeclarativeBase):
    """What all tables stand on."""


class Case(Base):
    """A case as a tutorial would keep it."""

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    channel: Mapped[str]
    opened_at: Mapped[datetime]
    notified_at: Mapped[datetime | None]


class FullScan:
    """What is done once a minute."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def ages(self, number: int) -> None:
        """Let so many cases pass their threshold."""
        async with self._sessions() as session:
            for each in await session.scalars(select(Case).where(Case.id <= number)):
                each.opened_at, each.notified_at = _now() - timedelta(days=9), None
            await session.commit()

    async def scans(self) -> int:
        """Notify of every open case whose threshold has passed; return how many those were."""
        now = _now()
        async with self._sessions() as session:
            found = await session.scalars(select(Case).where(Case.state == "open"))
            due = [
                each
                for each in found
                if each.notified_at is None
                and now - each.opened_at >= timedelta(hours=HOURS[each.severity])
            ]
            for each in due:
                each.notified_at = now
            await session.commit()
        return len(due)


@asynccontextmanager
async def full_scan(url: str, cases: int) -> AsyncIterator[FullScan]:
    """Give a scan over so many open cases."""
    engine = create_async_engine(url)
    rows = [
        {
            "id": number,
            "title": f"Export {number} stops",
            "state": "open",
            "severity": "S4",
            "channel": f"C{number % 50}",
            "opened_at": _now(),
        }
        for number in range(1, cases + 1)
    ]
    try:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
            await connection.execute(insert(Case), rows)
        yield FullScan(async_sessionmaker(engine, expire_on_commit=False))
    finally:
        await engine.dispose()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
