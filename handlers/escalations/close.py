"""The end of an escalation, and looking back at it from both sides."""

from typing import Any

from handlers.forms.escalations import close as fields
from handlers.forms.escalations.answer import only
from handlers.ports import Desk
from handlers.views import escalations as views
from handlers.views.message import Message
from policy.escalations import Escalation, Event
from policy.ids import EscalationId
from policy.roles import Actor


async def prompt(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Ask the requester once more."""
    return views.done(Event.PROMPT, await desk.escalations.prompt(escalation, by=actor))


async def agree(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Close it as was proposed."""
    return views.done(Event.AGREE, await desk.escalations.agree(escalation, by=actor))


async def propose(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Ask the requester to agree to closing."""
    typed = fields.close(view)
    return await desk.escalations.propose(escalation, typed.outcome, typed.summary, by=actor)


async def object_(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Keep it open, though closing was proposed."""
    return await desk.escalations.object(escalation, only(view, "why"), by=actor)


async def de_escalate(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Close it without an agreement."""
    typed = fields.close(view)
    return await desk.escalations.de_escalate(
        escalation, typed.outcome, typed.summary, override=typed.override, by=actor
    )


async def rate(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Say how well it was answered."""
    typed = fields.rate(view)
    return await desk.escalations.rate(escalation, typed.score, typed.text, by=actor)


async def review(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Say what made it necessary."""
    typed = fields.review(view)
    return await desk.escalations.review(
        escalation, preventable=typed.preventable, cause=typed.cause, text=typed.text, by=actor
    )


async def judge(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Say whether the guidance advised well."""
    return await desk.escalations.judge(escalation, fields.judge(view), by=actor)
