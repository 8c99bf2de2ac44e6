"""Accounts: link this channel to one, list, change and import them."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import OPENED, Opened, opened
from handlers.drafts import unsaved
from handlers.forms import accounts as fields
from handlers.metadata import AccountPath, ChannelPath, Place
from handlers.ports import Desk
from handlers.views import accounts as views
from handlers.views.cases.shown import account_choice
from handlers.views.modal import loading, told
from policy.customers import Listed
from policy.ids import AccountId, CaseId
from policy.roles import Actor

IMPORT = "Import"


async def write(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that links this channel to an account."""
    path = ChannelPath(here=actor.here, channel=actor.here)
    return views.form(await desk.accounts.here(by=actor), path)


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


async def submit_file(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Import what was brought along, or tell what that would do; a long file takes its time."""
    typed = fields.brought(view)
    if not typed.url:
        found = await desk.accounts.bring_in(typed.text, what=typed.what, dry=typed.dry, by=actor)
        shows = "push" if typed.dry or found.problems else "update"
        if shows == "push":
            unsaved()
        await ack(response_action=shows, view=told(IMPORT, views.imported(found, typed)))
        return
    await ack(response_action="update", view=loading())
    modal = context[OPENED] = Opened(client=client, view=view["id"])
    found = await desk.accounts.bring_in_file(typed.url, what=typed.what, dry=typed.dry, by=actor)
    await modal.shows(told(IMPORT, views.imported(found, typed)))


async def import_tried(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Import the file that was tried."""
    await ack()
    modal = await opened(client, body, context)
    what, _, url = str(action["value"]).partition(" ")
    typed = fields.Brought(what=Listed(what), text="", url=url, dry=False)
    found = await desk.accounts.bring_in_file(url, what=typed.what, dry=False, by=actor)
    await modal.shows(told(IMPORT, views.imported(found, typed)))
