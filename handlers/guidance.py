"""Guidance: the interview, and the buttons that do what it advises."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import TITLE, drawn, opened
from handlers.drafts import drafted
from handlers.forms import guidance as fields
from handlers.forms.reading import typed
from handlers.ids import Modal
from handlers.metadata import GuidancePath, Place
from handlers.ports import Desk
from handlers.views import comments, escalations
from handlers.views import guidance as views
from handlers.views.cases import form as new_case
from handlers.views.drafts import offered
from handlers.views.guidance import outcomes
from handlers.views.modal import told
from policy.guidance.gates import Reply
from policy.ids import CaseId
from policy.roles import Actor

DRAFT = "escalation"
"""The escalation form's draft: it is this conversation that shows the form."""
KEPT: Mapping[str, str] = {
    Modal.ADVICE_COMMENT: "comment",
    Modal.STATEMENT: "statement",
    Modal.OVERRIDE: "override",
}
"""Under which names the words are kept that are typed on the way."""


async def start(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the gate that stands in the way, or the first question."""
    return await _at(GuidancePath(case=case, here=actor.here), desk, actor)


async def submit_step(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Take an answer, and show where it leads."""
    path = _path(view).answered(fields.answer(view))
    await ack(response_action="update", view=await _at(path, desk, actor))


async def go_back(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, actor: Actor
) -> None:
    """Take the last answer back, and offer it again."""
    await ack()
    await _keep(body["view"], desk, actor)
    path = replace(_path(body["view"]).back(), against="")
    modal = drawn(client, body["view"])
    await modal.shows(await _at(path, desk, actor))


async def reply(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    desk: Desk,
    actor: Actor,
) -> None:
    """Go on without answering our question: it was answered already, or cannot be."""
    await ack()
    await _keep(body["view"], desk, actor)
    path = replace(_path(body["view"]), reply=Reply(action["value"]))
    modal = drawn(client, body["view"])
    await modal.shows(await _at(path, desk, actor))


async def reopen(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Reopen the case, and go on with it."""
    await ack()
    modal = await opened(client, body, context)
    file = await desk.cases.reopen(CaseId(action["value"]), by=actor)
    path = GuidancePath(case=file.case.id, here=actor.here)
    await modal.shows(await _at(path, desk, actor))


async def override(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk, actor: Actor
) -> None:
    """Ask why a person escalates against the advice."""
    await ack()
    await _keep(body["view"], desk, actor)
    path = _path(body["view"])
    asked = await _again(outcomes.overriding(path), path.case, desk, actor)
    await drawn(client, body["view"]).shows(asked)


async def submit_override(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Show the escalation form, with the reason against the advice."""
    path = replace(_path(view), against=fields.override(view))
    await ack(response_action="update", view=await _form(path, desk, actor))


async def submit_escalation(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Show the escalation form."""
    await ack(response_action="update", view=await _form(_path(view), desk, actor))


async def submit_comment(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Post the comment or the chase that was advised, or the answer to our question."""
    path = _path(view)
    async with drafted("comment", path.case, view, desk=desk, by=actor):
        text = fields.comment(view)
        said = await desk.guidance.comment(
            path.case, path.answers, text, reply=path.reply, by=actor
        )
    await ack(response_action="update", view=told(TITLE, comments.added(said)))


async def submit_other_case(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Start again with the case that was picked."""
    path, other = _path(view), fields.case(view)
    await desk.guidance.leave(path.case, path.answers, by=actor)
    there = GuidancePath(case=other, here=actor.here)
    await ack(response_action="update", view=await _at(there, desk, actor))


async def submit_new_case(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Show the form *open case*, for what no case is open for."""
    path = _path(view)
    await desk.guidance.leave(path.case, path.answers, by=actor)
    opening = await desk.cases.opening(by=actor)
    kept = await desk.drafts.kept("case", None, by=actor)
    form = new_case.form(opening, Place(here=actor.here), kept=kept)
    await ack(response_action="update", view=form)


async def _at(path: GuidancePath, desk: Desk, actor: Actor) -> View:
    position = await desk.guidance.look(path.case, path.answers, reply=path.reply, by=actor)
    return await _again(views.at(position, path), path.case, desk, actor)


async def _keep(view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Keep the words that were typed where somebody turns back, or another way."""
    if draft := KEPT.get(view["callback_id"]):
        await desk.drafts.keep(draft, _path(view).case, typed(view), by=actor)


async def _again(view: View, case: CaseId, desk: Desk, actor: Actor) -> View:
    """Return the view with the words that were typed there before."""
    draft = KEPT.get(view.callback_id or "")
    return offered(view, await desk.drafts.kept(draft, case, by=actor)) if draft else view


async def _form(path: GuidancePath, desk: Desk, actor: Actor) -> View:
    position = await desk.guidance.look(path.case, path.answers, reply=path.reply, by=actor)
    kept = await desk.drafts.kept(DRAFT, path.case, by=actor)
    return escalations.form(position, path, kept=kept)


def _path(view: dict[str, Any]) -> GuidancePath:
    return GuidancePath.unpack(view["private_metadata"])
