"""A whole story between two people and a Bolt app, each person before a browser of their own."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.workbench.apps import bolt, listening
from tests.workbench.page.support import an_input, mrkdwn, option, plain

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[3] / "workbench" / "pictures"
WHERE = [option("roof", "On the roof"), option("cellar", "In the cellar")]
FORM = {
    "type": "modal",
    "callback_id": "repair",
    "title": plain("Report damage"),
    "submit": plain("Report"),
    "close": plain("Cancel"),
    "blocks": [
        an_input("what", {"type": "plain_text_input", "max_length": 60}),
        an_input("where", {"type": "static_select", "options": WHERE}, optional=True),
    ],
}


def card(what, state, *buttons):
    """Build what everybody sees of the damage."""
    fields = [mrkdwn(f"*State*\n{state}"), mrkdwn("*Reported by*\n<@UANA>")]
    head = {"type": "header", "block_id": "head", "text": plain(f":wrench: {what}")}
    facts = {"type": "section", "block_id": "facts", "fields": fields}
    row = {"type": "actions", "block_id": "row", "elements": list(buttons)}
    return [head, facts, *([row] if buttons else [])]


TAKE = {"type": "button", "action_id": "take", "text": plain("Take it"), "style": "primary"}
LATER = {"type": "button", "action_id": "later", "text": plain("Not now")}


def repairs(bench):
    """Build an app that lets people report damage, and somebody see to it."""
    app = bolt(bench)

    @app.command("/tiny")
    async def report(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("repair")
    async def reported(ack, view, client):
        what = view["state"]["values"]["what"]["what.field"]["value"]
        if what == "Nothing":
            await ack(response_action="errors", errors={"what": "Nothing needs no repair."})
            return
        await ack()
        blocks = card(what, "Nobody has it yet", TAKE, LATER)
        await client.chat_postMessage(channel="CGENERAL", text=what, blocks=blocks)

    @app.action("take")
    async def taken(ack, body, client, respond):
        await ack()
        message, who = body["message"], body["user"]["id"]
        blocks = card(message["text"], f"<@{who}> sees to it")
        await client.chat_update(
            channel="CGENERAL", ts=message["ts"], text=message["text"], blocks=blocks
        )
        await respond(text="It is *yours* now.", replace_original=False)

    return app


@pytest.fixture
def pictured(request, tmp_path):
    """Take a picture in each theme; the README's are replaced only when that is asked for."""
    folder = PICTURES if request.config.getoption("--pictures") else tmp_path

    async def take(page, name):
        for theme in ("light", "dark"):
            await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            path = folder / f"{name}-{theme}.png"
            await page.screenshot(path=path)
            assert path.stat().st_size

    return take


async def test_damage_is_reported_by_one_and_seen_to_by_another(bench, page_for, pictured):
    async with listening(bench, repairs(bench)):
        anas = await page_for("UANA", bench.url, path="#/CGENERAL")
        bens = await page_for("UBEN", bench.url, path="#/CGENERAL")
        for page in (anas, bens):
            await page.get_by_test_id("composer").wait_for()
        await anas.get_by_test_id("composer").fill("Who sees to the *lift*, @ben? :eyes:")
        await anas.keyboard.press("Enter")
        asked = bens.locator(".message", has_text="@ben")
        await asked.hover()
        await asked.get_by_test_id("react").click()
        await bens.get_by_test_id("pick-raised_hands").click()
        await anas.get_by_test_id("reaction-raised_hands").wait_for()
        await anas.get_by_test_id("composer").fill("/tiny")
        await anas.get_by_test_id("composer").press("Enter")
        await anas.get_by_test_id("action-what.field").fill("Nothing")
        await anas.get_by_test_id("modal-submit").click()
        await expect(anas.get_by_test_id("error-what")).to_have_text("Nothing needs no repair.")
        await pictured(anas, "modal")
        await anas.get_by_test_id("action-what.field").fill("The lift stands still")
        await anas.get_by_test_id("modal-submit").click()
        await anas.get_by_test_id("modal").wait_for(state="detached")
        await bens.get_by_test_id("action-take").click()
        await anas.get_by_test_id("block-facts").get_by_text("@ben sees to it").wait_for()
        await bens.locator(".ephemeral", has_text="It is yours now.").wait_for()
        assert await anas.locator(".ephemeral").count() == 0
        await expect(anas.get_by_test_id("action-take")).to_have_count(0)
        await anas.get_by_test_id("inspector-toggle").click()
        await anas.locator("[data-testid^=traffic-]", has_text="chat.update").click()
        await pictured(anas, "channel")
        await bens.reload()
        await bens.get_by_test_id("block-facts").get_by_text("@ben sees to it").wait_for()
        assert await bens.locator(".ephemeral").count() == 0
