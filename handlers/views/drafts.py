"""A form offered again: what was typed or chosen in it before stands in its fields once more."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationSelectElement,
    DateTimePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.forms.reading import OPTIONS
from handlers.views.message import context
from handlers.views.text import clip, plain

AGAIN = "This was not saved the last time. What you had typed is filled in again."


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


def _looked_up(_: object, said: str) -> list[Option]:
    return [Option(value=value, text=plain(text, 75)) for value, text in json.loads(said)]


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
    TimePickerElement: ("initial_time", lambda _, said: said),
    ExternalDataSelectElement: (
        "initial_option",
        lambda element, said: _looked_up(element, said)[0],
    ),
    ExternalDataMultiSelectElement: ("initial_options", _looked_up),
}
"""By kind of input, what its first value is called, and how a draft says it.

A file is not among them: Slack lets nobody put one into a form for somebody else.
"""
LOOKED_UP = (ExternalDataSelectElement, ExternalDataMultiSelectElement)


def offered(view: View, kept: Mapping[str, str]) -> View:
    """Fill a form that was just drawn with what a draft kept of it; fields it never had stay."""
    for block in view.blocks or ():
        if isinstance(block, InputBlock) and type(block.element) in FIRST:
            field = (block.block_id or "").partition(":")[0]
            said = kept.get(f"{field}{OPTIONS}" if type(block.element) in LOOKED_UP else field)
            name, value = FIRST[type(block.element)]
            if said and (first := value(block.element, said)):
                setattr(block.element, name, first)
    return view


def filled_again(view: View, kept: Mapping[str, str]) -> View:
    """Fill a form with what a draft kept, and say so: it may differ from what counts by now."""
    if not kept:
        return view
    offered(view, kept)
    view.blocks = [context(AGAIN), *(view.blocks or ())]
    return view


def holds(view: View, words: str) -> bool:
    """Tell whether all of these words stand in a form, or are remembered with it."""
    fields = [each.element for each in view.blocks or () if isinstance(each, InputBlock)]
    kept = [str(getattr(each, "initial_value", None) or "") for each in fields]
    kept.append(json.loads(view.private_metadata or "{}").get("text") or "")
    return any(words in each for each in kept)


def has_fields(view: View) -> bool:
    """Tell whether something can be typed or chosen in a view."""
    return any(isinstance(block, InputBlock) for block in view.blocks or ())
