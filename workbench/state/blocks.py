"""Blocks as Slack keeps them, named, filled in and escaped; and how to find things in them."""

import re
from collections.abc import Iterator
from typing import Any

from workbench.blockkit import with_ids
from workbench.blockkit.tree import elements as elements_of
from workbench.blockkit.tree import nested
from workbench.state.shapes import Json

_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
TOKEN = re.compile(r"<(?:@[UWB]\w*|#[CGD]\w*|!\w+|https?:|mailto:|tel:|slack:)[^<>]*>")


def escaped(text: str) -> str:
    """Return mrkdwn with every `&`, `<` and `>` escaped that belongs to no token of Slack's."""
    parts: list[str] = []
    end = 0
    for token in TOKEN.finditer(text):
        parts += [escape(text[end : token.start()]), token.group()]
        end = token.end()
    return "".join([*parts, escape(text[end:])])


def escape(text: str) -> str:
    """Return text without any token, its `&`, `<` and `>` escaped unless they are already."""
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def normalised(blocks: list[Json]) -> list[Json]:
    """Return a copy with the ids and defaults that Slack fills in, and its escapes."""
    own = with_ids(blocks)
    _escape_all(own)
    return own


def _escape_all(part: Any) -> None:
    if isinstance(part, list):
        for item in part:
            _escape_all(item)
    elif isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            part["text"] = escaped(part["text"])
        for value in part.values():
            _escape_all(value)


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every block with each element in it that a person can use."""
    for block, _ in nested(blocks):
        for element, _ in elements_of(block):
            yield block, element


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """Return the block and the element that these two ids name."""
    for block, element in elements(blocks):
        if block.get("block_id") == block_id and element.get("action_id") == action_id:
            return block, element
    return None
