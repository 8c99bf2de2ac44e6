"""The manifest that the Slack app is created from: made of the names that the conversation binds."""

import json
from collections.abc import Mapping
from typing import Any

from handlers.ids import Command, Event, Shortcut

EXAMPLE = "https://example.com/slack/events"
"""What has to be replaced by the address that Slack reaches you at."""

COMMANDS: Mapping[Command, tuple[str, str]] = {
    Command.CASE: (
        "Open, follow and escalate support cases",
        "[help | open | list | CASE-142 | comment | escalate]",
    ),
}
SHORTCUTS: Mapping[Shortcut, tuple[str, str, str]] = {
    Shortcut.OPEN_CASE: ("global", "Open a case", "Opens the form for a new support case"),
    Shortcut.OPEN_CASE_FROM_MESSAGE: (
        "message",
        "Open a case from this message",
        "Opens the form with this message's text",
    ),
    Shortcut.ADD_TO_CASE: (
        "message",
        "Add to a case",
        "Adds this message's text to a case, with a link to it",
    ),
}
EVENTS: Mapping[Event, tuple[str, ...]] = {
    Event.HOME_OPENED: ("app_home_opened",),
    Event.MESSAGE: ("message.channels", "message.groups", "message.im"),
}
SCOPES: Mapping[str, str] = {
    "commands": "/case and the shortcuts",
    "chat:write": "cards, notices and answers",
    "chat:write.public": "cases opened in public channels that the app was not invited to",
    "channels:history": "replies in a case's thread, and looking up a message whose answer was lost",
    "groups:history": "the same in private channels",
    "im:history": "the same in private talks with the app",
    "im:write": "looking up what was told to a person",
    "channels:read": "the doctor's look at the duty channel",
    "groups:read": "the same where it is private",
    "files:read": "lists of customers and cases that administrators import",
    "pins:write": "the board of open escalations, pinned in the duty channel",
    "users:read": "whether whoever is on duty is still there",
    "usergroups:read": "who is an engineer, a duty manager, a lead",
}
"""What the app asks for, and what for."""


def manifest(url: str | None) -> dict[str, Any]:
    """Return the manifest for requests to an address of yours, or with None for Socket Mode."""
    address = {"url": url} if url else {}
    events: dict[str, Any] = {"bot_events": sorted(sum(EVENTS.values(), ()))}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if url:
        events["request_url"] = url
        interactivity |= {"request_url": url, "message_menu_options_url": url}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Caseflag",
            "description": "Support cases, and the one escalation each of them has",
            "background_color": "#2c2d30",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "caseflag", "always_online": True},
            "slash_commands": [_command(each, address) for each in Command],
            "shortcuts": [_shortcut(each) for each in Shortcut],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def text(url: str | None) -> str:
    """Return the manifest as it is committed and pasted."""
    return json.dumps(manifest(url), indent=2, ensure_ascii=False) + "\n"


def _command(command: Command, address: Mapping[str, str]) -> dict[str, Any]:
    description, hint = COMMANDS[command]
    return {
        "command": command.value,
        **address,
        "description": description,
        "usage_hint": hint,
        "should_escape": True,
    }


def _shortcut(shortcut: Shortcut) -> dict[str, str]:
    kind, name, description = SHORTCUTS[shortcut]
    return {
        "type": kind,
        "name": name,
        "callback_id": shortcut.value,
        "description": description,
    }
