"""The forms of the work on an escalation, read (product, 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.forms.escalations.answer import words
from handlers.forms.reading import Reader
from policy.escalations import Trend
from policy.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The plan."""

    criteria: str
    first_action: str
    actor: UserId
    next_update_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """How it goes."""

    text: str
    trend: Trend
    next_update_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An action that somebody will do."""

    action: str
    actor: UserId
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """Something that lasts until then: a pause, or a watch."""

    text: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """To whom, and what they should know."""

    to: UserId
    note: str


def start(view: Mapping[str, Any]) -> Start:
    """Return the plan.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = Start(
        criteria=words(reader, "criteria"),
        first_action=words(reader, "first_action"),
        actor=reader.somebody("actor"),
        next_update_at=reader.some_moment("next_update_at"),
    )
    reader.done()
    return typed


def update(view: Mapping[str, Any]) -> Update:
    """Return how it goes, and by when more follows.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = Update(
        text=words(reader, "text"),
        trend=reader.chosen("trend", Trend),
        next_update_at=reader.some_moment("next_update_at"),
    )
    reader.done()
    return typed


def promise(view: Mapping[str, Any]) -> Promise:
    """Return what will be done, by whom and by when.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = Promise(
        action=words(reader, "action"),
        actor=reader.somebody("actor"),
        due_at=reader.some_moment("due_at"),
    )
    reader.done()
    return typed


def until(view: Mapping[str, Any], name: str) -> Until:
    """Return what lasts, as the field of this name says, and until when.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = Until(text=words(reader, name), until=reader.some_moment("until"))
    reader.done()
    return typed


def hand_over(view: Mapping[str, Any]) -> HandOver:
    """Return to whom it is offered, and what they should know.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = HandOver(to=reader.somebody("to"), note=words(reader, "note"))
    reader.done()
    return typed
