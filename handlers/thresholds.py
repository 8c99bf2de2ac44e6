"""Thresholds: edit the table, see what it would do, publish it, and ask what if."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import opened
from handlers.drafts import unsaved
from handlers.forms import thresholds as form
from handlers.ids import Modal
from handlers.metadata import TablePath
from handlers.ports import Desk
from handlers.views import thresholds as views
from handlers.views.message import Message
from policy.ids import CaseId
from policy.roles import Actor


async def write(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the table as it is."""
    versions = await desk.thresholds.versions(by=actor)
    return views.form(versions, TablePath.of(versions[0]))


async def edit(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Show the table again as it was drawn up."""
    await ack()
    modal = await opened(client, body, context)
    path = TablePath.unpack(action["value"])
    versions = await desk.thresholds.versions(by=actor)
    await modal.shows(views.form(versions, path, kept=form.typed(path.table())))


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Show what the table would do; what was typed is kept until it is published."""
    table = form.read(view, TablePath.unpack(view["private_metadata"]).version)
    found = await desk.thresholds.preview(table, by=actor)
    unsaved()
    await ack(response_action="update", view=views.preview(found, TablePath.of(table)))


async def publish(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Publish it."""
    table = TablePath.unpack(view["private_metadata"]).table()
    published = await desk.thresholds.publish(table, by=actor)
    await desk.drafts.drop(Modal.THRESHOLDS, None, by=actor)
    await ack(response_action="update", view=views.published(published))


async def what_if(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Tell when escalating would become available, for each severity and tier."""
    return views.what_if(await desk.thresholds.what_if(case, by=actor))
