"""Whatever is sent, the validator answers; whatever is good stays good."""

import copy

from hypothesis import example, given
from hypothesis import strategies as st

from tests.workbench.blockkit.samples import BLOCKS, ELEMENTS, home, modal, plain
from workbench.blockkit import (
    Problem,
    client_errors,
    message_problems,
    stateful_elements,
    text_length,
    view_problems,
    with_ids,
)

WORDS = sorted(
    {"type", "blocks", "text", "elements", "element", "options", "modal", "home", "plain_text"}
    | {"mrkdwn", "accessory", "rows", "block_id", "action_id", "title", "child_blocks"}
    | set(BLOCKS)
    | set(ELEMENTS)
    | {field for block in BLOCKS.values() for field in block}
    | {field for element in ELEMENTS.values() for field in element}
)
KEYS = st.sampled_from(WORDS) | st.text(max_size=3)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(WORDS)
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
GOOD = [block for name, block in BLOCKS.items() if name not in {"file", "alert"}]


@st.composite
def damaged(draw):
    """Return a good block in which one thing, however deep, was replaced by anything."""
    whole = {"block": copy.deepcopy(draw(st.sampled_from(GOOD)))}
    place, key = whole, "block"
    while isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
        place = place[key]
        key = draw(st.sampled_from([*place] if isinstance(place, dict) else range(len(place))))
    place[key] = draw(JSON)
    return whole["block"]


def are_problems(found):
    return all(
        isinstance(one, Problem) and one.message and one.pointer.startswith("/") for one in found
    )


@given(JSON, JSON)
def test_anything_at_all_is_judged_not_tripped_over(blocks, other):
    assert are_problems(message_problems(blocks, attachments=other))
    assert are_problems(view_problems(blocks))
    assert are_problems(view_problems({"type": "modal", "title": plain(), "blocks": other}))
    assert isinstance(client_errors(blocks, other), dict)
    assert text_length(blocks) >= 0
    assert all(len(found) == 3 for found in stateful_elements(with_ids(blocks)))


@example({"type": "divider", "block_id": []}, None)  # found once, by chance
@given(damaged(), JSON)
def test_a_damaged_block_is_judged_not_tripped_over(block, state):
    assert are_problems(message_problems([block], attachments=[{"blocks": [block]}]))
    assert are_problems(view_problems(modal(block)))
    assert are_problems(view_problems(home(block)))
    assert isinstance(client_errors([block], state), dict)
    assert all(len(found) == 3 for found in stateful_elements(with_ids([block])))


@given(st.lists(st.sampled_from(GOOD), max_size=8))
def test_good_blocks_stay_good_together_once_each_has_its_own_ids(blocks):
    chosen = [
        {**block, "block_id": f"{place}"}
        for place, block in enumerate(blocks)
        if block["type"] not in {"table", "data_table", "data_visualization", "markdown"}
        and "focus_on_load" not in str(block)
    ]
    assert message_problems(chosen) == []
    assert message_problems(with_ids(chosen)) == []


@given(st.text(min_size=1, max_size=150))
def test_any_text_that_fits_is_taken(text):
    assert message_problems([{"type": "header", "text": plain(text)}]) == []
