"""reactions, pins, bookmarks, and blocks.validate."""

import json
import re
from collections.abc import Callable
from typing import Any

from workbench.blockkit import Problem, message_problems, view_problems
from workbench.limits import Tier
from workbench.state import reactions
from workbench.state.channels import Channel
from workbench.state.ids import new_id
from workbench.state.messages import told
from workbench.state.shapes import Json
from workbench.webapi import places
from workbench.webapi.call import ApiError, Call, Method, Methods

VALIDATED_LIMIT = 100_000


def _message(call: Call, channel: Channel) -> Json:
    ts = call.needed("timestamp", "no_item_specified")
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise ApiError(code="bad_timestamp")
    message = channel.messages.get(ts)
    if message is None:
        raise ApiError(code="message_not_found")
    return message


def add_reaction(call: Call) -> Json:
    """Put an emoji on a message."""
    return _reacting(call, reactions.react)


def remove_reaction(call: Call) -> Json:
    """Take an emoji off a message again."""
    return _reacting(call, reactions.unreact)


def _reacting(call: Call, do: Callable[..., str | None]) -> Json:
    channel = places.channel(call)
    name = reactions.named(call.needed("name", "invalid_name"))
    if name is None:
        raise ApiError(code="invalid_name")
    if channel.is_archived:
        raise ApiError(code="is_archived")
    message = _message(call, channel)
    error = do(call.space.bus, channel, message, user=call.caller, name=name)
    if error:
        raise ApiError(code=error)
    return {}


def get_reactions(call: Call) -> Json:
    """Tell of a message with what was put on it."""
    channel = places.channel(call)
    message = told(_message(call, channel), with_metadata=False)
    shown = message | {"permalink": call.space.permalink(channel, message)}
    return {"type": "message", "channel": channel.id, "message": shown}


def add_pin(call: Call) -> Json:
    """Pin a message to its channel."""
    channel = places.channel(call)
    message = _message(call, channel)
    if call.caller not in channel.members:
        raise ApiError(code="not_in_channel")
    if channel.id in message.setdefault("pinned_to", []):
        raise ApiError(code="already_pinned")
    message["pinned_to"].append(channel.id)
    return {}


def remove_pin(call: Call) -> Json:
    """Unpin a message."""
    channel = places.channel(call)
    message = _message(call, channel)
    if channel.id not in message.get("pinned_to", []):
        raise ApiError(code="no_pin")
    del message["pinned_to"]
    return {}


def list_pins(call: Call) -> Json:
    """Tell what is pinned to a channel."""
    channel = places.channel(call)
    pinned = [each for each in channel.messages.values() if each.get("pinned_to")]
    items = [{"type": "message", "channel": channel.id, "message": each} for each in pinned]
    return {"items": items}


def list_bookmarks(call: Call) -> Json:
    """Tell of the links at the top of a channel."""
    channel = places.channel(call, "channel_id")
    return {"bookmarks": call.space.bookmarks.get(channel.id, [])}


def remove_bookmark(call: Call) -> Json:
    """Take a link away from the top of a channel."""
    channel = places.channel(call, "channel_id")
    kept = call.space.bookmarks.get(channel.id, [])
    found = next((each for each in kept if each["id"] == call.text("bookmark_id")), None)
    if found is None:
        raise ApiError(code="not_found")
    kept.remove(found)
    return {}


def add_bookmark(call: Call) -> Json:
    """Put a link at the top of a channel."""
    channel = places.channel(call, "channel_id")
    if call.needed("type") != "link":
        raise ApiError(code="invalid_bookmark_type")
    if not call.text("link").startswith(("http://", "https://")):
        raise ApiError(code="invalid_link")
    bookmark = {
        "id": new_id("Bk"),
        "channel_id": channel.id,
        "title": call.needed("title"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "type": "link",
        "app_id": call.app.id,
        "date_created": int(call.now),
    }
    call.space.bookmarks.setdefault(channel.id, []).append(bookmark)
    return {"bookmark": bookmark}


def validate(call: Call) -> Json:
    """Judge blocks, a view or a message without sending them."""
    given = [name for name in ("blocks", "view", "message") if call.args.get(name)]
    if len(given) != 1:
        message = "must provide exactly one of `blocks`, `view`, `message`"
        raise ApiError(code="invalid_arguments", response_metadata={"messages": [message]})
    value = call.structure(given[0], "invalid_arguments")
    if len(json.dumps(value)) > VALIDATED_LIMIT:
        message = f"{given[0]} must be at most {VALIDATED_LIMIT} characters"
        raise ApiError(code="invalid_arguments", response_metadata={"messages": [message]})
    problems = _problems(given[0], value)
    if problems:
        errors = [
            {
                "code": "failed_constraint",
                "message": each.message,
                "pointer": each.pointer.removeprefix(f"/{given[0]}"),
            }
            for each in problems
        ]
        raise ApiError(code=f"invalid_{given[0]}", errors=errors)
    return {}


def _problems(what: str, value: Any) -> list[Problem]:
    if what == "view":
        return view_problems(value)
    if what == "blocks":
        return message_problems(value)
    if not isinstance(value, dict):
        return [Problem("must be an object", "")]
    return message_problems(value.get("blocks", []), attachments=value.get("attachments"))


METHODS: Methods = {
    "reactions.add": Method(run=add_reaction, scopes=("reactions:write",)),
    "reactions.remove": Method(run=remove_reaction, tier=Tier.TWO, scopes=("reactions:write",)),
    "reactions.get": Method(run=get_reactions, scopes=("reactions:read",), takes_json=False),
    "pins.remove": Method(run=remove_pin, tier=Tier.TWO, scopes=("pins:write",)),
    "pins.list": Method(run=list_pins, tier=Tier.TWO, scopes=("pins:read",), takes_json=False),
    "bookmarks.list": Method(run=list_bookmarks, scopes=("bookmarks:read",)),
    "bookmarks.remove": Method(run=remove_bookmark, tier=Tier.TWO, scopes=("bookmarks:write",)),
    "pins.add": Method(run=add_pin, tier=Tier.TWO, scopes=("pins:write",)),
    "bookmarks.add": Method(run=add_bookmark, tier=Tier.TWO, scopes=("bookmarks:write",)),
    "blocks.validate": Method(run=validate, tier=Tier.FOUR),
}
