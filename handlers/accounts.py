"""Accounts: link this channel to one, list, change and import them."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from handlers.forms import accounts as fields
from handlers.metadata import AccountPath, Place
from handlers.ports import Desk
from handlers.views import accounts as views
from handlers.views.cases.shown import account_choice
from handlers.views.modal import told
from policy.ids import AccountId, CaseId
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
    """Offer the accounts that fit what is being typed, be it an option as it stands: `Acme (Gold)`."""
    name = options.get("value", "").partition(" (")[0]
    found = await desk.accounts.suggest(name, by=actor)
    await ack(options=[account_choice(each) for each in found])


async def listing(_case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show a page of the accounts."""
    page = int(text[:4]) if text.isascii() and text.isdigit() else 1
    return views.listed(await desk.accounts.page(page, by=actor))


async def edit(account: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that changes an account, whose id the button carries."""
    return views.editor(await desk.accounts.read(AccountId(account), by=actor))


async def turn(page: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show another page, whose number the button carries."""
    return await listing(page, page, desk, actor)


async def bring_in(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that takes a file, to administrators."""
    await desk.accounts.page(1, by=actor)
    return views.importer()


async def change(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Change the account."""
    path = AccountPath.unpack(view["private_metadata"])
    before = (await desk.accounts.read(path.account, by=actor)).account
    account = await desk.accounts.change(fields.changed(view, before, path.shown), by=actor)
    await ack(response_action="update", view=views.saved(account))


async def submit_file(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Import what was pasted, or tell what that would do, above what was pasted."""
    text, dry = fields.pasted(view)
    found = await desk.accounts.bring_in(text, dry=dry, by=actor)
    shows = "push" if dry or found.problems else "update"
    await ack(response_action=shows, view=told("Import accounts", views.imported(found)))
