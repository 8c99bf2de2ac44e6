"""View state, read field by field; what does not do is gathered, and told all at once."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from handlers.forms.words import legible
from policy.ids import ChannelId, UserId
from policy.refusals import Amiss

Choice = TypeVar("Choice", bound=StrEnum)

TICKED = "yes"
"""The value of the one option of a tick."""
OPTIONS = ".options"
"""Behind a field's name: its chosen options as pairs of value and text, where they are looked up."""
SINGLE = ("value", "selected_user", "selected_conversation", "selected_date_time", "selected_time")


def typed(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what a person put into a view, by field, as a draft keeps it; nothing that is empty."""
    found = {_field(block): _plain(inputs) for block, inputs in _values(view).items()}
    return {name: said for name, said in found.items() if said}


def written(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed, and of menus that look their options up how the chosen ones read."""
    found = {_field(block): _looked_up(inputs) for block, inputs in _values(view).items()}
    texts = {f"{name}{OPTIONS}": json.dumps(each) for name, each in found.items() if each}
    return {**typed(view), **texts}


class Reader:
    """Reads one submitted view."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        self._typed = typed(view)
        self._amiss: dict[str, str] = {}

    def amiss(self, name: str, message: str) -> None:
        """Note that a field does not do; the first message about it stays."""
        self._amiss.setdefault(name, message)

    def done(self) -> None:
        """Let a view pass in which everything does.

        Raises:
            Amiss: with a message for each field that does not.
        """
        for name, message in self._amiss.items():
            raise Amiss(field=name, message=message, messages=self._amiss)

    def text(self, name: str, *, least: int = 1, most: int) -> str:
        """Return what was written, without what nobody sees; `least` is 0 where it may be empty."""
        said = legible(self._typed.get(name, ""))
        if len(said) > most:
            self.amiss(name, f"Write at most {most:,} characters.")
        elif len(said) < least:
            many = f"at least {least} characters" if said else "something"
            self.amiss(name, f"Please write {many} here.")
        return said

    def choice(
        self, name: str, of: type[Choice], *, default: Choice | None = None
    ) -> Choice | None:
        """Return what was chosen, or the default where nothing was."""
        chosen = self._typed.get(name)
        return of(chosen) if chosen in set(of) else default

    def chosen(self, name: str, of: type[Choice], *, meanwhile: Choice | None = None) -> Choice:
        """Return what was chosen, where something has to be; `meanwhile` to read on with."""
        found = self.choice(name, of)
        if found is None:
            self.amiss(name, "Please choose one.")
        return found or meanwhile or next(iter(of))

    def value(self, name: str) -> str:
        """Return the value of a menu's option; empty where nothing was chosen."""
        return self._typed.get(name, "")

    def flag(self, name: str) -> bool | None:
        """Return the answer to a question of yes or no; None where there was none."""
        said = self._typed.get(name)
        return said == TICKED if said else None

    def answered(self, name: str) -> bool:
        """Return the answer to a question of yes or no, where there has to be one."""
        answer = self.flag(name)
        if answer is None:
            self.amiss(name, "Please choose one.")
        return bool(answer)

    def ticked(self, name: str) -> bool:
        """Tell whether a tick was set."""
        return self._typed.get(name) == TICKED

    def person(self, name: str) -> UserId | None:
        """Return who was chosen."""
        user = self._typed.get(name)
        return UserId(user) if user else None

    def somebody(self, name: str) -> UserId:
        """Return who was chosen, where somebody has to be."""
        user = self.person(name)
        if user is None:
            self.amiss(name, "Please choose somebody.")
        return user or UserId("")

    def people(self, name: str) -> tuple[UserId, ...]:
        """Return everybody who was chosen."""
        return tuple(UserId(each) for each in self._typed.get(name, "").split(",") if each)

    def channel(self, name: str) -> ChannelId | None:
        """Return the channel that was chosen."""
        channel = self._typed.get(name)
        return ChannelId(channel) if channel else None

    def moment(self, name: str) -> datetime | None:
        """Return the moment that was chosen, in UTC."""
        at = self._typed.get(name)
        return datetime.fromtimestamp(int(at), UTC) if at else None

    def some_moment(self, name: str) -> datetime:
        """Return the moment that was chosen, where one has to be."""
        at = self.moment(name)
        if at is None:
            self.amiss(name, "Choose a date and a time.")
        return at or datetime.fromtimestamp(0, UTC)

    def number(self, name: str, *, least: int = 0, most: int) -> int | None:
        """Return the whole number that was written, None where there is none."""
        said = self._typed.get(name, "").strip()
        if not said:
            return None
        if not (said.isascii() and said.isdigit() and least <= int(said) <= most):
            self.amiss(name, f"Write a whole number from {least} to {most:,}.")
            return None
        return int(said)


def _values(view: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
    return values


def has_field(view: Mapping[str, Any], name: str) -> bool:
    """Tell whether a form shows this field."""
    inputs = (block for block in view["blocks"] if block["type"] == "input")
    return any(_field(block["block_id"]) == name for block in inputs)


def _field(block: str) -> str:
    """Return the field of a block: the id without what tells two showings apart."""
    return block.partition(":")[0]


def _plain(inputs: Mapping[str, Any]) -> str:
    element: Mapping[str, Any] = next(iter(inputs.values()), {})
    for key in SINGLE:
        if element.get(key) is not None:
            return str(element[key])
    if option := element.get("selected_option"):
        return str(option["value"])
    if files := element.get("files"):
        return str(files[0].get("url_private", ""))
    many = [each["value"] for each in element.get("selected_options") or ()]
    return ",".join([*many, *(element.get("selected_users") or ())])


def _looked_up(inputs: Mapping[str, Any]) -> list[tuple[str, str]]:
    element: Mapping[str, Any] = next(iter(inputs.values()), {})
    if "external" not in element.get("type", ""):
        return []
    one = element.get("selected_option")
    chosen = [one] if one else element.get("selected_options") or ()
    return [(each["value"], each["text"]["text"]) for each in chosen]
