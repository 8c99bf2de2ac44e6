"""Bolt's tutorial app, async, as a user would build it: slack_bolt 1.30, SQLAlchemy 2.1 ORM, APScheduler 3.11.

The default engine and pool, a session per request, one scheduler job for each case (in memory).
"""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_async_engine(os.environ["DATABASE_URL"])
sessions = async_sessionmaker(engine, expire_on_commit=False)
scheduler = AsyncIOScheduler()
client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])


class Base(DeclarativeBase):
    """What all tables stand on."""


class Account(Base):
    """A customer."""

    __tablename__ = "tutorial_accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Case(Base):
    """A case."""

    __tablename__ = "tutorial_cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[int]
    title: Mapped[str]
    description: Mapped[str]
    severity: Mapped[str]
    requester: Mapped[str]
    opened_at: Mapped[datetime]


class Entry(Base):
    """What happened to a case."""

    __tablename__ = "tutorial_history"
    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[int] = mapped_column(index=True)
    what: Mapped[str]


async def tell(number: int) -> None:
    """Tell that a case may be escalated."""
    await client.chat_postMessage(channel="C0ACME", text=f"CASE-{number} may be escalated")


@app.view("cases.submit")
async def submit(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
    """Open a case."""
    typed = {name: next(iter(each.values())) for name, each in view["state"]["values"].items()}
    now = datetime.now(UTC).replace(tzinfo=None)
    async with sessions() as session:
        account = (await session.scalars(select(Account).limit(1))).first()
        case = Case(
            account=account.id if account else 0,
            title=typed["title"]["value"],
            description=typed["description"]["value"],
            severity=typed["severity"]["selected_option"]["value"],
            requester=body["user"]["id"],
            opened_at=now,
        )
        session.add(case)
        await session.flush()
        session.add(Entry(case=case.id, what="opened"))
        await session.commit()
    due = datetime.now(UTC) + timedelta(hours=24)
    scheduler.add_job(tell, "date", run_date=due, args=[case.id])
    await ack(response_action="clear")


async def begin(_application: object) -> None:
    """Make the tables, and start the scheduler."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    scheduler.start()


server = app.server(port=int(os.environ["PORT"]), host="127.0.0.1")
server.web_app.on_startup.append(begin)
server.start()
