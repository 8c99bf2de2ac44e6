"""Modals: filled in, refused, stacked and closed."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.workbench.page.support import NOON, an_input, mrkdwn, option, plain, view

pytestmark = pytest.mark.browser

SIZES = [option("s", "Small"), option("m", "Medium"), option("l", "Large")]


async def opened(fake, page, *views):
    await fake.show(*views)
    await page.get_by_test_id("modal").wait_for()


def text(block_id="title", **element):
    """Build an input of one line."""
    more = {key: element.pop(key) for key in ("optional", "dispatch_action") if key in element}
    return an_input(block_id, {"type": "plain_text_input", **element}, **more)


async def test_a_form_sends_all_it_holds_touched_or_not(fake, page):
    kinds = [
        text(),
        text("empty", optional=True),
        an_input("number", {"type": "number_input", "is_decimal_allowed": True}),
        an_input("email", {"type": "email_text_input"}),
        an_input("url", {"type": "url_text_input"}),
        an_input("size", {"type": "static_select", "options": SIZES}),
        an_input("sizes", {"type": "multi_static_select", "options": SIZES}),
        an_input("person", {"type": "users_select"}),
        an_input("room", {"type": "channels_select"}),
        an_input("place", {"type": "conversations_select"}),
        an_input("radio", {"type": "radio_buttons", "options": SIZES}),
        an_input("ticks", {"type": "checkboxes", "options": SIZES}),
        an_input("day", {"type": "datepicker"}),
        an_input("hour", {"type": "timepicker"}),
        an_input("moment", {"type": "datetimepicker"}),
        an_input("rich", {"type": "rich_text_input"}),
    ]
    await opened(fake, page, view(*kinds))
    for name, typed in {
        "title": "Down",
        "number": "2.5",
        "email": "a@example.com",
        "url": "https://a.example",
        "day": "2025-06-03",
        "hour": "09:30",
        "moment": "2025-06-02T15:00",
    }.items():
        await page.get_by_test_id(f"action-{name}.field").fill(typed)
    for name, value in {"size": "m", "person": "UMONA", "room": "C2", "place": "C3"}.items():
        await page.get_by_test_id(f"action-{name}.field").click()
        await page.get_by_role("listbox").get_by_test_id(f"option-{value}").click()
    await page.get_by_test_id("action-sizes.field").click()
    for value in "sl":
        await page.get_by_role("listbox").get_by_test_id(f"option-{value}").click()
    await page.keyboard.press("Escape")
    await page.get_by_test_id("block-radio").get_by_label("Large").check()
    await page.get_by_test_id("block-ticks").get_by_label("Small").check()
    await page.get_by_test_id("action-rich.field").click()
    await page.keyboard.type("see ")
    await page.keyboard.press("Control+b")
    await page.keyboard.type("this")
    async with page.expect_response("**/workbench/view/submit*"):
        await page.get_by_test_id("modal-submit").click()
    [sent] = fake.bodies("view/submit")
    assert sent["view_id"] == "V1"
    held = {block: next(iter(entry.values())) for block, entry in sent["state"].items()}
    bold = {"type": "text", "text": "this", "style": {"bold": True}}
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "see "}, bold]}
    assert held == {
        "title": {"type": "plain_text_input", "value": "Down"},
        "empty": {"type": "plain_text_input", "value": None},
        "number": {"type": "number_input", "value": "2.5"},
        "email": {"type": "email_text_input", "value": "a@example.com"},
        "url": {"type": "url_text_input", "value": "https://a.example"},
        "size": {"type": "static_select", "selected_option": SIZES[1]},
        "sizes": {"type": "multi_static_select", "selected_options": [SIZES[0], SIZES[2]]},
        "person": {"type": "users_select", "selected_user": "UMONA"},
        "room": {"type": "channels_select", "selected_channel": "C2"},
        "place": {"type": "conversations_select", "selected_conversation": "C3"},
        "radio": {"type": "radio_buttons", "selected_option": SIZES[2]},
        "ticks": {"type": "checkboxes", "selected_options": [SIZES[0]]},
        "day": {"type": "datepicker", "selected_date": "2025-06-03"},
        "hour": {"type": "timepicker", "selected_time": "09:30"},
        "moment": {"type": "datetimepicker", "selected_date_time": int(NOON) + 3600},
        "rich": {
            "type": "rich_text_input",
            "rich_text_value": {"type": "rich_text", "elements": [line]},
        },
    }


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"type": "plain_text_input"}, "", "Please fill this in."),
    (
        {"type": "plain_text_input", "min_length": 5},
        "four",
        "Please write at least 5 characters (now 4).",
    ),
    (
        {"type": "plain_text_input", "max_length": 3},
        "four",
        "Please write at most 3 characters (now 4).",
    ),
    ({"type": "plain_text_input", "min_length": 5}, "😀😀😀😀", "at least 5 characters (now 4)"),
    ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
    ({"type": "number_input", "is_decimal_allowed": True}, "one", "Please enter a number."),
    (
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "7"},
        "6",
        "Please enter 7 or more.",
    ),
    (
        {"type": "number_input", "is_decimal_allowed": False, "max_value": "7"},
        "8",
        "Please enter 7 or less.",
    ),
    ({"type": "email_text_input"}, "ana at home", "Please enter an e-mail address."),
    ({"type": "url_text_input"}, "example.com", "begins with http:// or https://"),
]


async def test_what_slack_refuses_is_refused_before_the_app_hears_of_it(fake, page):
    blocks = [an_input(f"b{n}", element) for n, (element, _, _) in enumerate(REFUSED)]
    await opened(fake, page, view(*blocks))
    for number, (_, typed, _) in enumerate(REFUSED):
        await page.get_by_test_id(f"action-b{number}.field").fill(typed)
    await page.get_by_test_id("modal-submit").click()
    for number, (_, _, expected) in enumerate(REFUSED):
        await expect(page.get_by_test_id(f"error-b{number}")).to_contain_text(expected)
        field = page.get_by_test_id(f"action-b{number}.field")
        await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_test_id("action-b0.field")).to_be_focused()
    assert fake.bodies("view/submit") == []


async def test_errors_of_the_app_stand_under_their_fields_until_the_next_try(fake, page):
    await opened(fake, page, view(text("one"), text("two")))
    fake.answers["view/submit"] = lambda _: {"ok": False, "errors": {"two": "Not <that> one."}}
    await page.get_by_test_id("action-one.field").fill("a")
    await page.get_by_test_id("action-two.field").fill("b")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("error-two")).to_have_text("Not <that> one.")
    assert await page.get_by_test_id("error-one").count() == 0
    described = await page.get_by_test_id("action-two.field").get_attribute("aria-describedby")
    assert await page.get_by_test_id("error-two").get_attribute("id") in described.split()
    fake.answers["view/submit"] = lambda _: {"ok": True, "closed": False}
    await page.get_by_test_id("modal-submit").click()
    await page.get_by_test_id("error-two").wait_for(state="detached")


async def test_trouble_is_told_in_the_modal_and_what_was_typed_stays(fake, page):
    await opened(fake, page, view(text()))
    fake.answers["view/submit"] = lambda _: {"ok": False, "banner": "We had some trouble."}
    await page.get_by_test_id("action-title.field").fill("typed")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("banner")).to_contain_text("We had some trouble.")
    await expect(page.get_by_test_id("modal").get_by_test_id("banner")).to_have_count(1)
    await expect(page.get_by_test_id("action-title.field")).to_have_value("typed")


async def test_what_was_typed_survives_an_update_where_the_ids_stay(fake, page):
    def form(title_id, hint):
        kept = text("kept", initial_value=hint)
        return view(kept, text(title_id, initial_value=hint), {**note, "text": mrkdwn(hint)})

    note = {"type": "section", "block_id": "note"}
    await opened(fake, page, form("old", "first"))
    await page.get_by_test_id("action-old.field").fill("typed here")
    await page.get_by_test_id("action-kept.field").fill("typed there")
    await fake.show(form("new", "second"))
    await page.get_by_test_id("block-note").get_by_text("second").wait_for()
    await expect(page.get_by_test_id("action-kept.field")).to_have_value("typed there")
    await expect(page.get_by_test_id("action-new.field")).to_have_value("second")
    await expect(page.get_by_test_id("action-kept.field")).to_be_focused()


async def test_views_lie_on_a_stack_with_back_and_x(fake, page):
    first, second = view(text("a")), view(text("b"), id_="V2", title=plain("Second"))
    await opened(fake, page, first)
    assert await page.get_by_test_id("modal-back").count() == 0
    await page.get_by_test_id("action-a.field").fill("kept below")
    await fake.show(first, second)
    await page.get_by_role("heading", name="Second").wait_for()
    await page.get_by_test_id("modal-back").click()
    await page.get_by_role("heading", name="A form").wait_for()
    await expect(page.get_by_test_id("action-a.field")).to_have_value("kept below")
    await fake.show(first, second)
    await page.get_by_role("heading", name="Second").wait_for()
    await page.get_by_test_id("modal-close").click()
    await page.get_by_test_id("modal").wait_for(state="detached")
    assert fake.bodies("view/close") == [
        {"view_id": "V2", "cleared": False},
        {"view_id": "V2", "cleared": True},
    ]


async def test_escape_closes_one_view_and_gives_the_focus_back(fake, page):
    await page.get_by_test_id("composer").focus()
    await opened(fake, page, view(text(), close=plain("Never mind")))
    await expect(page.get_by_test_id("modal-cancel")).to_have_text("Never mind")
    await page.keyboard.press("Escape")
    await page.get_by_test_id("modal").wait_for(state="detached")
    assert fake.bodies("view/close") == [{"view_id": "V1", "cleared": False}]
    await expect(page.get_by_test_id("composer")).to_be_focused()


async def test_the_focus_starts_where_the_app_wants_it_also_after_a_wait(fake, page):
    wait = {"type": "section", "block_id": "wait", "text": plain("Loading")}
    await opened(fake, page, {**view(wait), "submit": None})
    await page.wait_for_function("() => document.activeElement.matches('.dialog-body')")
    await fake.show(view(text("a"), text("b", focus_on_load=True, max_length=10)))
    focused = "() => document.activeElement.dataset.testid === 'action-b.field'"
    await page.wait_for_function(focused)
    await page.keyboard.type("12345678😀")
    counter = page.locator(".counter")
    await expect(counter).to_have_text("9 / 10")
    await expect(counter).to_contain_class("near")


async def test_a_field_acts_only_where_its_block_says_so(fake, page):
    on_each = {"trigger_actions_on": ["on_character_entered"]}
    quiet, enter, each = (
        text("quiet"),
        text("enter", dispatch_action=True),
        text("each", dispatch_action=True, dispatch_action_config=on_each),
    )
    choice = an_input("pick", {"type": "static_select", "options": SIZES}, dispatch_action=True)
    await opened(fake, page, view(quiet, enter, each, choice))
    await page.get_by_test_id("action-quiet.field").fill("nothing happens")
    await page.get_by_test_id("action-enter.field").fill("go")
    async with page.expect_response("**/workbench/action*"):
        await page.get_by_test_id("action-enter.field").press("Enter")
    async with page.expect_response("**/workbench/action*"):
        await page.get_by_test_id("action-each.field").press("x")
    await page.get_by_test_id("action-pick.field").click()
    async with page.expect_response("**/workbench/action*"):
        await page.get_by_test_id("option-m").click()
    acted = [(body["block_id"], body.get("value")) for body in fake.bodies("action")]
    assert acted == [("enter", "go"), ("each", "x"), ("pick", None)]
    assert fake.bodies("action")[2]["selected_option"] == SIZES[1]
    assert fake.bodies("action")[2]["state"]["quiet"]["quiet.field"]["value"] == "nothing happens"
    assert fake.bodies("view/submit") == []


async def test_enter_submits_a_form_and_control_enter_does_from_anywhere(fake, page):
    await opened(fake, page, view(text(), text("long", multiline=True)))
    await page.get_by_test_id("action-long.field").fill("several\nlines")
    await page.get_by_test_id("action-title.field").fill("x")
    async with page.expect_response("**/workbench/view/submit*"):
        await page.get_by_test_id("action-title.field").press("Enter")
    await page.wait_for_function("() => !document.querySelector('.pending')")
    async with page.expect_response("**/workbench/view/submit*"):
        await page.get_by_test_id("action-long.field").press("Control+Enter")


async def test_a_modal_that_was_open_is_open_again_after_a_reload(fake, page):
    typed = {"title": {"title.field": {"type": "plain_text_input", "value": "half a"}}}
    await opened(fake, page, view(text(), state={"values": typed}))
    await page.reload()
    await expect(page.get_by_test_id("action-title.field")).to_have_value("half a")
