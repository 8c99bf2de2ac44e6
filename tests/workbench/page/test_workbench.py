"""What the page shows of the workbench itself: its people, workspaces, traffic, faults and clock."""

import pytest
import pytest_asyncio

from tests.workbench.apps import client_of, recording
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
    await page.get_by_test_id("composer").fill(text)
    await page.keyboard.press("Enter")


async def test_two_people_talk_in_two_browsers(bench, page, page_for):
    bens = await page_for("UBEN", bench.url, path="#/CGENERAL")
    await bens.get_by_test_id("composer").wait_for()
    await typed(page, "Hello from Ana")
    await bens.locator(".message", has_text="Hello from Ana").wait_for()
    await typed(bens, "Hello from Ben")
    await page.locator(".message", has_text="Hello from Ben").wait_for()


async def test_one_acts_as_somebody_else_also_in_another_workspace(page):
    await page.get_by_test_id("user-switcher").click()
    assert await page.locator(".menu-heading").all_inner_texts() == ["Act as", "In Beta"]
    await page.get_by_test_id("user-UBEA").click()
    await page.get_by_test_id("channel-CBETA").wait_for()
    assert await page.get_by_test_id("channel-CGENERAL").count() == 0
    await page.get_by_test_id("user-switcher").click()
    assert await page.locator(".menu-heading").all_inner_texts() == ["Act as", "In Acme"]


async def test_a_connected_channel_is_marked(page):
    bridge = page.get_by_test_id("channel-CBRIDGE")
    assert "shared with another workspace" in await bridge.inner_text()
    assert "shared" not in await page.get_by_test_id("channel-CGENERAL").inner_text()


async def test_the_inspector_shows_what_was_sent_and_how_it_was_signed(bench, page):
    async with recording(bench):
        await page.get_by_test_id("inspector-toggle").click()
        await typed(page, "Hello")
        row = page.locator("[data-testid^=traffic-]", has_text="event").first
        await row.click()
        detail = page.locator(".inspector-detail")
        await detail.get_by_text("X-Slack-Signature").wait_for()
        assert '"event_callback"' in await detail.inner_text()
        await client_of(bench).auth_test()
        await page.locator("[data-testid^=traffic-]", has_text="auth.test").wait_for()


@pytest.mark.parametrize(
    ("method", "fault"), [("auth.test", "error:token_revoked"), ("event/message", "duplicate")]
)
async def test_what_shall_go_wrong_is_set_from_the_page(bench, page, method, fault):
    await page.get_by_test_id("inspector-toggle").click()
    await page.get_by_test_id("faults").click()
    await page.get_by_label("Method, or what apps are sent").fill(method)
    await page.get_by_label("Channel", exact=True).focus()
    await page.get_by_label("What happens").select_option(fault)
    await page.get_by_role("button", name="Set fault").click()
    await page.locator("dialog").wait_for(state="detached")
    (ordered,) = bench.faults._ordered
    assert (ordered.method, ordered.fault, ordered.times) == (method, fault, 1)


async def test_an_app_that_hears_no_more_events_is_told_of_at_the_top(bench, page):
    bench.subscriptions.failures_count_from = 1
    bench.subscriptions.note(bench.app, is_ok=False)
    banner = page.get_by_test_id("banner")
    await banner.wait_for()
    assert "Tiny gets no more events" in await banner.inner_text()
