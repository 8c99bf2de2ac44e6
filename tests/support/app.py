"""A whole Caseflag beside a Slack on this machine, both in this process, over real HTTP."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.app import App, running
from bot.cli.manifest import manifest
from bot.settings import Settings
from policy.accounts import Account
from policy.cases import Case, Severity
from policy.ids import AccountId, CaseId, ChannelId, Tier, UserId, WorkspaceId
from workbench import Person, Workbench, serving

HERE = "127.0.0.1"
PEOPLE: dict[str, Any] = json.loads(Path("demo/workspace.json").read_text(encoding="utf-8"))
TEAM = WorkspaceId(PEOPLE["team"]["id"])
SECRET, BOT, APP = "a-secret-of-the-tests", "xoxb-tests", "xapp-tests"
NAMED = {
    "caseflag_duty_channel": "C0DUTY",
    "caseflag_duty_managers": ("S0DUTY",),
    "caseflag_engineers": ("S0ENGINEERS",),
    "caseflag_leads": ("S0LEADS",),
    "caseflag_admins": ("S0ADMINS",),
}
ACCOUNTS = (
    Account(
        workspace=TEAM,
        id=AccountId("acme"),
        name="Acme Bank",
        tier=Tier("Titanium"),
        channels=frozenset({ChannelId("C0ACME")}),
        contacts=frozenset({UserId("U0ANA"), UserId("U0BEN")}),
    ),
    Account(
        workspace=TEAM,
        id=AccountId("globex"),
        name="Globex",
        tier=Tier("Gold"),
        channels=frozenset({ChannelId("C0GLOBEX")}),
        contacts=frozenset({UserId("U0CARLA")}),
    ),
)


def a_case_of_acme(opened_at: datetime, title: str = "Login is down") -> Case:
    """Return an S1 of Acme's, to be imported: four hours after it was opened it crosses."""
    return Case(
        workspace=TEAM,
        id=CaseId(""),
        account=AccountId("acme"),
        account_name="Acme Bank",
        tier=Tier("Titanium"),
        title=title,
        description="Nobody can sign in since nine this morning.",
        severity=Severity.S1,
        requester=UserId("U0ANA"),
        contact=UserId("U0ANA"),
        channel=ChannelId("C0ACME"),
        opened_at=opened_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The clock of the sandbox: what a test moves, Slack and Caseflag both see."""

    bench: Workbench

    async def moves(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass, for Slack and for Caseflag."""
        await self.bench.advance(hours * 3600 + minutes * 60 + seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseflag:
    """What a journey has: the bot that runs, and the Slack that it runs in."""

    app: App
    bench: Workbench
    settings: Settings

    @property
    def clock(self) -> Moves:
        """What moves time."""
        return Moves(bench=self.bench)

    async def orders(self, word: str, **wish: Any) -> None:
        """Do as the workspace's own administrator does: `orders("channels", archived=True, ...)`."""
        url = f"{self.bench.url}/workbench/admin/{word}"
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, json=wish, raise_for_status=True),
        ):
            pass

    def person(self, name: str) -> Person:
        """Return somebody of the demo's workspace."""
        return self.bench.person(name)


def a_free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as taken:
        taken.bind((HERE, 0))
        port: int = taken.getsockname()[1]
        return port


def a_seed(port: int, *, by_socket: bool = False) -> dict[str, Any]:
    """Return the demo's workspace, with an app that the tests run on this port."""
    url = f"http://{HERE}:{port}/slack/events"
    app = PEOPLE["apps"][0] | {
        "bot_token": BOT,
        "app_token": APP,
        "signing_secret": SECRET,
        "manifest": manifest(None if by_socket else url),
        "request_url": url,
    }
    return PEOPLE | {"apps": [app]}


def settings_for(bench: Workbench, database_url: str, port: int, **other: Any) -> Settings:
    """Return what the environment would say."""
    said: dict[str, Any] = {
        "slack_bot_token": SecretStr(BOT),
        "slack_signing_secret": SecretStr(SECRET),
        "slack_api_url": bench.api_url,
        "database_url": database_url,
        "host": HERE,
        "port": port,
        "caseflag_sandbox": True,
    }
    return Settings.model_validate(said | NAMED | other)


@asynccontextmanager
async def a_slack(*, by_socket: bool = False) -> AsyncIterator[tuple[Workbench, int]]:
    """Run a Slack with the demo's people; it delivers to the port that is given besides."""
    port = a_free_port()
    async with serving(a_seed(port, by_socket=by_socket)) as bench:
        bench.control.clock_hooks.append(f"http://{HERE}:{port}/sandbox/clock")
        yield bench, port


@asynccontextmanager
async def a_bot(
    bench: Workbench, port: int, database_url: str, *, jobs: bool = True, **other: Any
) -> AsyncIterator[Caseflag]:
    """Run Caseflag in that Slack, with its two customers known; `other` are settings by field."""
    settings = settings_for(bench, database_url, port, **other)
    async with running(settings, jobs=jobs) as app:
        for account in ACCOUNTS:
            await app.parts.desk.imports.account(account)
        yield Caseflag(app=app, bench=bench, settings=settings)


@asynccontextmanager
async def a_caseflag(
    database_url: str, *, by_socket: bool = False, **other: Any
) -> AsyncIterator[Caseflag]:
    """Run a Slack with the demo's people, and Caseflag in it, on a migrated database.

    `other` are settings by their field's name. Acme Bank (Titanium: ana, ben, #acme-support) and
    Globex (Gold: carla, #globex-support) are known; cases there are none.
    """
    async with a_slack(by_socket=by_socket) as (bench, port):
        if by_socket:
            other["slack_app_token"] = SecretStr(APP)
        async with a_bot(bench, port, database_url, **other) as caseflag:
            yield caseflag
