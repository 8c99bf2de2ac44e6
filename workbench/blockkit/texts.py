"""The composition objects: texts, options, confirmations, filters and the like (docs.slack.dev/reference/block-kit)."""

from workbench.blockkit.forms import link
from workbench.blockkit.kinds import Flag, Kind, Many, Shape, String, Typed

TYPE = String()
BLOCK_ID = String(most=255)
ACTION_ID = String(most=255)


def _plain(most: int) -> Shape:
    fields: dict[str, Kind] = {"type": TYPE, "text": String(most=most), "emoji": Flag()}
    return Shape(fields=fields, needs=("text",))


def _mrkdwn(most: int) -> Shape:
    fields: dict[str, Kind] = {"type": TYPE, "text": String(most=most), "verbatim": Flag()}
    return Shape(fields=fields, needs=("text",))


def plain(most: int) -> Typed:
    """Return a text that may not be formatted."""
    return Typed(shapes={"plain_text": _plain(most)})


def text(most: int) -> Typed:
    """Return a text that may be plain or mrkdwn."""
    return Typed(shapes={"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


CONFIRM = Shape(
    fields={
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
        "style": String(out_of=("primary", "danger")),
    },
    needs=("title", "text", "confirm", "deny"),
)

_VALUE = String(most=150)
OPTION = Shape(  # of selects
    fields={"text": plain(75), "value": _VALUE, "description": plain(75)},
    needs=("text", "value"),
)
LINKING_OPTION = Shape(  # of overflow menus
    fields={"text": plain(75), "value": _VALUE, "description": plain(75), "url": link(3000)},
    needs=("text", "value"),
)
FORMATTED_OPTION = Shape(  # of checkboxes and radio buttons
    fields={"text": text(75), "value": _VALUE, "description": text(75)},
    needs=("text", "value"),
)
OPTION_GROUP = Shape(
    fields={"label": plain(75), "options": Many(of=OPTION, least=1, most=100)},
    needs=("label", "options"),
)

CONVERSATION_FILTER = Shape(
    fields={
        "include": Many(of=String(out_of=("im", "mpim", "private", "public")), least=1),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    any_of=("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

DISPATCH_ACTION_CONFIG = Shape(
    fields={
        "trigger_actions_on": Many(
            of=String(out_of=("on_enter_pressed", "on_character_entered")), least=1, most=2
        )
    },
    needs=("trigger_actions_on",),
)

SLACK_FILE = Shape(fields={"id": String(), "url": link(3000)}, one_of=("id", "url"))

WORKFLOW = Shape(
    fields={
        "trigger": Shape(
            fields={
                "url": link(3000),
                "customizable_input_parameters": Many(
                    of=Shape(
                        fields={"name": String(), "value": String(least=0)},
                        needs=("name", "value"),
                    )
                ),
            },
            needs=("url",),
        )
    },
    needs=("trigger",),
)
