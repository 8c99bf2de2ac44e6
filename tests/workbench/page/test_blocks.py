"""All blocks that exist, on the surfaces where they may stand."""

import pytest
from playwright.async_api import expect

from tests.workbench.page.support import NOON, an_input, mrkdwn, option, plain, view

pytestmark = pytest.mark.browser

TS = "1748865000.000100"
GO = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"}
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
IMAGE = {"type": "image", "image_url": PIXEL, "alt_text": "A dot"}


def raw(text):
    return {"type": "raw_text", "text": text}


def count(value):
    return {"type": "raw_number", "value": value, "text": f"{value:,}"}


def rich(*elements):
    return {"type": "rich_text", "elements": list(elements)}


def words(*parts, kind="rich_text_section", **more):
    return {"type": kind, "elements": list(parts)} | more


def word(text, **style):
    return {"type": "text", "text": text} | ({"style": style} if style else {})


RICH = rich(
    words(
        word("plain "),
        word("bold", bold=True),
        word(" and ", italic=True),
        word("code", code=True, strike=True),
        {"type": "user", "user_id": "UMONA"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "channel", "channel_id": "C2"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "tada"},
        {"type": "emoji", "name": "nameless", "unicode": "1f680"},
        {"type": "link", "url": "https://a.example", "text": "a link"},
        {"type": "date", "timestamp": int(NOON), "format": "{date_num}", "fallback": "x"},
        {"type": "color", "value": "#0b5d66"},
    ),
    words(
        words(word("one")), words(word("two")), kind="rich_text_list", style="ordered", offset=4
    ),
    words(word("quoted"), kind="rich_text_quote"),
    words(word("let x"), kind="rich_text_preformatted"),
)

SERIES = [
    {"name": "Opened", "data": [{"label": "May", "value": 12}, {"label": "June", "value": -3.5}]},
    {"name": "Closed", "data": [{"label": "May", "value": 8}, {"label": "June", "value": 13}]},
]
AXES = {"categories": ["May", "June"], "x_label": "Month", "y_label": "Cases"}


def chart(kind, **more):
    return {"type": "data_visualization", "title": f"A {kind}", "chart": {"type": kind} | more}


# name -> (block, words that must be readable in it)
BLOCKS = {
    "header": ({"type": "header", "text": plain("Title"), "level": 1}, ["Title"]),
    "section": (
        {"type": "section", "text": mrkdwn("*T*"), "fields": [plain("F1"), mrkdwn("_F2_")]},
        ["T", "F1", "F2"],
    ),
    "accessory": ({"type": "section", "text": plain("By"), "accessory": GO}, ["By", "Go"]),
    "pictured": ({"type": "section", "text": plain("By"), "accessory": IMAGE}, ["By"]),
    "context": (
        {"type": "context", "elements": [IMAGE, mrkdwn("small *print*")]},
        ["small print"],
    ),
    "divider": ({"type": "divider"}, []),
    "actions": ({"type": "actions", "elements": [GO]}, ["Go"]),
    "image": ({"title": plain("Titled")} | IMAGE, ["Titled"]),
    "input": (an_input("input", {"type": "plain_text_input"}, hint=plain("Hint")), ["Hint"]),
    "rich_text": (
        RICH,
        ["plain bold and code@mona@duty#general@here🎉🚀a link2025-06-02#0b5d66", "two", "let x"],
    ),
    "table": (
        {
            "type": "table",
            "column_settings": [{"align": "right"}, {"is_wrapped": True}],
            "rows": [[raw("Case"), raw("Age")], [raw("CASE-1"), rich(words(word("5 h")))]],
        },
        ["Case", "CASE-1", "5 h"],
    ),
    "markdown": ({"type": "markdown", "text": "# Big\n- item"}, ["Big", "item"]),
    "card": (
        {
            "type": "card",
            "hero_image": IMAGE,
            "icon": IMAGE,
            "title": mrkdwn("*Card*"),
            "subtitle": plain("Sub"),
            "body": mrkdwn("Body"),
            "subtext": plain("Fine"),
            "actions": [GO],
        },
        ["Card", "Sub", "Body", "Fine", "Go"],
    ),
    "carousel": (
        {
            "type": "carousel",
            "elements": [{"type": "card", "title": plain(f"N{n}")} for n in "12"],
        },
        ["N1", "N2"],
    ),
    "container": (
        {
            "type": "container",
            "title": plain("Held"),
            "subtitle": plain("together"),
            "child_blocks": [{"type": "section", "text": plain("Inside")}],
        },
        ["Held", "together", "Inside"],
    ),
    "pie": (
        chart("pie", segments=[{"label": "S1", "value": 1}, {"label": "S2", "value": 3}]),
        ["A pie", "S1", "S2"],
    ),
    "whole_pie": (chart("pie", segments=[{"label": "All", "value": 1}]), ["A pie", "All"]),
    "bar": (chart("bar", series=SERIES, axis_config=AXES), ["A bar", "Opened", "Closed"]),
    "line": (chart("line", series=SERIES, axis_config=AXES), ["A line", "Opened"]),
    "area": (chart("area", series=SERIES, axis_config=AXES), ["A area", "Opened"]),
    "video": (
        {
            "type": "video",
            "title": plain("Film"),
            "title_url": "https://a.example",
            "video_url": "https://a.example/v",
            "thumbnail_url": PIXEL,
            "alt_text": "A film",
            "author_name": "Ana",
            "provider_name": "Tube",
            "description": plain("About it"),
        },
        ["Film", "Ana · Tube", "About it"],
    ),
    "file": ({"type": "file", "external_id": "F-1", "source": "remote"}, ["F-1"]),
    "task_card": (
        {
            "type": "task_card",
            "title": "A task",
            "status": "in_progress",
            "details": rich(words(word("How"))),
            "sources": [{"type": "url", "url": "https://a.example", "text": "Where"}],
        },
        ["A task", "(In progress)", "How", "Where"],
    ),
    "plan": (
        {
            "type": "plan",
            "title": "A plan",
            "tasks": [
                {"title": "One", "status": "complete"},
                {"title": "Two", "status": "pending"},
                {"title": "Three", "status": "error"},
            ],
        },
        ["A plan", "1 of 3 done", "One", "Three"],
    ),
}
LEVELS = ("default", "info", "warning", "error", "success")


async def test_every_block_can_be_read(fake, page):
    blocks = [block | {"block_id": name} for name, (block, _) in BLOCKS.items()]
    await fake.say("", ts=TS, blocks=blocks)
    await page.get_by_test_id("block-plan").wait_for()
    assert await page.locator(".message .unknown").count() == 0
    for name, (_, expected) in BLOCKS.items():
        shown = await page.get_by_test_id(f"block-{name}").first.text_content()
        for part in expected:
            assert part in shown, name


async def test_an_alert_says_how_serious_it_is(fake, page):
    alerts = [
        {"type": "alert", "block_id": level, "level": level, "text": plain(f"It is {level}")}
        for level in LEVELS
    ]
    await fake.show(view(*alerts))
    await page.get_by_role("alert", name="Error").wait_for()
    assert await page.get_by_role("note", name="Warning").inner_text() == "It is warning"


async def test_a_chart_says_its_figures_in_words(fake, page):
    block = BLOCKS["bar"][0] | {"block_id": "bar"}
    await fake.say("", ts=TS, blocks=[block])
    told = "May: Opened 12, Closed 8; June: Opened -3.5, Closed 13"
    await page.get_by_role("img", name=f"A bar {told}").wait_for()
    await page.get_by_text("Show the figures").click()
    cells = await page.locator(".figures :is(th, td)").all_inner_texts()
    assert cells == ["Month", "Opened", "Closed", "May", "12", "8", "June", "-3.5", "13"]


async def test_an_image_that_cannot_be_had_is_named(fake, page):
    lost = {
        "type": "image",
        "block_id": "i",
        "image_url": f"{fake.address}/static/x",
        "alt_text": "X",
    }
    await page.route("**/static/x", lambda route: route.abort())
    await fake.say("", ts=TS, blocks=[lost])
    await page.locator(".missing", has_text="X").wait_for()


async def test_a_data_table_is_sorted_and_paged(fake, page):
    rows = [[raw(f"CASE-{n}"), count(n * 7 % 10)] for n in range(1, 8)]
    table = {
        "type": "data_table",
        "block_id": "t",
        "caption": "Cases",
        "page_size": 3,
        "rows": [[raw("Case"), raw("Chases")], *rows],
    }
    await fake.say("", ts=TS, blocks=[table])
    first = page.locator("tbody th")
    await expect(first).to_have_text(["CASE-1", "CASE-2", "CASE-3"])
    await page.get_by_role("button", name="Next page").click()
    await expect(first).to_have_text(["CASE-4", "CASE-5", "CASE-6"])
    await page.get_by_role("button", name="Chases").click()
    await expect(first).to_have_text(["CASE-3", "CASE-6", "CASE-2"])
    head = page.get_by_role("columnheader", name="Chases")
    await expect(head).to_have_attribute("aria-sort", "ascending")
    await page.get_by_role("button", name="Chases").click()
    await expect(first).to_have_text(["CASE-7", "CASE-4", "CASE-1"])


async def test_a_container_folds_and_its_elements_work(fake, page):
    choice = {"type": "radio_buttons", "action_id": "pick", "options": [option("a"), option("b")]}
    held = {
        "type": "container",
        "block_id": "c",
        "title": plain("More"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "actions", "block_id": "in", "elements": [choice]}],
    }
    await fake.say("", ts=TS, blocks=[held])
    toggle = page.get_by_role("button", name="More", exact=True)
    await expect(toggle).to_have_attribute("aria-expanded", "false")
    await expect(page.get_by_test_id("action-pick")).to_be_hidden()
    await toggle.click()
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    async with page.expect_response("**/workbench/action*"):
        await page.get_by_label("b", exact=True).check()
    [told] = fake.bodies("action")
    assert (told["block_id"], told["selected_option"]["value"]) == ("in", "b")
    assert told["state"]["in"]["pick"]["selected_option"]["value"] == "b"
