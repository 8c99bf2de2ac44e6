"""Judges what an app wants to show: the blocks of a message, or a whole view (docs.slack.dev/reference/block-kit)."""

from collections.abc import Iterator

from workbench.blockkit.blocks import HOME, MESSAGE, MODAL, on_surface
from workbench.blockkit.kinds import Flag, Kind, Many, Problem, Shape, String, Typed
from workbench.blockkit.rules import Object, objects
from workbench.blockkit.texts import TYPE, plain
from workbench.blockkit.tree import elements, members, nested
from workbench.blockkit.walk import problems

MESSAGE_BLOCKS = on_surface(MESSAGE, most=50)
_VIEW: dict[str, Kind] = {
    "type": TYPE,
    "private_metadata": String(least=0, most=3000),
    "callback_id": String(least=0, most=255),
    "external_id": String(least=0, most=255),
}
VIEWS = Typed(
    shapes={
        "modal": Shape(
            fields={
                **_VIEW,
                "title": plain(24),
                "submit": plain(24),
                "close": plain(24),
                "blocks": on_surface(MODAL, most=100),
                "clear_on_close": Flag(),
                "notify_on_close": Flag(),
            },
            needs=("title", "blocks"),
        ),
        "home": Shape(fields={**_VIEW, "blocks": on_surface(HOME, most=100)}, needs=("blocks",)),
    }
)
ATTACHMENTS = Many(of=Shape(fields={}, is_open=True), most=100)
_MARKDOWN = 12_000
# How many blocks of some types a whole message takes, and Slack's words beyond that.
_TOGETHER = (
    (("data_visualization",), 2, "no more than 2 data_visualization blocks allowed"),
    (("table", "data_table"), 1, "only_one_table_allowed"),
)


def message_problems(blocks: object, *, attachments: object = None) -> list[Problem]:
    """Return what Slack would refuse in a message's blocks and attachments.

    Blocks or attachments that are None were not given, which is fine. Pointers start
    with `/blocks` or `/attachments`.
    """
    found: list[Problem] = []
    lists: list[tuple[object, str]] = []
    if blocks is not None:
        lists.append((blocks, "/blocks"))
    if attachments is not None:
        found += problems(ATTACHMENTS, attachments, "/attachments")
        lists += [
            (one["blocks"], f"{place}/blocks")
            for one, place in members(attachments, "/attachments")
            if "blocks" in one
        ]
    for value, at in lists:
        found += problems(MESSAGE_BLOCKS, value, at)
        found += _across(value, at, is_modal=False)
    found += _together([pair for value, at in lists for pair in nested(value, at)])
    return found


def view_problems(view: object) -> list[Problem]:
    """Return what Slack would refuse in a modal or home view; pointers start with `/view`."""
    found = [*problems(VIEWS, view, "/view")]
    if not isinstance(view, dict):
        return found
    blocks, is_modal = view.get("blocks"), view.get("type") == "modal"
    has_input = any(block.get("type") == "input" for block in objects(blocks))
    if is_modal and has_input and "submit" not in view:
        found.append(Problem("missing required field: submit", "/view"))
    found += _across(blocks, "/view/blocks", is_modal=is_modal)
    return found


def _together(everything: list[tuple[Object, str]]) -> Iterator[Problem]:
    """Yield what is too much over all blocks of a message."""
    texts = [block.get("text") for block, _ in everything if block.get("type") == "markdown"]
    if len(texts) > 1 and sum(len(text) for text in texts if isinstance(text, str)) > _MARKDOWN:
        yield Problem(f"markdown text must be less than {_MARKDOWN + 1} characters", "/blocks")
    for names, most, message in _TOGETHER:
        places = [place for block, place in everything if block.get("type") in names]
        for place in places[most:]:
            yield Problem(message, place)


def _across(blocks: object, at: str, *, is_modal: bool) -> Iterator[Problem]:
    """Yield what cannot be seen in one block alone."""
    everything = [*nested(blocks, at)]
    yield from _repeated("block_id", everything)
    focused: list[str] = []
    for block, place in everything:
        inner = [*elements(block, place)]
        yield from _repeated("action_id", inner)
        focused += [spot for element, spot in inner if element.get("focus_on_load") is True]
        if not (is_modal and block.get("type") == "input"):
            yield from _response_urls(inner)
    for spot in focused[1:]:
        yield Problem("invalid focus_on_load: only one element allowed", f"{spot}/focus_on_load")


def _repeated(name: str, within: list[tuple[Object, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for one, place in within:
        value = one.get(name)
        if isinstance(value, str):
            if value in seen:
                yield Problem(f"invalid {name}: {value} already exists", f"{place}/{name}")
            seen.add(value)


def _response_urls(inner: list[tuple[Object, str]]) -> Iterator[Problem]:
    for element, spot in inner:
        if element.get("response_url_enabled") is True:
            message = "invalid response_url_enabled: only in the input blocks of a modal"
            yield Problem(message, f"{spot}/response_url_enabled")
