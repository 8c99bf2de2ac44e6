"""Finding what a person points at: a button by its text, an input by its label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.person.reading import Reader

Json = dict[str, Any]
CHOICES = {"overflow", "static_select", "radio_buttons", "checkboxes", "multi_static_select"}


@dataclass(frozen=True, slots=True)
class Spot:
    """An element in its block, and the message or view that holds it."""

    holder: Json
    block: Json
    element: Json

    @property
    def container(self) -> Json:
        """Return how the workbench's protocol names the holder."""
        if "ts" in self.holder:
            channel, ts = self.holder["channel"], self.holder["ts"]
            return {"type": "message", "channel": channel, "ts": ts}
        return {"type": "view", "view_id": self.holder["id"]}

    @property
    def key(self) -> str:
        """Return an id for what was typed into the holder."""
        return str(self.holder.get("id") or self.holder["channel"] + self.holder["ts"])

    @property
    def dispatches(self) -> bool:
        """Tell whether the app hears of it at once."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))


@dataclass(frozen=True, slots=True)
class Modal:
    """The modal a person has before them."""

    view: Json
    text: str

    @property
    def title(self) -> str:
        """Return its title."""
        return str(self.view["title"]["text"])

    @property
    def labels(self) -> list[str]:
        """Return the labels of its inputs, in order."""
        return [each["label"]["text"] for each in self.view["blocks"] if each["type"] == "input"]

    @property
    def values(self) -> Json:
        """Return what stands in its inputs, by label."""
        state = self.view["state"]["values"]
        values = {}
        for block in self.view["blocks"]:
            if block["type"] == "input":
                (entry,) = state[block["block_id"]].values()
                (value,) = [each for key, each in entry.items() if key != "type"]
                values[block["label"]["text"]] = value
        return values


def spots(holder: Json) -> Iterator[Spot]:
    """Yield every element of a message or a view."""
    blocks = list(holder.get("blocks", []))
    for attachment in holder.get("attachments", []):
        blocks += attachment.get("blocks", [])
    for block in _nested(blocks):
        for element in _elements(block):
            yield Spot(holder, block, element)


def _nested(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        yield block
        inner = block["elements"] if block["type"] == "carousel" else block.get("child_blocks", [])
        yield from _nested(inner)


def _elements(block: Json) -> Iterator[Json]:
    single = [block.get("accessory"), block.get("element")]
    for element in [*block.get("elements", []), *block.get("actions", []), *single]:
        if element and element.get("action_id"):
            yield element


def button(holder: Json, text: str, reader: Reader) -> tuple[Spot, Json] | None:
    """Return the element with this text, and what pressing it chooses."""
    for spot in spots(holder):
        element = spot.element
        label = "".join(reader.texts([element.get("text")]))
        if text in {label, element["action_id"]} and element["type"] not in CHOICES:
            return spot, {}
        if spot.block["type"] != "input" and element["type"] in CHOICES:
            found = option(element, text, reader)
            if found is not None:
                return spot, {"selected_option": found}
    return None


def option(element: Json, text: str, reader: Reader) -> Json | None:
    """Return an element's option by its text or its value."""
    groups = element.get("option_groups", [])
    grouped = [each for group in groups for each in group["options"]]
    for each in [*element.get("options", []), *grouped]:
        if text in {"".join(reader.texts([each["text"]])), each.get("value")}:
            found: Json = each
            return found
    return None


def labelled(holder: Json, label: str, reader: Reader) -> Spot | None:
    """Return the element that a person would find under this label."""
    for spot in spots(holder):
        block, element = spot.block, spot.element
        names = {block.get("block_id"), element["action_id"]}
        for part in (block.get("label"), block.get("text"), element.get("placeholder")):
            names.update(reader.texts([part]))
        if _same(label) in {_same(name) for name in names if name}:
            return spot
    return None


def _same(label: str) -> str:
    """Return a label without what a keyword argument cannot say: case, blanks, points."""
    return " ".join(re.findall(r"\w+", label.lower().replace("_", " ")))
