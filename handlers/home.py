"""The App Home: what a person sees who opens Caseflag."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.ports import Desk
from handlers.views import home as views
from policy.roles import Actor


async def opened(event: dict[str, Any], client: AsyncWebClient, desk: Desk, actor: Actor) -> None:
    """Show the person's cases, as they are at this moment."""
    if event.get("tab") == "home":
        page = await desk.cases.mine(1, by=actor)
        reader = await desk.people.standing(by=actor)
        await client.views_publish(user_id=actor.user, view=views.home(page, reader))
