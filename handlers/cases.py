"""Cases: open, show, list, take, close and reopen them."""

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import drawn, opened, read
from handlers.drafts import drafted, unsaved
from handlers.forms import cases as fields
from handlers.forms.reading import typed
from handlers.forms.words import heard
from handlers.metadata import OpeningPath, Place
from handlers.ports import Desk
from handlers.views.cases import form, shown
from handlers.views.drafts import offered
from handlers.views.message import Message
from policy.cases import Case
from policy.ids import CaseId
from policy.roles import Actor

DRAFT = "case"


async def write(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form *open case*, with what was typed into it before."""
    kept = await desk.drafts.kept(DRAFT, None, by=actor)
    opening = await desk.cases.opening(by=actor)
    return offered(form.form(opening, Place(here=actor.here), kept=kept), kept)


async def go_on(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form *open case* for one that goes on from a closed case; both are linked."""
    closed = (await read(case, desk, actor)).case
    kept = {"title": closed.title, "account": closed.account}
    opening = await desk.cases.opening(by=actor)
    return form.form(opening, OpeningPath(here=actor.here, continues=closed.id), kept=kept)


async def show(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Show a case."""
    return shown.shown(await read(case, desk, actor))


async def take(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Make the person the case's engineer."""
    return shown.taken(await desk.cases.take(case, by=actor))


async def close(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Close the case."""
    return shown.closed(await desk.cases.close(case, by=actor))


async def reopen(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Reopen the case."""
    return shown.reopened(await desk.cases.reopen(case, by=actor))


async def open_here(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Show the form *open case*, from the shortcut."""
    await ack()
    modal = await opened(client, body, context)
    await modal.shows(await write(CaseId(""), "", desk, actor))


async def open_from_message(
    ack: AsyncAck,
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Show the form *open case* with a message's words as the description."""
    await ack()
    modal = await opened(client, body, context)
    words = heard(body["message"].get("text", ""))
    kept = {"title": words.partition("\n")[0], "description": words}
    opening = await desk.cases.opening(by=actor)
    await modal.shows(form.form(opening, Place(here=actor.here), kept=kept))


async def choose_severity(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, actor: Actor
) -> None:
    """Ask in the form what the chosen severity needs to know."""
    await ack()
    view = body["view"]
    opening = await desk.cases.opening(by=actor)
    path = OpeningPath.unpack(view["private_metadata"])
    changed = form.form(opening, path, kept=typed(view))
    await drawn(client, view).shows(changed)


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Open the case; where there is a doubt, show the form again and let the person insist."""
    path = OpeningPath.unpack(view["private_metadata"])
    if fields.lacks_questions(view):
        unsaved()
        opening = await desk.cases.opening(by=actor)
        again = form.form(opening, path, kept=typed(view))
        await ack(response_action="update", view=again)
        return
    async with drafted(DRAFT, None, view, desk=desk, by=actor) as draft:
        request = replace(fields.read(view), continues=path.continues)
        found = await desk.cases.open(request, by=actor)
    if isinstance(found, Case):
        await ack(response_action="update", view=shown.opened(found))
        return
    await draft.keep(view, desk=desk, by=actor)
    opening = await desk.cases.opening(by=actor)
    again = form.form(opening, path, kept=typed(view), doubt=found)
    await ack(response_action="update", view=again)


async def suggest(ack: AsyncAck, options: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Offer the open cases that fit what is being typed into a menu."""
    found = await desk.cases.pickable(options.get("value", ""), by=actor)
    await ack(options=[shown.choice(each) for each in found])
