"""The layout blocks and where they may stand (docs.slack.dev/reference/block-kit): one row for each."""

from workbench.blockkit import rules
from workbench.blockkit.charts import DATA_TABLE, DATA_VISUALIZATION, TABLE
from workbench.blockkit.elements import (
    IMAGE,
    IN_ACTIONS,
    IN_CARD,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    out_of,
)
from workbench.blockkit.forms import link, secure, web
from workbench.blockkit.kinds import Flag, Kind, Many, Number, Shape, String, Typed
from workbench.blockkit.rich import RICH_TEXT, RICH_TEXT_ONLY
from workbench.blockkit.texts import BLOCK_ID, SLACK_FILE, TYPE, plain, text

_BLOCK: dict[str, Kind] = {"type": TYPE, "block_id": BLOCK_ID}
_IMAGE_ONLY = Typed(shapes={"image": IMAGE})
_LINE = String(most=50)

_SOURCE = Shape(fields={"type": TYPE, "url": link(3000), "text": String()}, needs=("url", "text"))
_TASK: dict[str, Kind] = {
    **_BLOCK,
    "task_id": String(),
    "title": String(),
    "details": RICH_TEXT_ONLY,
    "output": RICH_TEXT_ONLY,
    "sources": Many(of=Typed(shapes={"url": _SOURCE})),
    "status": String(out_of=("pending", "in_progress", "complete", "error")),
}
# The tasks of a plan may leave out their type, which can only be this one.
_PLANNED = {**_TASK, "type": String(out_of=("task_card",))}
_TASK_NEEDS = ("task_id", "title", "status")

CARD = Shape(
    fields={
        **_BLOCK,
        "hero_image": _IMAGE_ONLY,
        "icon": _IMAGE_ONLY,
        "slack_icon": Shape(
            fields={"type": String(out_of=("icon",)), "name": String()}, needs=("type", "name")
        ),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Many(of=out_of(IN_CARD), least=1, most=3),
    },
    any_of=("hero_image", "title", "actions", "body"),
    rules=(rules.excludes("icon", "slack_icon"),),
)

BLOCKS: dict[str, Shape] = {
    "actions": Shape(
        fields={**_BLOCK, "elements": Many(of=out_of(IN_ACTIONS), least=1, most=25)},
        needs=("elements",),
    ),
    "alert": Shape(
        fields={
            **_BLOCK,
            "text": text(200),
            "level": String(out_of=("default", "info", "warning", "error", "success")),
        },
        needs=("text",),
    ),
    "card": CARD,
    "carousel": Shape(
        fields={**_BLOCK, "elements": Many(of=Typed(shapes={"card": CARD}), least=1, most=10)},
        needs=("elements",),
    ),
    "context": Shape(
        fields={
            **_BLOCK,
            "elements": Many(
                of=Typed(shapes={"image": IMAGE, **text(3000).shapes}), least=1, most=10
            ),
        },
        needs=("elements",),
    ),
    "context_actions": Shape(
        fields={**_BLOCK, "elements": Many(of=out_of(IN_CONTEXT_ACTIONS), least=1, most=5)},
        needs=("elements",),
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "divider": Shape(fields=_BLOCK),
    "file": Shape(
        fields={**_BLOCK, "external_id": String(), "source": String(out_of=("remote",))},
        needs=("external_id", "source"),
    ),
    "header": Shape(
        fields={**_BLOCK, "text": plain(150), "level": Number(least=1, most=4)}, needs=("text",)
    ),
    "image": Shape(
        fields={
            **_BLOCK,
            "image_url": web(3000),
            "slack_file": SLACK_FILE,
            "alt_text": String(most=2000),
            "title": plain(2000),
        },
        needs=("alt_text",),
        one_of=("image_url", "slack_file"),
    ),
    "input": Shape(
        fields={
            **_BLOCK,
            "label": plain(2000),
            "element": out_of(IN_INPUT),
            "hint": plain(2000),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        needs=("label", "element"),
    ),
    "markdown": Shape(fields={**_BLOCK, "text": String(most=12_000)}, needs=("text",)),
    "plan": Shape(
        fields={
            **_BLOCK,
            "title": String(),
            "tasks": Many(of=Shape(fields=_PLANNED, needs=_TASK_NEEDS), most=50),
        },
        needs=("title",),
        rules=(rules.tasks_are_unique,),
    ),
    "rich_text": RICH_TEXT,
    "section": Shape(
        fields={
            **_BLOCK,
            "text": text(3000),
            "fields": Many(of=text(2000), least=1, most=10),
            "accessory": out_of(IN_SECTION),
            "expand": Flag(),
        },
        any_of=("text", "fields"),
    ),
    "table": TABLE,
    "task_card": Shape(fields=_TASK, needs=_TASK_NEEDS, rules=(rules.never_pending,)),
    "video": Shape(
        fields={
            **_BLOCK,
            "alt_text": String(most=2000),
            "title": plain(200),
            "title_url": secure(2000),
            "thumbnail_url": web(3000),
            "video_url": secure(3000),
            "author_name": _LINE,
            "description": plain(200),
            "provider_icon_url": web(2000),
            "provider_name": _LINE,
        },
        needs=("alt_text", "title", "thumbnail_url", "video_url"),
    ),
}

IN_CONTAINER = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)

BLOCKS["container"] = Shape(
    fields={
        **_BLOCK,
        "title": plain(150),
        "rich_text_title": RICH_TEXT_ONLY,
        "subtitle": text(150),
        "child_blocks": Many(
            of=Typed(shapes={name: BLOCKS[name] for name in IN_CONTAINER}), least=1, most=10
        ),
        "width": String(out_of=("narrow", "standard", "wide", "full")),
        "icon": _IMAGE_ONLY,
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    needs=("child_blocks",),
    any_of=("title", "rich_text_title"),
    rules=(
        rules.needs("default_collapsed", "is_collapsible"),
        rules.excludes("has_header_divider", "is_collapsible"),
    ),
)

# Where a block may stand; `file` appears in messages that are read and is refused in those sent.
MODAL = (
    "actions",
    "alert",
    "card",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
)
HOME = (
    "actions",
    "card",
    "carousel",
    "container",
    "context",
    "data_table",
    "data_visualization",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)
MESSAGE = (*HOME, "context_actions", "markdown", "plan", "task_card")


def on_surface(names: tuple[str, ...], *, most: int) -> Many:
    """Return the array of blocks that a surface takes."""
    return Many(of=Typed(shapes={name: BLOCKS[name] for name in names}), most=most)
