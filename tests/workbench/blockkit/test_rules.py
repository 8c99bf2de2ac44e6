"""What Slack refuses besides lengths and places: formats, choices, what does not go together."""

import pytest

from tests.workbench.blockkit.samples import (
    BLOCKS,
    ELEMENTS,
    acting,
    asking,
    button,
    confirm,
    image,
    option,
    plain,
    raw,
    rich,
    saying,
    series,
)
from workbench.blockkit import Problem, message_problems

OPTIONS = [option("a"), option("b")]
OFFERED = "invalid initial_option: must match one of the options"
ALL_OFFERED = "invalid initial_options: must match one of the options"


def chart(*lines, categories=("week 1", "week 2")):
    return {
        "type": "data_visualization",
        "title": "Cases",
        "chart": {
            "type": "bar",
            "series": [*lines],
            "axis_config": {"categories": [*categories]},
        },
    }


def table(*rows, **more):
    return {"type": "data_table", "caption": "Cases", "rows": [*rows], **more}


def inline(**leaf):
    return rich(leaf)


SPOT = "/elements/0/elements/0"  # of an inline element

REFUSED = [  # what, Slack's words, where below the block
    # formats
    (acting(button(url="example.com")), "invalid url", "/elements/0/url"),
    (acting(button(url="https://example .com")), "invalid url", "/elements/0/url"),
    ({"type": "image", "alt_text": "a", "image_url": "slack://a"}, "invalid url", "/image_url"),
    ({**BLOCKS["video"], "video_url": "http://a.b/c"}, "invalid url", "/video_url"),
    ({**BLOCKS["video"], "title_url": "http://a.b/c"}, "invalid url", "/title_url"),
    (asking({"type": "datepicker", "initial_date": "2025-02-30"}), "invalid date, must be YYYY-MM-DD", "/element/initial_date"),
    (asking({"type": "datepicker", "initial_date": "20250203"}), "invalid date, must be YYYY-MM-DD", "/element/initial_date"),
    (asking({"type": "timepicker", "initial_time": "24:00"}), "invalid time, must be HH:mm", "/element/initial_time"),
    (asking({"type": "timepicker", "initial_time": "9:00"}), "invalid time, must be HH:mm", "/element/initial_time"),
    (asking({"type": "timepicker", "timezone": "Mars/Base"}), "invalid timezone", "/element/timezone"),
    (asking({"type": "datetimepicker", "initial_date_time": 99}), "must be greater than 999999999", "/element/initial_date_time"),
    (asking({"type": "datetimepicker", "initial_date_time": "1748851200"}), "must provide an integer", "/element/initial_date_time"),
    (asking({"type": "users_select", "initial_user": "ana"}), "invalid user id", "/element/initial_user"),
    (asking({"type": "channels_select", "initial_channel": "#case"}), "invalid channel id", "/element/initial_channel"),
    (asking({"type": "conversations_select", "initial_conversation": "S1"}), "invalid conversation id", "/element/initial_conversation"),
    (inline(type="user", user_id="<@U1>"), "invalid user id", f"{SPOT}/user_id"),
    (inline(type="color", value="red"), "invalid color", f"{SPOT}/value"),
    # choices
    (acting(button(style="default")), "invalid value: default", "/elements/0/style"),
    (acting(button(confirm=confirm(style="red"))), "invalid value: red", "/elements/0/confirm/style"),
    ({**BLOCKS["container"], "width": "huge"}, "invalid value: huge", "/width"),
    ({**BLOCKS["task_card"], "status": "done"}, "invalid value: done", "/status"),
    ({**BLOCKS["table"], "column_settings": [{"align": "top"}]}, "invalid value: top", "/column_settings/0/align"),
    (inline(type="broadcast", range="all"), "invalid value: all", f"{SPOT}/range"),
    (asking({"type": "conversations_select", "filter": {"include": ["all"]}}), "invalid value: all", "/element/filter/include/0"),
    (asking({"type": "url_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_blur"]}}), "invalid value: on_blur", "/element/dispatch_action_config/trigger_actions_on/0"),
    # one of, at least one of, all of
    ({"type": "section"}, "must provide at least one of: text, fields", ""),
    ({"type": "card", "subtitle": plain()}, "must provide at least one of: hero_image, title, actions, body", ""),
    ({"type": "container", "child_blocks": [{"type": "divider"}]}, "must provide at least one of: title, rich_text_title", ""),
    ({"type": "image", "alt_text": "a"}, "must provide exactly one of: image_url, slack_file", ""),
    ({**BLOCKS["image"], "image_url": "https://a.b"}, "must provide exactly one of: image_url, slack_file", ""),
    ({**BLOCKS["image"], "slack_file": {}}, "must provide exactly one of: id, url", "/slack_file"),
    (asking({"type": "static_select"}), "must provide exactly one of: options, option_groups", "/element"),
    (asking({**ELEMENTS["static_select"], "options": OPTIONS}), "must provide exactly one of: options, option_groups", "/element"),
    (asking({"type": "conversations_select", "filter": {}}), "must provide at least one of: include, exclude_external_shared_channels, exclude_bot_users", "/element/filter"),
    (asking({"type": "number_input"}), "missing required field: is_decimal_allowed", "/element"),
    (asking({"type": "url_text_input", "dispatch_action_config": {}}), "missing required field: trigger_actions_on", "/element/dispatch_action_config"),
    *(
        (acting(button(confirm={key: value for key, value in confirm().items() if key != name})), f"missing required field: {name}", "/elements/0/confirm")
        for name in confirm()
    ),
    ({"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]}, "missing required field: style", "/elements/0"),
    # types of text, options, elements
    (acting(button(text={"type": "mrkdwn", "text": "*a*"})), "unsupported type: mrkdwn", "/elements/0/text/type"),
    (asking({"type": "static_select", "options": [option(text={"type": "mrkdwn", "text": "a"})]}), "unsupported type: mrkdwn", "/element/options/0/text/type"),
    (asking({"type": "static_select", "options": [option(url="https://a.b")]}), "invalid additional property: url", "/element/options/0"),
    (acting(button(disabled=True)), "invalid additional property: disabled", "/elements/0"),
    ({"type": "actions", "elements": ["button"]}, "must provide an object", "/elements/0"),
    ({**BLOCKS["input"], "optional": "yes"}, "must provide a boolean", "/optional"),
    (saying(accessory="button"), "must provide an object", "/accessory"),
    ({"type": "section", "text": "Words"}, "must provide an object", "/text"),
    ({"type": "section", "text": {"type": "mrkdwn", "text": 5}}, "must provide a string", "/text/text"),
    ({**BLOCKS["container"], "child_blocks": [BLOCKS["card"]]}, "unsupported type: card", "/child_blocks/0/type"),
    ({**BLOCKS["carousel"], "elements": [{"type": "divider"}]}, "unsupported type: divider", "/elements/0/type"),
    ({**BLOCKS["card"], "actions": [ELEMENTS["overflow"]]}, "unsupported type: overflow", "/actions/0/type"),
    ({"type": "rich_text", "elements": [{"type": "text", "text": "a"}]}, "unsupported type: text", "/elements/0/type"),
    ({"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}]}, "unsupported type: user", f"{SPOT}/type"),
    ({"type": "table", "rows": [[image()]]}, "unsupported type: image", "/rows/0/0/type"),
    # what does not go together
    (asking({"type": "static_select", "options": OPTIONS, "initial_option": option("c")}), OFFERED, "/element/initial_option"),
    (asking({"type": "static_select", "options": OPTIONS, "initial_option": option("a", text=plain("Other"))}), OFFERED, "/element/initial_option"),
    (asking({"type": "static_select", "options": OPTIONS, "initial_option": option("a", description=plain())}), OFFERED, "/element/initial_option"),
    (asking({"type": "radio_buttons", "options": OPTIONS, "initial_option": option("c")}), OFFERED, "/element/initial_option"),
    (asking({"type": "checkboxes", "options": OPTIONS, "initial_options": [option("a"), option("c")]}), ALL_OFFERED, "/element/initial_options/1"),
    (asking({"type": "multi_static_select", "options": OPTIONS, "initial_options": [option("c")]}), ALL_OFFERED, "/element/initial_options/0"),
    (asking({"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 1}), "no more than 1 items allowed", "/element/initial_users"),
    (asking({"type": "plain_text_input", "min_length": 9, "max_length": 8}), "must not be greater than max_length", "/element/min_length"),
    (asking({"type": "rich_text_input", "min_lines": 9, "max_lines": 8}), "must not be greater than max_lines", "/element/min_lines"),
    (asking({"type": "number_input", "is_decimal_allowed": False, "initial_value": "1.5"}), "invalid number: decimals are not allowed", "/element/initial_value"),
    (asking({"type": "number_input", "is_decimal_allowed": False, "initial_value": "one"}), "invalid number", "/element/initial_value"),
    (asking({"type": "number_input", "is_decimal_allowed": True, "min_value": "2", "max_value": "1.9"}), "must not be greater than max_value", "/element/min_value"),
    (asking({"type": "number_input", "is_decimal_allowed": True, "initial_value": "2", "max_value": "1.9"}), "must not be greater than max_value", "/element/initial_value"),
    ({**BLOCKS["container"], "is_collapsible": False}, "invalid default_collapsed without is_collapsible", "/default_collapsed"),
    ({**BLOCKS["container"], "has_header_divider": True}, "invalid has_header_divider together with is_collapsible", "/has_header_divider"),
    ({**BLOCKS["card"], "slack_icon": {"type": "icon", "name": "bug"}}, "invalid icon together with slack_icon", "/icon"),
    ({**BLOCKS["task_card"], "status": "pending"}, "invalid status: pending is for the tasks of a plan", "/status"),
    ({**BLOCKS["plan"], "tasks": [BLOCKS["task_card"]] * 2}, "invalid task_id: 1 must be unique", "/tasks/1/task_id"),
    ({**BLOCKS["plan"], "tasks": [{**BLOCKS["task_card"], "type": "card"}]}, "invalid value: card", "/tasks/0/type"),
    # tables and charts
    (table([raw(), raw()], [raw()]), "invalid row: must have as many cells as the header", "/rows/1"),
    (table([rich()], [raw()]), "unsupported type: rich_text", "/rows/0/0/type"),
    (table([raw()], [raw()], row_header_column_index=1), "must be less than 1", "/row_header_column_index"),
    (table([raw()], [raw("")]), "must be more than 0 characters", "/rows/1/0/text"),
    (table([raw()], [{"type": "raw_number", "value": 1}]), "missing required field: text", "/rows/1/0"),
    (chart(series(1, 2), categories=("week 1", "week 1")), "invalid categories: must be unique", "/chart/axis_config/categories"),
    (chart(series(1, 2), series(1, 2)), "invalid series: names must be unique", "/chart/series"),
    (chart(series(1)), "invalid data: must have one point for every category", "/chart/series/0/data"),
    (chart({"name": "a", "data": [{"label": "a", "value": "1"}]}), "must provide a number", "/chart/series/0/data/0/value"),
    (chart(series(float("nan"), 2)), "must provide a number", "/chart/series/0/data/0/value"),
    ({**chart(), "chart": {"type": "donut"}}, "unsupported type: donut", "/chart/type"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "message", "where"),
    REFUSED,
    ids=[f"{row} {message}" for row, (_, message, _) in enumerate(REFUSED)],
)
def test_what_slack_refuses_is_refused_in_its_words(block, message, where):
    assert Problem(message, f"/blocks/0{where}") in message_problems([block])


def test_an_initial_option_may_leave_out_what_slack_fills_in():
    bare = {"text": {"type": "plain_text", "text": "A"}, "value": "a"}
    select = {"type": "static_select", "options": OPTIONS, "initial_option": bare}
    assert message_problems([asking(select)]) == []


def test_a_whole_number_may_be_negative_and_its_bounds_equal():
    number = {"is_decimal_allowed": False, "min_value": "-3", "max_value": "-3"}
    assert message_problems([asking({"type": "number_input", **number})]) == []


def test_an_app_may_link_to_what_a_browser_can_open():
    links = ["slack://open", "mailto:ana@example.com", "http://127.0.0.1:4040/x?y#z"]
    assert message_problems([acting(button(f"{url}", url=url)) for url in links]) == []
