"""chat.scheduleMessage and its siblings: something to be said later."""

from workbench.state.channels import Channel
from workbench.state.ids import new_id
from workbench.state.messages import TEXT_LIMIT, Content
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace
from workbench.webapi import places
from workbench.webapi.call import ApiError, Call, Method, Methods, page
from workbench.webapi.chat import author
from workbench.webapi.content import message_content, no_longer_than

FARTHEST_SECONDS = 120 * 24 * 3600
LATEST_SECONDS = 60
WINDOW_SECONDS = 300
WINDOW_MOST = 30


def schedule(call: Call) -> Json:
    """Plan a message; no event tells that it was posted."""
    channel = places.place_to_post(call)
    post_at = _moment(call)
    content = no_longer_than(TEXT_LIMIT, message_content(call))
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
    own = author(call)
    _plan(call, channel, planned, own, content)
    return {
        "channel": channel.id,
        "scheduled_message_id": planned["id"],
        "post_at": post_at,
        "message": {"type": "delayed_message", **own, **content.fields()},
    }


def _plan(call: Call, channel: Channel, planned: Json, own: Json, content: Content) -> None:
    space, app = call.space, call.app
    thread_ts, is_broadcast = call.text("thread_ts") or None, call.flag("reply_broadcast")

    def say() -> None:
        is_wanted = space.scheduled.pop(planned["id"], None) is not None
        if is_wanted and app.is_installed and _is_open(space, channel):
            space.messages.post(
                channel, own, content, thread_ts=thread_ts, is_broadcast=is_broadcast
            )

    space.scheduled[planned["id"]] = planned
    space.clock.at(planned["post_at"], say)


def _is_open(space: Workspace, channel: Channel) -> bool:
    """Tell whether anything can still be said in a channel; nobody hears of what cannot."""
    is_there = space.channels.get(channel.id) is channel
    return is_there and not (channel.is_archived or channel.is_read_only)


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
    """Take a planned message back, unless it is as good as posted."""
    planned = call.space.scheduled.get(call.text("scheduled_message_id"))
    if planned is None or planned["app_id"] != call.app.id:
        raise ApiError(code="invalid_scheduled_message_id")
    if planned["channel_id"] != call.text("channel"):
        raise ApiError(code="channel_not_found")
    if planned["post_at"] - call.now < LATEST_SECONDS:
        raise ApiError(code="invalid_scheduled_message_id")
    del call.space.scheduled[planned["id"]]
    return {}


def planned(call: Call) -> Json:
    """Tell what is planned."""
    ours = [each for each in call.space.scheduled.values() if each["app_id"] == call.app.id]
    wanted = call.text("channel")
    if wanted and wanted not in call.space.channels:
        raise ApiError(code="invalid_channel")
    found = [each for each in ours if wanted in {"", each["channel_id"]} and _is_near(call, each)]
    items, cursor = page(call, found)
    told = [{key: value for key, value in each.items() if key != "app_id"} for each in items]
    return {"scheduled_messages": told, "response_metadata": cursor}


def _is_near(call: Call, planned: Json) -> bool:
    """Tell whether a message is planned between `oldest` and `latest`."""
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "inf"
    try:
        return float(oldest) <= float(planned["post_at"]) <= float(latest)
    except ValueError:
        raise ApiError(code="invalid_arguments") from None


METHODS: Methods = {
    "chat.scheduleMessage": Method(run=schedule, scopes=("chat:write",)),
    "chat.deleteScheduledMessage": Method(run=unschedule, scopes=("chat:write",)),
    "chat.scheduledMessages.list": Method(run=planned),
}
