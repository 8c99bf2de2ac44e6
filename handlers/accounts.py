"""Accounts: link this channel to one."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from handlers.forms import accounts as fields
from handlers.metadata import Place
from handlers.ports import Desk
from handlers.views import accounts as views
from handlers.views.cases.shown import account_choice
from policy.ids import CaseId
from policy.roles import Actor


async def write(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that links this channel to an account."""
    return views.form(await desk.accounts.here(by=actor), Place(here=actor.here))


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Link the channel."""
    name, tier = fields.read(view)
    account = await desk.accounts.link(name, tier, by=actor)
    linked = views.linked(account, Place(here=actor.here))
    await ack(response_action="update", view=linked)


async def suggest(ack: AsyncAck, options: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Offer the accounts that fit what is being typed into a menu."""
    found = await desk.accounts.suggest(options.get("value", ""), by=actor)
    await ack(options=[account_choice(each) for each in found])
