"""The few kinds of value that Block Kit is made of; the tables spell every block with them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would refuse: its words, and a JSON pointer to the place."""

    message: str
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A format that a string must have, and what it is called when it has not."""

    name: str
    fits: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class String:
    """A string of `least` to `most` code points, perhaps of a form, perhaps out of a list."""

    least: int = 1
    most: int | None = None
    form: Form | None = None
    out_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number within bounds; `above` is a bound that is itself excluded."""

    least: int | None = None
    most: int | None = None
    above: int | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """An array of `least` to `most` items; `gaps` says that an item may be null."""

    of: "Kind"
    least: int = 0
    most: int | None = None
    gaps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An object: which fields it knows, which it must have, and what holds between them.

    An open shape takes fields it does not know; attachments, older than Block Kit, do.
    """

    fields: Mapping[str, "Kind"]
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    rules: tuple["Rule", ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An object that says by its `type` which shape it has."""

    shapes: Mapping[str, Shape] = field(default_factory=dict)


Kind = String | Number | Flag | Many | Shape | Typed
# A rule sees only what already fits its shape; it gets the object and the pointer to it.
Rule = Callable[[dict[str, Any], str], Iterator[Problem]]
