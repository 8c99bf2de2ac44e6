"""Events of what people and apps do beside talking: emoji, files, Home tabs, profiles, leaving."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from workbench.delivery.event import Event, read_scope
from workbench.state import changes
from workbench.state.channels import Kind
from workbench.state.shapes import Json
from workbench.state.users import LOCALE, user_shape
from workbench.state.workspace import Workspace


def doings(change: changes.Change, space: Workspace, stamp: str) -> Iterator[Event]:
    """Yield the events of what is neither said nor about a channel's life."""
    match change:
        case changes.Reacted():
            yield _reaction(change, stamp)
        case changes.UserChanged(user=user):
            yield _user(user, space, stamp)
        case changes.FileShared():
            yield _file(change, stamp)
        case changes.ChannelConnected():
            yield from _connected(change, stamp)
        case changes.AppHomeOpened() | changes.AppRemoved() | changes.EntityOpened():
            yield _app(change, space, stamp)
        case _:
            return


def _user(user: str, space: Workspace, stamp: str) -> Event:
    shape = user_shape(space.users[user], now=space.clock.now(), with_email=False)
    shape["profile"]["fields"] = []
    body = {
        "type": "user_change",
        "user": shape | {"locale": LOCALE},
        "cache_ts": int(space.clock.now()),
        "event_ts": stamp,
    }
    return Event(name="user_change", body=body, scopes=("users:read",))


def _app(
    change: changes.AppHomeOpened | changes.AppRemoved | changes.EntityOpened,
    space: Workspace,
    stamp: str,
) -> Event:
    if isinstance(change, changes.AppHomeOpened):
        return _home(change, stamp)
    if isinstance(change, changes.EntityOpened):
        return _entity(change, stamp)
    body: Json = {"type": change.event}
    if change.event == "tokens_revoked":
        body["tokens"] = {"oauth": [], "bot": [space.apps[change.app].bot_user]}
    return Event(name=change.event, body=body, only_for=change.app)


def _reaction(change: changes.Reacted, stamp: str) -> Event:
    name = "reaction_removed" if change.is_over else "reaction_added"
    body = {
        "type": name,
        "user": change.user,
        "reaction": change.name,
        "item_user": change.message["user"],
        "item": {"type": "message", "channel": change.channel.id, "ts": change.message["ts"]},
        "event_ts": stamp,
    }
    return Event(name=name, body=body, scopes=("reactions:read",), channel=change.channel)


def _entity(change: changes.EntityOpened, stamp: str) -> Event:
    entity, message = change.entity, change.message
    url = entity.get("app_unfurl_url") or entity["url"]
    body: Json = {
        "type": "entity_details_requested",
        "user": change.user,
        "external_ref": entity["external_ref"],
        "entity_url": entity["url"],
        "link": {"url": url, "domain": urlsplit(url).hostname or ""},
        "trigger_id": change.trigger,
        "user_locale": LOCALE,
        "channel": change.channel.id,
        "message_ts": message["ts"],
        "event_ts": stamp,
    }
    if "app_unfurl_url" in entity:
        body["app_unfurl_url"] = entity["app_unfurl_url"]
    if message.get("thread_ts"):
        body["thread_ts"] = message["thread_ts"]
    return Event(name="entity_details_requested", body=body, only_for=change.app)


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


def _file(change: changes.FileShared, stamp: str) -> Event:
    body = {
        "type": "file_shared",
        "file_id": change.file,
        "user_id": change.user,
        "file": {"id": change.file},
        "channel_id": change.channel.id,
        "event_ts": stamp,
    }
    return Event(name="file_shared", body=body, scopes=("files:read",), channel=change.channel)


def _connected(change: changes.ChannelConnected, stamp: str) -> Iterator[Event]:
    """Yield what tells that a channel is shared; within one organisation nobody is told."""
    if change.team in change.channel.org_teams:
        return
    name = "channel_unshared" if change.is_over else "channel_shared"
    team = "previously_connected_team_id" if change.is_over else "connected_team_id"
    channel = change.channel
    body: Json = {"type": name, team: change.team, "channel": channel.id, "event_ts": stamp}
    if change.is_over:
        left = set(channel.teams[1:]) - {change.team, *channel.org_teams}
        body["is_ext_shared"] = bool(left)
    yield Event(
        name=name,
        body=body,
        scopes=(read_scope(channel),),
        channel=channel,
        is_open=channel.kind is Kind.PUBLIC,
    )
