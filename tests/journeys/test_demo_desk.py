"""The duty desk in a real browser: an escalation with its board, brief and cards, in pictures."""

from collections.abc import Mapping

import pytest
from playwright.async_api import Page, expect

from tests.journeys.test_demo import (
    SEEN,
    Camera,
    acknowledges,
    closes,
    demo,
    escalates,
    pictured,
    sees,
)

__all__ = ["pictured"]

pytestmark = [pytest.mark.journey, pytest.mark.browser]


async def reads_the_brief(mona: Page, pictured: Camera) -> None:
    await mona.get_by_role("button", name="Brief", exact=True).last.click(timeout=SEEN)
    await sees(mona, "From the record alone", within="dialog")
    await pictured(mona, "brief")
    await closes(mona)


async def starts(mona: Page, pictured: Camera) -> None:
    modal = mona.get_by_test_id("modal")
    await mona.get_by_role("button", name="Start plan").last.click(timeout=SEEN)
    await modal.get_by_label("It is done when").fill(
        "The ledger is right three mornings in a row.", timeout=SEEN
    )
    await modal.get_by_label("What happens first?").fill("Recompute the ledger of this week.")
    await mona.get_by_test_id("modal-submit").click()
    await sees(mona, "You work on the escalation of CASE-4", within="dialog")
    await closes(mona)
    await expect(mona.get_by_text("Plan. First,")).to_be_visible(timeout=SEEN)
    await pictured(mona, "desk")


async def goes_home(page: Page) -> None:
    await page.get_by_text("Caseflag", exact=True).first.click(timeout=SEEN)
    await page.get_by_role("tab", name="Home").click(timeout=SEEN)


async def look_at_their_homes(pages: Mapping[str, tuple[Page, str]], pictured: Camera) -> None:
    """Let each go home, see there what concerns them, and take a picture of it."""
    for role, (page, sight) in pages.items():
        await goes_home(page)
        await expect(page.get_by_test_id("home")).to_contain_text(sight, timeout=SEEN)
        await pictured(page, f"home-{role}")


async def edits_the_table(adam: Page, pictured: Camera) -> None:
    modal = adam.get_by_test_id("modal")
    await adam.get_by_test_id("home").get_by_role("button", name="Threshold table").click()
    await modal.get_by_label("S2: the wait of each tier").fill("1 h, 2 days, 2 days", timeout=SEEN)
    await modal.get_by_label("Why?").fill("Key functions are looked at sooner.")
    await adam.get_by_test_id("modal-submit").click()
    await sees(adam, "S2 Titanium is shorter than S1's.", within="dialog")
    await pictured(adam, "policy")
    await modal.get_by_label("S2: the wait of each tier").fill("12 h, 1 day, 1 day")
    await adam.get_by_test_id("modal-submit").click()
    await sees(adam, "This would be version 2", within="dialog")
    await pictured(adam, "policy-preview")


async def test_the_duty_desk_in_a_browser(page_for, pictured):
    async def unseen(_page: Page, _name: str) -> None: ...

    async with demo() as address:
        ana = await page_for("U0ANA", address, path="#/C0ACME")
        mona = await page_for("U0MONA", address, path="#/C0DUTY")
        await sees(ana, "Nightly export stops after 10,000 rows")
        await escalates(ana, unseen)
        await sees(mona, "Open escalations: 1")
        await mona.get_by_text("Open escalations: 1").first.scroll_into_view_if_needed()
        await pictured(mona, "board")
        await acknowledges(mona, unseen)
        await reads_the_brief(mona, pictured)
        await starts(mona, pictured)
        await ana.get_by_text("Caseflag", exact=True).first.click(timeout=SEEN)
        await ana.get_by_role("tab", name="Messages").click(timeout=SEEN)
        await sees(ana, "Your escalation · CASE-4")
        await ana.get_by_text("Your escalation · CASE-4").last.scroll_into_view_if_needed()
        await sees(ana, "answers for it since")
        await pictured(ana, "request")
        eli = await page_for("U0ELI", address)
        adam = await page_for("U0ADAM", address)
        homes = {
            "customer": (ana, "CASE-4"),
            "engineer": (eli, "CASE-"),
            "manager": (mona, "CASE-4"),
            "administrator": (adam, "Threshold table"),
        }
        await look_at_their_homes(homes, pictured)
        await edits_the_table(adam, pictured)
