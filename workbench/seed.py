"""Reading a seed: who and what is in the workspace when it starts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.state.apps import Addresses, App, Command, Token, TokenKind, read_manifest
from workbench.state.channels import Channel, Kind
from workbench.state.clock import Clock
from workbench.state.ids import new_id, new_secret
from workbench.state.shapes import Json
from workbench.state.users import User, Usergroup
from workbench.state.workspace import SLACKBOT, Workspace


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


def read_seed(path: Path) -> Json:
    """Return the seed file's content with the manifests it names beside it."""
    try:
        seed: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"cannot read the seed {path}: {error}"
        raise BadSeed(message) from error
    for app in seed.get("apps", []):
        app["manifest"] = _manifest(app, path.parent)
    return seed


def _manifest(app: Json, beside: Path) -> Json:
    manifest = app.get("manifest") or {}
    if not isinstance(manifest, str):
        return dict(manifest)
    try:
        read: Json = json.loads((beside / manifest).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"cannot read the manifest of {app.get('name')}: {error}"
        raise BadSeed(message) from error
    return read


def workspace_from(seed: Mapping[str, Any], clock: Clock) -> Workspace:
    """Return the workspace that a seed describes.

    Raises:
        BadSeed: something is missing, or names what is not there.
    """
    try:
        team = seed.get("team", SMALL["team"])
        space = Workspace(
            team_id=team["id"],
            name=team["name"],
            domain=team.get("domain", "workbench"),
            clock=clock,
        )
        space.enterprise = team.get("enterprise")
        _fill(space, seed)
    except KeyError as error:
        message = f"the seed lacks {error}"
        raise BadSeed(message) from error
    return space


def _fill(space: Workspace, seed: Mapping[str, Any]) -> None:
    slackbot = {"id": SLACKBOT, "name": "slackbot", "real_name": "Slackbot", "is_bot": True}
    for entry in [slackbot, *seed.get("users", [])]:
        space.users[entry["id"]] = User(**entry, team=space.id)
    for entry in seed.get("usergroups", []):
        group = Usergroup(**entry)
        space.usergroups[group.id] = group
    for entry in seed.get("channels", []):
        _add_channel(space, entry)
    for entry in seed.get("apps", []):
        add_app(space, entry)


def _add_channel(space: Workspace, entry: Json) -> None:
    members = list(entry.get("members", []))
    for member in members:
        if member not in space.users:
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
    )
    space.channels[channel.id] = channel


def add_app(space: Workspace, entry: Json) -> App:
    """Install an app as its seed describes it."""
    bot = entry["bot_user"]
    app = App(
        id=entry["id"],
        name=entry["name"],
        bot_user=bot["id"],
        bot_id=entry.get("bot_id") or new_id("B"),
        signing_secret=entry.get("signing_secret") or new_secret(32),
        verification_token=new_secret(),
        client_id=entry.get("client_id") or f"{space.id}.{entry['id']}",
        client_secret=entry.get("client_secret") or new_secret(32),
    )
    read_manifest(app, entry.get("manifest") or {})
    app.is_org_wide = bool(entry.get("org_wide", False))
    if entry.get("scopes") is not None:
        app.scopes = tuple(entry["scopes"])
    if entry.get("request_url"):
        _send_everything_to(app, entry["request_url"])
    space.apps[app.id] = app
    space.users[bot["id"]] = User(
        id=bot["id"],
        name=bot["name"],
        real_name=entry["name"],
        team=space.id,
        is_bot=True,
        bot_id=app.bot_id,
        app=app.id,
    )
    _give_tokens(space, app, entry)
    for channel in entry.get("channels", []):
        space.channels[channel].members.append(app.bot_user)
    return app


def _send_everything_to(app: App, url: str) -> None:
    app.addresses = Addresses.all_at(url)
    app.commands = tuple(
        Command(
            command=each.command,
            description=each.description,
            usage_hint=each.usage_hint,
            should_escape=each.should_escape,
        )
        for each in app.commands
    )


def _give_tokens(space: Workspace, app: App, entry: Json) -> None:
    given = {
        TokenKind.BOT: entry.get("bot_token") or f"xoxb-{new_secret()}",
        TokenKind.APP: entry.get("app_token") or f"xapp-1-{app.id}-{new_secret()}",
    }
    for kind, text in given.items():
        scopes = app.scopes if kind is TokenKind.BOT else ("connections:write",)
        space.tokens[text] = Token(
            text=text, kind=kind, app=app.id, user=app.bot_user, scopes=scopes
        )
