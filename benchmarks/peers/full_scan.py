"""A full scan: what most tools do every minute. SQLAlchemy 2.1 ORM, aiosqlite 0.22.

Every open case is loaded, its age computed and compared with its threshold; those that passed are
marked and committed.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
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


async def scan(sessions: async_sessionmaker[AsyncSession]) -> int:
    """Notify of every open case whose threshold has passed; return how many those were."""
    now = datetime.now(UTC).replace(tzinfo=None)
    async with sessions() as session:
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
async def filled(url: str, cases: int) -> AsyncIterator[Callable[[int], Awaitable[int]]]:
    """Give what makes so many cases due and scans once, on a database of this many open ones."""
    engine = create_async_engine(url)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    fresh = datetime.now(UTC).replace(tzinfo=None)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        rows = [
            {
                "id": number,
                "title": f"Export {number} stops",
                "state": "open",
                "severity": "S4",
                "channel": f"C{number % 50}",
                "opened_at": fresh,
                "notified_at": None,
            }
            for number in range(1, cases + 1)
        ]
        await connection.execute(Case.__table__.insert(), rows)  # type: ignore[attr-defined]

    async def due(number: int) -> None:
        async with sessions() as session:
            for each in await session.scalars(select(Case).where(Case.id <= number)):
                each.opened_at, each.notified_at = fresh - timedelta(days=9), None
            await session.commit()

    async def once(number: int) -> int:
        await due(number)
        return await scan(sessions)

    try:
        once.due, once.scan = due, scan  # type: ignore[attr-defined]
        yield once
    finally:
        await engine.dispose()
