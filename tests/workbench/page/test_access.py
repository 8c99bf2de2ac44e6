"""Everybody can use the page: axe finds nothing against WCAG AA, in either theme, wide or narrow."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.workbench.page.support import NOON, an_input, mrkdwn, option, plain, view
from tests.workbench.page.test_blocks import BLOCKS, LEVELS
from tests.workbench.page.test_objects import an_object
from tests.workbench.page.test_tools import an_entry

pytestmark = pytest.mark.browser

ROOT = f"{NOON - 600:.6f}"
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
ROOM = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
# Everything once; then only what another theme, or another width, can change.
LOOKS = (("light", WIDE, ALL), ("dark", WIDE, COLOURS), ("light", NARROW, ROOM))
AXE = """async (runOnly) => {
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => [id, target, failureSummary]));
}"""
SIZES = [option("s", "Small", description=plain("Not much")), option("l", "Large")]
KINDS = {
    "title": {"type": "plain_text_input", "max_length": 20, "placeholder": plain("Short")},
    "words": {"type": "plain_text_input", "multiline": True},
    "count": {"type": "number_input", "is_decimal_allowed": False},
    "size": {"type": "static_select", "options": SIZES},
    "people": {"type": "multi_users_select", "initial_users": ["UMONA"]},
    "reach": {"type": "radio_buttons", "options": SIZES},
    "agreed": {"type": "checkboxes", "options": SIZES},
    "day": {"type": "datepicker"},
    "hour": {"type": "timepicker"},
    "moment": {"type": "datetimepicker"},
    "note": {"type": "rich_text_input", "placeholder": plain("Anything else")},
    "papers": {"type": "file_input"},
}


async def in_a_channel(fake, page):
    blocks = [block | {"block_id": name} for name, (block, _) in BLOCKS.items()]
    await fake.say("*Hi* <@UANA> `x` https://a.example", ts=f"{NOON - 9e4:.6f}", user="UMONA")
    await fake.say("", ts=f"{NOON - 300:.6f}", blocks=blocks)
    await fake.say("Psst", ts=f"{NOON - 200:.6f}", is_ephemeral=True)
    paper = {"id": "F1", "name": "a.txt", "size": 10, "url_private": f"{fake.address}/x"}
    applause = {"name": "tada", "count": 2, "users": ["UANA", "UMONA"]}
    more = {"streaming_state": "in_progress", "reactions": [applause], "files": [paper]}
    await fake.say("Look", ts=f"{NOON - 150:.6f}", **more)
    await fake.say("Late", ts=f"{NOON - 100:.6f}", edited={"user": "UMONA"}, user="UMONA")
    await page.locator(".message", has_text="Late").wait_for()
    await page.locator(".message", has_text="Late").hover()


async def in_a_thread(fake, page):
    await fake.say("Root", ts=ROOT, thread_ts=ROOT, reply_count=1, reply_users=["UMONA"])
    await fake.say("Reply", ts=f"{NOON - 500:.6f}", thread_ts=ROOT, user="UMONA")
    await page.get_by_role("button", name="1 reply").click()
    await page.get_by_test_id("thread-composer").wait_for()


async def in_a_form_with_errors(fake, page):
    alerts = [{"type": "alert", "level": level, "text": mrkdwn(level)} for level in LEVELS]
    fields = [an_input(name, element, hint=plain("Hint")) for name, element in KINDS.items()]  # type: ignore[arg-type]
    await fake.show(view(), view(*alerts, *fields, id_="V2", title=plain("On top")))
    await page.get_by_test_id("modal-submit").click()
    await page.get_by_test_id("error-title").wait_for()
    await page.get_by_test_id("action-size.field").click()
    await page.get_by_role("listbox").wait_for()


async def in_a_home(fake, page):
    fitting = {name: block for name, (block, _) in BLOCKS.items() if name != "markdown"}
    blocks = [block | {"block_id": name} for name, block in fitting.items()]
    fake.home = {"id": "VH", "type": "home", "blocks": blocks}
    await page.goto(f"{fake.address}/?user=UANA#/app/A1/home")
    await page.get_by_test_id("block-plan").wait_for()


async def in_the_inspector(fake, page):
    fake.traffic = [
        an_entry(1, "command", "/case"),
        an_entry(2, "api", "chat.update", direction="from_app", findings=["too long"]),
    ]
    await page.evaluate("document.querySelector('[data-testid=inspector-toggle]').click()")
    await page.get_by_test_id("traffic-2").click()
    await page.locator(".findings").wait_for()


async def in_its_menus(fake, page):
    await page.get_by_test_id("user-switcher").click()
    await page.get_by_test_id("user-UMONA").wait_for()


async def at_the_clock(fake, page):
    await page.get_by_test_id("clock").click()
    await page.get_by_test_id("clock-advance").click()
    await page.get_by_text("Write for example 90").wait_for()


async def among_commands(fake, page):
    await page.get_by_test_id("composer").fill("/ca")
    await page.get_by_test_id("command-menu").wait_for()


async def jumping(fake, page):
    await page.keyboard.press("Control+k")
    await page.get_by_test_id("jump").wait_for()


async def choosing_an_emoji(fake, page):
    await page.get_by_role("button", name="Emoji").click()
    await page.get_by_test_id("emoji-picker").wait_for()


async def beside_the_conversation(fake, page):
    status = {"value": "open", "label": "Status", "tag_color": "red"}
    about = an_object(status=status, description={"value": "*Nobody*", "format": "markdown"})
    await fake.say("A case", ts=f"{NOON - 60:.6f}", metadata={"entities": [about]})
    await page.get_by_test_id("object-7").wait_for()
    await fake.tell("entity", pane={"app": "A1", "metadata": about})
    await page.get_by_test_id("object-pane").wait_for()


async def ordering_faults(fake, page):
    fake.faults = [{"method": "chat.update", "fault": "slow", "times": 2, "retry_after": 5}]
    await page.evaluate("document.querySelector('[data-testid=inspector-toggle]').click()")
    await page.get_by_test_id("faults").click()
    await page.get_by_test_id("ordered-fault").wait_for()


async def among_an_administrators_tools(fake, page):
    fake.answers["admin/quirks"] = lambda _: {"ok": True, "quirks": {"splits_long_text": True}}
    fake.answers["admin/probe"] = lambda _: {"ok": True, "status": 200, "body": "", "failure": ""}
    await page.evaluate("document.querySelector('[data-testid=inspector-toggle]').click()")
    await page.get_by_test_id("app-tools").click()
    for what in ("ssl_check", "unsigned"):
        await page.get_by_test_id(f"probe-{what}").click()
    await page.locator(".outcomes li").nth(1).wait_for()


PLACES = (
    in_a_channel,
    in_a_thread,
    in_a_form_with_errors,
    in_a_home,
    in_the_inspector,
    in_its_menus,
    at_the_clock,
    among_commands,
    jumping,
    choosing_an_emoji,
    beside_the_conversation,
    ordering_faults,
    among_an_administrators_tools,
)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
async def test_nothing_stands_in_anybodys_way(fake, page, place):
    await place(fake, page)
    await page.evaluate(AXE_SCRIPT)
    found = []
    for scheme, size, rules in LOOKS:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.set_viewport_size(size)
        wrong = await page.evaluate(AXE, rules)
        found += [(scheme, size["width"], *each) for each in wrong]
    assert found == []
