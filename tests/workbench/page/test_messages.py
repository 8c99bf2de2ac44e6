"""The list of messages, threads, and who sees what."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.workbench.page.support import NOON, mrkdwn

pytestmark = pytest.mark.browser

DAY = 86400


def ts(seconds):
    return f"{NOON + seconds:.6f}"


async def test_a_message_tells_who_when_and_whether_it_was_edited(fake, page):
    edited = {"user": "UMONA", "ts": ts(0)}
    await fake.say("*Hello*", ts=ts(-60), user="UMONA", edited=edited)
    await fake.say("Beep", ts=ts(-50), username="Night shift")
    message, beep = (page.get_by_test_id(f"message-{ts(at)}") for at in (-60, -50))
    await beep.wait_for()
    assert await message.locator(".author").inner_text() == "Mona Weiss"
    assert await message.locator(".stamp").inner_text() == "1:59 PM"
    assert await message.get_by_text("(edited)").get_attribute("title") == "Edited by Mona Weiss"
    assert await message.get_by_text("APP", exact=True).count() == 0
    assert await beep.locator(".author").inner_text() == "Night shift"
    await expect(beep.get_by_text("APP", exact=True)).to_have_count(1)


async def test_what_one_person_types_on_is_drawn_close_together_below_its_day(fake, page):
    for seconds in (-40 * DAY, -DAY, -120, -60):
        await fake.say("x", ts=ts(seconds), user="UMONA")
    await fake.say("Three", ts=ts(-30), user="UANA")
    await page.locator(".message", has_text="Three").wait_for()
    assert await page.locator(".author").all_inner_texts() == [*["Mona Weiss"] * 3, "Ana Costa"]
    assert await page.locator(".divider.day").all_inner_texts() == [
        "Wednesday, April 23rd",
        "Yesterday",
        "Today",
    ]


async def test_only_one_sees_a_whisper_and_it_can_be_sent_away(fake, page):
    await fake.say("Psst", ts=ts(-60), is_ephemeral=True)
    message = page.get_by_test_id(f"message-{ts(-60)}")
    await message.get_by_text("Only visible to you").wait_for()
    assert await message.get_by_test_id("reply-in-thread").count() == 0
    await message.get_by_role("button", name="Dismiss").click()
    await message.wait_for(state="detached")


async def test_changes_and_deletions_arrive_by_themselves(fake, page):
    await fake.say("Before", ts=ts(-60))
    message = page.get_by_test_id(f"message-{ts(-60)}")
    await message.get_by_text("Before").wait_for()
    changed = {"type": "message", "ts": ts(-60), "user": "UBOT", "text": "After"}
    await fake.tell("message_changed", channel="C1", message=changed)
    await message.get_by_text("After").wait_for()
    await fake.tell("message_deleted", channel="C1", ts=ts(-60))
    await message.wait_for(state="detached")


async def test_long_text_starts_folded(fake, page):
    long = "line\n" * 40
    section = {"type": "section", "block_id": "long", "text": mrkdwn(long)}
    short = {"type": "section", "block_id": "short", "text": mrkdwn("line")}
    open_ = {"type": "section", "block_id": "open", "text": mrkdwn(long), "expand": True}
    await fake.say("", ts=ts(-60), blocks=[section, short, open_])
    await page.get_by_role("button", name="See more").click()
    less = page.get_by_role("button", name="See less")
    await expect(less).to_have_attribute("aria-expanded", "true")
    await expect(page.locator(".folded")).to_have_count(0)


async def test_older_attachments_are_drawn(fake, page):
    part = {
        "color": "danger",
        "pretext": "Look",
        "title": "A title",
        "title_link": "https://a.example",
        "text": "*Body*",
        "fields": [{"title": "State", "value": "open"}],
        "footer": "by somebody",
    }
    press = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    blocks = {"blocks": [{"type": "actions", "block_id": "row", "elements": [press]}], "id": 2}
    await fake.say("", ts=ts(-60), attachments=[part, blocks])
    async with page.expect_response("**/workbench/action*"):
        await page.get_by_test_id("action-go").click()
    assert fake.bodies("action")[0]["container"]["attachment_id"] == 2
    shown = await page.locator(".attachments").inner_text()
    assert shown.split("\n") == ["Look", "A title", "Body", "State", "open", "by somebody", "Go"]


async def test_a_thread_opens_beside_and_holds_its_replies(fake, page):
    root = ts(-600)
    await fake.say("Root", ts=root, thread_ts=root, reply_count=2, reply_users=["UMONA"])
    await fake.say("Reply", ts=ts(-500), thread_ts=root, user="UMONA")
    await fake.say("Both", ts=ts(-400), thread_ts=root, subtype="thread_broadcast")
    await page.locator("#main .message", has_text="Both").wait_for()
    await expect(page.locator("#main .message")).to_have_count(2)
    await page.get_by_role("button", name="2 replies").click()
    thread = page.get_by_test_id("thread")
    await expect(thread.locator(".message")).to_have_count(3)
    await expect(thread.get_by_text("2 replies")).to_have_count(1)
    await page.get_by_test_id("thread-composer").fill("Mine")
    async with page.expect_response("**/workbench/messages*"):
        await page.keyboard.press("Enter")
    assert fake.bodies("messages") == [{"channel": "C1", "text": "Mine", "thread_ts": root}]
    await page.reload()
    await thread.get_by_text("Reply", exact=True).wait_for()
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()


async def test_a_message_shortcut_and_a_thread_begin_over_the_message(fake, page):
    await fake.say("Root", ts=ts(-60), user="UMONA")
    message = page.get_by_test_id(f"message-{ts(-60)}")
    await message.hover()
    await message.get_by_test_id("more-actions").click()
    async with page.expect_response("**/workbench/shortcut*"):
        await page.get_by_test_id("shortcut-from").click()
    assert fake.bodies("shortcut") == [
        {"callback_id": "from", "app": "A1", "channel": "C1", "message_ts": ts(-60)}
    ]
    await message.get_by_test_id("reply-in-thread").click()
    await expect(page.get_by_test_id("thread-composer")).to_be_focused()


async def test_people_put_emoji_on_a_message_and_take_them_off_again(fake, page):
    await fake.say("Root", ts=ts(-60), user="UMONA")
    message = page.get_by_test_id(f"message-{ts(-60)}")
    await message.focus()
    await page.keyboard.press("r")
    async with page.expect_response("**/workbench/react*"):
        await page.get_by_test_id("pick-tada").click()
    applause = {"name": "tada", "count": 2, "users": ["UMONA", "UANA"]}
    changed = fake.messages["C1"][0] | {"reactions": [applause]}
    await fake.tell("message_changed", channel="C1", message=changed)
    pill = message.get_by_test_id("reaction-tada")
    assert (await pill.inner_text()).split() == ["🎉", "2", "by", "Mona", "Weiss,", "you"]
    await expect(pill).to_have_attribute("aria-pressed", "true")
    async with page.expect_response("**/workbench/react*"):
        await pill.click()
    put = {"channel": "C1", "ts": ts(-60), "name": "tada"}
    assert fake.bodies("react") == [put, put | {"is_over": True}]
    fake.answers["react"] = lambda _: {"ok": False, "error": "too_many_emoji"}
    await message.get_by_test_id("add-reaction").click()
    await page.get_by_test_id("pick-eyes").click()
    await page.get_by_text("There are as many different emoji").wait_for()


async def test_who_is_still_writing_is_seen_to_write(fake, page):
    await fake.say("So far", ts=ts(-60), streaming_state="in_progress")
    message = page.get_by_test_id(f"message-{ts(-60)}")
    await message.get_by_test_id("writing").wait_for()
    whole = fake.messages["C1"][0] | {"streaming_state": "completed"}
    await fake.tell("message_changed", channel="C1", message=whole)
    await message.get_by_test_id("writing").wait_for(state="detached")


async def test_a_permalink_leads_to_its_thread(fake, page):
    root = ts(-600)
    there = "https://acme.slack.com/archives/C1/p1748865599000000"
    await fake.say("Root", ts=root, channel="C2", thread_ts=root, reply_count=1)
    await fake.say("Reply", ts=ts(-1), channel="C2", thread_ts=root)
    link = f"{there.replace('C1', 'C2')}?thread_ts={root}&amp;cid=C2"
    unseen = there.replace("C1", "CNONE")
    await fake.say(f"<{link}|the reply> <{there}|here> <{unseen}|away>", ts=ts(-60))
    assert await page.get_by_role("link", name="away").get_attribute("href") == unseen
    here = await page.get_by_role("link", name="here").get_attribute("href")
    assert here == "#/C1/1748865599.000000"
    await page.get_by_role("link", name="the reply").click()
    await page.get_by_role("heading", name="general").wait_for()
    await page.get_by_test_id("thread").get_by_text("Reply", exact=True).wait_for()


async def test_unread_places_are_marked_until_one_goes_there(fake, page):
    for number in range(4):
        await fake.say(f"x{number}", ts=ts(number - 60), channel="C2", user="UMONA")
    place = page.get_by_test_id("channel-C2")
    await place.get_by_text("3 unread").wait_for(state="attached")
    last = page.locator("#announcements", has_text="x3")  # what comes while one looks is read
    await last.wait_for(state="attached")
    async with page.expect_response("**/workbench/read*"):
        await place.click()
    await expect(page.locator(".divider.new + .message")).to_contain_text("x1")
    await expect(place).not_to_contain_text("unread")
    assert fake.bodies("read") == [{"channel": "C2"}]
    await fake.tell("unread", channel="C3", unread=1)
    await page.get_by_test_id("channel-C3").get_by_text("unread").wait_for(state="attached")


async def test_what_comes_while_a_place_is_loaded_is_below_the_line_as_well(fake, page):
    for number in range(2):
        await fake.say(f"x{number}", ts=ts(number - 60), channel="C2", user="UMONA")
    place = page.get_by_test_id("channel-C2")
    await place.get_by_text("3 unread").wait_for(state="attached")
    loaded = asyncio.Event()

    async def late(route):
        await loaded.wait()
        await route.continue_()

    await page.route("**/workbench/messages?*", late)
    await place.click()
    await fake.say("x2", ts=ts(-50), channel="C2", user="UMONA")
    await page.locator("#announcements", has_text="x2").wait_for(state="attached")
    loaded.set()
    await expect(page.locator(".divider.new + .message")).to_contain_text("x0")
    await expect(place).not_to_contain_text("unread")


async def test_a_press_on_a_place_counts_though_news_come_meanwhile(fake, page):
    place = page.get_by_test_id("channel-C3")
    await place.hover()
    await page.mouse.down()
    await fake.tell("unread", channel="C2", unread=1)
    await fake.say("news", ts=ts(-60), user="UMONA")
    await page.locator(".message", has_text="news").wait_for()
    await page.mouse.up()
    await page.get_by_role("heading", name="duty").wait_for()
    await page.get_by_test_id("channel-C2").get_by_text("unread").wait_for(state="attached")


async def test_new_messages_are_read_out(fake, page):
    await fake.say("<@UANA> look", ts=ts(-60), user="UMONA")
    await page.locator("#announcements", has_text="Mona Weiss: @ana look").wait_for(
        state="attached"
    )


async def test_who_reads_above_is_not_dragged_down(fake, page):
    for number in range(60):
        await fake.say(f"x{number}", ts=ts(number - 600), user="UMONA")
    await page.locator(".message", has_text="x59").wait_for()
    scroller = page.get_by_role("log")
    await scroller.evaluate("node => { node.scrollTop = 0 }")
    await page.wait_for_function("() => document.querySelector('.scroller').scrollTop === 0")
    await fake.say("late", ts=ts(-1), user="UMONA")
    await page.get_by_role("button", name="New messages below").click()
    await page.locator(".message", has_text="late").wait_for()
    await page.wait_for_function(
        "n => n.scrollHeight - n.scrollTop - n.clientHeight < 2",
        arg=await scroller.element_handle(),
    )


async def test_a_long_channel_is_drawn_as_far_as_one_reads(fake, page):
    for number in range(400):
        await fake.say(f"x{number}.", ts=ts(number - 4000), channel="C2", user="UMONA")
    await page.get_by_test_id("channel-C2").click()
    await page.locator(".message", has_text="x399.").wait_for()
    messages = page.locator("#main .message")
    await expect(messages).to_have_count(120)
    scroller = page.get_by_role("log")
    for drawn in (240, 360, 400):
        await scroller.evaluate("node => { node.scrollTop = 0 }")
        await page.wait_for_function(
            "count => document.querySelectorAll('#main .message').length === count", arg=drawn
        )
    await page.get_by_text("This is the very beginning of #general.").wait_for()


async def test_messages_can_be_walked_by_key(fake, page):
    for number in range(3):
        await fake.say(f"x{number}", ts=ts(number - 60), user="UMONA")
    await page.get_by_test_id(f"message-{ts(-58)}").wait_for()
    await page.get_by_role("log").focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_test_id(f"message-{ts(-59)}")).to_be_focused()
    await page.keyboard.press("t")
    await page.get_by_test_id("thread").locator(".message").wait_for()


async def test_where_one_may_not_write_there_is_no_composer(page):
    await page.locator("summary", has_text="Other channels").click()
    for channel, said in {
        "C4": "You are looking at #lounge from outside.",
        "C5": "This channel is archived.",
    }.items():
        await page.get_by_test_id(f"channel-{channel}").click()
        await page.get_by_text(said).wait_for()
        assert await page.get_by_test_id("composer").count() == 0


async def test_a_channel_that_is_taken_away_is_left(fake, page):
    gone = {"id": "C1", "type": "public", "is_deleted": True, "name": "support"}
    await fake.tell("channel", channel=gone)
    await page.get_by_role("heading", name="general").wait_for()
    await expect(page.get_by_test_id("channel-C1")).to_have_count(0)


async def test_after_a_lost_line_what_was_missed_is_there(fake, page):
    [(_, socket)] = fake.sockets
    fake.messages["C1"] = [{"type": "message", "ts": ts(-60), "user": "UMONA", "text": "Missed"}]
    await socket.close()
    await page.locator(".message", has_text="Missed").wait_for()
