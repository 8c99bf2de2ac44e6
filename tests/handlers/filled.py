"""Views as Slack sends them back, filled in."""

from typing import Any

Json = dict[str, Any]


def filled(**fields: Any) -> Json:
    """Return a submitted view; a value's type says what kind of input held it.

    A string is text, `chosen(x)` an option, `people(...)` one or several, a tuple of strings ticks.
    """
    state = {name.replace("__", ":"): {"a": value} for name, value in fields.items()}
    return {"state": {"values": state}}


def said(text: str | None) -> Json:
    return {"type": "plain_text_input", "value": text}


def chosen(value: str | None) -> Json:
    option = {"value": value} if value is not None else None
    return {"type": "static_select", "selected_option": option}


def ticks(*values: str) -> Json:
    return {"type": "checkboxes", "selected_options": [{"value": each} for each in values]}


def person(user: str | None) -> Json:
    return {"type": "users_select", "selected_user": user}


def people(*users: str) -> Json:
    return {"type": "multi_users_select", "selected_users": list(users)}


def at(epoch: int | None) -> Json:
    return {"type": "datetimepicker", "selected_date_time": epoch}


def channel(name: str | None) -> Json:
    return {"type": "conversations_select", "selected_conversation": name}
