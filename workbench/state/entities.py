"""Work Objects: what a message or a link stands for, with a pane beside the conversation."""

from collections.abc import Iterator
from typing import Any

from workbench.state.shapes import Json

TYPES = frozenset(
    f"slack#/entities/{name}" for name in ("task", "file", "item", "incident", "content_item")
)


def is_entity(value: Any) -> bool:
    """Tell whether Slack would take this as an entity: its type, its id, its address, its title."""
    if not isinstance(value, dict) or value.get("entity_type") not in TYPES:
        return False
    reference, url = value.get("external_ref"), value.get("url")
    is_named = isinstance(reference, dict) and _is_text(reference.get("id"))
    return is_named and _is_text(url) and _is_text(title_of(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def title_of(entity: Json) -> Any:
    """Return an entity's title, or None if it has none."""
    found: Any = entity
    for step in ("entity_payload", "attributes", "title", "text"):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def entities_of(message: Json) -> Iterator[tuple[Json, str, str]]:
    """Yield every entity of a message, with its app and the workspace that is installed in."""
    for entity in message.get("metadata", {}).get("entities", []):
        yield entity, message.get("app_id", ""), message.get("team", "")
    for attachment in message.get("attachments", []):
        if "entity" in attachment:
            yield attachment["entity"], attachment["app_id"], attachment["bot_team_id"]


def needs(entity: Json) -> set[str]:
    """Return which addresses of its app an entity asks for: `interactivity`, `options`."""
    wanted = set()
    if entity.get("entity_payload", {}).get("actions"):
        wanted.add("interactivity")
    if _fetches(entity):
        wanted.add("options")
    return wanted


def _fetches(part: Any) -> bool:
    if isinstance(part, list):
        return any(_fetches(each) for each in part)
    if isinstance(part, dict):
        return bool(part.get("fetch_options_dynamically")) or _fetches(list(part.values()))
    return False
