"""chat.*: saying something, changing it, taking it back."""

from workbench.limits import Tier
from workbench.state.apps import TokenKind
from workbench.state.channels import Channel
from workbench.state.messages import TEXT_LIMIT, Content, bot_author, told
from workbench.state.shapes import Json
from workbench.webapi import places
from workbench.webapi.call import ApiError, Call, Method, Methods, RateLimited
from workbench.webapi.content import TEXT_ADVISED, message_content, no_longer_than, parts


def post_message(call: Call) -> Json:
    """Post a message."""
    channel = places.place_to_post(call)
    content = message_content(call)
    if content.is_empty:
        raise ApiError(code="no_text")
    _pace(call, channel)
    message = _posted(call, channel, content)
    return {
        "channel": channel.id,
        "ts": message["ts"],
        "message": told(message, with_metadata=True),
    }


def _posted(call: Call, channel: Channel, content: Content) -> Json:
    """Post what was asked for, long text in several messages; return the last of them."""
    thread_ts = call.text("thread_ts") or None
    if thread_ts and thread_ts not in channel.messages:
        call.findings.append(f"thread_ts {thread_ts} names no message of this channel")
    message: Json = {}
    for part in parts(content, is_split=call.space.quirks.splits_long_text):
        message = call.space.messages.post(
            channel,
            author(call),
            part,
            thread_ts=thread_ts,
            is_broadcast=call.flag("reply_broadcast"),
        )
    return message


def _pace(call: Call, channel: Channel) -> None:
    wait = call.limits.post(channel.id, app=call.app.id, now=call.now)
    if wait is not None:
        raise RateLimited(wait)


def author(call: Call) -> Json:
    """Return who the message is from, with the name that the call may give it."""
    if call.token.kind is TokenKind.USER:
        return {"user": call.caller, "team": call.space.id, "app_id": call.app.id}
    own = bot_author(call.app, team=call.space.id, now=call.now)
    if call.text("username") and call.token.allows("chat:write.customize"):
        own |= {"subtype": "bot_message", "username": call.text("username")}
    return own


def update(call: Call) -> Json:
    """Change a message of one's own."""
    channel = places.channel(call)
    if channel.is_archived:
        raise ApiError(code="is_inactive")
    message = _own_message(call, channel, "cant_update_message")
    if call.space.streams.find(channel, message["ts"]) is not None:
        raise ApiError(code="streaming_state_conflict")
    content = _new_content(call)
    call.space.messages.change(channel, message, content)
    shape = told(message, with_metadata=True)
    del shape["ts"]  # it stands beside the message, and only there
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": shape}


def _new_content(call: Call) -> Content:
    content = no_longer_than(TEXT_ADVISED, message_content(call))
    if content.is_empty and content.metadata is None:
        raise ApiError(code="no_text")
    return content


def _own_message(call: Call, channel: Channel, refusal: str) -> Json:
    message = channel.messages.get(call.needed("ts", "message_not_found"))
    if message is None or message.get("subtype") == "tombstone":
        raise ApiError(code="message_not_found")
    if message.get("app_id") != call.app.id:
        raise ApiError(code=refusal)
    return message


def delete(call: Call) -> Json:
    """Take back a message of one's own."""
    channel = places.channel(call)
    message = _own_message(call, channel, "cant_delete_message")
    call.space.messages.delete(channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


def post_ephemeral(call: Call) -> Json:
    """Say something to one member only."""
    channel = places.place_to_post(call)
    person = call.space.users.get(call.needed("user", "user_not_in_channel"))
    if person is None or person.id not in channel.members:
        raise ApiError(code="user_not_in_channel")
    content = no_longer_than(TEXT_LIMIT, message_content(call))
    if content.is_empty:
        raise ApiError(code="no_text")
    message = call.space.messages.whisper(
        channel, author(call), content, to=person.id, thread_ts=call.text("thread_ts") or None
    )
    return {"message_ts": message["ts"]}


def get_permalink(call: Call) -> Json:
    """Return the address of a message."""
    channel = places.channel(call)
    message = channel.messages.get(call.needed("message_ts", "message_not_found"))
    if message is None:
        raise ApiError(code="message_not_found")
    return {"channel": channel.id, "permalink": call.space.permalink(channel, message)}


METHODS: Methods = {
    "chat.postMessage": Method(run=post_message, tier=Tier.SPECIAL, scopes=("chat:write",)),
    "chat.update": Method(run=update, scopes=("chat:write",)),
    "chat.delete": Method(run=delete, scopes=("chat:write",)),
    "chat.postEphemeral": Method(run=post_ephemeral, tier=Tier.FOUR, scopes=("chat:write",)),
    "chat.getPermalink": Method(run=get_permalink, tier=Tier.SPECIAL, takes_json=False),
}
