"""Reading a seed: who and what is in the workspace when it starts."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.state.apps import Addresses, App, Token, TokenKind, read_manifest
from workbench.state.channels import Channel, Kind
from workbench.state.clock import Clock
from workbench.state.ids import new_id, new_secret
from workbench.state.shapes import Json
from workbench.state.users import User, Usergroup
from workbench.state.workspace import SLACKBOT, Workspace
from workbench.state.workspaces import Workspaces

APP_SCOPES = ("connections:write", "authorizations:read")


class BadSeed(Exception):
    """The seed does not say what it should; the message tells where."""


SMALL: Json = {
    "team": {"id": "T0WORKBENCH", "name": "Workbench", "domain": "workbench"},
    "users": [
        {"id": "U0ANA", "name": "ana", "real_name": "Ana Lima", "email": "ana@example.com"},
        {"id": "U0BEN", "name": "ben", "real_name": "Ben Okoro", "email": "ben@example.com"},
    ],
    "channels": [{"id": "C0GENERAL", "name": "general", "members": ["U0ANA", "U0BEN"]}],
}
DOOR = "http://127.0.0.1:3000/slack/events"  # where an app in Bolt listens unless told otherwise
PLAIN: Json = {
    "display_information": {"name": "App"},
    "features": {"app_home": {"home_tab_enabled": True, "messages_tab_enabled": True}},
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened", "app_mention", "message.channels", "message.groups", "message.im",
            ]
        },
        "interactivity": {"is_enabled": True},
    },
}  # fmt: skip


def seed_for(manifest: Path | None) -> Json:
    """Return a small workspace with one app in it, which its manifest describes, if there is one."""
    described = _read(manifest, "the manifest") if manifest else PLAIN
    name = described.get("display_information", {}).get("name", "App")
    app = {
        "id": "A0APP",
        "name": name,
        "bot_user": {"id": "U0APP", "name": name.lower().replace(" ", "-")},
        "manifest": described,
        "request_url": DOOR,
        "channels": ["C0GENERAL"],
    }
    return {**SMALL, "apps": [app]}


def read_seed(path: Path) -> Json:
    """Return the seed file's content with the manifests it names beside it."""
    seed = _read(path, "the seed")
    for workspace in [seed, *seed.get("workspaces", [])]:
        for app in workspace.get("apps", []):
            app["manifest"] = _manifest(app, path.parent)
    return seed


def _manifest(app: Json, beside: Path) -> Json:
    manifest = app.get("manifest") or {}
    if not isinstance(manifest, str):
        return dict(manifest)
    return _read(beside / manifest, f"the manifest of {app.get('name')}")


def _read(path: Path, what: str) -> Json:
    try:
        read: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"cannot read {what} {path}: {error}"
        raise BadSeed(message) from error
    return read


def workspaces_from(seed: Mapping[str, Any], clock: Clock) -> Workspaces:
    """Return the workspaces that a seed describes; the first is the seed itself.

    Raises:
        BadSeed: something is missing, or names what is not there.
    """
    spaces = Workspaces(clock)
    entries = [seed, *seed.get("workspaces", [])]
    try:
        for entry in entries:
            _fill(_begin(spaces, entry.get("team", SMALL["team"])), entry)
        for space, entry in zip(spaces, entries, strict=True):  # members may be from elsewhere
            _add_channels(spaces, space, entry)
            _add_apps(spaces, space, entry)
    except KeyError as error:
        message = f"the seed lacks {error}"
        raise BadSeed(message) from error
    except TypeError as error:
        message = f"the seed describes somebody wrongly: {error}"
        raise BadSeed(message) from error
    return spaces


def _add_channels(spaces: Workspaces, space: Workspace, entry: Mapping[str, Any]) -> None:
    for channel in entry.get("channels", []):
        _add_channel(spaces, space, channel)


def _add_apps(spaces: Workspaces, space: Workspace, entry: Mapping[str, Any]) -> None:
    for app in entry.get("apps", []):
        add_app(spaces, space, app)


def _begin(spaces: Workspaces, team: Json) -> Workspace:
    space = spaces.add(team["id"], team["name"], team.get("domain", "workbench"))
    space.enterprise = team.get("enterprise")
    space.is_free = team.get("plan") == "free"
    return space


def _fill(space: Workspace, entry: Mapping[str, Any]) -> None:
    slackbot = {"id": SLACKBOT, "name": "slackbot", "real_name": "Slackbot", "is_bot": True}
    for user in [slackbot, *entry.get("users", [])]:
        known_by = user["id"]  # a seed without it lacks it
        space.users[known_by] = User(**user, team=space.id)
    for group in entry.get("usergroups", []):
        space.usergroups[group["id"]] = Usergroup(**group)


def _add_channel(spaces: Workspaces, space: Workspace, entry: Json) -> None:
    members = list(entry.get("members", []))
    for member in members:
        if spaces.of(member) is None:
            message = f"the channel {entry['name']} has a member {member} who is no user"
            raise BadSeed(message)
    channel = Channel(
        id=entry["id"],
        name=entry["name"],
        kind=Kind.PRIVATE if entry.get("private") else Kind.PUBLIC,
        created=int(space.clock.now()),
        creator=members[0] if members else SLACKBOT,
        topic=entry.get("topic", ""),
        is_archived=bool(entry.get("archived", False)),
        is_read_only=bool(entry.get("read_only", False)),
        members=members,
        teams=[space.id],
    )
    space.channels[channel.id] = channel
    for team in entry.get("connected", []):
        spaces.connect(channel, team)


def add_app(spaces: Workspaces, space: Workspace, entry: Json) -> App:
    """Install an app as its seed describes it; one that is elsewhere already is the same app."""
    known = next((app for app in spaces.apps() if app.id == entry["id"]), None)
    bot = entry["bot_user"]
    app = _again(known, space, entry) if known else _described(space, entry)
    app.is_org_wide = bool(entry.get("org_wide", False))
    app.delays_events = bool(entry.get("delayed_events", app.delays_events))
    if entry.get("scopes") is not None:
        app.scopes = tuple(entry["scopes"])
    if entry.get("request_url"):
        app.addresses = Addresses.all_at(entry["request_url"])
        app.commands = tuple(replace(each, url=None) for each in app.commands)
    space.add_app(app, name=bot["name"])
    _give_tokens(space, app, entry)
    for channel in entry.get("channels", []):
        space.channels[channel].members.append(app.bot_user)
    return app


def _described(space: Workspace, entry: Json) -> App:
    app = App(
        id=entry["id"],
        name=entry["name"],
        bot_user=entry["bot_user"]["id"],
        bot_id=entry.get("bot_id") or new_id("B"),
        team=space.id,
        signing_secret=entry.get("signing_secret") or new_secret(32),
        verification_token=new_secret(),
        client_id=entry.get("client_id") or f"{space.id}.{entry['id']}",
        client_secret=entry.get("client_secret") or new_secret(32),
    )
    read_manifest(app, entry.get("manifest") or {})
    return app


def _again(known: App, space: Workspace, entry: Json) -> App:
    bot_id = entry.get("bot_id") or new_id("B")
    return replace(known, bot_user=entry["bot_user"]["id"], bot_id=bot_id, team=space.id)


def _give_tokens(space: Workspace, app: App, entry: Json) -> None:
    given = {
        TokenKind.BOT: entry.get("bot_token") or f"xoxb-{new_secret()}",
        TokenKind.APP: entry.get("app_token") or f"xapp-1-{app.id}-{new_secret()}",
    }
    for kind, text in given.items():
        scopes = app.scopes if kind is TokenKind.BOT else APP_SCOPES
        space.tokens[text] = Token(
            text=text, kind=kind, app=app.id, user=app.bot_user, scopes=scopes
        )
