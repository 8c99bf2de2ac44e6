"""What a person answers to the guidance, read."""

from collections.abc import Mapping
from typing import Any

from handlers.forms.reading import Reader
from policy.comments import TEXT_LIMIT
from policy.guidance.outcomes import OVERRIDE_REASON
from policy.guidance.walk import TEXT_LIMIT as ANSWER_LIMIT
from policy.guidance.walk import Answer
from policy.ids import AnswerId, CaseId


def answer(view: Mapping[str, Any]) -> Answer:
    """Return the answer to one question; whether it fits the question is the rules' to say.

    Raises:
        Unreadable: none was chosen, or too much was typed.
    """
    reader = Reader(view)
    chosen = reader.value("answer")
    if not chosen:
        reader.amiss("answer", "Choose one of the answers.")
    text = reader.text("text", least=0, most=ANSWER_LIMIT)
    reader.done()
    return Answer(choice=AnswerId(chosen), text=text)


def comment(view: Mapping[str, Any]) -> str:
    """Return what the person wants to say on the case.

    Raises:
        Unreadable: nothing, or too much.
    """
    reader = Reader(view)
    text = reader.text("text", most=TEXT_LIMIT)
    reader.done()
    return text


def words(view: Mapping[str, Any]) -> str:
    """Return what was typed already while the case was still to be picked; empty for nothing."""
    return Reader(view).value("text")


def override(view: Mapping[str, Any]) -> str:
    """Return the reason for escalating against the advice.

    Raises:
        Unreadable: it is too short, or too long.
    """
    reader = Reader(view)
    least, most = OVERRIDE_REASON
    reason = reader.text("override", least=least, most=most)
    reader.done()
    return reason


def case(view: Mapping[str, Any]) -> CaseId:
    """Return the case that was picked.

    Raises:
        Unreadable: none was.
    """
    reader = Reader(view)
    picked = reader.value("case")
    if not picked:
        reader.amiss("case", "Pick a case.")
    reader.done()
    return CaseId(picked)
