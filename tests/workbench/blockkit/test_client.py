"""What Slack's client refuses before the app hears of it."""

import pytest

from tests.workbench.blockkit.samples import BLOCKS, asking, button, option, rich, saying
from workbench.blockkit import client_errors

REQUIRED = "Please complete this required field."
EMAIL = "Please enter a valid email address."
URL = "Please enter a valid URL."
WHOLE = {"is_decimal_allowed": False}
FREE = {"is_decimal_allowed": True}

FIELDS = {  # where the state keeps the value of an element
    "channels_select": "selected_channel",
    "checkboxes": "selected_options",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "datetimepicker": "selected_date_time",
    "email_text_input": "value",
    "external_select": "selected_option",
    "file_input": "files",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "multi_external_select": "selected_options",
    "multi_static_select": "selected_options",
    "multi_users_select": "selected_users",
    "number_input": "value",
    "plain_text_input": "value",
    "radio_buttons": "selected_option",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "timepicker": "selected_time",
    "url_text_input": "value",
    "users_select": "selected_user",
}


def submitted(element, value, **more):
    block = asking({"action_id": "a", **element}, **more)
    kind = element["type"]
    return client_errors([block], {"asked": {"a": {"type": kind, FIELDS[kind]: value}}})


@pytest.mark.parametrize("kind", FIELDS)
def test_a_required_input_is_filled_in(kind):
    blanks: list[object] = [None, "", []]
    for nothing in blanks:
        assert submitted({"type": kind}, nothing) == {"asked": REQUIRED}
        assert submitted({"type": kind}, nothing, optional=True) == {}


@pytest.mark.parametrize("state", [None, {}, {"asked": {}}, {"asked": {"a": None}}, {"asked": 1}])
def test_an_input_left_out_of_the_state_is_empty(state):
    block = asking({"type": "datepicker", "action_id": "a"})
    assert client_errors([block], state) == {"asked": REQUIRED}


@pytest.mark.parametrize(
    ("element", "value", "error"),
    [
        ({"type": "plain_text_input"}, "x" * 3000, None),
        ({"type": "plain_text_input"}, "x" * 3001, "Please enter no more than 3000 characters."),
        ({"type": "plain_text_input", "min_length": 3}, "abc", None),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Please enter at least 3 characters."),
        ({"type": "plain_text_input", "max_length": 1}, "😀", None),
        ({"type": "plain_text_input", "max_length": 1}, "ab", "Please enter no more than 1 character."),
        ({"type": "email_text_input"}, "ana@example.com", None),
        ({"type": "email_text_input"}, "ana.b+c@mail.example.co", None),
        ({"type": "email_text_input"}, "ana", EMAIL),
        ({"type": "email_text_input"}, "ana@example", EMAIL),
        ({"type": "email_text_input"}, "ana @example.com", EMAIL),
        ({"type": "email_text_input"}, "a@b@example.com", EMAIL),
        ({"type": "url_text_input"}, "https://example.com/a?b#c", None),
        ({"type": "url_text_input"}, "http://localhost:8080", None),
        ({"type": "url_text_input"}, "example.com", URL),
        ({"type": "url_text_input"}, "ftp://example.com", URL),
        ({"type": "url_text_input"}, "https://exa mple.com", URL),
        ({"type": "number_input", **WHOLE}, "-12", None),
        ({"type": "number_input", **WHOLE}, "1.5", "Please enter a whole number."),
        ({"type": "number_input", **FREE}, "1.5", None),
        ({"type": "number_input", **FREE}, ".5", None),
        ({"type": "number_input", **FREE}, "a dozen", "Please enter a number."),
        ({"type": "number_input", **FREE}, "1e5", "Please enter a number."),
        ({"type": "number_input", **FREE}, "²", "Please enter a number."),
        ({"type": "number_input", **FREE, "min_value": "1.5"}, "1.5", None),
        ({"type": "number_input", **FREE, "min_value": "1.5"}, "1.49", "Please enter a number greater than or equal to 1.5."),
        ({"type": "number_input", **WHOLE, "max_value": "10"}, "11", "Please enter a number less than or equal to 10."),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1"], None),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"], "Please select no more than 1 item."),
        ({"type": "multi_static_select", "max_selected_items": 2}, [option()] * 3, "Please select no more than 2 items."),
        ({"type": "multi_static_select"}, [option()] * 100, None),
        ({"type": "file_input", "max_files": 2}, [{"id": "F1"}] * 2, None),
        ({"type": "file_input", "max_files": 2}, [{"id": "F1"}] * 3, "Please upload no more than 2 files."),
        ({"type": "file_input"}, [{"id": "F1"}] * 11, "Please upload no more than 10 files."),
        ({"type": "static_select"}, option(), None),
        ({"type": "datetimepicker"}, 1_748_851_200, None),
        ({"type": "rich_text_input"}, rich(), None),
        ({"type": "rich_text_input"}, rich({"type": "emoji", "name": "wave"}), None),
        ({"type": "rich_text_input"}, rich({"type": "text", "text": " "}), REQUIRED),
        ({"type": "rich_text_input"}, {"type": "rich_text", "elements": []}, REQUIRED),
        ({"type": "rich_text_input"}, {"type": "rich_text", "elements": ["?"]}, REQUIRED),
    ],
)  # fmt: skip
def test_what_is_typed_or_chosen_must_fit_its_input(element, value, error):
    expected = {} if error is None else {"asked": error}
    assert submitted(element, value) == expected
    assert submitted(element, value, optional=True) == ({} if error == REQUIRED else expected)


def test_each_input_has_its_own_error_and_nothing_else_has_one():
    blocks = [
        saying(accessory={"type": "users_select", "action_id": "u"}),
        asking({"type": "datepicker", "action_id": "a"}, "day"),
        {"type": "actions", "elements": [button()]},
        asking({"type": "url_text_input", "action_id": "a"}, "page"),
        asking({"type": "timepicker", "action_id": "a"}, "hour"),
        {**BLOCKS["container"], "child_blocks": [asking({"type": "timepicker"}, "inner")]},
    ]
    state = {
        "page": {"a": {"type": "url_text_input", "value": "nowhere"}},
        "hour": {"a": {"type": "timepicker", "selected_time": "09:00"}},
    }
    assert client_errors(blocks, state) == {"day": REQUIRED, "page": URL, "inner": REQUIRED}
