"""Settings: what the workspace decides for itself."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from handlers.forms import settings as fields
from handlers.ports import Desk
from handlers.views import settings as views
from policy.ids import CaseId
from policy.roles import Actor

MOST_OFFERED = 100
"""How many options Slack takes at once."""


async def write(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the settings as they are."""
    found = await desk.settings.read(by=actor)
    return views.form(found, await desk.settings.groups("", by=actor))


async def suggest(ack: AsyncAck, options: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Offer the user groups that fit what is being typed into a menu."""
    found = await desk.settings.groups(options.get("value", ""), by=actor)
    await ack(options=[views.group_choice(each) for each in found[:MOST_OFFERED]])


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Change the settings."""
    before = await desk.settings.read(by=actor)
    await desk.settings.change(fields.read(view, before), by=actor)
    await ack(response_action="update", view=views.saved())
