"""The demo, run as anybody would and seen through a real browser; it makes the README's pictures."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.support.app import a_free_port

pytestmark = [pytest.mark.journey, pytest.mark.browser]

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "pictures"
Camera = Callable[[Page, str], Awaitable[None]]
SEEN = 30_000
"""Milliseconds that a person waits for what they expect to see."""


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """Run `make demo` on ports of its own; yield the address that it prints."""
    ports = [f"PORT={a_free_port()}", f"WORKBENCH_PORT={a_free_port()}"]
    child = await asyncio.create_subprocess_exec(
        *("make", "demo", *ports, f"BIN={Path(sys.executable).parent}"),
        cwd=ROOT,
        env={**os.environ, "MAKEFLAGS": ""},  # noqa: TID251 - the shell's own, for make
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    assert child.stdout is not None
    said = ""
    address = None
    try:
        async with asyncio.timeout(60):
            while "Caseflag runs" not in said:
                line = (await child.stdout.readline()).decode()
                assert line, f"the demo ended:\n{said}"
                said += line
                address = address or (re.search(r"http://127\.0\.0\.1:\d+", line) or [None])[0]
        yield address or said
    finally:
        os.killpg(child.pid, 2)  # what Ctrl-C does
        await child.stdout.read()
        await child.wait()


async def types(page: Page, text: str) -> None:
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    await composer.press("Escape")
    await composer.press("Enter")


async def answers(page: Page, *choices: str) -> None:
    modal = page.get_by_test_id("modal")
    for choice in choices:
        await modal.get_by_label(choice, exact=True).check(timeout=SEEN)
        await page.get_by_test_id("modal-submit").click()


async def closes(page: Page) -> None:
    await page.get_by_test_id("modal-close").click()
    await expect(page.get_by_test_id("modal")).to_have_count(0)


async def sees(page: Page, text: str, *, within: str = "body") -> None:
    await expect(page.locator(within)).to_contain_text(text, timeout=SEEN)


@pytest.fixture
def pictured(request, tmp_path):
    """Take a picture; the README's are replaced only when that is asked for."""
    folder = PICTURES if request.config.getoption("--pictures") else tmp_path

    async def take(page: Page, name: str) -> None:
        await page.screenshot(path=folder / f"{name}.png")

    return take


async def opens(ana: Page) -> None:
    modal = ana.get_by_test_id("modal")
    await types(ana, "/case open")
    await modal.get_by_label("Title").fill("Statements arrive without a date", timeout=SEEN)
    await modal.get_by_label("What is the problem?").fill(
        "Since Monday the PDF statements have no date, and our auditors refuse them."
    )
    await modal.get_by_label("Severity").click()
    await ana.get_by_role("option", name="S3").click()
    await expect(modal.get_by_label("Business impact")).to_be_visible()
    await ana.get_by_test_id("modal-submit").click()
    await sees(ana, "CASE-7 is open", within="dialog")
    await closes(ana)
    await sees(ana, "CASE-7 · Statements arrive without a date")


async def is_guided_to_a_comment(ana: Page, pictured: Camera) -> None:
    await types(ana, "/case escalate CASE-7")
    await sees(ana, "Escalating becomes available", within="dialog")
    await answers(ana, "Yes, about this case")
    await sees(ana, "What describes it best?", within="dialog")
    await pictured(ana, "guidance")
    await answers(ana, "I want an update, or to add information")
    text = ana.get_by_test_id("modal").get_by_label("Comment")
    await text.fill("It is only the savings accounts.", timeout=SEEN)
    await ana.get_by_test_id("modal-submit").click()
    await sees(ana, "You asked for an update", within="dialog")
    await closes(ana)
    await ana.get_by_text("1 reply").click(timeout=SEEN)
    await sees(ana, "It is only the savings accounts.")
    await pictured(ana, "case")


async def escalates(ana: Page, pictured: Camera) -> None:
    modal = ana.get_by_test_id("modal")
    await types(ana, "/case escalate CASE-4")
    await answers(ana, "Yes, about this case", "I asked for updates and got no answer")
    await sees(ana, "Escalating fits.", within="dialog")
    await ana.get_by_test_id("modal-submit").click()
    await modal.get_by_label("Impact now").fill(
        "The ledger is wrong every morning, and the regulator asks for it on Friday.",
        timeout=SEEN,
    )
    await modal.get_by_label("Wanted result").fill("A date for the correction, today.")
    await modal.get_by_label("This uses this case's only escalation").check()
    await ana.get_by_test_id("modal-submit").click()
    await sees(ana, "is escalated since", within="dialog")
    await pictured(ana, "receipt")
    await closes(ana)


async def is_refused_a_second_time(ana: Page) -> None:
    await types(ana, "/case escalate CASE-4")
    await sees(ana, "It was submitted by", within="dialog")
    await closes(ana)


async def acknowledges(mona: Page, pictured: Camera) -> None:
    await mona.get_by_role("button", name="Acknowledge").last.click(timeout=SEEN)
    await sees(mona, "You answer for the escalation of CASE-4 now")
    await sees(mona, "@mona has it since")
    nobody = mona.locator("body").filter(has_text="Nobody has it yet")
    await expect(nobody).to_have_count(0, timeout=SEEN)  # the board says so too
    await pictured(mona, "duty")


async def moves_the_clock(ana: Page) -> None:
    await ana.get_by_test_id("clock").click()
    await ana.get_by_role("button", name="+1 h").click()
    await ana.keyboard.press("Escape")


async def test_the_main_job_in_a_browser(page_for, pictured):
    async with demo() as address:
        ana = await page_for("U0ANA", address, path="#/C0ACME")
        mona = await page_for("U0MONA", address, path="#/C0DUTY")
        await sees(ana, "Nightly export stops after 10,000 rows")
        await opens(ana)
        await is_guided_to_a_comment(ana, pictured)
        await escalates(ana, pictured)
        await is_refused_a_second_time(ana)
        await acknowledges(mona, pictured)
        await moves_the_clock(ana)
        await sees(mona, "CASE-6 Card payments fail with error 502: escalating is available since")
        await pictured(mona, "crossing")
