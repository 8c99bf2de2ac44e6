"""One good sample of everything Block Kit knows; each test changes one thing about it."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str = "*Words*") -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(value: str = "one", **more: Any) -> Json:
    return {"text": plain(value.title()), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"option {number}") for number in range(count)]


def confirm(**more: Any) -> Json:
    return {
        "title": plain("Sure?"),
        "text": mrkdwn("This cannot be undone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def button(name: str = "press", **more: Any) -> Json:
    return {"type": "button", "action_id": name, "text": plain("Press"), **more}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a", **more}


def rich(*elements: Json) -> Json:
    inner = elements or ({"type": "text", "text": "Words"},)
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [*inner]}],
    }


FEEDBACK = {"text": plain("Good"), "value": "good", "accessibility_label": "It helped"}

ELEMENTS: dict[str, Json] = {
    "button": button(
        value="v",
        url="https://example.com",
        style="danger",
        confirm=confirm(style="danger"),
        accessibility_label="Press it",
        agent_prompt="Press",
    ),
    "channels_select": {"initial_channel": "C0123"},
    "checkboxes": {
        "options": [
            {"text": mrkdwn(), "value": "a", "description": mrkdwn("why")},
            option("b"),
        ],
        "initial_options": [option("b")],
    },
    "conversations_select": {
        "initial_conversation": "D0123",
        "default_to_current_conversation": True,
        "filter": {"include": ["im", "public"], "exclude_bot_users": True},
    },
    "datepicker": {"initial_date": "2025-06-02", "placeholder": plain()},
    "datetimepicker": {"initial_date_time": 1_748_851_200},
    "email_text_input": {"initial_value": "ana@example.com", "placeholder": plain()},
    "external_select": {"min_query_length": 0, "initial_option": option()},
    "feedback_buttons": {"positive_button": FEEDBACK, "negative_button": FEEDBACK},
    "file_input": {"filetypes": ["pdf"], "max_files": 3},
    "icon_button": {
        "icon": "trash",
        "text": plain("Delete"),
        "value": "v",
        "visible_to_user_ids": ["U0123"],
    },
    "image": image(),
    "multi_channels_select": {"initial_channels": ["C0123"], "max_selected_items": 2},
    "multi_conversations_select": {
        "initial_conversations": ["C0123", "D0123"],
        "filter": {"exclude_external_shared_channels": True},
    },
    "multi_external_select": {"initial_options": [option()], "min_query_length": 2},
    "multi_static_select": {
        "options": [option("a"), option("b")],
        "initial_options": [option("b")],
        "max_selected_items": 1,
    },
    "multi_users_select": {"initial_users": ["U0123", "W0123"], "placeholder": plain()},
    "number_input": {
        "is_decimal_allowed": True,
        "min_value": "-1.5",
        "initial_value": "0",
        "max_value": "9",
    },
    "overflow": {"options": [option(url="slack://open")], "confirm": confirm()},
    "plain_text_input": {
        "multiline": True,
        "min_length": 0,
        "max_length": 3000,
        "initial_value": "Words",
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        "focus_on_load": True,
        "placeholder": plain(),
    },
    "radio_buttons": {"options": [option("a"), option("b")], "initial_option": option("a")},
    "rich_text_input": {"initial_value": rich(), "min_lines": 1, "max_lines": 5},
    "static_select": {
        "option_groups": [{"label": plain(), "options": [option("a"), option("b")]}],
        "initial_option": option("b"),
    },
    "timepicker": {"initial_time": "23:59", "timezone": "Europe/Berlin"},
    "url_text_input": {"initial_value": "https://example.com"},
    "users_select": {"initial_user": "U0123", "confirm": confirm()},
    "workflow_button": {
        "text": plain("Run"),
        "workflow": {
            "trigger": {
                "url": "https://slack.com/shortcuts/Ft0123",
                "customizable_input_parameters": [{"name": "who", "value": "Ana"}],
            }
        },
        "style": "primary",
    },
}
for _name, _element in ELEMENTS.items():
    _element["type"] = _name
    if _name != "image":
        _element.setdefault("action_id", f"the {_name}")

INLINE = (
    {"type": "text", "text": "Words", "style": {"bold": True, "strike": False}},
    {"type": "link", "url": "https://example.com", "text": "Words"},
    {"type": "emoji", "name": "wave", "unicode": "1f44b"},
    {"type": "user", "user_id": "U0123"},
    {"type": "channel", "channel_id": "C0123"},
    {"type": "usergroup", "usergroup_id": "S0123"},
    {"type": "team", "team_id": "T0123"},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1_748_851_200, "format": "{date_num}", "fallback": "then"},
    {"type": "color", "value": "#ff0000"},
)


def raw(text: str = "cell") -> Json:
    return {"type": "raw_text", "text": text}


def series(*values: float, name: str = "Opened") -> Json:
    data = [
        {"label": f"week {number}", "value": value} for number, value in enumerate(values, start=1)
    ]
    return {"name": name, "data": data}


BLOCKS: dict[str, Json] = {
    "actions": {"elements": [button(), ELEMENTS["datetimepicker"]]},
    "alert": {"text": mrkdwn(), "level": "warning"},
    "card": {
        "title": mrkdwn(),
        "subtitle": plain(),
        "body": mrkdwn(),
        "subtext": plain(),
        "hero_image": image(),
        "icon": image(),
        "actions": [button()],
    },
    "carousel": {"elements": [{"type": "card", "title": plain()}]},
    "container": {
        "title": plain(),
        "subtitle": mrkdwn(),
        "width": "wide",
        "icon": image(),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "divider"}, {"type": "section", "text": mrkdwn()}],
    },
    "context": {"elements": [plain(), mrkdwn(), image()]},
    "context_actions": {"elements": [ELEMENTS["feedback_buttons"], ELEMENTS["icon_button"]]},
    "data_table": {
        "caption": "Cases",
        "page_size": 10,
        "row_header_column_index": 1,
        "rows": [
            [raw("Case"), raw("Age")],
            [rich(), {"type": "raw_number", "value": 1.5, "text": "1.5 d"}],
        ],
    },
    "data_visualization": {
        "title": "Cases",
        "chart": {
            "type": "bar",
            "series": [series(1, 2), series(-1, 0.5, name="Closed")],
            "axis_config": {"categories": ["week 1", "week 2"], "x_label": "Week"},
        },
    },
    "divider": {},
    "file": {"external_id": "f", "source": "remote"},
    "header": {"text": plain(), "level": 2},
    "image": {"slack_file": {"id": "F0123"}, "alt_text": "a", "title": plain()},
    "input": {
        "label": plain(),
        "hint": plain(),
        "optional": True,
        "dispatch_action": True,
        "element": ELEMENTS["plain_text_input"],
    },
    "markdown": {"text": "**Words**"},
    "plan": {
        "title": "Plan",
        "tasks": [
            {"task_id": "1", "title": "First", "status": "pending"},
            {"type": "task_card", "task_id": "2", "title": "Second", "status": "complete"},
        ],
    },
    "rich_text": {
        "elements": [
            {"type": "rich_text_section", "elements": [*INLINE]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 8,
                "border": 1,
                "elements": [{"type": "rich_text_section", "elements": [*INLINE]}],
            },
            {"type": "rich_text_quote", "elements": [*INLINE], "border": 1},
            {"type": "rich_text_preformatted", "elements": [*INLINE[:2]], "border": 0},
        ]
    },
    "section": {"text": mrkdwn(), "fields": [plain(), mrkdwn()], "accessory": image()},
    "table": {
        "rows": [[raw(), rich(), {"type": "raw_number", "value": 1}]],
        "column_settings": [None, {"align": "right", "is_wrapped": True}],
    },
    "task_card": {
        "task_id": "1",
        "title": "First",
        "status": "in_progress",
        "details": rich(),
        "output": rich(),
        "sources": [{"type": "url", "url": "https://example.com", "text": "Example"}],
    },
    "video": {
        "title": plain(),
        "title_url": "https://example.com",
        "video_url": "https://example.com/v",
        "thumbnail_url": "https://example.com/t.png",
        "alt_text": "a",
        "author_name": "Ana",
        "provider_name": "Example",
        "provider_icon_url": "https://example.com/i.png",
        "description": plain(),
    },
}
for _name, _block in BLOCKS.items():
    _block["type"] = _name


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": [*blocks],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": [*blocks], **more}


def asking(element: Json, block_id: str = "asked", **more: Any) -> Json:
    """Return an input block around an element."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(),
        "element": element,
        **more,
    }


def acting(*elements: Json) -> Json:
    return {"type": "actions", "elements": [*elements]}


def saying(text: str = "Words", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}
