"""conversations.*: what is done to a channel: its name, its topic, who is in it, its end."""

from workbench.state.channels import Channel, Kind, channel_shape
from workbench.state.messages import Content
from workbench.state.shapes import Json
from workbench.webapi import places
from workbench.webapi.call import ApiError, Call, Method, Methods
from workbench.webapi.chat import author
from workbench.webapi.conversations import MANAGE, free_name

TOPIC_LIMIT = 250
WRITE_TOPIC = (*MANAGE, "channels:write.topic", "groups:write.topic")


def _own(call: Call) -> Channel:
    """Return a channel that the caller is in, and that is no direct message."""
    channel = places.channel(call)
    if places.is_im_like(channel):
        raise ApiError(code="method_not_supported_for_channel_type")
    if call.caller not in channel.members:
        raise ApiError(code="not_in_channel")
    return channel


def _open(call: Call) -> Channel:
    channel = _own(call)
    if channel.is_archived:
        raise ApiError(code="is_archived")
    return channel


def _told(call: Call, channel: Channel) -> Json:
    return {"channel": channel_shape(channel, viewer=call.caller, team=call.space.id)}


def kick(call: Call) -> Json:
    """Make somebody a member no more."""
    channel = _open(call)
    user = places.user(call)
    if user.id == call.caller:
        raise ApiError(code="cant_kick_self")
    if channel.name == "general":
        raise ApiError(code="cant_kick_from_general")
    if not call.space.leave(channel, user.id):
        raise ApiError(code="not_in_channel")
    return {"errors": {}}


def leave(call: Call) -> Json:
    """Be a member no more."""
    channel = places.channel(call)
    if places.is_im_like(channel):
        raise ApiError(code="method_not_supported_for_channel_type")
    if channel.name == "general":
        raise ApiError(code="cant_leave_general")
    return {} if call.space.leave(channel, call.caller) else {"not_in_channel": True}


def archive(call: Call) -> Json:
    """Close a channel."""
    channel = _own(call)
    if channel.is_archived:
        raise ApiError(code="already_archived")
    if channel.name == "general":
        raise ApiError(code="cant_archive_general")
    call.space.archive(channel, is_archived=True, by=call.caller)
    return {}


def unarchive(call: Call) -> Json:
    """Open a channel again."""
    channel = _own(call)
    if not channel.is_archived:
        raise ApiError(code="not_archived")
    call.space.archive(channel, is_archived=False, by=call.caller)
    return {}


def rename(call: Call) -> Json:
    """Give a channel another name."""
    channel = _open(call)
    name = free_name(call)
    call.space.rename(channel, name, by=call.caller)
    return _told(call, channel)


def set_topic(call: Call) -> Json:
    """Say what a channel is about; its members read that it was said."""
    channel = _open(call)
    channel.topic = _line(call, "topic")
    _say(call, channel, "topic", channel.topic)
    return _told(call, channel)


def set_purpose(call: Call) -> Json:
    """Say what a channel is for."""
    channel = _open(call)
    channel.purpose = _line(call, "purpose")
    _say(call, channel, "purpose", channel.purpose)
    return _told(call, channel)


def _line(call: Call, name: str) -> str:
    text = call.text(name)
    if len(text) > TOPIC_LIMIT:
        raise ApiError(code="too_long")
    return text


def _say(call: Call, channel: Channel, what: str, text: str) -> None:
    own = {**author(call), "subtype": f"channel_{what}", what: text}
    said = f"set the channel {what}: {text}" if text else f"cleared channel {what}"
    call.space.messages.post(channel, own, Content(text=said))


def close(call: Call) -> Json:
    """Put a direct message away; what was said in it stays."""
    if places.channel(call).kind not in {Kind.IM, Kind.MPIM}:
        raise ApiError(code="method_not_supported_for_channel_type")
    return {}


def mark(call: Call) -> Json:
    """Note how far the caller has read."""
    channel = places.channel(call)
    if call.caller not in channel.members:
        raise ApiError(code="not_in_channel")
    channel.read[call.caller] = call.needed("ts", "invalid_timestamp")
    return {}


METHODS: Methods = {
    "conversations.kick": Method(run=kick, scopes=MANAGE),
    "conversations.leave": Method(run=leave, scopes=MANAGE),
    "conversations.archive": Method(run=archive, scopes=MANAGE),
    "conversations.unarchive": Method(run=unarchive, scopes=MANAGE),
    "conversations.rename": Method(run=rename, scopes=MANAGE),
    "conversations.setTopic": Method(run=set_topic, scopes=WRITE_TOPIC),
    "conversations.setPurpose": Method(run=set_purpose, scopes=WRITE_TOPIC),
    "conversations.close": Method(run=close, scopes=MANAGE),
    "conversations.mark": Method(run=mark, scopes=MANAGE),
}
