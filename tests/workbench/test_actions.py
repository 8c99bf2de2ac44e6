"""Pressing and choosing: block_actions from messages, ephemerals, attachments and modals."""

import pytest

from tests.workbench.asks import posted
from tests.workbench.blocks import (
    actions,
    button,
    modal,
    options,
    plain,
    section,
    text_field,
)
from workbench import Trouble

A, B = ({"text": {**plain(text), "emoji": True}, "value": text.lower()} for text in "AB")


async def test_a_button_tells_what_it_is_and_where_it_stands(bench, app, client, ana):
    said = await posted(
        client,
        section("Look"),
        actions(button("Go", value="7", style="primary"), block_id="row"),
    )
    await ana.presses("Go")
    (payload,) = app.payloads
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == "UANA"
    assert payload["team"] == {"id": "T1", "domain": "acme"}
    assert (payload["api_app_id"], payload["enterprise"]) == ("A1", None)
    assert payload["container"] == {
        "type": "message",
        "message_ts": said["ts"],
        "channel_id": "CGENERAL",
        "is_ephemeral": False,
    }
    assert payload["channel"] == {"id": "CGENERAL", "name": "general"}
    assert payload["message"]["ts"] == said["ts"]
    assert payload["state"] == {"values": {}}
    assert payload["response_url"].startswith(bench.url)
    (action,) = payload["actions"]
    assert float(action.pop("action_ts"))
    assert action == {
        "type": "button",
        "action_id": "press",
        "block_id": "row",
        "text": {**plain("Go"), "emoji": True},
        "value": "7",
        "style": "primary",
    }


async def test_a_generated_block_id_is_the_one_the_action_names(app, client, ana):
    said = await posted(client, actions(button("Go")))
    await ana.presses("Go")
    assert app.payloads[0]["actions"][0]["block_id"] == said["message"]["blocks"][0]["block_id"]


async def test_a_button_with_an_address_is_told_of_too(app, client, ana):
    await posted(client, actions(button("Read", url="https://example.com")))
    await ana.presses("Read")
    assert len(app.payloads) == 1


async def test_from_an_ephemeral_message_there_is_no_message(app, client, ana):
    await client.chat_postEphemeral(
        channel="CGENERAL", user="UANA", text="Psst", blocks=[actions(button("Go"))]
    )
    await ana.presses("Go")
    (payload,) = app.payloads
    assert "message" not in payload
    assert payload["container"]["is_ephemeral"] is True


async def test_from_a_thread_the_container_names_it(app, client, ana):
    first = await posted(client, section("One"))
    await client.chat_postMessage(
        channel="CGENERAL", text="x", thread_ts=first["ts"], blocks=[actions(button("Go"))]
    )
    await ana.presses("Go")
    assert app.payloads[0]["container"]["thread_ts"] == first["ts"]


async def test_from_an_attachment_the_container_says_so(app, client, ana):
    attachment = {"blocks": [actions(button("Go"))]}
    await client.chat_postMessage(channel="CGENERAL", text="x", attachments=[attachment])
    await ana.presses("Go")
    assert app.payloads[0]["container"]["type"] == "message_attachment"


@pytest.mark.parametrize(
    ("element", "choice", "told"),
    [
        ({"type": "static_select", "options": options("A", "B")}, "B", {"selected_option": B}),
        ({"type": "static_select", "options": options("A", "B")}, None, {"selected_option": None}),
        ({"type": "radio_buttons", "options": options("A", "B")}, "A", {"selected_option": A}),
        (
            {"type": "checkboxes", "options": options("A", "B")},
            ["A", "B"],
            {"selected_options": [A, B]},
        ),
        ({"type": "checkboxes", "options": options("A", "B")}, [], {"selected_options": []}),
        ({"type": "users_select"}, "@ben", {"selected_user": "UBEN"}),
        ({"type": "multi_users_select"}, ["ana", "ben"], {"selected_users": ["UANA", "UBEN"]}),
        ({"type": "channels_select"}, "#other", {"selected_channel": "COTHER"}),
        ({"type": "conversations_select"}, "general", {"selected_conversation": "CGENERAL"}),
        ({"type": "datepicker"}, "2025-06-02", {"selected_date": "2025-06-02"}),
        ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
        ({"type": "datetimepicker"}, 1748865600, {"selected_date_time": 1748865600}),
    ],
    ids=[f"choice {number}" for number in range(12)],
)
async def test_a_choice_is_told_as_the_elements_type_says(app, client, ana, element, choice, told):
    await posted(client, actions({"action_id": "it", **element}, block_id="row"))
    await ana.chooses("it", choice)
    (payload,) = app.payloads
    assert told.items() <= payload["actions"][0].items()
    assert payload["state"]["values"] == {"row": {"it": {"type": element["type"], **told}}}


async def test_an_overflow_menu_tells_its_option_and_has_no_state(app, client, ana):
    menu = {"type": "overflow", "action_id": "more", "options": options("A", "B")}
    await posted(client, section("Look", accessory=menu))
    await ana.presses("B")
    (payload,) = app.payloads
    assert payload["actions"][0]["selected_option"] == B
    assert payload["state"]["values"] == {}


async def test_what_was_chosen_before_is_in_the_state_of_the_next_action(app, client, ana, ben):
    select = {"type": "static_select", "action_id": "it", "options": options("A", "B")}
    await posted(client, actions(select, button("Go"), block_id="row"))
    await ana.chooses("it", "B")
    await ana.presses("Go")
    state = {"row": {"it": {"type": "static_select", "selected_option": B}}}
    assert app.payloads[1]["state"]["values"] == state
    await ben.presses("Go")  # what Ana chose is hers
    assert app.payloads[2]["state"]["values"]["row"]["it"]["selected_option"] is None


async def test_a_choice_that_is_none_reaches_nobody(app, client, ana):
    select = {"type": "static_select", "action_id": "it", "options": options("A", "B")}
    said = await posted(client, actions(select, block_id="row"))
    wish = {
        "container": {"type": "message", "channel": "CGENERAL", "ts": said["ts"]},
        "block_id": "row",
        "action_id": "it",
        "selected_option": {"value": "c"},
    }
    await ana.arrives()
    assert "is no option" in (await ana._server.post("action", wish))["error"]
    for wrong in ({"action_id": "that"}, {"container": {"channel": "CGENERAL", "ts": "1.0"}}):
        answer = await ana._server.post("action", wish | wrong)
        assert "there is no" in answer["error"]
    assert app.payloads == []


async def test_an_input_dispatches_only_when_it_is_told_to(app, client, ana):
    await ana.commands("/tiny")
    view = modal(text_field("Quiet"), text_field("Loud", dispatch_action=True))
    await client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=view)
    await ana.fill("Quiet", "x")
    await ana.fill("Loud", "y")
    assert len(app.payloads) == 2
    payload = app.payloads[1]
    assert payload["actions"][0]["value"] == "y"
    assert payload["container"] == {"type": "view", "view_id": payload["view"]["id"]}
    assert "response_url" not in payload
    assert payload["view"]["state"]["values"]["quiet"]["quiet"]["value"] == "x"


async def test_an_action_that_fails_is_told_to_the_person(app, client, ana):
    await posted(client, actions(button("Go")))
    app.answers = [500]
    with pytest.raises(Trouble, match="trouble connecting"):
        await ana.presses("Go")


async def test_feedback_tells_which_of_its_buttons_was_pressed(app, client, ana):
    good, bad = ({"text": plain(text), "value": text.lower()} for text in ("Good", "Bad"))
    feedback = {
        "type": "feedback_buttons",
        "action_id": "it",
        "positive_button": good,
        "negative_button": bad,
    }
    said = await posted(
        client, {"type": "context_actions", "block_id": "row", "elements": [feedback]}
    )
    wish = {
        "container": {"type": "message", "channel": "CGENERAL", "ts": said["ts"]},
        "block_id": "row",
        "action_id": "it",
        "value": "bad",
    }
    await ana.arrives()
    await ana._server.post("action", wish)
    assert app.payloads[0]["actions"][0]["value"] == "bad"
