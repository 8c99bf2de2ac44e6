"""Writing: messages, mentions, commands and shortcuts."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.browser


async def sends(page, text, *, to="messages"):
    """Type and press Enter; wait until the server has heard."""
    await page.get_by_test_id("composer").fill(text)
    async with page.expect_response(f"**/workbench/{to}?*"):
        await page.get_by_test_id("composer").press("Enter")


async def test_enter_sends_what_was_typed_and_shift_enter_breaks_the_line(fake, page):
    composer = page.get_by_test_id("composer")
    await composer.fill("one")
    await composer.press("Shift+Enter")
    await page.keyboard.type("a < b & *c*")
    assert fake.bodies("messages") == []
    await sends(page, await composer.input_value())
    assert fake.bodies("messages") == [{"channel": "C1", "text": "one\na < b & *c*"}]
    await expect(composer).to_have_value("")


async def test_what_could_not_be_sent_is_given_back(fake, page):
    fake.answers["messages"] = lambda _: {"ok": False, "error": "the channel is archived"}
    await sends(page, "precious")
    banner = page.get_by_test_id("banner")
    await expect(banner).to_contain_text("the channel is archived")
    await expect(page.get_by_test_id("composer")).to_have_value("precious")
    await page.route("**/workbench/messages?*", lambda route: route.abort())
    await page.get_by_test_id("composer").press("Enter")
    await banner.get_by_text("did not answer").wait_for()
    await expect(page.get_by_test_id("composer")).to_have_value("precious")


async def test_a_draft_waits_where_it_was_begun(page):
    await page.get_by_test_id("composer").fill("half a")
    await page.get_by_test_id("channel-C3").click()
    await page.get_by_role("heading", name="duty").wait_for()
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id("channel-C1").click()
    await page.get_by_role("heading", name="support").wait_for()
    await expect(page.get_by_test_id("composer")).to_have_value("half a")


async def test_commands_are_offered_with_what_they_take(fake, page):
    composer = page.get_by_test_id("composer")
    await composer.fill("/ca")
    menu = page.get_by_test_id("command-menu")
    assert (await menu.get_by_role("option").first.inner_text()).split("\n") == [
        "/case open | show | list",
        "Support cases · Caseflag",
    ]
    await expect(menu.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(menu).to_have_count(0)
    await expect(composer).to_have_value("/ca")
    await composer.fill("/cas")
    await composer.press("ArrowDown")
    await composer.press("ArrowUp")
    await composer.press("Tab")
    await expect(composer).to_have_value("/case ")
    await expect(menu).to_have_count(0)
    await page.locator(".usage", has_text="open | show | list").wait_for()
    await page.keyboard.type("open")
    async with page.expect_response("**/workbench/command?*"):
        await composer.press("Enter")
    await sends(page, "/case", to="command")  # a whole one needs no choosing
    assert [body["text"] for body in fake.bodies("command")] == ["open", ""]
    assert fake.bodies("command")[0] == {"channel": "C1", "command": "/case", "text": "open"}


async def test_a_command_that_fails_is_told_as_slack_tells_it_and_an_unknown_one_stays(fake, page):
    fake.answers["command"] = lambda _: {"ok": False, "error": "operation_timeout"}
    await sends(page, "/case open", to="command")
    banner = page.get_by_test_id("banner")
    await expect(banner).to_contain_text("/case failed with the error “operation_timeout”")
    await page.get_by_test_id("composer").fill("/nope at all")
    await page.get_by_test_id("composer").press("Enter")
    await expect(banner).to_contain_text("/nope is not a command of any app here.")
    await expect(page.get_by_test_id("composer")).to_have_value("/nope at all")
    assert len(fake.bodies("command")) == 1
    assert fake.bodies("messages") == []


async def test_a_thread_takes_no_commands(fake, page):
    await fake.say("Root", ts="1748865000.000100")
    await page.get_by_test_id("message-1748865000.000100").hover()
    await page.get_by_test_id("reply-in-thread").click()
    await page.get_by_test_id("thread-composer").fill("/case open")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("banner")).to_contain_text("cannot be used in a thread")
    assert fake.bodies("command") == []


COMPLETED = [
    ("ask @mo", "mention-UMONA", "ask @mona "),
    ("ask @dut", "mention-S1", "ask @duty "),
    ("in #gen", "mention-C2", "in #general "),
    ("well :tad", "emoji-tada", "well :tada: "),
]


async def test_names_and_emoji_are_completed_and_marks_go_around_words(page):
    composer = page.get_by_test_id("composer")
    for typed, offer, becomes in COMPLETED:
        await composer.fill(typed)
        await page.get_by_test_id(offer).click()
        await expect(composer).to_have_value(becomes)
    await composer.fill("so bold")
    await composer.evaluate("field => field.setSelectionRange(3, 7)")
    await page.get_by_role("button", name="Bold").click()
    await expect(composer).to_have_value("so *bold*")


async def test_an_emoji_is_found_by_its_name_and_chosen_by_key(page):
    composer = page.get_by_test_id("composer")
    await composer.fill("well")
    await page.get_by_role("button", name="Emoji").click()
    search = page.get_by_test_id("emoji-search")
    await search.fill("Rocket")
    await expect(page.get_by_test_id("emoji-picker").get_by_role("option")).to_have_count(1)
    await search.press("Enter")
    await expect(composer).to_have_value("well :rocket: ")
    await page.get_by_role("button", name="Emoji").click()
    await search.press("ArrowRight")
    await search.press("ArrowDown")
    await search.press("ArrowUp")
    await page.locator(".emoji-name", has_text=":eyes:").wait_for()
    await search.fill("no such thing")
    await page.locator(".emoji-name", has_text="Nothing by that name").wait_for()
    await search.press("Escape")
    await expect(page.get_by_test_id("emoji-picker")).to_have_count(0)


async def test_a_global_shortcut_is_two_presses_away(fake, page):
    await page.get_by_test_id("shortcuts").click()
    async with page.expect_response("**/workbench/shortcut?*"):
        await page.get_by_test_id("shortcut-open").click()
    assert fake.bodies("shortcut") == [{"callback_id": "open", "app": "A1"}]


async def test_files_go_along_or_are_left_out_again(fake, page):
    def paper(name, content):
        return {"name": name, "mimeType": "text/plain", "buffer": content}

    both = [paper("a.txt", b"some words"), paper("b.txt", b"others")]
    await page.get_by_test_id("files").set_input_files(both)
    await page.get_by_role("button", name="Leave out b.txt").click()
    await sends(page, "Look")
    packed = {"name": "a.txt", "mimetype": "text/plain", "size": 10}
    assert fake.bodies("messages") == [
        {
            "channel": "C1",
            "text": "Look",
            "files": [packed | {"content_base64": "c29tZSB3b3Jkcw=="}],
        }
    ]
    await page.get_by_role("list", name="Files to send").wait_for(state="hidden")
