"""How a person hears of what: each chooses for themselves."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from handlers.answers import TITLE
from handlers.forms import hearing as fields
from handlers.metadata import Place
from handlers.ports import Desk
from handlers.views import hearing as views
from handlers.views.modal import told
from policy.ids import CaseId
from policy.roles import Actor


async def write(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form in which a person chooses."""
    return views.form(await desk.hearing.read(by=actor), Place(here=actor.here))


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Keep what was chosen."""
    await desk.hearing.choose(fields.read(view), by=actor)
    await ack(response_action="update", view=told(TITLE, views.chosen()))
