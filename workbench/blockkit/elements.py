"""The elements (docs.slack.dev/reference/block-kit): one row for each, with its fields and limits."""

from workbench.blockkit import rules
from workbench.blockkit.forms import (
    CHANNEL,
    CONVERSATION,
    DATE,
    NUMERIC,
    TIME,
    USER,
    ZONE,
    link,
    web,
)
from workbench.blockkit.kinds import Flag, Kind, Many, Number, Rule, Shape, String, Typed
from workbench.blockkit.rich import RICH_TEXT_ONLY
from workbench.blockkit.texts import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    FORMATTED_OPTION,
    LINKING_OPTION,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    TYPE,
    WORKFLOW,
    plain,
)

_STYLE = String(out_of=("primary", "danger"))
_LABEL = String(most=75)
_OPTIONS = Many(of=OPTION, least=1, most=100)
_GROUPS = Many(of=OPTION_GROUP, least=1, most=100)
_FEW_OPTIONS = Many(of=FORMATTED_OPTION, least=1, most=10)
_LINES = Number(least=1, most=100)

_ANY: dict[str, Kind] = {"type": TYPE, "action_id": ACTION_ID}
_CONFIRMED: dict[str, Kind] = {**_ANY, "confirm": CONFIRM}
_INPUT: dict[str, Kind] = {**_ANY, "focus_on_load": Flag()}
_CHOICE: dict[str, Kind] = {**_INPUT, "confirm": CONFIRM}
_HINTED: dict[str, Kind] = {**_CHOICE, "placeholder": plain(150)}
_TYPED: dict[str, Kind] = {
    **_INPUT,
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
_MULTI: dict[str, Kind] = {**_HINTED, "max_selected_items": Number(least=1)}
_STATIC: dict[str, Kind] = {"options": _OPTIONS, "option_groups": _GROUPS}
_CONVERSATIONS: dict[str, Kind] = {
    "default_to_current_conversation": Flag(),
    "filter": CONVERSATION_FILTER,
}


def _element(
    common: dict[str, Kind],
    needs: tuple[str, ...] = (),
    *checks: Rule,
    one_of: tuple[str, ...] = (),
    **own: Kind,
) -> Shape:
    return Shape(fields={**common, **own}, needs=needs, one_of=one_of, rules=checks)


_FEEDBACK_BUTTON = Shape(
    fields={"text": plain(75), "value": String(most=2000), "accessibility_label": _LABEL},
    needs=("text", "value"),
)
_INITIAL_TEXT = String(most=3000)
_EITHER = ("options", "option_groups")
_FITS = rules.initial_fits_maximum

IMAGE = Shape(
    fields={
        "type": TYPE,
        "image_url": web(3000),
        "slack_file": SLACK_FILE,
        "alt_text": String(most=2000),
    },
    needs=("alt_text",),
    one_of=("image_url", "slack_file"),
)

ELEMENTS: dict[str, Shape] = {
    "button": _element(
        _CONFIRMED,
        ("text",),
        text=plain(75),
        value=String(most=2000),
        url=link(3000),
        style=_STYLE,
        accessibility_label=_LABEL,
        agent_prompt=String(most=4000),
        agent_prompt_display=String(),
        visible_to_user_ids=Many(of=USER),
    ),
    "channels_select": _element(_HINTED, initial_channel=CHANNEL, response_url_enabled=Flag()),
    "checkboxes": _element(
        _CHOICE,
        ("options",),
        rules.initial_options_are_offered,
        options=_FEW_OPTIONS,
        initial_options=_FEW_OPTIONS,
    ),
    "conversations_select": _element(
        {**_HINTED, **_CONVERSATIONS},
        initial_conversation=CONVERSATION,
        response_url_enabled=Flag(),
    ),
    "datepicker": _element(_HINTED, initial_date=DATE),
    "datetimepicker": _element(
        _CHOICE, initial_date_time=Number(least=1_000_000_000, most=9_999_999_999)
    ),
    "email_text_input": _element(_TYPED, initial_value=_INITIAL_TEXT),
    "external_select": _element(_HINTED, initial_option=OPTION, min_query_length=Number(least=0)),
    "feedback_buttons": _element(
        _ANY,
        ("positive_button", "negative_button"),
        positive_button=_FEEDBACK_BUTTON,
        negative_button=_FEEDBACK_BUTTON,
    ),
    "file_input": _element(
        _ANY,
        filetypes=Many(of=String(), least=1),
        max_files=Number(least=1, most=10),
    ),
    "icon_button": _element(
        _CONFIRMED,
        ("icon", "text"),
        icon=String(out_of=("trash",)),
        text=plain(3000),
        value=String(most=2000),
        accessibility_label=_LABEL,
        visible_to_user_ids=Many(of=USER, most=10),
    ),
    "image": IMAGE,
    "multi_channels_select": _element(_MULTI, (), _FITS, initial_channels=Many(of=CHANNEL)),
    "multi_conversations_select": _element(
        {**_MULTI, **_CONVERSATIONS}, (), _FITS, initial_conversations=Many(of=CONVERSATION)
    ),
    "multi_external_select": _element(
        _MULTI,
        (),
        _FITS,
        initial_options=Many(of=OPTION, least=1, most=100),
        min_query_length=Number(least=0),
    ),
    "multi_static_select": _element(
        {**_MULTI, **_STATIC},
        (),
        rules.initial_options_are_offered,
        _FITS,
        one_of=_EITHER,
        initial_options=Many(of=OPTION, least=1, most=100),
    ),
    "multi_users_select": _element(_MULTI, (), _FITS, initial_users=Many(of=USER)),
    "number_input": _element(
        _TYPED,
        ("is_decimal_allowed",),
        rules.numbers_agree,
        is_decimal_allowed=Flag(),
        initial_value=NUMERIC,
        min_value=NUMERIC,
        max_value=NUMERIC,
    ),
    "overflow": _element(
        _CONFIRMED, ("options",), options=Many(of=LINKING_OPTION, least=1, most=5)
    ),
    "plain_text_input": _element(
        _TYPED,
        (),
        rules.ordered("min_length", "max_length"),
        initial_value=_INITIAL_TEXT,
        multiline=Flag(),
        min_length=Number(least=0, most=3000),
        max_length=Number(least=1, most=3000),
    ),
    "radio_buttons": _element(
        _CHOICE,
        ("options",),
        rules.initial_option_is_offered,
        options=_FEW_OPTIONS,
        initial_option=FORMATTED_OPTION,
    ),
    "rich_text_input": _element(
        _TYPED,
        (),
        rules.ordered("min_lines", "max_lines"),
        initial_value=RICH_TEXT_ONLY,
        min_lines=_LINES,
        max_lines=_LINES,
    ),
    "static_select": _element(
        {**_HINTED, **_STATIC},
        (),
        rules.initial_option_is_offered,
        one_of=_EITHER,
        initial_option=OPTION,
    ),
    "timepicker": _element(_HINTED, initial_time=TIME, timezone=ZONE),
    "url_text_input": _element(_TYPED, initial_value=_INITIAL_TEXT),
    "users_select": _element(_HINTED, initial_user=USER),
    "workflow_button": _element(
        _CONFIRMED,
        ("text", "workflow"),
        text=plain(75),
        workflow=WORKFLOW,
        style=_STYLE,
        accessibility_label=_LABEL,
    ),
}

# Buttons and overflow menus are pressed and forgotten; everything else that one can
# choose or type has a place in the state.
STATELESS = frozenset(
    {"button", "feedback_buttons", "icon_button", "image", "overflow", "workflow_button"}
)

_SELECTS = (
    "channels_select",
    "conversations_select",
    "external_select",
    "multi_channels_select",
    "multi_conversations_select",
    "multi_external_select",
    "multi_static_select",
    "multi_users_select",
    "static_select",
    "users_select",
)
_PICKED = ("checkboxes", "datepicker", "radio_buttons", "timepicker", *_SELECTS)

# Which elements may stand in which parent (docs.slack.dev/reference/block-kit).
IN_ACTIONS = (
    *_PICKED,
    "button",
    "datetimepicker",
    "overflow",
    "rich_text_input",
    "workflow_button",
)
IN_SECTION = (*_PICKED, "button", "image", "overflow", "workflow_button")
IN_INPUT = (
    *_PICKED,
    "datetimepicker",
    "email_text_input",
    "file_input",
    "number_input",
    "plain_text_input",
    "rich_text_input",
    "url_text_input",
)
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
IN_CARD = ("button",)


def out_of(names: tuple[str, ...]) -> Typed:
    """Return the choice among some of the elements."""
    return Typed(shapes={name: ELEMENTS[name] for name in names})
