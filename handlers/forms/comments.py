"""The form *comment*, read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import NextStep
from policy.comments import TEXT_LIMIT, Visibility

STEP = (3, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the form asks for; a customer's holds only the text."""

    text: str
    visibility: Visibility = Visibility.PUBLIC
    is_question: bool = False
    next_step: NextStep | None = None


def read(view: Mapping[str, Any]) -> Typed:
    """Return what was typed.

    Raises:
        Unreadable: there is no text, or a next step without its date, or a date without its step.
    """
    reader = Reader(view)
    typed = Typed(
        text=reader.text("text", most=TEXT_LIMIT),
        visibility=reader.choice("visibility", Visibility) or Visibility.PUBLIC,
        is_question=reader.ticked("question"),
        next_step=_next_step(reader),
    )
    if typed.is_question and typed.visibility is not Visibility.PUBLIC:
        reader.amiss("question", "The customer cannot answer an internal note.")
    reader.done()
    return typed


def _next_step(reader: Reader) -> NextStep | None:
    due_at = reader.moment("next_step_at")
    step = reader.text("next_step", least=0, most=STEP[1])
    if step and due_at:
        return NextStep(text=step, due_at=due_at)
    if step:
        reader.amiss("next_step_at", "Choose when this step is due.")
    if due_at:
        reader.amiss("next_step", "Write what happens then.")
    return None
