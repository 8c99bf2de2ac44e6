"""Socket Mode: Slack reached by a connection of ours, where nothing can reach us from outside."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from bot.courtesy import Courtesy
from bot.metrics import Health, Metrics
from bot.web.ingress import named
from bot.web.installed import Uninvited

log = logging.getLogger(__name__)

PART = "socket_mode"
PING = 10.0
"""Seconds between two pings; a socket that answers none of four is dead, and replaced."""


class Measured(AsyncSocketModeHandler):
    """Bolt's handler, and how long Slack waited for each answer."""

    metrics: Metrics
    courtesy: Courtesy

    @override
    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Answer one delivery."""
        started = time.monotonic()
        with self.courtesy.serving():
            await super().handle(client, req)
        kind = named(req.payload)
        self.metrics.deliveries.labels(kind, "socket").inc()
        self.metrics.ack_seconds.labels(kind).observe(time.monotonic() - started)


@asynccontextmanager
async def connected(
    app: AsyncApp,
    client: AsyncWebClient,
    app_token: str,
    health: Health,
    metrics: Metrics,
    courtesy: Courtesy,
) -> AsyncIterator[None]:
    """Keep a socket open while the block runs; acks travel on it until the block is left.

    Raises:
        Uninvited: Slack refuses the app-level token; the library itself would try for ever.
    """
    await _preflight(client, app_token)
    handler = Measured(
        app,
        app_token,
        logger=logging.getLogger("slack_sdk.socket_mode"),
        web_client=client,
        ping_interval=PING,
    )
    handler.metrics, handler.courtesy = metrics, courtesy
    watching = asyncio.create_task(_watch(handler, health))
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        health.says(PART)
        yield
    finally:
        watching.cancel()
        await _closed(handler)


async def _preflight(client: AsyncWebClient, app_token: str) -> None:
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise Uninvited(
            setting="SLACK_APP_TOKEN", code=str(error.response.get("error"))
        ) from error


async def _watch(handler: AsyncSocketModeHandler, health: Health) -> None:
    """Keep `/readyz` honest: the library notices only by itself that its socket is dead."""
    while True:
        await asyncio.sleep(handler.client.ping_interval)
        is_up = await handler.client.is_connected()
        if not is_up and health.parts.get(PART) == "ok":
            log.warning("the socket to Slack is down")
        health.says(PART, "ok" if is_up else "disconnected")


async def _closed(handler: AsyncSocketModeHandler) -> None:
    client = handler.client
    await handler.close_async()  # type: ignore[no-untyped-call]
    parts = (client.message_processor, client.current_session_monitor, client.message_receiver)
    await asyncio.gather(*filter(None, parts), return_exceptions=True)
