"""chat.scheduleMessage and its siblings: something to be said later."""

from workbench.state.channels import Channel
from workbench.state.ids import new_id
from workbench.state.shapes import Json
from workbench.webapi import places
from workbench.webapi.call import ApiError, Call, Method, Methods, page
from workbench.webapi.chat import author
from workbench.webapi.content import message_content

FARTHEST_SECONDS = 120 * 24 * 3600
WINDOW_SECONDS = 300
WINDOW_MOST = 30


def schedule(call: Call) -> Json:
    """Plan a message; no event tells that it was posted."""
    channel = places.place_to_post(call)
    post_at = _moment(call)
    content = message_content(call)
    if content.is_empty:
        raise ApiError(code="no_text")
    _check_window(call, channel, post_at)
    planned: Json = {
        "id": new_id("Q"),
        "channel_id": channel.id,
        "post_at": post_at,
        "date_created": int(call.now),
        "text": content.text or "",
        "app_id": call.app.id,
    }
    space = call.space
    space.scheduled[planned["id"]] = planned
    thread_ts = call.text("thread_ts") or None
    own = author(call)

    def say() -> None:
        if space.scheduled.pop(planned["id"], None) is not None and not channel.is_archived:
            space.messages.post(channel, own, content, thread_ts=thread_ts)

    space.clock.at(post_at, say)
    return {
        "channel": channel.id,
        "scheduled_message_id": planned["id"],
        "post_at": post_at,
        "message": {"type": "delayed_message", **own, **content.fields()},
    }


def _moment(call: Call) -> int:
    text = call.text("post_at")
    if not text.isascii() or not text.isdigit():
        raise ApiError(code="invalid_time")
    if int(text) <= call.now:
        raise ApiError(code="time_in_past")
    if int(text) > call.now + FARTHEST_SECONDS:
        raise ApiError(code="time_too_far")
    return int(text)


def _check_window(call: Call, channel: Channel, post_at: int) -> None:
    near = [
        each
        for each in call.space.scheduled.values()
        if each["channel_id"] == channel.id and abs(each["post_at"] - post_at) < WINDOW_SECONDS
    ]
    if len(near) >= WINDOW_MOST:
        raise ApiError(code="restricted_too_many")


def unschedule(call: Call) -> Json:
    """Take a planned message back."""
    planned = call.space.scheduled.get(call.text("scheduled_message_id"))
    if planned is None or planned["app_id"] != call.app.id:
        raise ApiError(code="invalid_scheduled_message_id")
    if planned["channel_id"] != call.text("channel"):
        raise ApiError(code="channel_not_found")
    del call.space.scheduled[planned["id"]]
    return {}


def planned(call: Call) -> Json:
    """Tell what is planned."""
    ours = [each for each in call.space.scheduled.values() if each["app_id"] == call.app.id]
    wanted = call.text("channel")
    found = [each for each in ours if wanted in {"", each["channel_id"]}]
    items, cursor = page(call, found)
    told = [{key: value for key, value in each.items() if key != "app_id"} for each in items]
    return {"scheduled_messages": told, "response_metadata": cursor}


METHODS: Methods = {
    "chat.scheduleMessage": Method(run=schedule, scopes=("chat:write",)),
    "chat.deleteScheduledMessage": Method(run=unschedule, scopes=("chat:write",)),
    "chat.scheduledMessages.list": Method(run=planned),
}
