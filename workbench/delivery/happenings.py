"""Turns what happened in the workspace into the events that Slack would send."""

from collections.abc import Iterator

from workbench.blockkit.copying import copied
from workbench.delivery.doings import doings
from workbench.delivery.event import Event, read_scope
from workbench.state import changes
from workbench.state.apps import App
from workbench.state.channels import CHANNEL_TYPES, SCOPE_WORDS, Channel, Kind, channel_shape
from workbench.state.links import links_of, unfurl_id
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace

_CREATED = (
    "id", "is_channel", "is_group", "is_im", "is_mpim", "is_private", "is_archived",
    "is_general", "is_shared", "is_org_shared", "is_ext_shared", "is_pending_ext_shared", "name",
    "name_normalized", "created", "creator", "context_team_id",
)  # fmt: skip
_RENAMED = ("id", "name", "name_normalized", "created", "is_channel", "is_mpim")
_EVENT_WORDS = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.IM: "im", Kind.MPIM: "mpim"}


def events_of(change: changes.Change, space: Workspace) -> Iterator[Event]:
    """Yield the events of one change; an ephemeral message is none."""
    stamp = f"{space.clock.now():.6f}"
    match change:
        case changes.MessagePosted(channel=channel, message=message, to=None):
            yield from _posted(channel, message, space)
        case changes.MessageChanged(to=None, is_bookkeeping=False):
            yield _changed(change, stamp)
        case changes.MessageDeleted(to=None):
            yield _deleted(change, stamp)
        case changes.MemberJoined() | changes.MemberLeft():
            yield _membership(change, space, stamp)
        case changes.ChannelChanged():
            yield from _channel(change, stamp)
        case _:
            yield from doings(change, space, stamp)


def _message_event(channel: Channel, body: Json) -> Event:
    return Event(
        name=f"message.{_EVENT_WORDS[channel.kind]}",
        body={
            "type": "message",
            "channel": channel.id,
            "channel_type": CHANNEL_TYPES[channel.kind],
            **body,
        },
        scopes=(f"{SCOPE_WORDS[channel.kind]}:history",),
        channel=channel,
    )


def _posted(channel: Channel, message: Json, space: Workspace) -> Iterator[Event]:
    body = {**copied(message), "event_ts": message["ts"]}
    yield _message_event(channel, body)
    yield from _mentions(channel, message, body, space)
    for app in space.apps.values():
        links = list(links_of(message["text"], app))
        if links and message.get("app_id") != app.id:
            yield _link_shared(channel, message, app, links)


def _mentions(channel: Channel, message: Json, body: Json, space: Workspace) -> Iterator[Event]:
    for app in space.apps.values():
        if f"<@{app.bot_user}>" in message["text"] and message["user"] != app.bot_user:
            yield Event(
                name="app_mention",
                body={**body, "type": "app_mention", "channel": channel.id},
                scopes=("app_mentions:read",),
                channel=channel,
                only_for=app.id,
            )


def _link_shared(channel: Channel, message: Json, app: App, links: list[Json]) -> Event:
    body: Json = {
        "type": "link_shared",
        "user": message["user"],
        "channel": channel.id,
        "message_ts": message["ts"],
        "links": links,
        "source": "conversations_history",
        "unfurl_id": unfurl_id(channel, message["ts"]),
        "is_bot_user_member": app.bot_user in channel.members,
        "event_ts": message["ts"],
    }
    if message.get("thread_ts"):
        body["thread_ts"] = message["thread_ts"]
    return Event(
        name="link_shared",
        body=body,
        scopes=("links:read",),
        channel=channel,
        is_open=True,
        only_for=app.id,
    )


def _changed(change: changes.MessageChanged, stamp: str) -> Event:
    body = {
        "subtype": "message_changed",
        "message": copied(change.message),
        "previous_message": change.previous,
        "hidden": True,
        "ts": stamp,
        "event_ts": stamp,
    }
    return _message_event(change.channel, body)


def _deleted(change: changes.MessageDeleted, stamp: str) -> Event:
    body = {
        "subtype": "message_deleted",
        "deleted_ts": change.previous["ts"],
        "previous_message": change.previous,
        "hidden": True,
        "ts": stamp,
        "event_ts": stamp,
    }
    return _message_event(change.channel, body)


def _membership(
    change: changes.MemberJoined | changes.MemberLeft, space: Workspace, stamp: str
) -> Event:
    channel = change.channel
    is_joined = isinstance(change, changes.MemberJoined)
    name = "member_joined_channel" if is_joined else "member_left_channel"
    body: Json = {
        "type": name,
        "user": change.user,
        "channel": channel.id,
        "channel_type": "C" if channel.kind is Kind.PUBLIC else "G",
        "team": space.users[change.user].team,
        "event_ts": stamp,
    }
    if isinstance(change, changes.MemberJoined) and change.inviter:
        body["inviter"] = change.inviter
    return Event(name=name, body=body, scopes=(read_scope(channel),), channel=channel)


def _channel(change: changes.ChannelChanged, stamp: str) -> Iterator[Event]:
    channel = change.channel
    if channel.kind is Kind.PRIVATE:
        name = change.event.replace("channel_", "group_")
    elif channel.kind is Kind.PUBLIC:
        name = change.event
    else:
        return
    body: Json = {"type": name, "channel": channel.id, "event_ts": stamp}
    shape = channel_shape(channel, viewer=change.by, team=channel.teams[0])
    if change.event == "channel_created":
        body["channel"] = {key: shape[key] for key in _CREATED} | {"is_frozen": False}
    elif change.event == "channel_rename":
        body["channel"] = {key: shape[key] for key in _RENAMED}
    else:
        body |= _by_whom(name, change.by, stamp)
    yield Event(
        name=name,
        body=body,
        scopes=(read_scope(channel),),
        channel=channel,
        is_open=channel.kind is Kind.PUBLIC,
    )


def _by_whom(name: str, who: str, stamp: str) -> Json:
    """Return what an event about a channel tells of who did it, for each in its own words."""
    match name:
        case "channel_deleted":
            return {}
        case "group_deleted":
            return {"actor_id": who, "date_deleted": int(float(stamp))}
        case "group_unarchive":
            return {"actor_id": who}
        case "group_archive":
            return {"user": who, "is_moved": 0}
        case _:
            return {"user": who}
