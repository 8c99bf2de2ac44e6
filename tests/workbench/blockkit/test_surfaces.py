"""What holds over a whole message or view: counts, ids, titles, what may stand but once."""

import pytest

from tests.workbench.blockkit.samples import (
    BLOCKS,
    acting,
    asking,
    button,
    home,
    modal,
    plain,
    saying,
)
from workbench.blockkit import Problem, message_problems, view_problems

DIVIDER = {"type": "divider"}
TEXT = {"type": "plain_text_input", "action_id": "a"}
FOCUSED = {**TEXT, "focus_on_load": True}
ANSWERING = {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}
NOT_ANSWERING = "invalid response_url_enabled: only in the input blocks of a modal"


def test_a_message_takes_fifty_blocks_and_a_view_a_hundred():
    assert message_problems([DIVIDER] * 50) == []
    assert message_problems([DIVIDER] * 51) == [
        Problem("no more than 50 items allowed", "/blocks")
    ]
    for view in (modal, home):
        assert view_problems(view(*[DIVIDER] * 100)) == []
        assert view_problems(view(*[DIVIDER] * 101)) == [
            Problem("no more than 100 items allowed", "/view/blocks")
        ]


def test_nothing_to_show_is_nothing_to_refuse():
    assert message_problems(None) == []
    assert message_problems([], attachments=[]) == []
    assert view_problems(home()) == []


def test_attachments_are_judged_by_their_blocks():
    old = {"color": "#ff0000", "text": "as it was", "fields": [{"title": "a"}]}
    bad = {"blocks": [DIVIDER, {"type": "alert", "text": plain()}]}
    assert message_problems(None, attachments=[old] * 100) == []
    assert message_problems(None, attachments=[old] * 101) == [
        Problem("no more than 100 items allowed", "/attachments")
    ]
    assert message_problems([DIVIDER], attachments=[old, bad, "x"]) == [
        Problem("must provide an object", "/attachments/2"),
        Problem("unsupported type: alert", "/attachments/1/blocks/1/type"),
    ]


def test_markdown_counts_over_all_blocks_and_attachments():
    half = {"type": "markdown", "text": "x" * 6000}
    assert message_problems([half, half]) == []
    too_much = [Problem("markdown text must be less than 12001 characters", "/blocks")]
    assert message_problems([half, half, {"type": "markdown", "text": "x"}]) == too_much
    assert message_problems([half, half], attachments=[{"blocks": [half]}]) == too_much


def test_a_message_takes_two_charts():
    chart = BLOCKS["data_visualization"]
    assert message_problems([chart] * 2) == []
    assert message_problems([chart] * 3) == [
        Problem("no more than 2 data_visualization blocks allowed", "/blocks/2")
    ]


def test_a_message_takes_one_table_wherever_it_stands():
    table = BLOCKS["table"]
    boxed = {**BLOCKS["container"], "child_blocks": [table]}
    assert message_problems([boxed]) == []
    assert message_problems([boxed, BLOCKS["data_table"]]) == [
        Problem("only_one_table_allowed", "/blocks/1")
    ]
    assert message_problems([table], attachments=[{"blocks": [table]}]) == [
        Problem("only_one_table_allowed", "/attachments/0/blocks/0")
    ]
    assert view_problems(home(table, table)) == []


def test_a_block_id_is_unique_in_its_message_or_view():
    once, inside = {**DIVIDER, "block_id": "a"}, {**DIVIDER, "block_id": "a"}
    box = {**BLOCKS["container"], "child_blocks": [inside]}
    for problems, at in (
        (message_problems([once, box]), "/blocks"),
        (view_problems(home(once, box)), "/view/blocks"),
    ):
        assert problems == [
            Problem("invalid block_id: a already exists", f"{at}/1/child_blocks/0/block_id")
        ]


def test_an_action_id_is_unique_in_its_block_only():
    assert message_problems([acting(button("a")), acting(button("a"))]) == []
    assert message_problems([acting(button("a"), button("b"), button("a"))]) == [
        Problem("invalid action_id: a already exists", "/blocks/0/elements/2/action_id")
    ]


def test_one_element_has_the_focus():
    assert view_problems(modal(asking(FOCUSED, "1"), asking(TEXT, "2"))) == []
    assert view_problems(modal(asking(FOCUSED, "1"), asking(FOCUSED, "2"))) == [
        Problem(
            "invalid focus_on_load: only one element allowed",
            "/view/blocks/1/element/focus_on_load",
        )
    ]


def test_a_response_url_is_offered_in_the_inputs_of_a_modal_only():
    refused = [
        (message_problems([asking(ANSWERING)]), "/blocks/0/element"),
        (view_problems(home(asking(ANSWERING))), "/view/blocks/0/element"),
        (view_problems(modal(saying(accessory=ANSWERING))), "/view/blocks/0/accessory"),
    ]
    assert view_problems(modal(asking(ANSWERING))) == []
    for problems, at in refused:
        assert problems == [Problem(NOT_ANSWERING, f"{at}/response_url_enabled")]


def test_a_modal_with_an_input_needs_submit():
    without = {key: value for key, value in modal().items() if key != "submit"}
    assert view_problems({**without, "blocks": [saying()]}) == []
    assert view_problems({**without, "blocks": [saying(), asking(TEXT)]}) == [
        Problem("missing required field: submit", "/view")
    ]
    assert view_problems(home(asking(TEXT))) == []


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_the_words_around_a_modal_are_short_and_plain(name):
    at = f"/view/{name}"
    assert view_problems(modal(**{name: plain("x" * 24)})) == []
    assert view_problems(modal(**{name: plain("x" * 25)})) == [
        Problem("must be less than 25 characters", f"{at}/text")
    ]
    assert view_problems(modal(**{name: plain("")})) == [
        Problem("must be more than 0 characters", f"{at}/text")
    ]
    assert view_problems(modal(**{name: {"type": "mrkdwn", "text": "a"}})) == [
        Problem("unsupported type: mrkdwn", f"{at}/type")
    ]
    assert view_problems(modal(**{name: "Words"})) == [Problem("must provide an object", at)]
    assert view_problems(home(**{name: plain()})) == [
        Problem(f"invalid additional property: {name}", "/view")
    ]


@pytest.mark.parametrize(
    ("name", "most"), [("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)]
)
def test_what_slack_keeps_for_the_app_has_a_limit(name, most):
    for view in (modal, home):
        assert view_problems(view(**{name: ""})) == []
        assert view_problems(view(**{name: "x" * most})) == []
        assert view_problems(view(**{name: "x" * (most + 1)})) == [
            Problem(f"must be less than {most + 1} characters", f"/view/{name}")
        ]


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (None, Problem("must provide an object", "/view")),
        ([], Problem("must provide an object", "/view")),
        ({"blocks": []}, Problem("missing required field: type", "/view")),
        ({"type": "dialog"}, Problem("unsupported type: dialog", "/view/type")),
        ({"type": "modal", "blocks": []}, Problem("missing required field: title", "/view")),
        ({"type": "home"}, Problem("missing required field: blocks", "/view")),
        (modal(hash="1"), Problem("invalid additional property: hash", "/view")),
        (
            modal(submit_disabled=True),
            Problem("invalid additional property: submit_disabled", "/view"),
        ),
        (modal(clear_on_close="yes"), Problem("must provide a boolean", "/view/clear_on_close")),
        (modal(close=None), Problem("must provide an object", "/view/close")),
        (
            home(notify_on_close=True),
            Problem("invalid additional property: notify_on_close", "/view"),
        ),
    ],
)
def test_a_view_says_what_it_is_and_nothing_else(view, problem):
    assert view_problems(view) == [problem]
