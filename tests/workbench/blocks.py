"""Blocks and views that the workbench's tests show."""

from typing import Any


def plain(text: str) -> dict[str, Any]:
    """Return a plain text."""
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    """Return a section with a text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str, action_id: str = "press", **more: Any) -> dict[str, Any]:
    """Return a button."""
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a row of elements."""
    return {"type": "actions", "elements": list(elements), **more}


def options(*texts: str) -> list[dict[str, Any]]:
    """Return options whose values are their texts in small letters."""
    return [{"text": plain(text), "value": text.lower()} for text in texts]


def field(label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an input whose ids are its label in small letters."""
    name = label.lower()
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        **more,
    }


def text_field(label: str, **more: Any) -> dict[str, Any]:
    """Return an input for a line of text."""
    element = {"type": "plain_text_input", **more.pop("element", {})}
    return field(label, element, **more)


def modal(*blocks: dict[str, Any], title: str = "A form", **more: Any) -> dict[str, Any]:
    """Return a modal with a submit button, unless that is None."""
    view = {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks) or [text_field("Title")],
        **more,
    }
    return {name: value for name, value in view.items() if value is not None}


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    """Return a Home tab."""
    return {"type": "home", "blocks": list(blocks) or [section("Welcome")]}
