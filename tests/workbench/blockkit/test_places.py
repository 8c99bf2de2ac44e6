"""Where each block and each element may stand, and what it must have."""

import copy

import pytest

from tests.workbench.blockkit.samples import (
    BLOCKS,
    ELEMENTS,
    acting,
    asking,
    home,
    modal,
    plain,
    saying,
)
from workbench.blockkit import Problem, message_problems, view_problems

# Slack's own table (docs.slack.dev/reference/block-kit): message, modal, home. `file` can be read, never sent.
SURFACES = {
    "actions": (True, True, True),
    "alert": (False, True, False),
    "card": (True, True, True),
    "carousel": (True, False, True),
    "container": (True, False, True),
    "context": (True, True, True),
    "context_actions": (True, False, False),
    "data_table": (True, False, True),
    "data_visualization": (True, False, True),
    "divider": (True, True, True),
    "file": (False, False, False),
    "header": (True, True, True),
    "image": (True, True, True),
    "input": (True, True, True),
    "markdown": (True, False, False),
    "plan": (True, False, False),
    "rich_text": (True, True, True),
    "section": (True, True, True),
    "table": (True, False, True),
    "task_card": (True, False, False),
    "video": (True, True, True),
}

# Which parent takes which element (docs.slack.dev/reference/block-kit): actions, section accessory, input.
SELECTS = dict.fromkeys(
    [
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "channels_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
        "checkboxes",
        "datepicker",
        "radio_buttons",
        "timepicker",
    ],
    (True, True, True),
)
PARENTS = SELECTS | {
    "button": (True, True, False),
    "datetimepicker": (True, False, True),
    "email_text_input": (False, False, True),
    "feedback_buttons": (False, False, False),
    "file_input": (False, False, True),
    "icon_button": (False, False, False),
    "image": (False, True, False),
    "number_input": (False, False, True),
    "overflow": (True, True, False),
    "plain_text_input": (False, False, True),
    "rich_text_input": (True, False, True),
    "url_text_input": (False, False, True),
    "workflow_button": (True, True, False),
}

REQUIRED = {
    "actions": ["elements"],
    "alert": ["text"],
    "card": [],
    "carousel": ["elements"],
    "container": ["child_blocks"],
    "context": ["elements"],
    "context_actions": ["elements"],
    "data_table": ["caption", "rows"],
    "data_visualization": ["chart", "title"],
    "divider": [],
    "header": ["text"],
    "image": ["alt_text"],
    "input": ["element", "label"],
    "markdown": ["text"],
    "plan": ["title"],
    "rich_text": ["elements"],
    "section": [],
    "table": ["rows"],
    "task_card": ["status", "task_id", "title"],
    "video": ["alt_text", "thumbnail_url", "title", "video_url"],
}


def where(block):
    return {
        "message": (message_problems([block]), "/blocks/0"),
        "modal": (view_problems(modal(block)), "/view/blocks/0"),
        "home": (view_problems(home(block)), "/view/blocks/0"),
    }


def anywhere(block):
    """Return what is wrong with a block on a surface that takes its type."""
    return next(
        (found, at)
        for found, at in where(block).values()
        if Problem(f"unsupported type: {block['type']}", f"{at}/type") not in found
    )


def test_every_block_and_every_element_has_a_row():
    assert set(SURFACES) == set(BLOCKS)
    assert set(REQUIRED) == set(BLOCKS) - {"file"}
    assert set(PARENTS) == set(ELEMENTS)


@pytest.mark.parametrize("name", SURFACES)
def test_a_good_block_is_taken_where_it_belongs_and_nowhere_else(name):
    found = where(BLOCKS[name])
    for may_stand, (problems, at) in zip(SURFACES[name], found.values(), strict=True):
        unsupported = [Problem(f"unsupported type: {name}", f"{at}/type")]
        assert problems == ([] if may_stand else unsupported)


@pytest.mark.parametrize("name", PARENTS)
def test_a_good_element_is_taken_where_it_belongs_and_nowhere_else(name):
    element = ELEMENTS[name]
    parents = {
        "elements/0": acting(element),
        "accessory": saying(accessory=element),
        "element": asking(element),
    }
    for may_stand, (place, block) in zip(PARENTS[name], parents.items(), strict=True):
        unsupported = [Problem(f"unsupported type: {name}", f"/view/blocks/0/{place}/type")]
        assert view_problems(modal(block)) == ([] if may_stand else unsupported)


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name, fields in REQUIRED.items() for field in fields]
)
def test_a_block_without_a_required_field_is_refused(name, field):
    block = {key: value for key, value in BLOCKS[name].items() if key != field}
    found, at = anywhere(block)
    assert found == [Problem(f"missing required field: {field}", at)]


@pytest.mark.parametrize("name", REQUIRED)
def test_only_the_required_fields_are_required(name):
    needed = {"type", *REQUIRED[name]} | {
        "card": {"title"},
        "container": {"title"},
        "image": {"slack_file"},
        "section": {"fields"},
    }.get(name, set())
    found, _ = anywhere({key: value for key, value in BLOCKS[name].items() if key in needed})
    assert found == []


@pytest.mark.parametrize("name", REQUIRED)
def test_a_field_a_block_does_not_know_is_refused(name):
    found, at = anywhere({**BLOCKS[name], "colour": "red"})
    assert found == [Problem("invalid additional property: colour", at)]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_field_without_a_value_is_refused(name):
    for field in set(BLOCKS[name]) - {"type"}:
        found, _ = anywhere({**BLOCKS[name], field: None})
        assert found != []


@pytest.mark.parametrize("name", ELEMENTS)
def test_a_field_an_element_does_not_know_is_refused(name):
    element = copy.deepcopy(ELEMENTS[name]) | {"colour": "red"}
    block = next(
        block
        for block in (
            asking(element),
            acting(element),
            saying(accessory=element),
            {"type": "context_actions", "elements": [element]},
        )
        if "unsupported" not in str(message_problems([block]))
    )
    assert [problem.message for problem in message_problems([block])] == [
        "invalid additional property: colour"
    ]


def test_blocks_are_objects_with_a_type_in_an_array():
    assert message_problems({"type": "divider"}) == [Problem("must provide an array", "/blocks")]
    assert message_problems(["divider"]) == [Problem("must provide an object", "/blocks/0")]
    assert message_problems([{}]) == [Problem("missing required field: type", "/blocks/0")]
    assert message_problems([{"type": 1}]) == [Problem("must provide a string", "/blocks/0/type")]


def test_a_header_takes_plain_text_only():
    block = {"type": "header", "text": {"type": "mrkdwn", "text": "*Words*"}}
    assert message_problems([block]) == [
        Problem("unsupported type: mrkdwn", "/blocks/0/text/type")
    ]


def test_emoji_belongs_to_plain_text_and_verbatim_to_mrkdwn():
    texts = [{"type": "mrkdwn", "text": "a", "emoji": True}, {**plain(), "verbatim": True}]
    blocks = [{"type": "section", "text": text} for text in texts]
    assert message_problems(blocks) == [
        Problem("invalid additional property: emoji", "/blocks/0/text"),
        Problem("invalid additional property: verbatim", "/blocks/1/text"),
    ]
