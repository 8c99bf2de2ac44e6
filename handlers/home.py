"""The App Home: what a person sees who opens Caseflag, and its pages."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.ports import Desk
from handlers.views import home as views
from policy.roles import Actor


async def opened(event: dict[str, Any], client: AsyncWebClient, desk: Desk, actor: Actor) -> None:
    """Show what waits for the person, as it is at this moment."""
    if event.get("tab") == "home":
        found = await desk.homes.open(1, by=actor)
        await client.views_publish(user_id=actor.user, view=views.home(found))


async def turn(
    ack: AsyncAck, action: dict[str, Any], client: AsyncWebClient, desk: Desk, actor: Actor
) -> None:
    """Show another page."""
    await ack()
    found = await desk.homes.open(int(action["value"]), by=actor)
    await client.views_publish(user_id=actor.user, view=views.home(found))
