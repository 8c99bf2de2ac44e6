"""The composition root: everything is made here, each part upon those above it.

What is entered last is left first: at the end `/readyz` turns red, the doors close, the ticks
stop, what was acked is finished, and only then the socket, the sender, Slack's session and the
database are let go.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SystemClock
from bot.delivery.calendar import Feed, following
from bot.delivery.client import MeasuredClient
from bot.delivery.directory import SlackDirectory
from bot.delivery.files import SlackFiles
from bot.delivery.homes import refreshing
from bot.delivery.pagers import Pagers, PagerSettings
from bot.delivery.sending import sending
from bot.delivery.slack import Slack
from bot.desk import Desk
from bot.jobs.auditing import Auditor, auditing
from bot.jobs.heartbeat import Heart
from bot.jobs.ticking import ticking
from bot.metrics import RELEASE, Health, Metrics
from bot.settings import Settings, first_settings
from bot.storage.database import Database, connected
from bot.storage.signals import signalling
from bot.web.bolt import bolt
from bot.web.failures import counted
from bot.web.health import Doctor
from bot.web.ingress import LARGEST, Ingress
from bot.web.installed import Installation, installed
from bot.web.sandbox import Sandbox
from bot.web.server import listening
from bot.web.tasks import Tasks
from handlers import routes

WAITED_FOR = aiohttp.ClientTimeout(total=2.5)
"""For calls that a person waits for; Slack waits three seconds."""
IN_EARNEST = aiohttp.ClientTimeout(total=10)
"""For calls that must not be repeated lightly."""
DRAIN = 25.0
"""Seconds that what was acked is given to be done at the end."""


@dataclass(slots=True)
class Bell:
    """Wakes whoever may have something to do now."""

    sleepers: list[Callable[[], None]] = field(default_factory=list)
    neighbours: list[Callable[[], None]] = field(default_factory=list)
    """What tells other replicas."""

    def ring(self) -> None:
        """Wake them all, and let the neighbours know."""
        self.wake()
        for tell in self.neighbours:
            tell()

    def wake(self) -> None:
        """Wake them all: a neighbour rang."""
        for wake in self.sleepers:
            wake()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What both the doors and the works stand on."""

    settings: Settings
    database: Database
    clock: SystemClock
    hasty: AsyncWebClient
    patient: AsyncWebClient
    installation: Installation
    desk: Desk
    pagers: Pagers
    bell: Bell
    health: Health
    metrics: Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A Caseflag that runs."""

    parts: Parts
    port: int | None
    """Where its doors are, None without any."""


@asynccontextmanager
async def running(
    settings: Settings, *, jobs: bool = True, doors: bool = True
) -> AsyncIterator[App]:
    """Run Caseflag while the block does: its doors, its ticks and delivery, or some of them.

    Raises:
        SchemaIsNotCurrent: the database was not migrated.
        DatabaseIsInUse: another process has the SQLite file.
        Uninvited: Slack refuses a token.
    """
    async with AsyncExitStack() as stack:
        parts = await _parts(stack, settings)
        if jobs:
            sender = sending(
                Slack(parts.patient, parts.metrics),
                parts.desk.people,
                parts.clock,
                over=parts.database,
                metrics=parts.metrics,
                health=parts.health,
                pagers=parts.pagers,
                lose=parts.desk.escalations.lose,
            )
            parts.bell.sleepers.append((await stack.enter_async_context(sender)).wake)
            homes = refreshing(Slack(parts.hasty, parts.metrics), parts.desk.homes, parts.database)
            parts.bell.sleepers.append((await stack.enter_async_context(homes)).wake)
        inside = await _opened(stack, parts) if doors else []
        if jobs:
            ticker = ticking(
                parts.desk,
                parts.database,
                parts.clock,
                metrics=parts.metrics,
                health=parts.health,
            )
            parts.bell.sleepers.append((await stack.enter_async_context(ticker)).wake)
            await stack.enter_async_context(auditing(_auditor(parts)))
        port = settings.port if doors else settings.worker_port
        at = None if port is None else await _listening(stack, parts, inside, port)
        yield App(parts=parts, port=at)


def _auditor(parts: Parts) -> Auditor:
    return Auditor(
        parts.database,
        parts.clock,
        metrics=parts.metrics,
        health=parts.health,
        wake=parts.bell.wake,
        beat=Heart(parts.settings.caseflag_heartbeat_url),
        lose=parts.desk.escalations.lose_the_gone,
    )


async def _parts(stack: AsyncExitStack, settings: Settings) -> Parts:
    health, metrics, bell = Health(), Metrics(), Bell()
    database = await _database(stack, settings, bell, metrics)
    health.says(RELEASE)
    clock = await _clock(settings, database)
    hasty, patient = await stack.enter_async_context(clients(settings, metrics))
    installation = await installed(hasty)
    health.says("slack")
    outside = aiohttp.ClientSession(timeout=IN_EARNEST)
    pagers = Pagers(await stack.enter_async_context(outside), pager_settings(settings))
    directory, url = _directory(stack, hasty), settings.caseflag_rota_ical_url or ""
    calendar = Feed(pagers.session, url, clock, directory.names)
    desk = Desk.over(
        database,
        clock,
        directory,
        calendar=calendar,
        wake=bell.ring,
        site=installation.site,
        pagers=pagers.services,
        files=SlackFiles(patient, outside),
    )
    feed = following(calendar, database, installation.workspace, clock, wake=bell.ring)
    await stack.enter_async_context(feed)
    await desk.settings.fill(
        installation.workspace, first_settings(settings, installation.workspace)
    )
    return Parts(
        settings=settings,
        database=database,
        clock=clock,
        hasty=hasty,
        patient=patient,
        installation=installation,
        desk=desk,
        pagers=pagers,
        bell=bell,
        health=health,
        metrics=metrics,
    )


def _directory(stack: AsyncExitStack, client: AsyncWebClient) -> SlackDirectory:
    directory = SlackDirectory(client)
    stack.push_async_callback(directory.close)
    return directory


async def _database(
    stack: AsyncExitStack, settings: Settings, bell: Bell, metrics: Metrics
) -> Database:
    """Open the database, whose tables are ours, and listen to those who work on it beside us."""
    database = await stack.enter_async_context(connected(settings.database_url))
    database.timed(metrics.database_seconds.observe)
    await database.require_head()
    line = signalling(settings.database_url, bell.wake)
    bell.neighbours.append(await stack.enter_async_context(line))
    return database


async def _clock(settings: Settings, database: Database) -> SystemClock:
    clock = SystemClock(is_movable=settings.caseflag_sandbox)
    if clock.is_movable:
        async with database.reading() as work:
            clock.set_ahead(await work.workspaces.offset())
    return clock


async def _opened(stack: AsyncExitStack, parts: Parts) -> list[web.RouteDef]:
    """Let Slack in: by a socket of ours, or at the address that is returned."""
    stack.enter_context(counted(parts.metrics))
    tasks = Tasks()
    app = bolt(
        parts.hasty,
        parts.installation,
        parts.desk,
        tasks,
        routes.register,
        answering=parts.patient.session,
    )
    token = parts.settings.slack_app_token
    if token is not None:
        from bot.web import socket  # noqa: PLC0415 - most are reached at an address

        await stack.enter_async_context(
            socket.connected(
                app,
                parts.patient,
                token.get_secret_value(),
                parts.health,
                parts.metrics,
                parts.database.courtesy,
            )
        )
    stack.push_async_callback(tasks.drained, within=DRAIN)
    if token is not None:
        return []
    ingress = Ingress(app, parts.settings.signing_secrets, parts.metrics, parts.database.courtesy)
    return [web.post("/slack/events", ingress.take)]


async def _listening(
    stack: AsyncExitStack, parts: Parts, inside: list[web.RouteDef], port: int
) -> int:
    doctor = Doctor(parts.health, parts.metrics, parts.database)
    addresses = [*inside, *doctor.routes()]
    if parts.settings.caseflag_sandbox:
        addresses += Sandbox(parts.database, parts.clock, parts.bell.ring).routes()
    door = listening(parts.settings.host, port, addresses, largest=LARGEST)
    at = await stack.enter_async_context(door)
    parts.health.says("process")
    stack.callback(parts.health.says, "process", "stopping")
    return at


@asynccontextmanager
async def clients(
    settings: Settings, metrics: Metrics
) -> AsyncIterator[tuple[AsyncWebClient, AsyncWebClient]]:
    """Give two clients over one pool of connections: one that is waited for, and one that waits."""
    async with (
        aiohttp.TCPConnector(limit=50, keepalive_timeout=60) as pool,
        aiohttp.ClientSession(connector=pool, connector_owner=False, timeout=WAITED_FOR) as hasty,
        aiohttp.ClientSession(
            connector=pool, connector_owner=False, timeout=IN_EARNEST
        ) as patient,
    ):
        token = settings.slack_bot_token.get_secret_value()
        url = settings.slack_api_url
        yield (
            MeasuredClient(metrics, token=token, base_url=url, session=hasty),
            MeasuredClient(metrics, token=token, base_url=url, session=patient),
        )


def pager_settings(settings: Settings) -> PagerSettings:
    """Return where pagers are, as far as the environment configures any."""
    key, secret = settings.caseflag_pagerduty_key, settings.caseflag_webhook_secret
    return PagerSettings(
        pagerduty_url=settings.caseflag_pagerduty_url,
        pagerduty_key=key.get_secret_value() if key else "",
        webhook_url=settings.caseflag_webhook_url or "",
        webhook_secret=secret.get_secret_value() if secret else "",
    )
