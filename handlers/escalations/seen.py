"""Escalations as somebody looks at them: one whole, its brief, and a manager's lists."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import Listener, near
from handlers.ports import Desk
from handlers.views import escalations as views
from handlers.views.message import Message
from policy.board import Listing
from policy.ids import CaseId, EscalationId
from policy.roles import Actor


async def full(escalation: EscalationId, desk: Desk, actor: Actor) -> View:
    """Show all that an escalation is, with what the person may do."""
    return views.full(await desk.escalations.file(escalation, by=actor))


async def brief(escalation: EscalationId, desk: Desk, actor: Actor) -> View:
    """Show the brief."""
    return views.brief_view(await desk.escalations.brief(escalation, by=actor))


async def listing(_case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """List escalations, those that the word behind the command names."""
    word = text.strip().lower()
    chosen = Listing(word) if word in set(Listing) else Listing.OPEN
    return await _listed(chosen, desk, actor)


async def advice(_case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Tell how often the guidance advised wrongly."""
    return views.advice(await desk.guidance.advice(by=actor))


def list_of(chosen: Listing) -> Listener:
    """Return the listener of a button that lists escalations."""

    async def listener(
        ack: AsyncAck,
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        respond: AsyncRespond,
        desk: Desk,
        actor: Actor,
    ) -> None:
        await ack()
        answer = await near(client, body, context, respond)
        await answer.says(await _listed(chosen, desk, actor))

    return listener


async def _listed(chosen: Listing, desk: Desk, actor: Actor) -> Message:
    return views.listed(await desk.escalations.listed(chosen, by=actor), chosen)
