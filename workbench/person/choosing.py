"""What a person's choice is in the state of an element."""

from collections.abc import Callable
from typing import Any

from workbench.person.places import option
from workbench.person.world import World

Json = dict[str, Any]

FIELDS = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
}


def chosen(element: Json, choice: Any, world: World, offered: list[Json]) -> Json:
    """Return the value under the name that the element's type gives it.

    Raises:
        AssertionError: there is no such option, person or channel.
    """
    kind: str = element["type"]
    if kind == "file_input":
        return {"type": kind, "files": _list(choice)}
    for part, choose in _CHOICES.items():
        if part in kind:
            found = [choose(element, each, world, offered) for each in _list(choice)]
            return _named(part, found, kind)
    return {FIELDS.get(kind, "value"): choice if kind in FIELDS else _text(choice)}


def _list(choice: Any) -> list[Any]:
    if choice is None:
        return []
    return choice if isinstance(choice, list) else [choice]


def _text(choice: Any) -> str | None:
    return None if choice is None else str(choice)


def _named(part: str, found: list[Any], kind: str) -> Json:
    name = _NAMES.get(part, "option")
    if kind.startswith("multi_") or kind == "checkboxes":
        return {f"selected_{name}s": found}
    return {f"selected_{name}": found[0] if found else None}


def _option(element: Json, text: Any, world: World, offered: list[Json]) -> Json:
    source = {"options": offered} if "external" in element["type"] else element
    found = option(source, str(text), world.reader)
    if found is None:
        texts = [each["text"]["text"] for each in source.get("options", [])]
        message = f"there is no option {text!r}, only {texts}"
        raise AssertionError(message)
    return found


def _user(_element: Json, name: Any, world: World, _offered: list[Json]) -> str:
    for user in world.users.values():
        if str(name).lstrip("@") in {user["id"], user["name"], user["real_name"]}:
            return str(user["id"])
    message = f"there is no user {name!r}"
    raise AssertionError(message)


def _channel(_element: Json, word: Any, world: World, _offered: list[Json]) -> str:
    return str(world.channel(str(word))["id"])


_NAMES = {
    "users_select": "user",
    "channels_select": "channel",
    "conversations_select": "conversation",
}
_CHOICES: dict[str, Callable[[Json, Any, World, list[Json]], Any]] = {
    "users_select": _user,
    "channels_select": _channel,
    "conversations_select": _channel,
    "static_select": _option,
    "external_select": _option,
    "radio_buttons": _option,
    "checkboxes": _option,
    "overflow": _option,
}
