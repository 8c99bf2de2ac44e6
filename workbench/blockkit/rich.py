"""The element tree of rich text (docs.slack.dev/reference/block-kit): sections, lists, quotes, preformatted text."""

from workbench.blockkit.forms import CHANNEL, COLOUR, TEAM, USER, USER_GROUP, link
from workbench.blockkit.kinds import Flag, Kind, Many, Number, Shape, String, Typed
from workbench.blockkit.texts import BLOCK_ID, TYPE

_MARKS = ("bold", "italic", "strike", "code", "underline")
_TEXT_STYLE = Shape(fields=dict.fromkeys(_MARKS, Flag()))
_MENTION_MARKS = (*_MARKS, "highlight", "client_highlight", "unlink")
_MENTION_STYLE = Shape(fields=dict.fromkeys(_MENTION_MARKS, Flag()))


def _leaf(style: Shape, needs: tuple[str, ...], **fields: Kind) -> Shape:
    return Shape(fields={"type": TYPE, "style": style, **fields}, needs=needs)


_LEAVES = {
    "text": _leaf(_TEXT_STYLE, ("text",), text=String()),
    "link": _leaf(_TEXT_STYLE, ("url",), url=link(3000), text=String(least=0), unsafe=Flag()),
    "emoji": _leaf(
        _MENTION_STYLE,
        ("name",),
        name=String(),
        unicode=String(),
        url=link(3000),
        skin_tone=Number(least=1, most=6),
    ),
    "user": _leaf(_MENTION_STYLE, ("user_id",), user_id=USER),
    "channel": _leaf(_MENTION_STYLE, ("channel_id",), channel_id=CHANNEL),
    "usergroup": _leaf(_MENTION_STYLE, ("usergroup_id",), usergroup_id=USER_GROUP),
    "team": _leaf(_MENTION_STYLE, ("team_id",), team_id=TEAM),
    "broadcast": _leaf(
        _MENTION_STYLE, ("range",), range=String(out_of=("here", "channel", "everyone"))
    ),
    "date": _leaf(
        _MENTION_STYLE,
        ("timestamp", "format"),
        timestamp=Number(),
        format=String(),
        url=link(3000),
        fallback=String(),
    ),
    "color": _leaf(_MENTION_STYLE, ("value",), value=COLOUR),
}

_BORDER = Number(least=0, most=1)
_INLINE = Many(of=Typed(shapes=_LEAVES))
_SECTION = Shape(fields={"type": TYPE, "elements": _INLINE}, needs=("elements",))
_QUOTE = Shape(fields={"type": TYPE, "elements": _INLINE, "border": _BORDER}, needs=("elements",))
_PREFORMATTED = Shape(
    fields={
        "type": TYPE,
        "elements": Many(of=Typed(shapes={name: _LEAVES[name] for name in ("text", "link")})),
        "border": _BORDER,
        "language": String(),
    },
    needs=("elements",),
)
_LIST = Shape(
    fields={
        "type": TYPE,
        "elements": Many(of=Typed(shapes={"rich_text_section": _SECTION})),
        "style": String(out_of=("bullet", "ordered")),
        "indent": Number(least=0, most=8),
        "offset": Number(least=0),
        "border": _BORDER,
    },
    needs=("elements", "style"),
)

RICH_TEXT = Shape(
    fields={
        "type": TYPE,
        "block_id": BLOCK_ID,
        "elements": Many(
            of=Typed(
                shapes={
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": _QUOTE,
                    "rich_text_preformatted": _PREFORMATTED,
                }
            )
        ),
    },
    needs=("elements",),
)
RICH_TEXT_ONLY = Typed(shapes={"rich_text": RICH_TEXT})
