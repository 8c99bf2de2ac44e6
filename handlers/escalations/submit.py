"""Submit an escalation, or add to the one that is open."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.drafts import drafted
from handlers.forms import escalations as fields
from handlers.forms.reading import typed
from handlers.metadata import GuidancePath
from handlers.ports import Desk
from handlers.views import escalations as views
from handlers.views.guidance import gates
from policy.refusals import EscalationAlreadyOpen
from policy.roles import Actor

DRAFT = "escalation"


async def submit(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Use the case's one escalation; whoever is second may add what was typed as a statement."""
    path = GuidancePath.unpack(view["private_metadata"])
    try:
        async with drafted(DRAFT, path.case, view, desk=desk, by=actor):
            escalation = await desk.escalations.submit(
                path.case,
                fields.read(view),
                answers=path.answers,
                override=path.against,
                reply=path.reply,
                by=actor,
            )
    except EscalationAlreadyOpen as first:
        await ack(
            response_action="update", view=gates.second(first, path, typed(view).get("impact", ""))
        )
        return
    await ack(response_action="update", view=views.receipt(escalation))


async def submit_statement(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Add a statement to the open escalation."""
    path = GuidancePath.unpack(view["private_metadata"])
    async with drafted("statement", path.case, view, desk=desk, by=actor):
        text = fields.statement(view)
        escalation = await desk.escalations.state(path.case, text, by=actor)
    await ack(response_action="update", view=views.stated(escalation))
