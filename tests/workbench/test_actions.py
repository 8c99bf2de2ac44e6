"""Pressing, choosing, asking for suggestions, shortcuts and Home, and answers over response_url."""

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

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

A, B = ({"text": {**plain(text), "emoji": True}, "value": text.lower()} for text in "AB")


async def posted(client, *blocks, channel="CGENERAL"):
    return await client.chat_postMessage(channel=channel, text="Look", blocks=list(blocks))


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


# --- suggestions ---


EXTERNAL = {"type": "external_select", "action_id": "it", "min_query_length": 2}


async def test_suggestions_come_from_the_app_and_one_of_them_is_chosen(app, client, ana):
    await posted(client, actions(EXTERNAL, block_id="row"))
    app.answers = [{"options": options("Alpha", "Beta")}] * 2
    assert await ana.suggestions("it", "al") == ["Alpha", "Beta"]
    asked = app.payloads[0]
    assert (asked["type"], asked["value"], asked["action_id"], asked["block_id"]) == (
        "block_suggestion",
        "al",
        "it",
        "row",
    )
    assert asked["channel"]["id"] == "CGENERAL"
    await ana.chooses("it", "Beta")
    chosen = app.payloads[2]["actions"][0]["selected_option"]
    assert chosen["value"] == "beta"


async def test_too_short_a_query_asks_nobody(app, client, ana):
    await posted(client, actions(EXTERNAL))
    assert await ana.suggestions("it", "a") == []
    assert app.payloads == []


async def test_suggestions_in_a_modal_carry_its_view(app, client, ana):
    await ana.commands("/tiny")
    view = modal(field("Which", {**EXTERNAL, "action_id": "which"}))
    await client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=view)
    await ana.modal()
    group = {"label": plain("Greek"), "options": options("Alpha")}
    app.answers = [{"option_groups": [group]}]
    assert await ana.suggestions("Which", "al") == ["Alpha"]
    assert app.payloads[1]["view"]["callback_id"] == "form"


@pytest.mark.parametrize(
    ("answer", "count"),
    [({"options": options(*"ABC") * 40}, 100), ({}, 0), (web.Response(text="?"), 0)],
    ids=["more than a hundred", "nothing", "nonsense"],
)
async def test_at_most_a_hundred_suggestions_are_offered(app, client, ana, answer, count):
    await posted(client, actions(EXTERNAL))
    app.answers = [answer]
    assert len(await ana.suggestions("it", "al")) == count


async def test_suggestions_that_fail_are_told_as_trouble(app, client, ana):
    await posted(client, actions(EXTERNAL, button("Go")))
    app.answers = [500]
    with pytest.raises(Trouble):
        await ana.suggestions("it", "al")
    with pytest.raises(Trouble, match="only an external select"):
        await ana.suggestions("press", "al")


# --- shortcuts and Home ---


async def test_a_global_shortcut_knows_no_channel(app, ana):
    await ana.shortcut("Open it")
    (payload,) = app.payloads
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "open_it")
    assert payload["trigger_id"]
    assert not {"channel", "response_url", "message"} & set(payload)


async def test_a_message_shortcut_carries_the_whole_message(bench, app, ana):
    said = await ana.types("general", "Login is down")
    await ana.shortcut_on(said, "Keep it")
    (payload,) = app.payloads
    assert (payload["type"], payload["message_ts"]) == ("message_action", said["ts"])
    assert payload["message"]["text"] == "Login is down"
    assert payload["channel"]["id"] == "CGENERAL"
    assert payload["response_url"].startswith(bench.url)


async def test_a_shortcut_that_is_none_or_fails(app, ana):
    with pytest.raises(AssertionError, match="finds no global shortcut"):
        await ana.shortcut("Keep it")
    app.answers = [500]
    with pytest.raises(Trouble):
        await ana.shortcut("Open it")


@pytest.mark.parametrize(
    ("path", "wish", "error"),
    [
        ("shortcut", {"callback_id": "nothing"}, "no shortcut nothing"),
        ("shortcut", {"callback_id": "open_it", "app": "A404"}, "no shortcut open_it"),
        (
            "shortcut",
            {"callback_id": "keep_it", "channel": "CGENERAL", "message_ts": "1.0"},
            "no such message",
        ),
        ("home", {"app": "A404"}, "no such app"),
        ("view/submit", {"view_id": "V404"}, "sees no view"),
    ],
    ids=[f"act {number}" for number in range(5)],
)
async def test_what_is_not_there_cannot_be_used(app, ana, path, wish, error):
    await ana.arrives()
    assert error in (await ana._server.post(path, wish))["error"]
    assert app.payloads == []


async def test_a_home_tab_is_neither_submitted_nor_closed(client, ana):
    view = (await client.views_publish(user_id="UANA", view=home()))["view"]
    await ana.arrives()
    answer = await ana._server.post("view/submit", {"view_id": view["id"]})
    assert answer["error"] == "only a modal can be submitted or closed"


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


async def test_home_is_told_of_each_time_it_is_opened(app, client, ana):
    await ana.goes_home()
    first = (await app.hears_events(1))[0]["event"]
    assert (first["type"], first["tab"], first["user"]) == ("app_home_opened", "home", "UANA")
    assert first["channel"].startswith("D")
    assert "view" not in first
    view = (await client.views_publish(user_id="UANA", view=home(section("Yours"))))["view"]
    await ana.sees("Yours")
    await ana.goes_home()
    assert (await app.hears_events(2))[1]["event"]["view"]["id"] == view["id"]
    await ana.opens_messages()
    assert (await app.hears_events(3))[2]["event"]["tab"] == "messages"


async def test_home_is_published_for_one_person_with_a_new_hash(app, client, ana, ben):
    await ben.arrives()
    view = (await client.views_publish(user_id="UANA", view=home(section("Yours"))))["view"]
    assert (view["type"], view["title"], view["submit"]) == ("home", None, None)
    await ana.sees("Yours")
    await ben.never_sees("Yours")
    updated = await client.views_publish(user_id="UANA", view=home(), hash=view["hash"])
    assert updated["view"]["id"] == view["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id="UANA", view=home(), hash=view["hash"])
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id="U404", view=home())


async def test_a_home_that_is_switched_off_takes_nothing(bench, client):
    bench.app.has_home = False
    with pytest.raises(SlackApiError, match="not_enabled"):
        await client.views_publish(user_id="UANA", view=home())


async def test_a_button_in_home_opens_a_modal(app, client, ana):
    await client.views_publish(user_id="UANA", view=home(actions(button("Open"))))
    await ana.presses("Open", in_="home")
    (payload,) = app.payloads
    assert payload["view"]["type"] == "home"
    assert "response_url" not in payload
    await client.views_open(trigger_id=payload["trigger_id"], view=modal())
    await ana.modal(title="A form")


# --- response_url ---


async def url_of(app, client, ana, *, ephemeral=False):
    """Return the address that pressing a button brings."""
    if ephemeral:
        await client.chat_postEphemeral(
            channel="CGENERAL", user="UANA", text="Psst", blocks=[actions(button("Go"))]
        )
    else:
        await posted(client, actions(button("Go")))
    await ana.presses("Go")
    return AsyncWebhookClient(app.payloads[-1]["response_url"])


async def test_an_answer_is_read_by_the_person_only_unless_it_says_otherwise(
    app, client, ana, ben
):
    hook = await url_of(app, client, ana)
    await ben.arrives()
    assert (await hook.send(text="Only you")).status_code == 200
    await ana.sees("Only you", channel="general")
    await ben.never_sees("Only you")
    await hook.send(text="Everyone", response_type="in_channel")
    await ben.sees("Everyone", channel="general")


async def test_five_answers_within_half_an_hour(bench, app, client, ana):
    hook = await url_of(app, client, ana)
    for _ in range(5):
        assert (await hook.send(text="x")).status_code == 200
        await bench.advance(1)
    used = await hook.send(text="x")
    assert (used.status_code, used.body) == (404, '{"ok": false, "error": "used_url"}')
    late = await url_of(app, client, ana)
    await bench.advance(30 * 60 + 1)
    expired = await late.send(text="x")
    assert (expired.status_code, expired.body) == (404, '{"ok": false, "error": "expired_url"}')
    unknown = await AsyncWebhookClient(f"{bench.url}/response/T1/x/y").send(text="x")
    assert unknown.status_code == 404


async def test_answers_are_limited_like_messages(app, client, ana):
    hook = await url_of(app, client, ana)
    codes = [(await hook.send(text="x")).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_the_message_is_replaced_and_stays_of_its_kind(app, client, ana, ben, ephemeral):
    hook = await url_of(app, client, ana, ephemeral=ephemeral)
    await hook.send(text="Taken", replace_original=True)
    await ana.sees("Taken", channel="general")
    await ana.never_sees("Go")
    if ephemeral:
        await ben.never_sees("Taken")
    else:
        await ben.sees("Taken", channel="general")


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_the_message_is_deleted_and_what_is_said_with_it_is_new(app, client, ana, ephemeral):
    hook = await url_of(app, client, ana, ephemeral=ephemeral)
    await hook.send(text="Gone", delete_original=True)
    await ana.sees("Gone", channel="general")
    await ana.never_sees("Look")
    await ana.never_sees("Psst")


async def test_a_deletion_needs_no_words(app, client, ana):
    hook = await url_of(app, client, ana)
    assert (await hook.send(delete_original=True)).status_code == 200
    assert await ana.messages("general") == []


async def test_an_answer_works_where_the_bot_is_not(bench, app, ben):
    await ben.commands("/tiny", channel="secret")
    hook = AsyncWebhookClient(app.payloads[0]["response_url"])
    await hook.send(text="Hello", response_type="in_channel")
    await ben.sees("Hello", channel="secret")


async def test_an_answer_to_a_command_replaces_nothing(app, ana):
    await ana.commands("/tiny", channel="general")
    hook = AsyncWebhookClient(app.payloads[0]["response_url"])
    await hook.send(text="One", replace_original=True)
    await hook.send(text="Two", replace_original=True)
    assert [each["text"] for each in await ana.messages("general")] == ["One", "Two"]


async def test_what_slack_does_not_take_is_not_used_up(bench, app, client, ana):
    hook = await url_of(app, client, ana)
    bad = await hook.send(text="x", blocks=[{"type": "nonsense"}])
    assert bad.status_code == 400
    assert "invalid_blocks" in bad.body
    assert (await hook.send(text=None)).status_code == 400
    async with aiohttp.ClientSession() as session:
        async with session.post(hook.url, data={"payload": '{"text": "As a form"}'}) as response:
            assert response.status == 200
        async with session.post(hook.url, data={"payload": "nonsense"}) as response:
            assert response.status == 400
    await ana.sees("As a form")
    kinds = [entry.status for entry in bench.traffic.entries if entry.kind == "response_url"]
    assert kinds == [400, 400, 200, 400]
