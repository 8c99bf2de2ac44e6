"""The clock, the inspector, the jump list, the theme: what surrounds the conversation."""

import pytest
from playwright.async_api import expect

from tests.workbench.page.support import NOON, channel, mrkdwn, option, plain

pytestmark = pytest.mark.browser

GO = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"}
PICK = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}
SETTLED = {"status": 200, "ms": 12.0, "findings": []}


def an_entry(n, kind, method, **more):
    """Build one line of traffic."""
    usual = {"n": n, "at": NOON - n, "direction": "to_app", "kind": kind, "method": method}
    return usual | SETTLED | {"payload": {"some": "thing"}, "response": None} | more


async def traffic(page):
    """Open the drawer; return its lines, once there are any."""
    await page.get_by_test_id("inspector-toggle").click()
    rows = page.get_by_test_id("inspector").locator("tbody tr")
    await rows.first.wait_for()
    return rows


SPANS = {"90": 90, "45 min": 2700, "2h 30m": 9000, "1 day": 86400, "1.5h": 5400}


async def test_the_clock_moves_by_what_is_typed_if_that_is_a_time(fake, page):
    await page.get_by_test_id("clock").click()
    await page.get_by_test_id("clock-custom").fill("soon")
    await page.get_by_test_id("clock-advance").click()
    await page.get_by_text("Write for example 90").wait_for()
    assert fake.bodies("clock") == []
    for typed in SPANS:
        await page.get_by_test_id("clock-custom").fill(typed)
        async with page.expect_response("**/workbench/clock*"):
            await page.get_by_test_id("clock-advance").click()
    moved = [body["advance_seconds"] for body in fake.bodies("clock")]
    assert moved == list(SPANS.values())


async def test_a_moved_clock_shows_by_how_much(page):
    await page.get_by_test_id("clock").click()
    await page.get_by_test_id("clock-plus-14400").click()
    await page.get_by_test_id("clock-plus-900").click()
    await page.locator(".clock-offset", has_text="+4 h 15 min").wait_for()
    await expect(page.get_by_test_id("clock-now")).to_contain_text("6:15:")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("clock-custom")).to_have_count(0)


async def test_the_inspector_lists_what_passed_newest_first(fake, page):
    fake.traffic = [an_entry(1, "command", "/case"), an_entry(2, "api", "views.open")]
    rows = await traffic(page)
    await fake.tell("traffic", entry=an_entry(3, "action", "go", ms=2900.0))
    await page.get_by_test_id("traffic-3").wait_for()
    shown = [(await row.get_attribute("data-testid")) for row in await rows.all()]
    assert shown == ["traffic-3", "traffic-2", "traffic-1"]
    await expect(page.get_by_test_id("traffic-3").locator(".bar.slow")).to_have_count(1)
    await page.get_by_test_id("traffic-2").click()
    await expect(page.locator(".inspector-detail")).to_contain_text('"some": "thing"')


async def test_the_inspector_is_narrowed_by_kind_words_and_trouble(fake, page):
    fake.traffic = [
        an_entry(1, "command", "/case"),
        an_entry(2, "api", "chat.update", response={"ok": False, "error": "cant_update_message"}),
        an_entry(3, "api", "views.open", findings=["the title is too long"]),
        an_entry(4, "event", "message", status=500),
    ]
    rows = await traffic(page)
    await page.get_by_label("Kind").select_option("api")
    await expect(rows).to_have_count(2)
    await page.get_by_label("Filter traffic").fill("cant_update")
    await expect(rows).to_have_count(1)
    await page.get_by_label("Filter traffic").fill("")
    await page.get_by_label("Kind").select_option("")
    await page.get_by_label("Problems only").check()
    await expect(rows).to_have_count(3)
    await page.get_by_test_id("traffic-3").click()
    await expect(page.locator(".findings")).to_have_text("the title is too long")


async def test_a_few_letters_lead_anywhere(page):
    await page.keyboard.press("Control+k")
    await page.get_by_test_id("jump").fill("gen")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="general").wait_for()
    await page.keyboard.press("Control+k")
    await page.get_by_test_id("jump").fill("mona")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Mona Weiss").wait_for()
    await page.keyboard.press("Control+k")
    await page.get_by_test_id("jump").fill("case")
    await page.keyboard.press("Enter")
    await page.get_by_test_id("home-tab").wait_for()


async def test_a_first_word_with_someone_begins_a_conversation(fake, page):
    begun = {"id": "D9", "name": "", "type": "im", "with": "UOTTO", "is_member": True, "unread": 0}
    fake.answers["dm"] = lambda _: {"channel": begun}
    await page.keyboard.press("Control+k")
    await page.get_by_test_id("jump").fill("otto")
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Otto Lind").wait_for()
    assert fake.bodies("dm") == [{"with": "UOTTO"}]


async def test_the_keyboard_walks_the_places_and_lists_its_keys(page):
    await page.keyboard.press("Alt+ArrowUp")
    await page.get_by_role("heading", name="general").wait_for()
    await page.get_by_role("heading", name="general").focus()
    await page.keyboard.press("?")
    await page.get_by_role("dialog", name="Keyboard").wait_for()
    await page.keyboard.press("Escape")
    await page.locator("dialog").wait_for(state="detached")
    await page.keyboard.press("/")
    await page.get_by_test_id("command-menu").wait_for()


async def test_one_becomes_somebody_else_and_the_address_says_so(page):
    await page.get_by_test_id("user-switcher").click()
    mona = page.get_by_test_id("user-UMONA")
    await mona.wait_for()
    assert await page.get_by_test_id("user-UGONE").count() == 0
    await mona.click()
    await page.wait_for_url("**/?user=UMONA#/C1")
    await expect(page.get_by_test_id("user-switcher")).to_contain_text("Mona Weiss")
    await expect(page.get_by_test_id("clock-now")).to_contain_text("8:0")


async def test_the_theme_is_the_machines_until_one_chooses(page):
    colour = "background-color"
    paper = page.locator("body")
    shown = f"body => getComputedStyle(body).getPropertyValue('{colour}')"
    light = await paper.evaluate(shown)
    await page.emulate_media(color_scheme="dark")
    await expect(paper).not_to_have_css(colour, light)
    dark = await paper.evaluate(shown)
    await page.get_by_test_id("theme").click()
    await expect(paper).to_have_css(colour, light)
    await page.reload()
    await page.get_by_test_id("composer").wait_for()
    await expect(paper).to_have_css(colour, light)
    await page.get_by_test_id("theme").click()
    await expect(paper).to_have_css(colour, dark)


async def test_on_a_telephone_the_places_are_a_drawer(fake, page_for):
    fake.channels.append(channel("C9", "long-" * 16, topic="long " * 50))
    narrow = {"width": 390, "height": 780}
    page = await page_for("UANA", fake.address, path="#/C1", viewport=narrow)
    await page.get_by_test_id("composer").wait_for()
    await expect(page.get_by_test_id("channel-C2")).to_be_hidden()
    await page.get_by_test_id("sidebar-toggle").click()
    await page.get_by_test_id("channel-C2").click()
    await page.get_by_role("heading", name="general").wait_for()
    await expect(page.get_by_test_id("channel-C2")).to_be_hidden()
    await page.get_by_test_id("sidebar-toggle").click()
    await page.get_by_test_id("channel-C9").click()
    heading = page.get_by_role("heading", name="long-")
    assert await heading.evaluate("node => node.getBoundingClientRect().right <= innerWidth")
    assert await page.get_by_test_id("composer").evaluate("node => node.offsetHeight < 50")
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert await page.evaluate(wide)


async def test_a_home_is_drawn_told_each_time_and_kept_up_to_date(fake, page):
    body = {"type": "section", "block_id": "s", "text": mrkdwn("*Cases*"), "accessory": GO}
    row = {"type": "actions", "block_id": "row", "elements": [PICK]}
    fake.home = {"id": "VH", "type": "home", "blocks": [body, row]}
    await page.get_by_test_id("app-A1").click()
    await page.get_by_test_id("action-pick").click()
    async with page.expect_response("**/workbench/action*"):
        await page.get_by_test_id("option-b").click()
    [acted] = fake.bodies("action")
    assert acted["container"] == {"type": "view", "view_id": "VH"}
    again = {"id": "VH", "type": "home", "blocks": [body | {"text": mrkdwn("None")}, row]}
    await fake.tell("home", app="A1", view=again)
    await page.get_by_test_id("home").get_by_text("None").wait_for()
    await expect(page.get_by_test_id("action-pick")).to_have_value("b")
    await page.get_by_test_id("messages-tab").click()
    await page.get_by_test_id("composer").wait_for()
    await page.get_by_test_id("home-tab").click()
    await page.get_by_test_id("block-s").wait_for()
    assert [told["tab"] for told in fake.bodies("home")] == ["home", "messages", "home"]


async def test_a_home_without_anything_says_so_and_the_app_tells_what_it_does(page):
    await page.get_by_test_id("app-A1").click()
    await page.get_by_text("This app has not put anything here yet.").wait_for()
    await page.get_by_test_id("home-tab").press("ArrowLeft")
    await page.get_by_text("Open a case from this (on a message)").wait_for()
    await expect(page.get_by_test_id("home")).to_contain_text("/case open | show | list")
