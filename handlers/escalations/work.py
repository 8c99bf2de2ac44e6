"""The work on an escalation: contact, plan, updates, promises, pauses, hand-overs, watching."""

from typing import Any

from slack_bolt.async_app import AsyncAck

from handlers.answers import TITLE
from handlers.drafts import drafted
from handlers.escalations.pressed import draft
from handlers.forms.escalations import work as fields
from handlers.forms.escalations.answer import only
from handlers.metadata import EscalationPath
from handlers.ports import Desk
from handlers.views import escalations as views
from handlers.views.message import Message
from handlers.views.modal import told
from policy.escalations import Escalation, Event
from policy.ids import EscalationId, PromiseId
from policy.roles import Actor


async def contact(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Note that the owner has spoken to the requester."""
    return views.done(Event.CONTACT, await desk.escalations.contact(escalation, by=actor))


async def resume(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Let things be due again."""
    return views.done(Event.RESUME, await desk.escalations.resume(escalation, by=actor))


async def accept(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Answer for it from now on, as the one it was offered to."""
    return views.done(Event.ACCEPT, await desk.escalations.accept(escalation, by=actor))


async def keep_owner(escalation: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Refuse the offer, or take it back."""
    return views.done(Event.KEEP, await desk.escalations.keep(escalation, by=actor))


async def start(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Begin to work on it, with a plan."""
    typed = fields.start(view)
    return await desk.escalations.start(
        escalation,
        criteria=typed.criteria,
        first_action=typed.first_action,
        actor=typed.actor,
        next_update_at=typed.next_update_at,
        by=actor,
    )


async def update(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Tell how it goes."""
    typed = fields.update(view)
    return await desk.escalations.update(
        escalation, typed.text, typed.trend, typed.next_update_at, by=actor
    )


async def pause(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Let nothing be due until then."""
    typed = fields.until(view, "reason")
    return await desk.escalations.pause(escalation, typed.text, typed.until, by=actor)


async def hand_over(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Offer it to somebody else."""
    typed = fields.hand_over(view)
    return await desk.escalations.hand_over(escalation, typed.to, typed.note, by=actor)


async def stabilise(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Only watch it any more."""
    typed = fields.until(view, "watch")
    return await desk.escalations.stabilise(escalation, typed.text, typed.until, by=actor)


async def relapse(
    escalation: EscalationId, view: dict[str, Any], desk: Desk, actor: Actor
) -> Escalation:
    """Work on it again."""
    return await desk.escalations.relapse(escalation, only(view, "note"), by=actor)


async def submit_promise(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Note that somebody will do something by a date."""
    path = EscalationPath.unpack(view["private_metadata"])
    name = draft(Event.PROMISE, path.escalation)
    async with drafted(name, None, view, desk=desk, by=actor):
        typed = fields.promise(view)
        promise = await desk.promises.make(
            path.escalation, typed.action, typed.actor, typed.due_at, by=actor
        )
    await ack(response_action="update", view=told(TITLE, views.promised(promise)))


async def keep_promise(promise: EscalationId, desk: Desk, actor: Actor) -> Message:
    """Note that it was done."""
    return views.kept(await desk.promises.keep(PromiseId(promise), by=actor))
