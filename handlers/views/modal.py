"""Modals, and the inputs that stand in them.

An input's `block_id` is its field, which `handlers/forms` reads and refusals name; behind a colon
stands what tells two showings of one field apart, because Slack keeps what was typed by this id.
"""

from collections.abc import Iterable, Mapping, Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DateTimePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers import ids
from handlers.forms.reading import TICKED
from handlers.metadata import Place
from handlers.views.message import Message, section
from handlers.views.text import clip, mrkdwn, plain

YES_NO = ((TICKED, "Yes"), ("no", "No"))
Choices = Iterable[tuple[str, str]]
METADATA = 3000
"""How much a modal remembers."""


def modal(
    title: str,
    *blocks: Block,
    submit: tuple[ids.Modal, str] | None = None,
    place: Place | None = None,
    close: str = "Cancel",
) -> View:
    """Return a modal; `submit` is its name and the button's text, `place` what it remembers."""
    return View(
        type="modal",
        title=plain(title, 24),
        blocks=list(blocks),
        callback_id=submit[0] if submit else None,
        submit=plain(submit[1], 24) if submit else None,
        close=plain(close if submit else "Close", 24),
        private_metadata=(place or Place()).pack(),
    )


def loading() -> View:
    """Return what stands there while the desk looks things up."""
    return modal("One moment", section(":hourglass_flowing_sand: Looking it up..."))


def told(title: str, message: Message, place: Place | None = None) -> View:
    """Return a message as a modal, for where there is no channel to say it in."""
    return modal(title, *message.blocks, place=place)


def words(
    name: str,
    label: str,
    *,
    least: int = 0,
    most: int,
    kept: Mapping[str, str] | None = None,
    lines: bool = False,
    hint: str = "",
    optional: bool = False,
    showing: str = "",
) -> InputBlock:
    """Return a field for words, with what was kept of them."""
    said = (kept or {}).get(name, "")
    element = PlainTextInputElement(
        action_id=name,
        initial_value=clip(said, most) or None,
        multiline=lines,
        min_length=least or None,
        max_length=most,
    )
    return field(name, label, element, hint=hint, optional=optional, showing=showing)


def radio(
    name: str,
    label: str,
    choices: Choices,
    *,
    chosen: str | None = None,
    hint: str = "",
    optional: bool = False,
    showing: str = "",
) -> InputBlock:
    """Return a choice whose few options are all seen."""
    options, first = _options(choices, chosen)
    element = RadioButtonsElement(action_id=name, options=options, initial_option=first)
    return field(name, label, element, hint=hint, optional=optional, showing=showing)


def menu(
    name: str,
    label: str,
    choices: Choices,
    *,
    chosen: str | None = None,
    hint: str = "",
    optional: bool = False,
    tells: ids.Action | None = None,
) -> InputBlock:
    """Return a choice that opens; `tells` names the action that hears of each choice at once."""
    options, first = _options(choices, chosen)
    element = StaticSelectElement(action_id=tells or name, options=options, initial_option=first)
    return field(name, label, element, hint=hint, optional=optional, tells=bool(tells))


def several(
    name: str, label: str, choices: Choices, *, chosen: Sequence[str] = (), hint: str = ""
) -> InputBlock:
    """Return a choice of any number of options, all of which are seen."""
    options, _ = _options(choices, None)
    ticked = [each for each in options if each.value in chosen]
    element = CheckboxesElement(action_id=name, options=options, initial_options=ticked or None)
    return field(name, label, element, hint=hint, optional=True)


def looked_up(
    name: str,
    label: str,
    options: ids.Options,
    *,
    chosen: Option | None = None,
    hint: str = "",
    optional: bool = False,
) -> InputBlock:
    """Return a menu whose options are looked up as the person types."""
    element = ExternalDataSelectElement(
        action_id=options, initial_option=chosen, min_query_length=0
    )
    return field(name, label, element, hint=hint, optional=optional)


def several_looked_up(
    name: str, label: str, options: ids.Options, *, chosen: Sequence[Option] = ()
) -> InputBlock:
    """Return a menu of any number of options, which are looked up as the person types."""
    element = ExternalDataMultiSelectElement(
        action_id=options, initial_options=list(chosen) or None, min_query_length=0
    )
    return field(name, label, element, optional=True)


def person(
    name: str, label: str, *, chosen: str | None = None, hint: str = "", optional: bool = False
) -> InputBlock:
    """Return a choice of one person."""
    element = UserSelectElement(action_id=name, initial_user=chosen or None)
    return field(name, label, element, hint=hint, optional=optional)


def people(
    name: str,
    label: str,
    *,
    chosen: Sequence[str] = (),
    most: int | None = None,
    hint: str = "",
) -> InputBlock:
    """Return a choice of any number of people."""
    element = UserMultiSelectElement(
        action_id=name, initial_users=list(chosen) or None, max_selected_items=most
    )
    return field(name, label, element, hint=hint, optional=True)


def moment(
    name: str,
    label: str,
    *,
    kept: Mapping[str, str] | None = None,
    hint: str = "",
    optional: bool = True,
) -> InputBlock:
    """Return a choice of a date and time."""
    at = (kept or {}).get(name)
    element = DateTimePickerElement(action_id=name, initial_date_time=int(at) if at else None)
    return field(name, label, element, hint=hint, optional=optional)


def number(
    name: str,
    label: str,
    *,
    least: int = 0,
    most: int,
    chosen: str = "",
    hint: str = "",
    optional: bool = True,
) -> InputBlock:
    """Return a field for a whole number."""
    element = NumberInputElement(
        action_id=name,
        is_decimal_allowed=False,
        min_value=str(least),
        max_value=str(most),
        initial_value=chosen or None,
    )
    return field(name, label, element, hint=hint, optional=optional)


def tick(
    name: str,
    label: str,
    text: str,
    *,
    ticked: bool = False,
    optional: bool = True,
    showing: str = "",
) -> InputBlock:
    """Return one box to tick."""
    option = Option(value=TICKED, text=mrkdwn(text))
    element = CheckboxesElement(
        action_id=name, options=[option], initial_options=[option] if ticked else None
    )
    return field(name, label, element, optional=optional, showing=showing)


def option(value: str, text: str) -> Option:
    """Return one option of a menu."""
    return Option(value=value, text=plain(text, 75))


def _options(choices: Choices, chosen: str | None) -> tuple[list[Option], Option | None]:
    options = [option(value, text) for value, text in choices]
    return options, next((each for each in options if each.value == chosen), None)


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str = "",
    optional: bool = False,
    tells: bool = False,
    showing: str = "",
) -> InputBlock:
    """Return any input as a field of a form."""
    return InputBlock(
        block_id=f"{name}:{showing}" if showing else name,
        label=plain(label, 150),
        element=element,
        hint=plain(hint, 300) if hint else None,
        optional=optional,
        dispatch_action=tells or None,
    )
