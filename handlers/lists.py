"""Lists: list cases, search them, filter, and turn the page."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import TITLE, Whisper, opened
from handlers.forms import lists as form
from handlers.metadata import ListPath, Place
from handlers.ports import Desk
from handlers.views import lists as views
from handlers.views.message import Message
from handlers.views.modal import told
from policy.ids import CaseId
from policy.lists import CaseFilter, searched
from policy.roles import Actor


async def listing(_case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """List a page of cases, by what was typed."""
    wanted, page = form.understood(text)
    return views.listed(await desk.lists.page(wanted, page, by=actor))


async def search(_case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """List the newest cases that have these words."""
    wanted = CaseFilter(words=searched(text))
    return views.listed(await desk.lists.page(wanted, 1, by=actor))


async def ask(_case: CaseId, _text: str, _desk: Desk, actor: Actor) -> View:
    """Show the form that asks for words."""
    return views.form(CaseFilter(), Place(here=actor.here))


async def choose(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    actor: Actor,
) -> None:
    """Show the form that filters, as the list was filtered."""
    await ack()
    modal = await opened(client, body, context)
    wanted = _wanted(ListPath.unpack(action["value"]))
    await modal.shows(views.form(wanted, Place(here=actor.here)))


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """List what the form asks for, in its place."""
    found = await desk.lists.page(form.read(view), 1, by=actor)
    place = Place(here=actor.here)
    await ack(response_action="update", view=told(TITLE, views.listed(found), place))


async def turn(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
    actor: Actor,
) -> None:
    """Show another page in the place of the list, which nobody else saw: it is no card."""
    await ack()
    is_whisper = bool(body.get("response_url"))
    path = ListPath.unpack(action["value"])
    answer = (
        Whisper(respond=respond, replaces=True)
        if is_whisper
        else await opened(client, body, context)
    )
    await answer.says(views.listed(await desk.lists.page(_wanted(path), path.page, by=actor)))


def _wanted(path: ListPath) -> CaseFilter:
    wanted, _ = form.understood(path.typed) if path.typed else (CaseFilter(), 1)
    return form.with_words(wanted, path.words)
