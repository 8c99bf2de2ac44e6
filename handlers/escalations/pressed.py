"""What the buttons of an escalation have in common: act at once, or ask in a form first.

Whoever presses a button that came too late is told how things stand, before anything is typed.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext, AsyncRespond
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import TITLE, Listener, near, opened
from handlers.drafts import drafted
from handlers.metadata import EscalationPath
from handlers.ports import Desk
from handlers.views import escalations as views
from handlers.views.drafts import offered
from handlers.views.message import Message
from handlers.views.modal import told
from policy.casefile import EscalationFile
from policy.escalations import Escalation, Event, step
from policy.ids import EscalationId
from policy.roles import Actor

Form = Callable[[EscalationFile, EscalationPath], View]
Acts = Callable[[EscalationId, Desk, Actor], Awaitable[Message]]
"""Does something to an escalation at once, and says so."""
Submits = Callable[[EscalationId, dict[str, Any], Desk, Actor], Awaitable[Escalation]]
"""Does to an escalation what a form says."""

Looks = Callable[[EscalationId, Desk, Actor], Awaitable[View]]
"""Shows something of an escalation."""


def draft(event: Event, escalation: EscalationId) -> str:
    """Return under which name what was typed into an event's form is kept."""
    return f"{event}:{escalation}"


def acting(acts: Acts) -> Listener:
    """Return the listener of a button that does something to the escalation in its value."""

    async def listener(
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        respond: AsyncRespond,
        desk: Desk,
        actor: Actor,
    ) -> None:
        await ack()
        answer = await near(client, body, context, respond)
        await answer.says(await acts(EscalationId(action["value"]), desk, actor))

    return listener


def asking(event: Event, form: Form) -> Listener:
    """Return the listener of a button that asks in a form what the event must be given.

    The rules are asked before, so that nobody types for nothing, and once more on submission.
    """

    async def listener(
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        desk: Desk,
        actor: Actor,
    ) -> None:
        await ack()
        modal = await opened(client, body, context)
        file = await desk.escalations.file(EscalationId(action["value"]), by=actor)
        step(event, file.escalation, file.file.case, file.file.reader)
        drawn = form(file, EscalationPath(escalation=file.escalation.id))
        kept = await desk.drafts.kept(draft(event, file.escalation.id), None, by=actor)
        await modal.shows(offered(drawn, kept))

    return listener


def submitting(event: Event, submits: Submits) -> Listener:
    """Return the listener of a form that does what the event is."""

    async def listener(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
        path = EscalationPath.unpack(view["private_metadata"])
        name = draft(event, path.escalation)
        async with drafted(name, None, view, desk=desk, by=actor):
            escalation = await submits(path.escalation, view, desk, actor)
        done = views.done(event, escalation)
        await ack(response_action="update", view=told(TITLE, done))

    return listener


def looking(looks: Looks) -> Listener:
    """Return the listener of a button that shows something of the escalation in its value."""

    async def listener(
        ack: AsyncAck,
        action: dict[str, Any],
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        desk: Desk,
        actor: Actor,
    ) -> None:
        await ack()
        modal = await opened(client, body, context)
        await modal.shows(await looks(EscalationId(action["value"]), desk, actor))

    return listener
