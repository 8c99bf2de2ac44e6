"""Casework: what the support side does with a case, and what the requester answers."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import TITLE, Shows, opened, read
from handlers.drafts import drafted
from handlers.forms import casework as fields
from handlers.metadata import CasePath, CommentPath
from handlers.ports import Desk
from handlers.views import casework as views
from handlers.views import comments as comment_views
from handlers.views.cases.shown import closed
from handlers.views.message import Message
from handlers.views.modal import told
from policy.comments import Visibility
from policy.ids import CaseId
from policy.roles import Actor

ASSIGN, WAIT, SOLVE, REJECT, LINK, REMIND = "assign", "wait", "solve", "reject", "link", "remind"
"""Under which names drafts of the forms are kept."""
ASKING = {"question": "yes"}
NOTING = {"visibility": Visibility.INTERNAL.value}


async def assign(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that gives a case to an engineer."""
    kept = await desk.drafts.kept(ASSIGN, case, by=actor)
    return views.assign(await read(case, desk, actor), _path(case, actor), kept=kept)


async def ask(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form for a comment, set to wait for the customer's answer."""
    return await _comment(case, {**ASKING, "text": text}, desk, actor)


async def note(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form for a comment, set to be read by the support side alone."""
    return await _comment(case, {**NOTING, "text": text}, desk, actor)


async def say_ask(case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Ask the customer what was typed behind the command."""
    return comment_views.added(await desk.comments.add(case, text, is_question=True, by=actor))


async def say_note(case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Keep what was typed behind the command among ourselves."""
    return comment_views.added(
        await desk.comments.add(case, text, visibility=Visibility.INTERNAL, by=actor)
    )


async def wait(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that lets a case wait for somebody else."""
    kept = {**await desk.drafts.kept(WAIT, case, by=actor), **_typed("whom", text)}
    return views.wait(await read(case, desk, actor), _path(case, actor), kept=kept)


async def resume(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Put a case back in progress."""
    return views.resumed(await desk.casework.resume(case, by=actor))


async def show_resumed(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Put a case back in progress, and say so in the modal that is open."""
    return told(TITLE, await resume(case, text, desk, actor))


async def solve(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that proposes a solution."""
    kept = {**await desk.drafts.kept(SOLVE, case, by=actor), **_typed("text", text)}
    return views.solve(await read(case, desk, actor), _path(case, actor), kept=kept)


async def accept(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Accept the solution that was proposed."""
    return closed(await desk.casework.accept(case, by=actor))


async def reject(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that says why it is not solved."""
    kept = {**await desk.drafts.kept(REJECT, case, by=actor), **_typed("text", text)}
    return views.reject(await read(case, desk, actor), _path(case, actor), kept=kept)


async def merge(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that merges a duplicate."""
    return views.merge(await read(case, desk, actor), _path(case, actor))


async def say_merge(case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Merge a case into the one typed behind it."""
    return views.merged(await desk.casework.merge(case, fields.named(text), by=actor))


async def link(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that links another case."""
    kept = {**await desk.drafts.kept(LINK, case, by=actor), **_typed("case", text)}
    return views.link(await read(case, desk, actor), _path(case, actor), kept=kept)


async def say_link(case: CaseId, text: str, desk: Desk, actor: Actor) -> Message:
    """Link a case to the one typed behind it."""
    return views.linked(await desk.casework.link(case, fields.named(text), by=actor))


async def follow(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Let the person hear of a case."""
    file = await desk.casework.follow(case, follows=True, by=actor)
    return views.followed(file, follows=True)


async def unfollow(case: CaseId, _text: str, desk: Desk, actor: Actor) -> Message:
    """Let the person hear of a case no longer."""
    file = await desk.casework.follow(case, follows=False, by=actor)
    return views.followed(file, follows=False)


async def followers(case: CaseId, _text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that chooses who else hears of a case."""
    return views.followers(await read(case, desk, actor), _path(case, actor))


async def remind(case: CaseId, text: str, desk: Desk, actor: Actor) -> View:
    """Show the form that asks to be reminded of a case."""
    kept = {**await desk.drafts.kept(REMIND, case, by=actor), **_typed("text", text)}
    return views.remind(await read(case, desk, actor), _path(case, actor), kept=kept)


WORK: dict[str, Shows] = {
    "assign": assign,
    "ask": ask,
    "wait": wait,
    "resume": show_resumed,
    "solve": solve,
    "note": note,
    "merge": merge,
    "link": link,
}
"""What the menu *Work on it* offers, by the word in an option's value."""


async def choose(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
    actor: Actor,
) -> None:
    """Show the form of what was chosen from the menu."""
    await ack()
    chosen = action.get("selected_option") or action  # a button, where it is tried again
    word, _, case = str(chosen["value"]).partition(" ")
    modal = await opened(client, body, context)
    await modal.shows(await WORK[word](CaseId(case), "", desk, actor))


async def submit_assign(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Give the case to whoever was chosen."""
    case = CasePath.unpack(view["private_metadata"]).case
    async with drafted(ASSIGN, case, view, desk=desk, by=actor):
        typed = fields.assigned(view)
        file = await desk.casework.assign(case, typed.engineer, typed.note, by=actor)
    await ack(response_action="update", view=told(TITLE, views.assigned(file)))


async def submit_wait(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Let the case wait."""
    case = CasePath.unpack(view["private_metadata"]).case
    async with drafted(WAIT, case, view, desk=desk, by=actor):
        typed = fields.waits(view)
        file = await desk.casework.wait(case, typed.third, typed.text, by=actor)
    await ack(response_action="update", view=told(TITLE, views.waits(file)))


async def submit_solve(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Propose the solution."""
    case = CasePath.unpack(view["private_metadata"]).case
    async with drafted(SOLVE, case, view, desk=desk, by=actor):
        file = await desk.casework.propose(case, fields.words(view), by=actor)
    await ack(response_action="update", view=told(TITLE, views.proposed(file)))


async def submit_reject(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Say why it is not solved."""
    case = CasePath.unpack(view["private_metadata"]).case
    async with drafted(REJECT, case, view, desk=desk, by=actor):
        file = await desk.casework.reject(case, fields.words(view), by=actor)
    await ack(response_action="update", view=told(TITLE, views.resumed(file)))


async def submit_merge(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Merge the case into the one that was chosen."""
    case = CasePath.unpack(view["private_metadata"]).case
    file = await desk.casework.merge(case, fields.case(view), by=actor)
    await ack(response_action="update", view=told(TITLE, views.merged(file)))


async def submit_link(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Link the case that was named."""
    case = CasePath.unpack(view["private_metadata"]).case
    async with drafted(LINK, case, view, desk=desk, by=actor):
        file = await desk.casework.link(case, fields.case(view), by=actor)
    await ack(response_action="update", view=told(TITLE, views.linked(file)))


async def submit_followers(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Let those hear of the case who were chosen."""
    case = CasePath.unpack(view["private_metadata"]).case
    file = await desk.casework.choose_followers(case, fields.followers(view), by=actor)
    await ack(response_action="update", view=told(TITLE, views.follow(file)))


async def submit_remind(ack: AsyncAck, view: dict[str, Any], desk: Desk, actor: Actor) -> None:
    """Promise to remind the person."""
    case = CasePath.unpack(view["private_metadata"]).case
    async with drafted(REMIND, case, view, desk=desk, by=actor):
        typed = fields.reminder(view)
        file = await desk.casework.remind(case, typed.text, typed.at, by=actor)
    await ack(response_action="update", view=told(TITLE, views.reminds(file, typed.at)))


async def _comment(case: CaseId, typed: dict[str, str], desk: Desk, actor: Actor) -> View:
    path = CommentPath(case=case, here=actor.here)
    file = await read(case, desk, actor)
    kept = await desk.drafts.kept(path.kind, case, by=actor)
    return comment_views.form(file, path, kept={**kept, **{k: v for k, v in typed.items() if v}})


def _path(case: CaseId, actor: Actor) -> CasePath:
    return CasePath(case=case, here=actor.here)


def _typed(field: str, text: str) -> dict[str, str]:
    return {field: text} if text else {}
