"""What the forms of the duty desk are made of."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from slack_sdk.models.blocks import InputBlock, SectionBlock

from handlers.views.message import section
from handlers.views.modal import words
from handlers.views.text import quoted
from policy.casefile import EscalationFile
from policy.escalations import LENGTHS

Choice = TypeVar("Choice", bound=StrEnum)


def about(file: EscalationFile, said: str) -> SectionBlock:
    """Return which escalation a form is about, and what will come of it."""
    case = file.file.case
    return section(f"*{case.severity.value} · {case.id}* {quoted(case.title)}", said)


def given_text(
    name: str, label: str, *, hint: str = "", optional: bool = False, typed: str = ""
) -> InputBlock:
    """Return a field for words that must be given, with the lengths that the rules ask for."""
    least, most = LENGTHS[name]
    return words(
        name,
        label,
        least=0 if optional else least,
        most=most,
        kept={name: typed},
        lines=True,
        hint=hint,
        optional=optional,
    )


def choices(names: Mapping[Choice, str]) -> list[tuple[str, str]]:
    """Return the options of a closed choice."""
    return [(each.value, name) for each, name in names.items()]
