"""The boundary around every listener: it grants what is wished for, and tells what went wrong.

The only place where everything is caught. Bolt would look through a wrapped function and ask for
the wrong names, and loses the answer of a listener that raises soon after its ack.
"""

import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from handlers import drafts, talks, turns
from handlers.answers import OPENED, TITLE, Listener, near
from handlers.ids import Action
from handlers.metadata import placed
from handlers.views.message import Message, saying
from handlers.views.modal import told
from handlers.views.refusals import KEPT, OUR_FAULT, again, returned, sentence
from policy.ids import CaseId, ChannelId, Ts
from policy.refusals import Amiss, Refusal

log = logging.getLogger(__name__)

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
"""What Slack says when a window can no longer be opened for what somebody pressed."""

SUBMITTED = "view_submission"
"""What Slack calls a form that was sent."""

Bounded = Callable[[AsyncArgs], Awaitable[None]]
"""A listener as Bolt may call it."""


def bounded(listener: Listener) -> Bounded:
    """Return the listener as Bolt may call it: nothing it raises gets past, or is lost."""
    wishes = tuple(inspect.signature(listener).parameters)

    async def guarded(args: AsyncArgs) -> None:
        drafts.begin()
        talks.begin()
        turns.begin()
        is_done = False
        try:
            await listener(**{name: _granted(name, args) for name in wishes})
            is_done = True
        except Refusal as refusal:
            await _safely(_refused(args, refusal))
            await _safely(_refreshed(args))
        except Exception as error:
            if _is_late(error):
                await _safely(_tell(args, again(args.body)))
            else:
                log.exception("listener failed", extra={"listener": listener.__qualname__})
                await _safely(_tell(args, _answered(args, _fault(args))))
        await _finished(args, is_done=is_done)

    return guarded


def _granted(name: str, args: AsyncArgs) -> Any:
    if name == "actor":
        return placed(args.context["actor"], args.body)
    if name == "ack" and args.body.get("type") == SUBMITTED:
        return _remembering(args)
    return args.context[name] if name in args.context else getattr(args, name)


def _remembering(args: AsyncArgs) -> Callable[..., Awaitable[Any]]:
    """Return an ack in which a form that follows another shows what was typed into it before."""

    async def ack(view: View | None = None, **said: Any) -> Any:
        if view:
            desk, by = args.context["desk"], args.context["actor"]
            view = await drafts.remembered(view, desk=desk, by=by)
        return await args.ack(view=view, **said)

    return ack


async def _finished(args: AsyncArgs, *, is_done: bool) -> None:
    """Do what nobody waits for: keep or forget what was typed, and note what was read."""
    if args.body.get("type") == SUBMITTED:
        await _safely(_settled(args, is_done=is_done))
    if case := talks.spoken_of():
        await _safely(_noted(args, case))


async def _settled(args: AsyncArgs, *, is_done: bool) -> None:
    desk, by = args.context["desk"], args.context["actor"]
    await drafts.settle(args.body["view"], is_used=is_done, desk=desk, by=by)


async def _noted(args: AsyncArgs, case: CaseId) -> None:
    desk, by = args.context["desk"], args.context["actor"]
    await desk.cases.spoke_of(case, by=placed(by, args.body))


async def _safely(telling: Awaitable[None]) -> None:
    try:
        await telling
    except Exception:
        log.exception("could not tell the person, or keep what was typed")


async def _refused(args: AsyncArgs, refusal: Refusal) -> None:
    errors = _under_fields(args.body.get("view") or {}, refusal)
    is_open = OPENED not in args.context  # else it was acked, and shows something else by now
    if args.body.get("type") == SUBMITTED and errors and is_open:
        await args.ack(response_action="errors", errors=errors)
        return
    await _tell(args, _answered(args, sentence(refusal)))


def _fault(args: AsyncArgs) -> str:
    is_form = args.body.get("type") == SUBMITTED
    return f"{OUR_FAULT} {KEPT}" if is_form else OUR_FAULT


def _answered(args: AsyncArgs, text: str) -> Message:
    """Return why nothing came of it; who typed a command has no form that keeps the words."""
    typed = args.body.get("text") if "command" in args.body else None
    for each in args.body.get("actions", ()):
        typed = each.get("value") if each["action_id"] == Action.AGAIN else typed
    return returned(saying(text), typed or "")


async def _refreshed(args: AsyncArgs) -> None:
    """Have the message shown anew whose button came too late, or was not this person's."""
    at = args.body.get("container") or {}
    if at.get("type") == "message" and not at.get("is_ephemeral"):
        await args.context["desk"].notices.refresh(
            ChannelId(at["channel_id"]), Ts(at["message_ts"]), by=args.context["actor"]
        )


def _is_late(error: Exception) -> bool:
    return isinstance(error, SlackApiError) and error.response.get("error") in TOO_LATE


async def _tell(args: AsyncArgs, message: Message) -> None:
    """Answer where the person is looking."""
    kind = args.body.get("type")
    if OPENED in args.context:
        await args.ack()
        await args.context[OPENED].says(message)
        return
    if kind == SUBMITTED:
        await args.ack(response_action="push", view=told(TITLE, message))
        return
    if kind == "block_suggestion":
        await args.ack(options=[])
        return
    await args.ack()
    if kind == "event_callback":
        await _whisper(args, message)
    else:
        answer = await near(args.client, args.body, args.context, args.respond)
        await answer.says(message)


async def _whisper(args: AsyncArgs, message: Message) -> None:
    event = args.body["event"]
    if event.get("type") == "message":
        await args.client.chat_postEphemeral(
            channel=event["channel"],
            user=event["user"],
            thread_ts=event.get("thread_ts"),
            text=message.text,
            blocks=list(message.blocks),
        )


def _under_fields(view: Mapping[str, Any], refusal: Refusal) -> dict[str, str]:
    """Return the refusal under the fields it names, by the ids that stand in this view."""
    if refusal.field is None:
        return {}
    messages = (
        refusal.messages if isinstance(refusal, Amiss) else {refusal.field: sentence(refusal)}
    )
    blocks = [block for block in view.get("blocks", ()) if block.get("type") == "input"]
    by_field = {block["block_id"].partition(":")[0]: block["block_id"] for block in blocks}
    return {by_field[field]: said for field, said in messages.items() if field in by_field}
