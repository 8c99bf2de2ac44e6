"""conversations.history and .replies: reading what was said."""

import re

from workbench.state.channels import Channel
from workbench.state.messages import told
from workbench.state.shapes import Json
from workbench.webapi import places
from workbench.webapi.call import PAGE_LIMIT, ApiError, Call, Method, Methods, page

HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
SCARCE_ITEMS = 15
_TS = re.compile(r"\d+(\.\d+)?")


def history(call: Call) -> Json:
    """Tell what was said in a channel, newest first, without the replies in threads."""
    channel = places.channel_with_scope(call, "history")
    if call.caller not in channel.members:
        raise ApiError(code="not_in_channel")
    said = [
        message
        for message in reversed(channel.messages.values())
        if _is_in_main(message) and _is_wanted(call, message["ts"])
    ]
    return _told(call, channel, said)


def _is_in_main(message: Json) -> bool:
    is_reply = message.get("thread_ts", message["ts"]) != message["ts"]
    return not is_reply or message.get("subtype") == "thread_broadcast"


def replies(call: Call) -> Json:
    """Tell what was said in a thread, oldest first, beginning with its first message."""
    channel = places.channel_with_scope(call, "history")
    ts = call.needed("ts", "thread_not_found")
    first = channel.messages.get(ts)
    if first is None:
        raise ApiError(code="thread_not_found")
    thread = first.get("thread_ts", ts)
    said = [
        message
        for message in channel.messages.values()
        if message["ts"] == thread
        or (message.get("thread_ts") == thread and _is_wanted(call, message["ts"]))
    ]
    return _told(call, channel, said)


def _told(call: Call, channel: Channel, said: list[Json]) -> Json:
    is_scarce = call.space.quirks.histories_are_scarce
    items, cursor = page(call, said, most=SCARCE_ITEMS if is_scarce else PAGE_LIMIT)
    with_metadata = call.flag("include_all_metadata")
    messages = [told(message, with_metadata=with_metadata) for message in items]
    more = bool(cursor["next_cursor"])
    answer: Json = {"messages": messages, "has_more": more}
    if call.method == "conversations.history":
        answer |= {"pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}
    return answer | ({"response_metadata": cursor} if more else {}) | _oldest(channel, call)


def _oldest(channel: Channel, call: Call) -> Json:
    return {"oldest": call.text("oldest")} if call.text("oldest") and channel.messages else {}


def _is_wanted(call: Call, ts: str) -> bool:
    oldest = _bound(call, "oldest", "0")
    latest = _bound(call, "latest", "99999999999")
    at = float(ts)
    if call.flag("inclusive"):
        return oldest <= at <= latest
    return oldest < at < latest


def _bound(call: Call, name: str, default: str) -> float:
    value = call.text(name) or default
    if not _TS.fullmatch(value):
        raise ApiError(code=f"invalid_ts_{name}")
    return float(value)


METHODS: Methods = {
    "conversations.history": Method(run=history, scopes=HISTORY),
    "conversations.replies": Method(run=replies, scopes=HISTORY, takes_json=False),
}
