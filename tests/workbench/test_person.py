"""The person for tests: reads as people read, waits for what comes, and complains in words."""

import asyncio

import pytest

from tests.workbench.blocks import actions, button, field, home, modal, options, plain, section
from workbench import Trouble
from workbench.person.places import spots

NOON = 1748865600  # 2025-06-02T12:00:00Z, 13:00 in Lisbon


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<@UBEN> took it", "@ben took it"),
        ("in <#CGENERAL>", "in #general"),
        ("in <#CSECRET|>", "in #private channel"),
        ("<!subteam^S1> and <!here>", "@duty and @here"),
        ("see <https://example.com|the docs>", "see the docs"),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("*bold* and `code` and snake_case", "bold and code and snake_case"),
        (f"<!date^{NOON}^{{date_num}} {{time}}|then>", "2025-06-02 13:00"),
        (f"<!date^{NOON}^{{date_short}} at {{time}}|then>", "Jun 2, 2025 at 13:00"),
        (f"<!date^{NOON}^{{date_long}}|then>", "Monday, June 2, 2025"),
        (f"<!date^{NOON}^{{century}}|then>", "then"),
    ],
)
async def test_a_text_is_read_as_slack_shows_it(client, ana, text, read):
    await client.chat_postMessage(channel="CGENERAL", text="?", blocks=[section(text)])
    await ana.sees(read, channel="general")


async def test_everything_that_stands_in_blocks_can_be_read(client, ana):
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Hello "},
                    {"type": "user", "user_id": "UBEN"},
                    {"type": "text", "text": " of "},
                    {"type": "channel", "channel_id": "CGENERAL"},
                    {"type": "text", "text": ": "},
                    {"type": "link", "url": "https://example.com", "text": "docs"},
                ],
            }
        ],
    }
    cell = {"type": "raw_text", "text": "In a table"}
    await client.chat_postMessage(
        channel="CGENERAL",
        text="Fallback",
        blocks=[
            {"type": "header", "text": plain("A header")},
            section("A section", fields=[{"type": "mrkdwn", "text": "A field"}]),
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "A context"}]},
            {"type": "markdown", "text": "Some markdown"},
            {"type": "table", "rows": [[cell]]},
            rich,
        ],
    )
    for text in (
        "Fallback", "A header", "A section", "A field", "A context", "Some markdown", "In a table",
        "Hello @ben of #general: docs",
    ):  # fmt: skip
        await ana.sees(text)


async def test_attachments_are_read_and_used_too(app, client, ana):
    attachment = {"title": "A title", "blocks": [actions(button("Go"))]}
    await client.chat_postMessage(channel="CGENERAL", text="x", attachments=[attachment])
    await ana.sees("A title")
    await ana.presses("Go")
    assert len(app.payloads) == 1


async def test_what_stands_in_a_container_is_used_too(app, client, ana):
    box = {
        "type": "container",
        "title": plain("More"),
        "child_blocks": [section("Inside", accessory=button("Go"))],
    }
    await client.chat_postMessage(channel="CGENERAL", text="x", blocks=[box])
    await ana.presses("Go")
    assert app.payloads[0]["actions"][0]["action_id"] == "press"


async def test_what_has_not_come_yet_is_waited_for(client, ana):
    seen = asyncio.create_task(ana.sees("At last"))
    await ana.arrives()
    assert not seen.done()
    await client.chat_postMessage(channel="CGENERAL", text="At last")
    assert "At last" in await seen


async def test_what_does_not_come_is_complained_of_with_what_is_seen_instead(client, ana):
    await client.chat_postMessage(channel="CGENERAL", text="Login is down")
    with pytest.raises(AssertionError) as complaint:
        await ana.sees("Logout is up", within=0.05)
    told = str(complaint.value)
    assert told.startswith("ana does not see 'Logout is up'. What ana sees")
    assert "#general tiny: Login is down" in told
    with pytest.raises(AssertionError, match=r"in #other.*\n  nothing"):
        await ana.sees("x", channel="other", within=0)


async def test_a_person_who_hears_nothing_more_says_so_at_once(bench, ana):
    await ana.arrives()
    bench._live.stop()
    with pytest.raises(AssertionError, match="The line to Slack is cut: this"):
        await ana.sees("x", within=60)


async def test_what_must_not_be_seen_is_complained_of_when_it_is(client, ana):
    await client.chat_postMessage(channel="CGENERAL", text="Secret")
    with pytest.raises(AssertionError, match="ana sees 'Secret' in\n  #general tiny: Secret"):
        await ana.never_sees("Secret")


@pytest.mark.parametrize(
    ("act", "complaint"),
    [
        (lambda ana: ana.presses("Go", within=0), "sees no button 'Go'"),
        (lambda ana: ana.fill("Title", "x", within=0), "finds no field 'Title'"),
        (lambda ana: ana.modal(title="A form", within=0), "sees no modal 'A form'"),
        (lambda ana: ana.message("x", within=0), "sees no message 'x'"),
        (lambda ana: ana.messages("nowhere"), "sees no channel 'nowhere'"),
        (lambda ana: ana.shortcut("Nothing"), "finds no global shortcut"),
    ],
    ids=[f"act {number}" for number in range(6)],
)
async def test_what_cannot_be_done_is_said(ana, act, complaint):
    with pytest.raises(AssertionError, match=complaint):
        await act(ana)


async def test_the_newest_button_of_that_name_is_pressed_unless_told_where(app, client, ana):
    for channel, value in [("CGENERAL", "1"), ("COTHER", "2"), ("CGENERAL", "3")]:
        await client.chat_postMessage(
            channel=channel, text=value, blocks=[actions(button("Go", value=value))]
        )
    await client.views_publish(user_id="UANA", view=home(actions(button("Go", value="home"))))
    await ana.presses("Go")
    await ana.presses("Go", in_="other")
    await ana.presses("Go", in_="home")
    first = await ana.message("1", channel="general")
    await ana.presses("Go", in_=first)
    assert [each["actions"][0]["value"] for each in app.payloads] == ["3", "2", "home", "1"]


async def test_the_modal_comes_before_everything_else(app, client, ana):
    await client.chat_postMessage(
        channel="CGENERAL", text="x", blocks=[actions(button("Send", value="below"))]
    )
    await ana.commands("/tiny")
    view = modal(section("x", accessory=button("Go", value="above")))
    await client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=view)
    await ana.modal()
    await ana.presses("Go")
    assert app.payloads[1]["actions"][0]["value"] == "above"
    await ana.presses("Send")
    assert app.payloads[2]["type"] == "view_submission"
    await ana.sees_no_modal()
    with pytest.raises(AssertionError, match="sees no modal"):
        await ana.modal(within=0)


async def test_an_option_that_is_not_there_is_complained_of(app, client, ana):
    await ana.commands("/tiny")
    view = modal(
        field("Size", {"type": "static_select", "options": options("Small", "Large")}),
        field("Who", {"type": "users_select"}),
    )
    await client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=view)
    with pytest.raises(AssertionError, match=r"no option 'Huge', only \['Small', 'Large'\]"):
        await ana.chooses("Size", "Huge")
    with pytest.raises(AssertionError, match="no user 'nobody'"):
        await ana.chooses("Who", "nobody")
    shown = await ana.modal()
    assert (shown.title, shown.labels) == ("A form", ["Size", "Who"])


async def test_a_thread_is_read_in_order(client, ana):
    first = await ana.types("general", "One")
    await client.chat_postMessage(channel="CGENERAL", text="Two", thread_ts=first["ts"])
    await ana.types("general", "Elsewhere")
    assert [each["text"] for each in await ana.thread("general", first["ts"])] == ["One", "Two"]


async def test_a_person_who_is_in_no_channel_must_say_where(bench, ana):
    for channel in bench.state.channels.values():
        channel.members.clear()
    with pytest.raises(AssertionError, match="ana is in no channel"):
        await ana.commands("/tiny")


async def test_trouble_is_remembered(ana):
    with pytest.raises(Trouble):
        await ana.commands("/tiny")
    assert ana.banners == ["dispatch_failed"]
    await ana.sees("dispatch_failed")
    assert ana.id == "UANA"


async def test_after_a_refusal_they_see_what_it_was_about(bench, client, ana):
    posted = await client.chat_postMessage(
        channel="CGENERAL", text="Look", blocks=[actions(button("Go"))]
    )
    stale = await ana.message("Look")
    await client.chat_update(channel="CGENERAL", ts=posted["ts"], text="Gone")
    with pytest.raises(Trouble, match="no element"):
        await ana._act(next(spots(stale)), {})
    assert ana._world.messages["CGENERAL"][posted["ts"]]["text"] == "Gone"


async def test_they_press_what_was_drawn_anew_while_they_pressed(app, client, ana, monkeypatch):
    """A card that is edited, a Home that is published again: its blocks have new ids then."""
    blocks = [actions(button("Go"))]
    posted = await client.chat_postMessage(channel="CGENERAL", text="Look", blocks=blocks)
    await ana.sees("Look")
    post, edits = ana._server.post, [blocks]

    async def late(path, wish):
        if edits:
            edited = {"channel": "CGENERAL", "ts": posted["ts"], "blocks": edits.pop()}
            await client.chat_update(**edited, text="Look")
        return await post(path, wish)

    monkeypatch.setattr(ana._server, "post", late)
    await ana.presses("Go")
    assert len(app.payloads) == 1
    assert ana.banners == []
