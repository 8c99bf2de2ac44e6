"""Duty: who is on it, taking a turn, swapping one, and arranging the week."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import TITLE, near, opened
from handlers.forms import rota as fields
from handlers.metadata import ShiftPath, SpanValue
from handlers.ports import Desk
from handlers.views import rota as views
from handlers.views.message import Message
from handlers.views.modal import told
from policy.ids import CaseId, OverrideId, ShiftId, SwapId
from policy.roles import Actor


async def show(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Tell who is on duty now and next."""
    return views.page(await desk.rota.read(by=actor))


async def week(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the weekly rota."""
    return views.week(await desk.rota.read(by=actor))


async def offer(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Ask which turn somebody else is to do, and who."""
    return views.swap(await desk.rota.read(by=actor))


async def stand_in(_case: CaseId, _text: str, _desk: Desk, _actor: Actor) -> View:
    """Ask who is to be on duty for a while."""
    return views.standin()


async def write_times(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the duty hours as they are."""
    return views.times(await desk.rota.read(by=actor))


async def write_shift(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Show a shift of the week to be changed, or a new one."""
    await ack()
    modal = await opened(client, body, context)
    named = ShiftId(action.get("value") or "")
    known = await desk.rota.shift(named, by=actor) if named else None
    await modal.shows(views.shift(await desk.rota.read(by=actor), known))


async def take(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
    actor: Actor,
) -> None:
    """Take the time, or ask whoever has it."""
    await ack()
    answer = await near(client, body, context, respond)
    span = SpanValue.unpack(action["value"]).span
    await answer.says(views.taken(await desk.rota.take(span, by=actor)))


async def accept(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
    actor: Actor,
) -> None:
    """Accept a swap."""
    await ack()
    answer = await near(client, body, context, respond)
    swap = await desk.rota.answer(SwapId(action["value"]), accepted=True, by=actor)
    await answer.says(views.answered(swap))


async def refuse(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    respond: AsyncRespond,
    desk: Desk,
    actor: Actor,
) -> None:
    """Refuse a swap, or take it back."""
    await ack()
    answer = await near(client, body, context, respond)
    swap = await desk.rota.answer(SwapId(action["value"]), accepted=False, by=actor)
    await answer.says(views.answered(swap))


async def revoke(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Let somebody be on duty no longer than the week says."""
    await ack()
    modal = await opened(client, body, context)
    await desk.rota.revoke(OverrideId(action["value"]), by=actor)
    await modal.shows(views.week(await desk.rota.read(by=actor)))


async def submit_swap(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Offer a turn to somebody."""
    offer = fields.offer(view)
    swap = await desk.rota.propose(offer.span, offer.taker, by=actor)
    await ack(response_action="update", view=told(TITLE, views.offered(swap)))


async def submit_shift(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Put a shift into the week, change it, or take it out."""
    path, request = ShiftPath.unpack(view["private_metadata"]), fields.shift(view)
    if request is None:
        await desk.rota.remove(path.shift or ShiftId(""), by=actor)
    else:
        await desk.rota.arrange(request, path.shift, by=actor)
    await _week(ack, desk, actor)


async def submit_standin(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Put somebody on duty for a while."""
    asked = fields.standin(view)
    await desk.rota.override(asked.person, asked.span, instead_of=asked.instead_of, by=actor)
    await _week(ack, desk, actor)


async def submit_times(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Change the duty hours."""
    await desk.rota.keep_times(fields.times(view), by=actor)
    await _week(ack, desk, actor)


async def _week(ack: AsyncAck, desk: Desk, actor: Actor) -> None:
    await ack(response_action="update", view=views.week(await desk.rota.read(by=actor)))
