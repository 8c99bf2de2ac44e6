"""The first answer to an escalation, what may be said against it, and how a lead settles that."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from handlers.answers import TITLE, read
from handlers.drafts import drafted
from handlers.forms.escalations import answer as fields
from handlers.metadata import CasePath
from handlers.ports import Desk
from handlers.views import escalations as views
from handlers.views.drafts import offered
from handlers.views.message import Message
from handlers.views.modal import told
from policy.escalations import Escalation, Event
from policy.ids import CaseId, EscalationId
from policy.roles import Actor


async def acknowledge(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Answer for an escalation from now on."""
    return views.yours(await desk.escalations.acknowledge(escalation, by=actor))


async def withdraw(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Take an escalation back."""
    taken = await desk.escalations.withdraw(escalation, by=actor)
    return views.done(Event.WITHDRAW, taken)


async def redirect(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Send it where it belongs."""
    typed = fields.redirect(view)
    return await desk.escalations.redirect(
        escalation,
        typed.target,
        typed.reason,
        other=typed.other,
        severity=typed.severity,
        by=actor,
    )


async def decline(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Decline it, with what helps instead."""
    typed = fields.decline(view)
    return await desk.escalations.decline(
        escalation,
        typed.code,
        explanation=typed.explanation,
        alternative=typed.alternative,
        contact=typed.contact,
        by=actor,
    )


async def dispute(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Say that it should not have been redirected."""
    return await desk.escalations.dispute(escalation, fields.only(view, "why"), by=actor)


async def appeal(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Say that it should not have been declined."""
    return await desk.escalations.appeal(escalation, fields.only(view, "why"), by=actor)


async def settle(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Answer a dispute or an appeal."""
    typed = fields.settle(view)
    return await desk.escalations.settle(
        escalation, granted=typed.granted, answer=typed.answer, by=actor
    )


async def reinstate(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Restore the right that it used."""
    return await desk.escalations.reinstate(escalation, fields.only(view, "reason"), by=actor)


async def give_back(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Give it back to whoever is on duty."""
    return await desk.escalations.give_back(escalation, fields.only(view, "reason"), by=actor)


async def pull(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form with which management takes a case up."""
    file = await read(case, desk, actor)
    kept = await desk.drafts.kept(Event.PULL, case, by=actor)
    return offered(views.answering.pull(file, CasePath(case=case, here=actor.here)), kept)


async def say_pull(case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Take a case up for management, with the reason typed behind the command."""
    return views.done(Event.PULL, await desk.escalations.pull(case, text, by=actor))


async def submit_pull(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Take a case up for management."""
    path = CasePath.unpack(view["private_metadata"])
    async with drafted(Event.PULL, path.case, view, desk=desk, by=actor):
        pulled = await desk.escalations.pull(path.case, fields.only(view, "reason"), by=actor)
    await ack(response_action="update", view=told(TITLE, views.done(Event.PULL, pulled)))
