"""How many items, how large a number by Slack's reference: what just fits, and one more."""

import pytest

from tests.workbench.blockkit.makers import (
    bars,
    block,
    bordered,
    called,
    element,
    listed,
    pie,
    trashed,
)
from tests.workbench.blockkit.samples import (
    BLOCKS,
    acting,
    asking,
    button,
    option,
    options,
    plain,
    raw,
    rich,
    series,
)
from workbench.blockkit import Problem, message_problems

ITEMS = [  # what holds n items, the fewest and the most it takes, where
    (lambda n: acting(*(button(f"{one}") for one in range(n))), 1, 25, "elements"),
    (lambda n: {"type": "context", "elements": [plain()] * n}, 1, 10, "elements"),
    (
        lambda n: block(
            "context_actions",
            elements=[element("icon_button", action_id=f"{i}") for i in range(n)],
        ),
        1,
        5,
        "elements",
    ),
    (lambda n: {"type": "section", "fields": [plain()] * n}, 1, 10, "fields"),
    (lambda n: block("card", actions=[button(f"{one}") for one in range(n)]), 1, 3, "actions"),
    (lambda n: block("carousel", elements=BLOCKS["carousel"]["elements"] * n), 1, 10, "elements"),
    (lambda n: block("container", child_blocks=[{"type": "divider"}] * n), 1, 10, "child_blocks"),
    (lambda n: block("table", rows=[[raw()]] * n), 1, 100, "rows"),
    (lambda n: block("table", rows=[[raw()] * n]), 1, 20, "rows/0"),
    (lambda n: block("table", column_settings=[None] * n), 0, 20, "column_settings"),
    (
        lambda n: block("data_table", rows=[[raw()]] * n, row_header_column_index=0),
        2,
        201,
        "rows",
    ),
    (lambda n: pie([{"label": "a", "value": 1}] * n), 1, 12, "chart/segments"),
    (
        lambda n: block(
            "plan", tasks=[{**BLOCKS["task_card"], "task_id": f"{i}"} for i in range(n)]
        ),
        0,
        50,
        "tasks",
    ),
    (
        lambda n: trashed(visible_to_user_ids=["U0123"] * n),
        0,
        10,
        "elements/0/visible_to_user_ids",
    ),
    (lambda n: acting({"type": "overflow", "options": options(n)}), 1, 5, "elements/0/options"),
    (lambda n: acting({"type": "checkboxes", "options": options(n)}), 1, 10, "elements/0/options"),
    (
        lambda n: acting({"type": "radio_buttons", "options": options(n)}),
        1,
        10,
        "elements/0/options",
    ),
    (
        lambda n: acting({"type": "static_select", "options": options(n)}),
        1,
        100,
        "elements/0/options",
    ),
    (
        lambda n: acting({"type": "multi_static_select", "options": options(n)}),
        1,
        100,
        "elements/0/options",
    ),
    (
        lambda n: acting(
            {
                "type": "static_select",
                "option_groups": [{"label": plain(), "options": [option()]}] * n,
            }
        ),
        1,
        100,
        "elements/0/option_groups",
    ),
    (
        lambda n: acting(
            {"type": "static_select", "option_groups": [{"label": plain(), "options": options(n)}]}
        ),
        1,
        100,
        "elements/0/option_groups/0/options",
    ),
    (
        lambda n: asking(element("conversations_select", filter={"include": ["im"] * n})),
        1,
        None,
        "element/filter/include",
    ),
    (
        lambda n: asking(
            element(
                "url_text_input",
                dispatch_action_config={"trigger_actions_on": ["on_character_entered"] * n},
            )
        ),
        1,
        2,
        "element/dispatch_action_config/trigger_actions_on",
    ),
]

NUMBERS = [  # what holds the number n, the least and the most it takes, where
    (lambda n: block("header", level=n), 1, 4, "level"),
    (lambda n: block("data_table", page_size=n), 1, 100, "page_size"),
    (lambda n: block("data_table", row_header_column_index=n), 0, 1, "row_header_column_index"),
    (lambda n: listed(indent=n), 0, 8, "elements/0/indent"),
    (lambda n: listed(border=n), 0, 1, "elements/0/border"),
    (lambda n: bordered("rich_text_quote", n), 0, 1, "elements/0/border"),
    (lambda n: bordered("rich_text_preformatted", n), 0, 1, "elements/0/border"),
    (
        lambda n: asking({"type": "plain_text_input", "min_length": n}),
        0,
        3000,
        "element/min_length",
    ),
    (
        lambda n: asking({"type": "plain_text_input", "max_length": n}),
        1,
        3000,
        "element/max_length",
    ),
    (lambda n: asking({"type": "rich_text_input", "min_lines": n}), 1, 100, "element/min_lines"),
    (lambda n: asking({"type": "rich_text_input", "max_lines": n}), 1, 100, "element/max_lines"),
    (lambda n: asking({"type": "file_input", "max_files": n}), 1, 10, "element/max_files"),
    (
        lambda n: asking({"type": "multi_users_select", "max_selected_items": n}),
        1,
        None,
        "element/max_selected_items",
    ),
    (
        lambda n: asking({"type": "external_select", "min_query_length": n}),
        0,
        None,
        "element/min_query_length",
    ),
]


@pytest.mark.parametrize(
    ("make", "least", "most", "where"),
    ITEMS,
    ids=[called(make, where) for make, _, _, where in ITEMS],
)
def test_an_array_has_so_many_items(make, least, most, where):
    at = f"/blocks/0/{where}"
    assert message_problems([make(max(least, 1))]) == []
    if least:
        assert Problem(f"no fewer than {least} items allowed", at) in message_problems(
            [make(least - 1)]
        )
    if most is not None:
        assert message_problems([make(most)]) == []
        assert message_problems([make(most + 1)]) == [
            Problem(f"no more than {most} items allowed", at)
        ]


@pytest.mark.parametrize(
    ("make", "least", "most", "where"),
    NUMBERS,
    ids=[called(make, where) for make, _, _, where in NUMBERS],
)
def test_a_number_lies_between_its_bounds(make, least, most, where):
    at = f"/blocks/0/{where}"
    assert message_problems([make(least)]) == []
    assert message_problems([make(least - 1)]) == [
        Problem(f"must be greater than {least - 1}", at)
    ]
    if most is not None:
        assert message_problems([make(most)]) == []
        assert message_problems([make(most + 1)]) == [Problem(f"must be less than {most + 1}", at)]
    for odd in (True, "1", 1.5, float("nan"), float("inf")):
        assert message_problems([make(odd)]) == [Problem("must provide an integer", at)]


@pytest.mark.parametrize(("columns", "taken"), [(1, True), (20, True), (21, False), (0, False)])
def test_a_data_table_has_one_to_twenty_columns(columns, taken):
    table = block("data_table", rows=[[raw()] * columns] * 2, row_header_column_index=0)
    assert (message_problems([table]) == []) is taken


@pytest.mark.parametrize(
    ("lines", "points", "taken"), [(12, 20, True), (13, 1, False), (1, 21, False)]
)
def test_a_chart_has_twelve_series_of_twenty_points(lines, points, taken):
    assert (message_problems([bars(lines, points)]) == []) is taken


def test_labels_on_a_chart_are_short():
    assert message_problems([bars(1, label="x" * 20)]) == []
    assert message_problems([bars(1, label="x" * 21)]) == [
        Problem("must be less than 21 characters", "/blocks/0/chart/series/0/data/0/label"),
        Problem("must be less than 21 characters", "/blocks/0/chart/axis_config/categories/0"),
    ]
    axes = {"categories": ["week 1"], "x_label": "x" * 51, "y_label": "y" * 51}
    chart = {"type": "area", "series": [series(1)], "axis_config": axes}
    assert message_problems([block("data_visualization", chart=chart)]) == [
        Problem("must be less than 51 characters", "/blocks/0/chart/axis_config/x_label"),
        Problem("must be less than 51 characters", "/blocks/0/chart/axis_config/y_label"),
    ]


@pytest.mark.parametrize(("value", "taken"), [(0.01, True), (0, False), (-1, False), ("1", False)])
def test_a_segment_of_a_pie_is_more_than_nothing(value, taken):
    assert (message_problems([pie([{"label": "a", "value": value}])]) == []) is taken


@pytest.mark.parametrize(("length", "taken"), [(9_996, True), (9_997, False)])
def test_the_cells_of_a_data_table_hold_twenty_thousand_characters(length, taken):
    long = {"type": "text", "text": "x" * length}
    table = block("data_table", rows=[[raw("head")] * 2, [rich(long), rich(long)]])
    assert (message_problems([table]) == []) is taken
