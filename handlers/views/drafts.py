"""A form offered again: what was typed or chosen in it before stands in its fields once more."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationSelectElement,
    DateTimePickerElement,
    InputBlock,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.views.text import clip


def _clipped(element: PlainTextInputElement, said: str) -> str:
    return clip(said, element.max_length or len(said))


def _first(element: StaticSelectElement | RadioButtonsElement, said: str) -> Any:
    return next(iter(_options(element, said)), None)


def _options(
    element: StaticSelectElement | RadioButtonsElement | CheckboxesElement, said: str
) -> list[Option]:
    """Return those of the chosen options that there still are."""
    values = said.split(",")
    return [
        each for each in element.options or () if isinstance(each, Option) and each.value in values
    ]


FIRST: Mapping[type, tuple[str, Callable[[Any, str], Any]]] = {
    PlainTextInputElement: ("initial_value", _clipped),
    NumberInputElement: ("initial_value", lambda _, said: said),
    StaticSelectElement: ("initial_option", _first),
    RadioButtonsElement: ("initial_option", _first),
    CheckboxesElement: ("initial_options", _options),
    UserSelectElement: ("initial_user", lambda _, said: said),
    UserMultiSelectElement: ("initial_users", lambda _, said: said.split(",")),
    ConversationSelectElement: ("initial_conversation", lambda _, said: said),
    DateTimePickerElement: ("initial_date_time", lambda _, said: int(said)),
}
"""By kind of input, what its first value is called, and how a draft says it.

A menu whose options are looked up is not among them: a draft keeps no option's text.
"""


def offered(view: View, kept: Mapping[str, str]) -> View:
    """Fill a form that was just drawn with what a draft kept of it; fields it never had stay."""
    for block in view.blocks or ():
        if isinstance(block, InputBlock) and type(block.element) in FIRST:
            said = kept.get((block.block_id or "").partition(":")[0])
            name, value = FIRST[type(block.element)]
            if said and (first := value(block.element, said)):
                setattr(block.element, name, first)
    return view
