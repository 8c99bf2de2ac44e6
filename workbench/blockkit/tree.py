"""Walks what an app has sent: nested blocks, elements, what is stateful; fills in what Slack does."""

import secrets
import string
from collections.abc import Callable, Iterator

from workbench.blockkit.copying import copied
from workbench.blockkit.elements import ELEMENTS, STATELESS
from workbench.blockkit.rules import Object

_INSIDE = {"container": "child_blocks", "carousel": "elements"}
_HOLDERS = ("elements", "actions")
_SINGLE = ("element", "accessory")
_FILLED = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}
_LETTERS = string.ascii_letters + string.digits
_NOT_TEXT = frozenset({"type", "block_id", "action_id", "style"})
# Slack counts some buffer for every block ("12,000 text characters with a buffer for block
# containers", bolt-js#2509). With 50 the sums agree with the measurements in bolt-js#2867.
_BLOCK_BUFFER = 50


def members(value: object, at: str) -> Iterator[tuple[Object, str]]:
    """Yield the objects of an array with their pointers; nothing where there is no array."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield item, f"{at}/{index}"


def nested(blocks: object, at: str = "") -> Iterator[tuple[Object, str]]:
    """Yield every block with its pointer, those inside containers and carousels too."""
    for block, place in members(blocks, at):
        yield block, place
        inside = _INSIDE.get(str(block.get("type")))
        if inside is not None:
            yield from members(block.get(inside), f"{place}/{inside}")


def elements(block: Object, at: str = "") -> Iterator[tuple[Object, str]]:
    """Yield the interactive elements of one block with their pointers."""
    for holder in _HOLDERS:
        for one, place in members(block.get(holder), f"{at}/{holder}"):
            if _is_interactive(one):
                yield one, place
    for holder in _SINGLE:
        single = block.get(holder)
        if isinstance(single, dict) and _is_interactive(single):
            yield single, f"{at}/{holder}"


def _is_interactive(element: Object) -> bool:
    name = element.get("type")
    return isinstance(name, str) and name in ELEMENTS and name != "image"


def stateful_elements(blocks: object) -> Iterator[tuple[str, str, Object]]:
    """Yield (block_id, action_id, element) of everything that has a place in the state.

    The blocks must have their ids: those of `with_ids`.
    """
    for block, _ in nested(blocks):
        for element, _ in elements(block):
            if element["type"] not in STATELESS:
                yield str(block.get("block_id")), str(element.get("action_id")), element


def text_length(blocks: object) -> int:
    """Return the characters Slack counts before it answers `msg_blocks_too_long`.

    That is more than what is visible: every string but types, ids and styles, and a
    buffer for each block. The limit is about 13,200.
    """
    count = sum(1 for _ in nested(blocks))
    return _strings(blocks) + _BLOCK_BUFFER * count


def _strings(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(_strings(item) for item in value)
    if isinstance(value, dict):
        return sum(_strings(member) for key, member in value.items() if key not in _NOT_TEXT)
    return 0


def _drawn() -> str:
    return "".join(_LETTERS[each % len(_LETTERS)] for each in secrets.token_bytes(5))


def with_ids(blocks: object, *, draw: Callable[[], str] = _drawn) -> list[Object]:
    """Return the blocks as Slack keeps them: missing ids drawn, text flags filled in.

    A copy; ids that the app gave stay as they are. `draw` returns a new id of five
    characters. The blocks must have passed validation.
    """
    kept: list[Object] = [copied(block) for block, _ in members(blocks, "")]
    everything = [block for block, _ in nested(kept)]
    taken = {str(block.get("block_id")) for block in everything}
    for block in everything:
        if "block_id" not in block:
            block["block_id"] = _fresh(taken, draw)
        inner = [element for element, _ in elements(block)]
        used = {str(element.get("action_id")) for element in inner}
        for element in inner:
            if "action_id" not in element:
                element["action_id"] = _fresh(used, draw)
    _fill(kept)
    return kept


def _fresh(taken: set[str], draw: Callable[[], str]) -> str:
    while (name := draw()) in taken:
        pass
    taken.add(name)
    return name


def _fill(value: object) -> None:
    if isinstance(value, list):
        for item in value:
            _fill(item)
    elif isinstance(value, dict):
        blank = _FILLED.get(str(value.get("type")))
        if blank is not None:
            value.setdefault(*blank)
        for member in value.values():
            _fill(member)
