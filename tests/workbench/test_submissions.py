"""Submitting and closing modals, and what becomes of the app's answer."""

import asyncio

import pytest
from aiohttp import web

from tests.workbench.asks import opened
from tests.workbench.blocks import (
    actions,
    button,
    field,
    home,
    modal,
    options,
    plain,
    section,
    text_field,
)
from workbench import Trouble

BANNER = "We had some trouble connecting"


async def test_an_untouched_form_is_submitted_with_every_element(app, client, ana):
    lists = {"options": options("A", "B")}
    view = modal(
        text_field("Text", optional=True),
        field("Number", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
        field("One", {"type": "static_select", **lists}, optional=True),
        field("Many", {"type": "multi_static_select", **lists}, optional=True),
        field("Boxes", {"type": "checkboxes", **lists}, optional=True),
        field("Day", {"type": "datepicker"}, optional=True),
        field("Who", {"type": "users_select"}, optional=True),
        field("Whom", {"type": "multi_users_select"}, optional=True),
        section(
            "Where", block_id="where", accessory={"type": "channels_select", "action_id": "it"}
        ),
        actions({"type": "radio_buttons", "action_id": "it", **lists}, block_id="how"),
        actions(button("Press"), block_id="no"),
    )
    await opened(app, client, ana, view)
    await ana.submits()
    values = app.payloads[-1]["view"]["state"]["values"]
    assert values == {
        "text": {"text": {"type": "plain_text_input", "value": None}},
        "number": {"number": {"type": "number_input", "value": None}},
        "one": {"one": {"type": "static_select", "selected_option": None}},
        "many": {"many": {"type": "multi_static_select", "selected_options": []}},
        "boxes": {"boxes": {"type": "checkboxes", "selected_options": []}},
        "day": {"day": {"type": "datepicker", "selected_date": None}},
        "who": {"who": {"type": "users_select", "selected_user": None}},
        "whom": {"whom": {"type": "multi_users_select", "selected_users": []}},
        "where": {"it": {"type": "channels_select", "selected_channel": None}},
        "how": {"it": {"type": "radio_buttons", "selected_option": None}},
    }


async def test_what_a_person_fills_in_is_submitted(app, client, ana):
    lists = {"options": options("Small", "Large")}
    view = modal(
        text_field("Text"),
        field("Mail", {"type": "email_text_input"}),
        field("One", {"type": "static_select", **lists}),
        field("Boxes", {"type": "checkboxes", **lists}),
        field("Day", {"type": "datepicker"}),
        field("Time", {"type": "timepicker"}),
        field("Who", {"type": "users_select"}),
        field("Where", {"type": "multi_conversations_select"}),
    )
    await opened(app, client, ana, view)
    await ana.fills(text="Hello", mail="a@example.com", day="2025-06-02", time="09:30")
    await ana.chooses("One", "Large")
    await ana.chooses("Boxes", ["Small", "Large"])
    await ana.chooses("Who", "@ben")
    await ana.chooses("Where", ["#general"])
    assert await ana.submits() == {}
    payload = app.payloads[-1]
    assert (payload["type"], payload["view"]["callback_id"]) == ("view_submission", "form")
    assert payload["response_urls"] == []
    large, small = (
        {"text": {**plain(text), "emoji": True}, "value": text.lower()}
        for text in ("Large", "Small")
    )
    values = payload["view"]["state"]["values"]
    assert {name: entry[name] for name, entry in values.items()} == {
        "text": {"type": "plain_text_input", "value": "Hello"},
        "mail": {"type": "email_text_input", "value": "a@example.com"},
        "one": {"type": "static_select", "selected_option": large},
        "boxes": {"type": "checkboxes", "selected_options": [small, large]},
        "day": {"type": "datepicker", "selected_date": "2025-06-02"},
        "time": {"type": "timepicker", "selected_time": "09:30"},
        "who": {"type": "users_select", "selected_user": "UBEN"},
        "where": {"type": "multi_conversations_select", "selected_conversations": ["CGENERAL"]},
    }
    await ana.sees_no_modal()


async def test_the_app_hears_nothing_until_the_fields_are_right(app, client, ana):
    view = modal(
        text_field("Title", element={"min_length": 3, "max_length": 5}),
        field("Mail", {"type": "email_text_input"}, optional=True),
        field(
            "Count",
            {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"},
            optional=True,
        ),
    )
    await opened(app, client, ana, view)
    assert await ana.submits() == {"Title": "Please complete this required field."}
    await ana.fills(title="ab", mail="nonsense", count="10")
    assert set(await ana.submits()) == {"Title", "Mail", "Count"}
    await ana.fills(title="abcdef", mail=None, count=None)
    assert set(await ana.submits()) == {"Title"}
    assert [each.get("type") for each in app.payloads] == [None]  # the command alone
    await ana.fill("Title", "abcd")
    assert await ana.submits() == {}


async def test_errors_stand_under_the_fields_they_name(app, client, ana):
    await opened(app, client, ana, modal())
    await ana.fill("Title", "x")
    app.answers = [{"response_action": "errors", "errors": {"title": "Not that."}}]
    assert await ana.submits() == {"Title": "Not that."}
    app.answers = [{"response_action": "errors", "errors": {"title": "Nor that."}}]
    with pytest.raises(Trouble, match="Nor that"):
        await ana.presses("Send")


@pytest.mark.parametrize(
    "answer",
    [
        500,
        web.Response(text="ok"),
        {},
        {"ok": True},
        {"response_action": "shout"},
        {"response_action": "errors"},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {"note": "x"}},
        {"response_action": "update"},
        {"response_action": "update", "view": modal(title="x" * 25)},
        {"response_action": "update", "view": home()},
        {"response_action": "push", "view": {"type": "modal"}},
    ],
    ids=[f"answer {number}" for number in range(13)],
)
async def test_any_other_answer_shows_the_banner_and_the_modal_stays(app, client, ana, answer):
    await opened(app, client, ana, modal(text_field("Title"), section("A note", block_id="note")))
    await ana.fill("Title", "x")
    app.answers = [answer]
    with pytest.raises(Trouble, match=BANNER):
        await ana.submits()
    await ana.sees(BANNER)
    await ana.modal(title="A form")


async def test_an_answer_after_three_seconds_shows_the_banner(bench, app, client, ana):
    await opened(app, client, ana, modal())
    await ana.fill("Title", "x")
    reached, never = asyncio.Event(), asyncio.Event()

    async def sleeps(_request):
        reached.set()
        await never.wait()

    app.answers = [sleeps]
    submitting = asyncio.create_task(ana.submits())
    await reached.wait()
    with pytest.raises(Trouble, match="submitted already"):
        await ana.submits()  # the button is dead meanwhile
    await bench.advance(3.1)
    with pytest.raises(Trouble, match=BANNER):
        await submitting


async def test_an_update_replaces_the_view_and_a_push_stands_above_it(app, client, ana):
    await opened(app, client, ana, modal())
    await ana.fill("Title", "x")
    app.answers = [{"response_action": "update", "view": modal(section("Two"), title="Two")}]
    await ana.submits()
    await ana.modal(title="Two")
    app.answers = [{"response_action": "push", "view": modal(section("Three"), title="Three")}]
    await ana.submits()
    await ana.modal(title="Three")
    await ana.closes()
    await ana.modal(title="Two")
    app.answers = [{"response_action": "push", "view": modal(section("Three"), title="Three")}]
    await ana.submits()
    app.answers = [{"response_action": "clear"}]
    await ana.submits()
    await ana.sees_no_modal()


async def test_clear_on_close_takes_the_whole_stack_away(app, client, ana):
    await opened(app, client, ana, modal(section("One")))
    above = modal(section("Two"), title="Two", clear_on_close=True)
    app.answers = [{"response_action": "push", "view": above}]
    await ana.submits()
    await ana.modal(title="Two")
    await ana.submits()
    await ana.sees_no_modal()


async def test_a_closing_is_told_to_who_asked_without_what_the_inputs_hold(app, client, ana):
    view = modal(
        text_field("Title"),
        section("Where", block_id="where", accessory={"type": "users_select", "action_id": "it"}),
        notify_on_close=True,
        close=plain("Cancel"),
    )
    await opened(app, client, ana, view)
    await ana.presses("Cancel")
    closed = (await app.hears(2))[1]
    assert (closed["type"], closed["is_cleared"]) == ("view_closed", False)
    assert set(closed["view"]["state"]["values"]) == {"where"}


async def test_the_x_clears_the_stack_and_tells_of_each_view(app, client, ana):
    await opened(app, client, ana, modal(section("One"), title="One", notify_on_close=True))
    above = modal(section("Two"), title="Two", notify_on_close=True)
    app.answers = [{"response_action": "push", "view": above}]
    await ana.submits()
    await ana.modal(title="Two")
    await ana.closes(everything=True)
    closed = (await app.hears(4))[2:]
    assert [each["is_cleared"] for each in closed] == [True, True]
    assert {each["view"]["title"]["text"] for each in closed} == {"One", "Two"}


async def test_nobody_is_told_of_a_closing_that_they_did_not_ask_about(app, client, ana):
    await opened(app, client, ana, modal())
    await ana.closes()
    await ana.commands("/tiny")
    assert [each.get("type") for each in app.payloads] == [None, None]


async def test_a_chosen_conversation_brings_an_address_to_answer_to(app, client, ana, ben):
    element = {"type": "conversations_select", "response_url_enabled": True}
    await opened(app, client, ana, modal(field("Where", element)))
    await ana.chooses("Where", "#general")
    await ana.submits()
    (url,) = app.payloads[-1]["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == ("CGENERAL", "where", "where")
