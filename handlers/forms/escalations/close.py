"""The forms of the end of an escalation, and of looking back at it, read (product, 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.forms.escalations.answer import words
from handlers.forms.reading import Reader
from policy.escalations import LENGTHS, SCORES, Cause, ClosedAs, Judgement

TEXT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """What came of it."""

    outcome: ClosedAs
    summary: str
    override: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How well it was answered."""

    score: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What made it necessary."""

    preventable: bool
    cause: Cause
    text: str


def close(view: Mapping[str, Any]) -> Close:
    """Return what came of it, and why nobody waits for the requester, where that is said.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    override = reader.text("override", least=0, most=LENGTHS["override"][1])
    typed = Close(
        outcome=reader.chosen("outcome", ClosedAs),
        summary=words(reader, "summary"),
        override=words(reader, "override") if override else "",
    )
    reader.done()
    return typed


def rate(view: Mapping[str, Any]) -> Rate:
    """Return the rating.

    Raises:
        Unreadable: nothing was chosen.
    """
    reader = Reader(view)
    score = reader.number("score", least=SCORES[0], most=SCORES[-1])
    if score is None:
        reader.amiss("score", "Choose 1 to 5.")
    typed = Rate(score=score or SCORES[0], text=reader.text("text", least=0, most=TEXT))
    reader.done()
    return typed


def review(view: Mapping[str, Any]) -> Review:
    """Return what the owner makes of it.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    typed = Review(
        preventable=reader.answered("preventable"),
        cause=reader.chosen("cause", Cause),
        text=reader.text("text", least=0, most=TEXT),
    )
    reader.done()
    return typed


def judge(view: Mapping[str, Any]) -> Judgement:
    """Return what a manager makes of the advice.

    Raises:
        Unreadable: nothing was chosen.
    """
    reader = Reader(view)
    judgement = reader.chosen("judgement", Judgement)
    reader.done()
    return judgement
