"""Bolt's tutorial app, sync, behind Flask 3.1: slack_bolt 1.30, SQLAlchemy 2.1 ORM, APScheduler 3.11.

Flask's own threaded server, the default engine and pool, one scheduler job for each case (in memory).
"""

import logging
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

url = os.environ["DATABASE_URL"].replace("+aiosqlite", "")
engine = create_engine(url)
scheduler = BackgroundScheduler()
client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])
logging.getLogger("werkzeug").setLevel(logging.ERROR)


class Base(DeclarativeBase):
    """What all tables stand on."""


class Case(Base):
    """A case."""

    __tablename__ = "tutorial_cases"
    id: Mapped[int] = mapped_column(primary_key=True)
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


def tell(number: int) -> None:
    """Tell that a case may be escalated."""
    client.chat_postMessage(channel="C0ACME", text=f"CASE-{number} may be escalated")


@app.view("cases.submit")
def submit(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
    """Open a case."""
    typed = {name: next(iter(each.values())) for name, each in view["state"]["values"].items()}
    with Session(engine, expire_on_commit=False) as session:
        case = Case(
            title=typed["title"]["value"],
            description=typed["description"]["value"],
            severity=typed["severity"]["selected_option"]["value"],
            requester=body["user"]["id"],
            opened_at=datetime.now(UTC).replace(tzinfo=None),
        )
        session.add(case)
        session.flush()
        session.add(Entry(case=case.id, what="opened"))
        session.commit()
    due = datetime.now(UTC) + timedelta(hours=24)
    scheduler.add_job(tell, "date", run_date=due, args=[case.id])
    ack(response_action="clear")


Base.metadata.create_all(engine)
scheduler.start()
flask_app = Flask(__name__)
handler = SlackRequestHandler(app)


@flask_app.post("/slack/events")
def events() -> Any:
    """Hand Slack's delivery to Bolt."""
    return handler.handle(request)


flask_app.run(host="127.0.0.1", port=int(os.environ["PORT"]), threaded=True)
