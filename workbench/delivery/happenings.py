"""Turns what happened in the workspace into the events that Slack would send."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.state import changes
from workbench.state.channels import CHANNEL_TYPES, SCOPE_WORDS, Channel, Kind
from workbench.state.shapes import Json
from workbench.state.users import user_shape
from workbench.state.workspace import Workspace

_EVENT_WORDS = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.IM: "im", Kind.MPIM: "mpim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event by the name that apps subscribe to, and who may hear it."""

    name: str
    body: Json
    scopes: tuple[str, ...] = ()
    channel: Channel | None = None  # only for apps that are in it
    only_for: str | None = None


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
            yield from _others(change, space, stamp)


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
    body = {**copy.deepcopy(message), "event_ts": message["ts"]}
    yield _message_event(channel, body)
    for app in space.apps.values():
        if f"<@{app.bot_user}>" in message["text"] and message["user"] != app.bot_user:
            yield Event(
                name="app_mention",
                body={**body, "type": "app_mention", "channel": channel.id},
                scopes=("app_mentions:read",),
                channel=channel,
                only_for=app.id,
            )


def _changed(change: changes.MessageChanged, stamp: str) -> Event:
    body = {
        "subtype": "message_changed",
        "message": copy.deepcopy(change.message),
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
        "team": space.id,
        "event_ts": stamp,
    }
    if isinstance(change, changes.MemberJoined) and change.inviter:
        body["inviter"] = change.inviter
    return Event(name=name, body=body, scopes=(_read_scope(channel),), channel=channel)


def _read_scope(channel: Channel) -> str:
    return f"{SCOPE_WORDS[channel.kind]}:read"


def _channel(change: changes.ChannelChanged, stamp: str) -> Iterator[Event]:
    channel = change.channel
    if channel.kind is Kind.PRIVATE:
        name = change.event.replace("channel_", "group_")
    elif channel.kind is Kind.PUBLIC:
        name = change.event
    else:
        return
    told: Json | str = channel.id
    if change.event in {"channel_created", "channel_rename"}:
        told = {"id": channel.id, "name": channel.name, "created": channel.created}
    body = {"type": name, "channel": told, "user": change.by, "event_ts": stamp}
    yield Event(
        name=name,
        body=body,
        scopes=(_read_scope(channel),),
        channel=channel if channel.kind is Kind.PRIVATE else None,
    )


def _others(change: changes.Change, space: Workspace, stamp: str) -> Iterator[Event]:
    match change:
        case changes.Reacted():
            yield _reaction(change, stamp)
        case changes.UserChanged(user=user):
            shape = user_shape(space.users[user], now=space.clock.now(), with_email=False)
            body = {"type": "user_change", "user": shape, "event_ts": stamp}
            yield Event(name="user_change", body=body, scopes=("users:read",))
        case changes.AppHomeOpened():
            yield _home(change, stamp)
        case changes.AppRemoved(app=app, event=name):
            body = {"type": name, "event_ts": stamp}
            if name == "tokens_revoked":
                body["tokens"] = {"oauth": [], "bot": [space.apps[app].bot_user]}
            yield Event(name=name, body=body, only_for=app)
        case _:
            return


def _reaction(change: changes.Reacted, stamp: str) -> Event:
    body = {
        "type": "reaction_added",
        "user": change.user,
        "reaction": change.name,
        "item_user": change.author,
        "item": {"type": "message", "channel": change.channel.id, "ts": change.ts},
        "event_ts": stamp,
    }
    return Event(
        name="reaction_added", body=body, scopes=("reactions:read",), channel=change.channel
    )


def _home(change: changes.AppHomeOpened, stamp: str) -> Event:
    body: Json = {
        "type": "app_home_opened",
        "user": change.user,
        "channel": change.channel.id,
        "tab": change.tab,
        "event_ts": stamp,
    }
    if change.view is not None:
        body["view"] = change.view
    return Event(name="app_home_opened", body=body, only_for=change.app)
