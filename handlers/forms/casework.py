"""The forms of casework, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import ThirdParty
from policy.comments import TEXT_LIMIT
from policy.ids import CaseId, UserId, spoken_case
from policy.refusals import NoSuchCase

NOTE = 1000
WHOM = (2, 120)
TEXT = (10, TEXT_LIMIT)
ABOUT = 300
MEANWHILE = datetime.max.replace(tzinfo=UTC)
"""What a moment that was not chosen reads as, until that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who is to work the case, and what they should know."""

    engineer: UserId
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Whom the case waits for, and what the customer reads about it."""

    third: ThirdParty
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What to remind the person of, and when."""

    text: str
    at: datetime


def followers(view: Mapping[str, Any]) -> tuple[UserId, ...]:
    """Return everybody who was chosen; how many may be is the rules' to say."""
    return Reader(view).people("followers")


def assigned(view: Mapping[str, Any]) -> Assigned:
    """Return who was chosen.

    Raises:
        Unreadable: nobody was.
    """
    reader = Reader(view)
    engineer = reader.person("engineer")
    if engineer is None:
        reader.amiss("engineer", "Choose somebody who works on cases.")
    note = reader.text("note", least=0, most=NOTE)
    reader.done()
    return Assigned(engineer=engineer or UserId(""), note=note)


def waits(view: Mapping[str, Any]) -> Waits:
    """Return whom to wait for, until when.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    whom = reader.text("whom", least=WHOM[0], most=WHOM[1])
    text = reader.text("text", least=TEXT[0], most=TEXT[1])
    until = _moment(reader, "until")
    return Waits(third=ThirdParty(whom=whom, until=until), text=text)


def reminder(view: Mapping[str, Any]) -> Reminder:
    """Return when to remind of what.

    Raises:
        Unreadable: no time was chosen.
    """
    reader = Reader(view)
    text = reader.text("text", least=0, most=ABOUT)
    return Reminder(text=text, at=_moment(reader, "remind_at"))


def words(view: Mapping[str, Any]) -> str:
    """Return what was written.

    Raises:
        Unreadable: too few words, or too many.
    """
    reader = Reader(view)
    text = reader.text("text", least=TEXT[0], most=TEXT[1])
    reader.done()
    return text


def case(view: Mapping[str, Any]) -> CaseId:
    """Return the case that was chosen, or written.

    Raises:
        Unreadable: none was.
    """
    reader = Reader(view)
    found = spoken_case(reader.value("case"))
    if found is None:
        reader.amiss("case", "Name a case, such as CASE-142.")
    reader.done()
    return found or CaseId("")


def named(text: str) -> CaseId:
    """Return the case that was typed behind a command.

    Raises:
        NoSuchCase: that is no case's name.
    """
    found = spoken_case(text)
    if found is None:
        raise NoSuchCase(case=None)
    return found


def _moment(reader: Reader, name: str) -> datetime:
    at = reader.moment(name)
    if at is None:
        reader.amiss(name, "Choose a date and a time.")
    reader.done()
    return at or MEANWHILE
