"""One job per case, as every example shows: APScheduler 3.11 with its SQLAlchemy job store.

The misfire grace is set to none, or most of what is due at once would be dropped.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

FAR = timedelta(days=30)
TOLD: asyncio.Queue[int] = asyncio.Queue()
"""The cases whose job has run."""


async def tell(number: int) -> None:
    """Tell that a case has passed its threshold."""
    TOLD.put_nowait(number)


class JobPerCase:
    """A scheduler that holds a job for every open case."""

    def __init__(self, scheduler: AsyncIOScheduler) -> None:
        self._scheduler = scheduler

    async def ages(self, number: int) -> None:
        """Let the jobs of so many cases fall due, without looking yet."""
        self._scheduler.pause()
        at = datetime.now(UTC)
        for each in range(number):
            self._scheduler.add_job(tell, "date", run_date=at, args=[each], id=f"due-{each}")

    async def runs(self, number: int) -> None:
        """Run what is due, and wait for the last of it."""
        self._scheduler.resume()
        for _ in range(number):
            await TOLD.get()


@asynccontextmanager
async def job_per_case(url: str, cases: int) -> AsyncIterator[JobPerCase]:
    """Give a scheduler with so many jobs, all of them far ahead."""
    scheduler = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(url)},
        job_defaults={"misfire_grace_time": None},
        timezone=UTC,
    )
    scheduler.start(paused=True)
    at = datetime.now(UTC) + FAR
    for each in range(cases):
        scheduler.add_job(tell, "date", run_date=at, args=[each], id=f"case-{each}")
    scheduler.resume()
    try:
        yield JobPerCase(scheduler)
    finally:
        scheduler.shutdown(wait=False)
