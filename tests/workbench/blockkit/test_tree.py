"""Ids that Slack draws, defaults that it fills in, what has a place in the state."""

import copy
import re

import pytest

from tests.workbench.blockkit.samples import (
    BLOCKS,
    ELEMENTS,
    Json,
    acting,
    asking,
    button,
    modal,
    plain,
    saying,
)
from workbench.blockkit import (
    message_problems,
    stateful_elements,
    text_length,
    view_problems,
    with_ids,
)

STATELESS = {
    "button",
    "feedback_buttons",
    "icon_button",
    "image",
    "overflow",
    "workflow_button",
}


def numbered():
    names = iter(range(1000))
    return lambda: f"{next(names):05}"


def test_missing_ids_are_drawn_and_given_ones_stay():
    pressed = {"type": "button", "text": {"type": "plain_text", "text": "Press"}}
    kept = with_ids([acting(pressed, button("own")), {"type": "divider", "block_id": "mine"}])
    drawn = kept[0]["block_id"], kept[0]["elements"][0]["action_id"]
    assert all(re.fullmatch("[A-Za-z0-9]{5}", name) for name in drawn)
    assert kept[0]["elements"][1]["action_id"] == "own"
    assert kept[1]["block_id"] == "mine"


def test_every_element_gets_an_id_wherever_it_stands():
    pressed = {"type": "button", "text": plain()}
    blocks: list[Json] = [
        saying(accessory=dict(pressed)),
        asking({"type": "datepicker"}),
        {"type": "card", "title": plain(), "actions": [dict(pressed)]},
        {**BLOCKS["container"], "child_blocks": [acting(dict(pressed))]},
        {"type": "carousel", "elements": [{"type": "card", "actions": [dict(pressed)]}]},
    ]
    kept = with_ids(blocks)
    assert "action_id" in kept[0]["accessory"]
    assert "action_id" in kept[1]["element"]
    assert "action_id" in kept[2]["actions"][0]
    assert {"block_id"} <= set(kept[3]["child_blocks"][0]) & set(kept[4]["elements"][0])
    assert "action_id" in kept[3]["child_blocks"][0]["elements"][0]
    assert "action_id" in kept[4]["elements"][0]["actions"][0]


def test_pictures_and_texts_get_no_ids():
    (kept,) = with_ids([BLOCKS["context"]])
    assert not any("action_id" in element for element in kept["elements"])


def test_a_drawn_id_never_repeats_one_that_is_there():
    draws = iter(["taken", "fresh", "taken", "other"])
    kept = with_ids(
        [{"type": "divider"}, {"type": "divider", "block_id": "taken"}], draw=lambda: next(draws)
    )
    assert [block["block_id"] for block in kept] == ["fresh", "taken"]


def test_the_flags_of_texts_are_filled_in_as_slack_does():
    blocks: list[Json] = [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "a"},
            "fields": [
                {"type": "plain_text", "text": "b"},
                {"type": "plain_text", "text": "c", "emoji": False},
                {"type": "mrkdwn", "text": "d", "verbatim": True},
            ],
        }
    ]
    (kept,) = with_ids(blocks)
    assert kept["text"]["verbatim"] is False
    assert [text.get("emoji") for text in kept["fields"]] == [True, False, None]
    assert kept["fields"][2]["verbatim"] is True


@pytest.mark.parametrize("name", [name for name in BLOCKS if name not in {"file", "alert"}])
def test_what_slack_keeps_is_a_copy_it_would_take_again(name):
    given = copy.deepcopy(BLOCKS[name])
    kept = with_ids([BLOCKS[name]], draw=numbered())
    assert BLOCKS[name] == given
    assert message_problems(kept) == []
    assert with_ids(kept) == kept


def test_everything_one_can_choose_or_type_has_a_place_in_the_state():
    blocks = [
        asking(element, f"asked {name}")
        for name, element in ELEMENTS.items()
        if not view_problems(modal(asking(element)))
    ]
    blocks += [acting(ELEMENTS["users_select"], ELEMENTS["overflow"], button())]
    blocks += [saying(accessory=ELEMENTS["datepicker"]), BLOCKS["context_actions"]]
    kept = with_ids(blocks)
    found = [(block_id, element["type"]) for block_id, _, element in stateful_elements(kept)]
    asked = [(f"asked {name}", name) for name in ELEMENTS if ("asked " + name) in dict(found)]
    assert {name for _, name in asked} == set(ELEMENTS) - STATELESS
    others = [(kept[-3]["block_id"], "users_select"), (kept[-2]["block_id"], "datepicker")]
    assert sorted(found) == sorted(asked + others)


def test_the_state_is_keyed_by_block_and_action():
    box = {
        **BLOCKS["container"],
        "child_blocks": [asking({"type": "timepicker", "action_id": "t"})],
    }
    assert [*stateful_elements([box])] == [
        ("asked", "t", {"type": "timepicker", "action_id": "t"})
    ]


@pytest.mark.parametrize(
    ("text", "blocks", "is_accepted"),
    [  # measured on chat.postMessage by others: bolt-js#2867 and, with one markdown block, #2509
        (4_649, 28, True),
        (6_020, 33, True),
        (9_597, 50, True),
        (11_341, 45, False),
        (13_298, 1, False),
    ],
)
def test_the_length_of_a_message_agrees_with_what_was_measured(text, blocks, is_accepted):
    sent: list[Json] = [{"type": "divider"}] * (blocks - 1)
    sent += [{"type": "section", "block_id": "uncounted", "text": plain("x" * text)}]
    assert (text_length(sent) <= 13_200) is is_accepted


def test_the_length_counts_more_than_what_is_visible():
    bare = text_length([acting(button())])
    assert text_length([acting(button(value="x" * 100))]) == bare + 100
