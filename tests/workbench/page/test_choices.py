"""Selects, menus, ticks and buttons: what is chosen, how, and what is asked first."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.workbench.page.support import an_input, option, plain, view

pytestmark = pytest.mark.browser

TS = "1748865000.000100"
CITIES = [option("ber", "Berlin"), option("bos", "Boston"), option("lis", "Lisbon")]
SURE = {
    "title": plain("Sure?"),
    "text": plain("It cannot be undone."),
    "confirm": plain("Do it"),
    "deny": plain("Leave it"),
}


async def shown(fake, page, *elements):
    """Post a message with these elements in a row."""
    block = {"type": "actions", "block_id": "row", "elements": list(elements)}
    await fake.say("Choose", ts=TS, blocks=[block])
    await page.get_by_test_id("block-row").wait_for()


async def acted(fake, page, act):
    """Do something that tells the app; return what it was told, once one may press again."""
    async with page.expect_response("**/workbench/action*"):
        await act
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    return fake.bodies("action")[-1]


async def test_a_press_tells_the_app_where_and_what_and_what_did_not_work_is_said(fake, page):
    button = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "42"}
    pick = {"type": "static_select", "action_id": "city", "options": CITIES}
    await shown(fake, page, button, pick)
    told = await acted(fake, page, page.get_by_test_id("action-go").click())
    assert told == {
        "container": {"type": "message", "channel": "C1", "ts": TS},
        "block_id": "row",
        "action_id": "go",
        "value": "42",
        "state": {"row": {"city": {"type": "static_select", "selected_option": None}}},
    }
    fake.answers["action"] = lambda _: {"ok": False, "error": "The app did not answer."}
    await page.get_by_test_id("action-go").click()
    await expect(page.get_by_test_id("banner")).to_contain_text("The app did not answer.")


async def test_a_select_narrows_while_one_types_and_needs_no_mouse(fake, page):
    await shown(fake, page, {"type": "static_select", "action_id": "city", "options": CITIES})
    field = page.get_by_test_id("action-city")
    await field.focus()
    await page.keyboard.type("BOS")
    await expect(page.get_by_role("option")).to_have_text(["Boston"])
    told = await acted(fake, page, page.keyboard.press("Enter"))
    assert told["selected_option"] == CITIES[1]
    await expect(field).to_have_value("Boston")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    active = page.locator(".option.active")
    await expect(active).to_have_text("Lisbon")
    await expect(field).to_have_attribute(
        "aria-activedescendant", await active.get_attribute("id")
    )
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(field).to_have_value("Boston")
    told = await acted(fake, page, page.keyboard.press("Backspace"))
    assert told["selected_option"] is None


async def test_options_may_stand_in_groups(fake, page):
    groups = [
        {"label": plain("Near"), "options": CITIES[:1]},
        {"label": plain("Far"), "options": CITIES[1:]},
    ]
    pick = {"type": "static_select", "action_id": "city", "option_groups": groups}
    await shown(fake, page, pick)
    await page.get_by_test_id("action-city").click()
    await expect(page.get_by_role("group", name="Far").get_by_role("option")).to_have_count(2)
    await page.get_by_test_id("action-city").fill("Ber")
    await expect(page.get_by_role("group", name="Far")).to_have_count(0)


async def test_an_external_select_asks_the_app_once_enough_is_typed(fake, page_for):
    fake.least_typed = 5
    page = await page_for("UANA", fake.address, path="#/C1")
    await page.get_by_test_id("composer").wait_for()

    def offered(body):
        return {"options": [one for one in CITIES if body["value"] in one["text"]["text"]]}

    fake.answers["suggest"] = offered
    pick = {"type": "external_select", "min_query_length": 2}
    usual = an_input("town", {"type": "external_select"})
    await fake.show(view(an_input("city", pick), usual))
    await page.get_by_test_id("action-town.field").fill("Bo")
    await page.get_by_text("Type 3 more characters").wait_for()
    field = page.get_by_test_id("action-city.field")
    await field.fill("B")
    await page.get_by_text("Type 1 more character").wait_for()
    await field.fill("Bo")
    await page.get_by_test_id("option-bos").click()
    await expect(field).to_have_value("Boston")
    await field.fill("Nowhere")
    await page.get_by_text("No matches").wait_for()
    fake.answers["suggest"] = lambda _: {"options": [], "error": "The app is silent."}
    await field.fill("Some")
    await page.get_by_text("The app is silent.").wait_for()
    assert [body["value"] for body in fake.bodies("suggest")] == ["Bo", "Nowhere", "Some"]
    assert fake.bodies("suggest")[0]["container"] == {"type": "view", "view_id": "V1"}


async def test_many_can_be_chosen_up_to_the_most_and_dropped_again(fake, page):
    pick = {"type": "multi_users_select", "max_selected_items": 2, "initial_users": ["UANA"]}
    await fake.show(view(an_input("people", pick)))
    field = page.get_by_test_id("action-people.field")
    await field.fill("mona")
    await page.keyboard.press("Enter")
    await field.fill("otto")
    await page.keyboard.press("Enter")
    await page.get_by_text("You can choose at most 2.").wait_for()
    await page.keyboard.press("Escape")
    assert await page.locator(".chip").all_inner_texts() == [
        "Ana Costa\nRemove Ana Costa",
        "Mona Weiss\nRemove Mona Weiss",
    ]
    await page.get_by_role("button", name="Remove Ana Costa").click()
    async with page.expect_response("**/workbench/view/submit*"):
        await page.get_by_test_id("modal-submit").click()
    [sent] = fake.bodies("view/submit")
    assert sent["state"]["people"]["people.field"]["selected_users"] == ["UMONA"]


OFFERED: list[tuple[dict[str, Any], list[str]]] = [
    ({"type": "users_select"}, ["Ana Costa", "Mona Weiss", "Otto Lind", "Caseflag"]),
    ({"type": "channels_select"}, ["#support", "#general", "#lounge"]),
    (
        {"type": "conversations_select", "filter": {"include": ["private", "im"]}},
        ["#duty", "Mona Weiss", "Caseflag"],
    ),
    (
        {"type": "conversations_select", "filter": {"include": ["im"], "exclude_bot_users": True}},
        ["Mona Weiss"],
    ),
]


async def test_pickers_offer_who_and_what_is_there(fake, page):
    pickers = [{"action_id": f"p{n}"} | element for n, (element, _) in enumerate(OFFERED)]
    await shown(fake, page, *pickers)
    rows = page.get_by_role("option").locator(".option-text > :first-child")
    for number, (_, expected) in enumerate(OFFERED):
        await page.get_by_test_id(f"action-p{number}").click()
        await expect(rows).to_have_text(expected)
        await page.keyboard.press("Escape")


async def test_the_conversation_one_is_in_can_be_the_default(fake, page):
    pick = {"type": "conversations_select", "default_to_current_conversation": True}
    await shown(fake, page, {"action_id": "pick"} | pick)
    await expect(page.get_by_test_id("action-pick")).to_have_value("#support")
    await fake.show(view(an_input("place", pick)))
    await expect(page.get_by_test_id("action-place.field")).to_have_value("#support")


async def test_ticks_and_radios_tell_all_that_is_chosen(fake, page):
    ticks = {"type": "checkboxes", "action_id": "ticks", "options": CITIES}
    radio = {"type": "radio_buttons", "action_id": "radio", "options": CITIES}
    await shown(fake, page, ticks, radio)
    await acted(fake, page, page.get_by_test_id("action-ticks").get_by_label("Lisbon").check())
    told = await acted(
        fake, page, page.get_by_test_id("action-ticks").get_by_label("Berlin").check()
    )
    assert [one["value"] for one in told["selected_options"]] == ["ber", "lis"]
    told = await acted(
        fake, page, page.get_by_test_id("action-radio").get_by_label("Boston").check()
    )
    assert told["selected_option"]["value"] == "bos"
    assert [one["value"] for one in told["state"]["row"]["ticks"]["selected_options"]] == [
        "ber",
        "lis",
    ]


async def test_a_menu_opens_by_key_and_tells_what_was_picked(fake, page):
    await shown(fake, page, {"type": "overflow", "action_id": "more", "options": CITIES})
    await page.get_by_test_id("action-more").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    told = await acted(fake, page, page.keyboard.press("Enter"))
    assert told["selected_option"]["value"] == "bos"
    await expect(page.get_by_test_id("action-more")).to_be_focused()


async def test_nothing_happens_before_one_agrees(fake, page):
    button = {"type": "button", "action_id": "go", "text": plain("Go"), "confirm": SURE}
    ticks = {"type": "checkboxes", "action_id": "ticks", "options": CITIES, "confirm": SURE}
    await shown(fake, page, button, ticks)
    await page.get_by_test_id("action-go").click()
    await expect(page.get_by_test_id("confirm")).to_contain_text("It cannot be undone.")
    await page.get_by_test_id("confirm-cancel").click()
    await page.get_by_label("Berlin").click()
    await page.get_by_test_id("confirm-cancel").click()
    await expect(page.get_by_label("Berlin")).not_to_be_checked()
    assert fake.bodies("action") == []
    await page.get_by_test_id("action-go").click()
    told = await acted(fake, page, page.get_by_test_id("confirm-ok").click())
    assert told["action_id"] == "go"


async def test_what_was_chosen_in_a_message_survives_its_update(fake, page):
    pick = {"type": "static_select", "action_id": "city", "options": CITIES}
    await shown(fake, page, pick)
    await page.get_by_test_id("action-city").click()
    await acted(fake, page, page.get_by_test_id("option-lis").click())
    block = {"type": "actions", "block_id": "row", "elements": [pick]}
    note = {"type": "section", "block_id": "n", "text": plain("Changed")}
    message = {"type": "message", "ts": TS, "user": "UBOT", "text": "", "blocks": [note, block]}
    await fake.tell("message_changed", channel="C1", message=message)
    await page.get_by_test_id("block-n").wait_for()
    await expect(page.get_by_test_id("action-city")).to_have_value("Lisbon")


async def test_a_button_with_an_address_goes_there_and_tells_the_app(fake, page):
    await shown(
        fake,
        page,
        {"type": "button", "action_id": "go", "text": plain("Go"), "url": f"{fake.address}/?x"},
        {"type": "button", "action_id": "bad", "text": plain("B"), "url": "javascript:alert(1)"},
    )
    assert await page.get_by_test_id("action-bad").get_attribute("href") == "about:blank"
    async with page.context.expect_page() as opened:
        told = await acted(fake, page, page.get_by_test_id("action-go").click())
    assert told["action_id"] == "go"
    await (await opened.value).close()


async def test_thumbs_tell_their_value_and_stay_marked(fake, page):
    def thumb(value):
        return {"text": plain(value), "value": value}

    feedback = {
        "type": "feedback_buttons",
        "action_id": "judge",
        "positive_button": thumb("good"),
        "negative_button": thumb("bad"),
    }
    hidden = {
        "type": "icon_button",
        "action_id": "bin",
        "icon": "trash",
        "text": plain("Delete"),
        "visible_to_user_ids": ["UMONA"],
    }
    block = {"type": "context_actions", "block_id": "row", "elements": [feedback, hidden]}
    await fake.say("", ts=TS, blocks=[block])
    thumb_down = page.get_by_test_id("action-judge-negative")
    told = await acted(fake, page, thumb_down.click())
    assert told["value"] == "bad"
    await expect(thumb_down).to_have_attribute("aria-pressed", "true")
    assert await page.get_by_role("button", name="Delete").count() == 0
