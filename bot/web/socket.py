"""Socket Mode: Slack reached by a connection of ours, where nothing can reach us from outside."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Health
from bot.web.installed import Uninvited

log = logging.getLogger(__name__)

PART = "socket_mode"


@asynccontextmanager
async def connected(
    app: AsyncApp, client: AsyncWebClient, app_token: str, health: Health
) -> AsyncIterator[None]:
    """Keep a socket open while the block runs; acks travel on it until the block is left.

    Raises:
        Uninvited: Slack refuses the app-level token; the library itself would try for ever.
    """
    await _preflight(client, app_token)
    handler = AsyncSocketModeHandler(
        app, app_token, logger=logging.getLogger("slack_sdk.socket_mode"), web_client=client
    )
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
