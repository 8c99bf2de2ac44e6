"""A second opinion: the limits and surfaces that `slackblocks` carries, against our tables."""

import inspect
import re

import pytest
from slackblocks import _limits, _surfaces
from slackblocks.errors import TypeMismatchError

from workbench.blockkit import message_problems
from workbench.blockkit.blocks import BLOCKS, HOME, MESSAGE, MODAL
from workbench.blockkit.elements import ELEMENTS
from workbench.blockkit.kinds import Many, Number, Shape, String, Typed
from workbench.blockkit.surfaces import ATTACHMENTS, MESSAGE_BLOCKS, VIEWS
from workbench.blockkit.texts import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    LINKING_OPTION,
    OPTION_GROUP,
)

# `# header.text.max_length` stands over `HEADER_TEXT_MAX_LENGTH = 150`.
SPELLED = re.findall(r"# ([\w.]+)\n\w+ = (\d+)", inspect.getsource(_limits))
THEIRS = {name: int(value) for name, value in SPELLED}

BOUNDS = {
    "min_length": (String, "least"),
    "max_length": (String, "most"),
    "item_max_length": (String, "most"),
    "min_items": (Many, "least"),
    "max_items": (Many, "most"),
    "min": (Number, "least"),
    "max": (Number, "most"),
    "exclusive_min": (Number, "above"),
}

# What they name otherwise than Slack's JSON does: their words, our table, the way down into it.
NAMED = {
    "action_id": (ELEMENTS["button"], "action_id"),
    "block_id": (BLOCKS["divider"], "block_id"),
    "text": (BLOCKS["section"], "text"),
    "checkboxes.options": (ELEMENTS["checkboxes"], "options"),
    "confirmation": (CONFIRM, ""),
    "conversation_filter": (CONVERSATION_FILTER, ""),
    "data_table.cell_text": (BLOCKS["data_table"], "rows.*.*.text"),
    "data_table.columns": (BLOCKS["data_table"], "rows.*"),
    "data_visualization.axis_label": (BLOCKS["data_visualization"], "chart.bar.axis_config.x_label"),
    "data_visualization.categories": (BLOCKS["data_visualization"], "chart.bar.axis_config.categories"),
    "data_visualization.category_label": (BLOCKS["data_visualization"], "chart.line.axis_config.categories.*"),
    "data_visualization.data": (BLOCKS["data_visualization"], "chart.area.series.*.data"),
    "data_visualization.point_label": (BLOCKS["data_visualization"], "chart.bar.series.*.data.*.label"),
    "data_visualization.segment": (BLOCKS["data_visualization"], "chart.pie.segments.*"),
    "data_visualization.segments": (BLOCKS["data_visualization"], "chart.pie.segments"),
    "data_visualization.series": (BLOCKS["data_visualization"], "chart.bar.series"),
    "data_visualization.series_name": (BLOCKS["data_visualization"], "chart.bar.series.*.name"),
    "date_picker": (ELEMENTS["datepicker"], ""),
    "dispatch_action_configuration": (DISPATCH_ACTION_CONFIG, ""),
    "email_input": (ELEMENTS["email_text_input"], ""),
    "feedback_button": (ELEMENTS["feedback_buttons"], "positive_button"),
    "image_element": (ELEMENTS["image"], ""),
    "message.attachments": (ATTACHMENTS, ""),
    "message.blocks": (MESSAGE_BLOCKS, ""),
    "multi_select": (ELEMENTS["multi_users_select"], ""),
    "option": (LINKING_OPTION, ""),
    "option_group": (OPTION_GROUP, ""),
    "rich_text_list": (BLOCKS["rich_text"], "elements.*.rich_text_list"),
    "rich_text_preformatted": (BLOCKS["rich_text"], "elements.*.rich_text_preformatted"),
    "rich_text_quote": (BLOCKS["rich_text"], "elements.*.rich_text_quote"),
    "section.fields.item": (BLOCKS["section"], "fields.*"),
    "select": (ELEMENTS["static_select"], ""),
    "select.min_query_length": (ELEMENTS["external_select"], "min_query_length"),
    "table.columns": (BLOCKS["table"], "rows.*"),
    "time_picker": (ELEMENTS["timepicker"], ""),
    "url_input": (ELEMENTS["url_text_input"], ""),
    "view": (VIEWS, "modal"),
}  # fmt: skip

# Rules of a whole table or message, or no business of Block Kit's; the tests named hold ours to them.
ELSEWHERE = {
    "data_table.content.max_length",  # test_sizes: the cells of a data table
    "data_table.total_content.max_length",  # the same, as a message takes one table only
    "markdown.total_text.max_length",  # test_surfaces: markdown counts over all blocks
    "message.data_visualizations.max_items",  # test_surfaces: two charts
    "message.channel.min_length",  # an argument of the method, not of its blocks
}


def found(spelled):
    """Return our table and the way down for their name, by the longest name that we translate."""
    words = spelled.split(".")
    spells = [(".".join(words[:length]), words[length:]) for length in range(len(words), 0, -1)]
    for name, rest in spells:
        if name in NAMED:
            kind, way = NAMED[name]
            return kind, ".".join([*way.split("."), *rest])
    return {**ELEMENTS, **BLOCKS}[words[0]], ".".join(words[1:])


def down(kind, way):
    for step in filter(None, way.split(".")):
        kind = below(kind, step)
    return kind


def below(kind, step):
    match kind:
        case Many():
            return kind.of if step == "*" else below(kind.of, step)
        case Typed() if step in kind.shapes:
            return kind.shapes[step]
        case Typed():
            return next(
                shape.fields[step] for shape in kind.shapes.values() if step in shape.fields
            )
        case _:
            return kind.fields[step]


def ours(spelled):
    path, _, bound = spelled.rpartition(".")
    if bound == "item_max_length":
        path += ".item"
    kind, way = found(path)
    kind = down(kind, way)
    wanted, attribute = BOUNDS[bound]
    if wanted is String and isinstance(kind, Typed | Shape):
        kind = down(kind, "text")
    assert isinstance(kind, wanted), (spelled, kind)
    return getattr(kind, attribute)


def test_every_limit_of_the_oracle_is_read():
    constants = {name for name in vars(_limits) if name.isupper()}
    assert len(THEIRS) == len(constants) >= 147
    assert set(THEIRS) > ELSEWHERE


@pytest.mark.parametrize("spelled", sorted(set(THEIRS) - ELSEWHERE))
def test_our_limit_is_theirs(spelled):
    assert ours(spelled) == THEIRS[spelled]


@pytest.mark.parametrize(
    ("ours", "surface", "different"),
    [
        (MESSAGE, "message", {"file"}),  # they read it, too; an app that sends it is refused
        (MODAL, "modal", set()),
        (HOME, "home", set()),
    ],
)
def test_our_blocks_stand_where_theirs_do(ours, surface, different):
    assert set(ours) ^ _surfaces._BLOCK_TYPES_BY_SURFACE[surface] == different


def test_a_standalone_task_is_never_pending_there_either():
    task = {"type": "task_card", "task_id": "1", "title": "First", "status": "pending"}
    with pytest.raises(TypeMismatchError):
        _surfaces.validate_standalone_task_cards([task])
    assert message_problems([task]) != []
