"""The App Home: what a person sees who opens Caseflag."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from handlers.ports import Desk
from handlers.views import home as views
from policy.board import Line, Listing
from policy.escalations import may_answer
from policy.roles import Actor, Standing


async def opened(event: dict[str, Any], client: AsyncWebClient, desk: Desk, actor: Actor) -> None:
    """Show the person's cases, and the duty desk to whoever answers there, as they are now."""
    if event.get("tab") == "home":
        page = await desk.cases.mine(1, by=actor)
        reader = await desk.people.standing(by=actor)
        lines = await _lines(reader, desk, actor)
        await client.views_publish(user_id=actor.user, view=views.home(page, reader, lines))


async def _lines(reader: Standing, desk: Desk, actor: Actor) -> Sequence[Line] | None:
    """Return the open escalations, None to who answers none."""
    if not may_answer(reader, confidential=False):
        return None
    return await desk.escalations.listed(Listing.OPEN, by=actor)
