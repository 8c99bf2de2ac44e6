"""Shortcuts and Home tabs."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import a_manifest, a_seed, client_of
from tests.workbench.asks import refused
from tests.workbench.blocks import (
    actions,
    button,
    home,
    modal,
    plain,
    section,
)
from workbench import Trouble, serving

A, B = ({"text": {**plain(text), "emoji": True}, "value": text.lower()} for text in "AB")


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
    assert (view["type"], view["title"]["text"], view["submit"]) == ("home", "View Title", None)
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


@pytest.mark.parametrize("setting", ["messages_tab_enabled", "messages_tab_read_only_enabled"])
async def test_an_app_that_takes_no_messages_gets_none(setting):
    manifest = a_manifest()
    manifest["features"]["app_home"][setting] = setting.endswith("read_only_enabled")
    async with serving(a_seed(manifest=manifest)) as bench:
        ana, client = bench.person("ana"), client_of(bench)
        channel = await ana.opens_messages()
        with pytest.raises(Trouble, match="has been turned off"):
            await ana.types(channel, "Hello?")
        if setting.endswith("read_only_enabled"):
            await client.chat_postMessage(channel="UANA", text="I only tell")
            await ana.sees("I only tell", channel=channel)
        else:
            for place in ("UANA", channel):
                asked = {"channel": place, "text": "x"}
                assert (
                    await refused(client, "chat.postMessage", **asked) == "messages_tab_disabled"
                )
