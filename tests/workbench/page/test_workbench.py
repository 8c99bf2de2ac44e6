"""What the page shows of the workbench itself: its people, workspaces, traffic, faults and clock."""

import pytest
import pytest_asyncio
from playwright.async_api import expect
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import bolt, client_of, listening, recording
from tests.workbench.test_connect import two_workspaces
from workbench import serving

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(loop_scope="session")
async def bench():
    async with serving(two_workspaces()) as bench:
        yield bench


@pytest_asyncio.fixture(loop_scope="session")
async def page(bench, page_for):
    page = await page_for("UANA", bench.url, path="#/CGENERAL")
    await page.get_by_test_id("composer").wait_for()
    return page


async def typed(page, text):
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    await composer.press("Enter")  # wherever the focus went meanwhile


async def test_two_people_talk_in_two_browsers(bench, page, page_for):
    bens = await page_for("UBEN", bench.url, path="#/CGENERAL")
    await bens.get_by_test_id("composer").wait_for()
    await typed(page, "Hello from Ana")
    hello = bens.locator(".message", has_text="Hello from Ana")
    await hello.hover()
    await hello.get_by_test_id("react").click()
    await bens.get_by_test_id("pick-wave").click()
    pill = page.get_by_test_id("reaction-wave")
    await pill.click()
    await bens.get_by_test_id("reaction-wave").get_by_text("2", exact=True).wait_for()
    await typed(bens, "Hello from Ben")
    await page.locator(".message", has_text="Hello from Ben").wait_for()


async def test_one_acts_as_somebody_else_also_in_another_workspace(page):
    bridge = page.get_by_test_id("channel-CBRIDGE")
    await expect(bridge).to_contain_text("shared with another workspace")
    assert "shared" not in await page.get_by_test_id("channel-CGENERAL").inner_text()
    await page.get_by_test_id("user-switcher").click()
    await expect(page.locator(".menu-heading")).to_have_text(["Act as", "In Beta"])
    await page.get_by_test_id("user-UBEA").click()
    await page.get_by_test_id("channel-CBETA").wait_for()
    await expect(page.get_by_test_id("channel-CGENERAL")).to_have_count(0)
    await page.get_by_test_id("user-switcher").click()
    await expect(page.locator(".menu-heading")).to_have_text(["Act as", "In Acme"])


async def test_a_file_is_sent_shown_and_read_by_who_may(page):
    paper = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"some words"}
    await page.get_by_test_id("files").set_input_files(paper)
    await page.get_by_role("button", name="Leave out a.txt").wait_for()
    await typed(page, "Look")
    save = page.locator(".message", has_text="Look").get_by_role("link", name="Save")
    read = "async (address) => (await fetch(address)).text()"
    assert await page.evaluate(read, await save.get_attribute("href")) == "some words"
    async with page.expect_download() as saved:
        await save.click()
    assert (await saved.value).suggested_filename == "a.txt"


async def test_the_inspector_shows_what_was_sent_and_how_it_was_signed(bench, page):
    async with recording(bench):
        await page.get_by_test_id("inspector-toggle").click()
        await typed(page, "Hello")
        row = page.locator("[data-testid^=traffic-]", has_text="event").first
        await row.click()
        detail = page.locator(".inspector-detail")
        await detail.get_by_text("X-Slack-Signature").wait_for()
        await expect(detail).to_contain_text('"event_callback"')
        await client_of(bench).auth_test()
        await page.locator("[data-testid^=traffic-]", has_text="auth.test").wait_for()


async def test_what_shall_go_wrong_is_set_seen_and_cleared_from_the_page(bench, page):
    await page.get_by_test_id("inspector-toggle").click()
    await page.get_by_test_id("faults").click()
    method, often = (
        page.get_by_label("Method, or what apps are sent"),
        page.get_by_label("How often"),
    )
    await method.fill("auth.test")
    await page.get_by_label("What happens").select_option("error")
    await page.get_by_label("Which error").fill("token_revoked")
    await page.get_by_label("How many").fill("3")
    await page.get_by_role("button", name="Set fault").click()
    ordered = page.get_by_test_id("ordered-fault")
    await ordered.wait_for()
    await method.fill("event/message")
    await page.get_by_label("Channel", exact=True).select_option("CGENERAL")
    await page.get_by_label("What happens").select_option("duplicate")
    await often.select_option("share")
    await page.get_by_role("button", name="Set fault").click()
    await ordered.nth(1).wait_for()
    assert await ordered.all_inner_texts() == [
        "auth.test: error:token_revoked, the next 3",
        "event/message in #general: duplicate, 50 % of them",
    ]
    assert bench.faults.shapes() == [
        {"method": "auth.test", "fault": "error:token_revoked", "times": 3, "retry_after": 2},
        {
            "method": "event/message",
            "fault": "duplicate",
            "channel": "CGENERAL",
            "probability": 0.5,
            "retry_after": 2,
        },
    ]
    await page.get_by_role("button", name="Clear all faults").click()
    await ordered.first.wait_for(state="detached")
    assert bench.faults.shapes() == []


ODD = ("url_verification", "ssl_check", "wrong_signature", "old_timestamp", "unsigned")


async def test_an_administrator_tries_how_an_app_takes_odd_deliveries(bench, page):
    await page.get_by_test_id("inspector-toggle").click()
    await page.get_by_test_id("app-tools").click()
    outcomes = page.locator(".outcomes li")
    async with listening(bench, bolt(bench)):
        for number, what in enumerate(ODD):
            await page.get_by_test_id(f"probe-{what}").click()
            await outcomes.nth(number).wait_for()
    told = [one.split(", as it")[0] for one in await outcomes.all_inner_texts()]
    assert told[::-1] == [
        "The challenge: taken with 200",
        "SSL check: taken with 200",
        "Wrong signature: refused with 401",
        "Old timestamp: refused with 401",
        "No signature: refused with 401",
    ]
    async with recording(bench):  # it believes whoever writes
        await page.get_by_test_id("probe-unsigned").click()
        await outcomes.get_by_text("Anybody could pretend to be Slack.").wait_for()
    await page.get_by_test_id("probe-unsigned").click()
    await outcomes.get_by_text("it did not arrive").wait_for()


async def test_an_administrator_bans_an_app_from_the_page(bench, page):
    await page.get_by_test_id("inspector-toggle").click()
    await page.get_by_test_id("app-tools").click()
    outcomes = page.locator(".outcomes li")
    await page.get_by_test_id("tokens-token_revoked").click()
    await outcomes.get_by_text("Its tokens answer: revoked.").wait_for()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client_of(bench).auth_test()
    await page.get_by_test_id("hears-events").uncheck()
    await outcomes.get_by_text("It hears no more events.").wait_for()
    assert not bench.app.hears_events
    await page.get_by_test_id("sockets-warning").click()
    await outcomes.get_by_text("Its sockets were told: warning.").wait_for()
    await page.get_by_test_id("quirk-text_drops_blocks").uncheck()
    await outcomes.get_by_text("text_drops_blocks is off.").wait_for()
    assert not bench.workspaces.shared.quirks.text_drops_blocks
    app = bench.app
    await page.get_by_test_id("uninstall").click()
    await page.get_by_test_id("confirm-ok").click()
    await page.get_by_test_id("app-A1").wait_for(state="detached")
    assert not app.is_installed


async def test_an_app_that_hears_no_more_events_is_told_of_at_the_top(bench, page):
    bench.subscriptions.failures_count_from = 1
    bench.subscriptions.note(bench.app, is_ok=False)
    await expect(page.get_by_test_id("banner")).to_contain_text("Tiny gets no more events")
