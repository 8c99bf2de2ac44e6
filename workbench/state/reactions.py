"""Emoji on messages: who put which there, and how many there may be."""

import re

from workbench.state.changes import Bus, Reacted
from workbench.state.channels import Channel
from workbench.state.shapes import Json

EMOJI_LIMIT = 50  # kinds on one message; neither number is in the documentation
PERSON_LIMIT = 23  # kinds by one person
_NAME = re.compile(r"[^\W_A-Z][\w+'-]*(::skin-tone-[2-6])?|[+-]1(::skin-tone-[2-6])?")


def named(text: str) -> str | None:
    """Return an emoji's name without its colons, if it can be one."""
    name = text.strip(":")
    return name if _NAME.fullmatch(name) else None


def react(bus: Bus, channel: Channel, message: Json, *, user: str, name: str) -> str | None:
    """Put an emoji on a message; return Slack's error when that cannot be."""
    reactions: list[Json] = message.get("reactions", [])
    own = [each for each in reactions if user in each["users"]]
    reaction = _find(reactions, name)
    if reaction in own:
        return "already_reacted"
    if len(own) >= PERSON_LIMIT:
        return "too_many_reactions"
    if reaction is None:
        if len(reactions) >= EMOJI_LIMIT:
            return "too_many_emoji"
        reaction = {"name": name, "users": [], "count": 0}
        message["reactions"] = [*reactions, reaction]
    reaction["users"].append(user)
    reaction["count"] = len(reaction["users"])
    _tell(bus, channel, message, user=user, name=name)
    return None


def unreact(bus: Bus, channel: Channel, message: Json, *, user: str, name: str) -> str | None:
    """Take an emoji off a message again; return Slack's error when it is not there."""
    reactions: list[Json] = message.get("reactions", [])
    reaction = _find(reactions, name)
    if reaction is None or user not in reaction["users"]:
        return "no_reaction"
    reaction["users"].remove(user)
    reaction["count"] = len(reaction["users"])
    if not reaction["users"]:
        reactions.remove(reaction)
    if not reactions:
        del message["reactions"]
    _tell(bus, channel, message, user=user, name=name, is_over=True)
    return None


def _find(reactions: list[Json], name: str) -> Json | None:
    return next((each for each in reactions if each["name"] == name), None)


def _tell(
    bus: Bus, channel: Channel, message: Json, *, user: str, name: str, is_over: bool = False
) -> None:
    change = Reacted(
        channel=channel,
        message=message,
        user=user,
        name=name,
        is_over=is_over,
    )
    bus.tell(change)
