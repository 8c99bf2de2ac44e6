"""What a person did with an element, as block_actions tells it."""

from typing import Any

from workbench.people.floor import Impossible
from workbench.state.inputs import FIELDS, empty
from workbench.state.shapes import Json

PLAIN = {"button", "workflow_button", "icon_button", "feedback_buttons"}


def action(block: Json, element: Json, given: Json, *, now: float) -> Json:
    """Return one entry of `actions[]`.

    Raises:
        Impossible: the choice is none of the element's options.
    """
    entry: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": f"{now:.6f}",
    }
    kind = element["type"]
    if kind in PLAIN:
        return entry | _button(element, given)
    if kind == "overflow":
        return entry | {"selected_option": _option(element, given.get("selected_option"))}
    field, _ = FIELDS[kind]
    return entry | {field: _chosen(element, field, given.get(field))} | _initial(element)


def _button(element: Json, given: Json) -> Json:
    own: Json = {"text": element["text"]} if "text" in element else {}
    for name in ("value", "style"):
        if name in element:
            own[name] = element[name]
    if element["type"] == "feedback_buttons":
        own["value"] = given.get("value")
    return own


def _initial(element: Json) -> Json:
    return {name: value for name, value in element.items() if name.startswith("initial_")}


def _chosen(element: Json, field: str, value: Any) -> Any:
    if value in (None, "", []):
        return empty(field)
    if field == "selected_option":
        return _option(element, value)
    if field == "selected_options":
        return [_option(element, each) for each in value]
    return value


def _option(element: Json, wanted: Any) -> Json:
    options = all_options(element)
    value = wanted.get("value") if isinstance(wanted, dict) else wanted
    if "external" in element["type"] and isinstance(wanted, dict):
        return wanted
    for option in options:
        if option.get("value") == value:
            return option
    message = f"{value!r} is no option of {element['action_id']}"
    raise Impossible(message)


def all_options(element: Json) -> list[Json]:
    """Return the options of an element, in groups or not."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]
