"""chat.startStream, .appendStream, .stopStream: a message that is written while people look on."""

from dataclasses import replace
from typing import Any

from workbench.blockkit import message_problems
from workbench.limits import Tier
from workbench.state.apps import TokenKind
from workbench.state.channels import Channel, Kind
from workbench.state.messages import told
from workbench.state.shapes import Json
from workbench.state.streams import Stream
from workbench.webapi import places
from workbench.webapi.call import ApiError, Arguments, Call, Method, Methods
from workbench.webapi.chat import author
from workbench.webapi.content import (
    MARKDOWN_LIMIT,
    invalid_blocks,
    message_content,
)

MODES = ("timeline", "plan")
STATUSES = ("pending", "in_progress", "complete", "error")
# type -> the fields that it must have
CHUNKS: dict[str, tuple[str, ...]] = {
    "markdown_text": ("text",),
    "task_update": ("id", "title", "status"),
    "plan_update": ("title",),
    "blocks": ("blocks",),
}
TASK_TEXTS = ("details", "output")


def start(call: Call) -> Json:
    """Begin a message, in answer to somebody."""
    channel = places.place_to_post(call)
    _check_recipient(call, channel)
    mode = call.text("task_display_mode") or MODES[0]
    if mode not in MODES:
        said = f"[ERROR] must be one of {', '.join(MODES)} [json-pointer:/task_display_mode]"
        raise ApiError(code="invalid_arguments", response_metadata={"messages": [said]})
    stream = Stream(shows_plan=mode == "plan")
    _take(call, stream)
    thread_ts = call.text("thread_ts") or None
    message = call.space.streams.begin(channel, author(call), stream, thread_ts=thread_ts)
    return {"channel": channel.id, "ts": message["ts"]}


def _check_recipient(call: Call, channel: Channel) -> None:
    """Ask for whom it is: in a channel by name, in a direct message by the thread it answers in."""
    if channel.kind is Kind.IM:
        call.needed("thread_ts")
        return
    call.needed("recipient_team_id", "missing_recipient_team_id")
    call.needed("recipient_user_id", "missing_recipient_user_id")


def append(call: Call) -> Json:
    """Go on with a message."""
    channel, message, stream = _streamed(call)
    if not _take(call, stream):
        raise ApiError(code="no_text")
    call.space.streams.show(channel, message, stream)
    return {"channel": channel.id, "ts": message["ts"]}


def stop(call: Call) -> Json:
    """Finish a message, perhaps with blocks below all else and with metadata."""
    channel, message, stream = _streamed(call)
    given: Json = {name: call.args[name] for name in ("blocks", "metadata") if name in call.args}
    below = message_content(Arguments(args=given))
    _take(call, stream)
    said = stream.content()
    blocks = [*(said.blocks or []), *(below.blocks or [])]
    if not blocks:
        raise ApiError(code="no_text")
    content = replace(said, blocks=blocks, metadata=below.metadata)
    call.space.streams.end(channel, message, content)
    shape = told(message, with_metadata=True)
    return {"channel": channel.id, "ts": message["ts"], "message": shape}


def _streamed(call: Call) -> tuple[Channel, Json, Stream]:
    channel = places.channel(call)
    message = channel.messages.get(call.needed("ts", "message_not_found"))
    if message is None:
        raise ApiError(code="message_not_found")
    if message.get("app_id") != call.app.id:
        raise ApiError(code="message_not_owned_by_app")
    stream = call.space.streams.find(channel, message["ts"])
    if stream is None:
        raise ApiError(code="message_not_in_streaming_state")
    return channel, message, stream


def _take(call: Call, stream: Stream) -> bool:
    """Add what a call brings to a stream, all or nothing; tell whether that is anything."""
    chunks = [*_plain(call), *_chunks(call)]
    more = sum(len(each["text"]) for each in chunks if each["type"] == "markdown_text")
    if len(stream.text) + more > MARKDOWN_LIMIT:
        raise ApiError(code="msg_too_long")
    for chunk in chunks:
        stream.add(chunk)
    return bool(chunks)


def _plain(call: Call) -> list[Json]:
    text = call.text("markdown_text")
    return [{"type": "markdown_text", "text": text}] if text else []


def _chunks(call: Call) -> list[Json]:
    chunks: Any = call.structure("chunks", "invalid_chunks") or []
    if not isinstance(chunks, list) or not all(_is_chunk(each) for each in chunks):
        raise ApiError(code="invalid_chunks")
    problems = [
        problem
        for each in chunks
        if each["type"] == "blocks"
        for problem in message_problems(each["blocks"])
    ]
    if problems:
        raise invalid_blocks(problems)
    return chunks


def _is_chunk(chunk: Any) -> bool:
    if not isinstance(chunk, dict) or chunk.get("type") not in CHUNKS:
        return False
    needed = CHUNKS[chunk["type"]]
    texts = [*needed, *(name for name in TASK_TEXTS if name in chunk)]
    if chunk["type"] == "blocks":
        return isinstance(chunk.get("blocks"), list)
    if not all(isinstance(chunk.get(name), str) for name in texts):
        return False
    return chunk["type"] != "task_update" or chunk["status"] in STATUSES


SCOPES = ("chat:write",)
BOTS = (TokenKind.BOT,)
METHODS: Methods = {
    "chat.startStream": Method(run=start, tier=Tier.TWO, scopes=SCOPES, tokens=BOTS),
    "chat.appendStream": Method(run=append, tier=Tier.FOUR, scopes=SCOPES, tokens=BOTS),
    "chat.stopStream": Method(run=stop, tier=Tier.TWO, scopes=SCOPES, tokens=BOTS),
}
