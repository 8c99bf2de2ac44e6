"""What was typed and chosen: the state of every element that can hold something."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from workbench.state.blocks import elements
from workbench.state.shapes import Json

Values: TypeAlias = dict[str, dict[str, Json]]

# element type -> (what its state calls the value, what its author calls the first value)
FIELDS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
LISTS = {
    field for field, _ in FIELDS.values() if field.startswith("selected_") and field.endswith("s")
} | {"files"}


def empty(field: str) -> Any:
    """Return what an untouched element holds: nothing, or an empty list."""
    return [] if field in LISTS else None


def initial(element: Json, *, channel: str | None = None) -> Json:
    """Return the state of an element that nobody has touched, in a conversation."""
    field, first = FIELDS[element["type"]]
    value = element.get(first)
    if value is None and channel and element.get("default_to_current_conversation"):
        value = [channel] if field in LISTS else channel
    return {"type": element["type"], field: value or empty(field)}


def first_values(
    blocks: list[Json], *, kept: Values | None = None, channel: str | None = None
) -> Values:
    """Return the state of all elements; what stands in `kept` under both ids stays.

    This is how a view that is updated keeps what a person typed: a new initial value counts only
    where the block_id or the action_id is new.
    """
    values: Values = {}
    for block, element in elements(blocks):
        if element["type"] not in FIELDS:
            continue
        before = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
        if before is None or before["type"] != element["type"]:
            before = initial(element, channel=channel)
        values.setdefault(block["block_id"], {})[element["action_id"]] = before
    return values


def merge(values: Values, typed: Mapping[str, Any]) -> None:
    """Take over what a person typed, where the element exists and the shape is its own."""
    for block_id, actions in typed.items():
        for action_id, entry in (actions or {}).items():
            current = values.get(block_id, {}).get(action_id)
            if current is not None and isinstance(entry, dict):
                values[block_id][action_id] = _entry(current["type"], entry)


def _entry(kind: str, entry: Json) -> Json:
    field, _ = FIELDS[kind]
    value = entry.get(field)
    return {"type": kind, field: empty(field) if value in (None, "") else value}


def chosen(entry: Json) -> Any:
    """Return the value of one element's state."""
    return entry.get(FIELDS[entry["type"]][0])


def without_inputs(values: Values, blocks: list[Json]) -> Values:
    """Return the state as view_closed tells it: without the input blocks."""
    inputs = {block["block_id"] for block in blocks if block.get("type") == "input"}
    return {block: entry for block, entry in values.items() if block not in inputs}
