"""A real browser for tests: found, started once, and looked through by several people.

Its driver is dear to start, so that all tests marked `browser` share one, and the loop it lives on.
"""

import contextlib
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
WIDE: ViewportSize = {"width": 1280, "height": 800}
PATIENCE = 30_000
"""Milliseconds for what is expected to be seen: as many as a locator waits for its element."""
MISSING = (
    "browser tests were left out, as no Chromium is installed; "
    "`apt-get install -y chromium fonts-noto-color-emoji` gets one"
)

PageFor = Callable[..., Awaitable[Page]]


def chromium() -> str | None:
    """Return the path of the browser: what `CHROMIUM` names, or the first one installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what looks through the browser on the loop that the browser's driver lives on."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Run one Chromium for the session."""
    path = chromium()
    if path is None:
        pytest.fail(MISSING)
    expect.set_options(timeout=PATIENCE)  # else it gives up after 5 seconds
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window(browser: Browser) -> AsyncIterator[Page]:
    """Keep one page for whoever comes first in a test: what it has fetched once, it has."""
    async with await browser.new_context(viewport=WIDE) as context:
        yield await context.new_page()


@pytest_asyncio.fixture(loop_scope="session")
async def page_for(browser: Browser, window: Page) -> AsyncIterator[PageFor]:
    """Return how a person gets a page of their own, open at a workbench.

    `await page_for("UANA", url, path="#/C1", color_scheme="dark")`; what is left over are options
    of a browser's context. The first to come without any gets the kept page, which is left as it
    was found; all others get new ones. A script error on any of the pages fails the test.
    """
    wrong: list[str] = []
    free = [window]
    async with contextlib.AsyncExitStack() as leaving:

        async def open_page(user: str, url: str, *, path: str = "", **options: Any) -> Page:
            if free and not options:
                page = free.pop()
                leaving.push_async_callback(_leave, page)
            else:
                context = await browser.new_context(**{"viewport": WIDE, **options})
                page = await (await leaving.enter_async_context(context)).new_page()
            leaving.callback(_listen(page, wrong))
            await page.goto(f"{url}/?user={user}{path}")
            return page

        yield open_page
    assert wrong == [], wrong


def _listen(page: Page, wrong: list[str]) -> Callable[[], None]:
    """Write down what goes wrong on a page; return how to stop."""

    def broken(error: Error) -> None:
        wrong.append(_told(error))

    def said(message: ConsoleMessage) -> None:
        wrong.extend(_complaints(message))

    def stop() -> None:
        page.remove_listener("pageerror", broken)
        page.remove_listener("console", said)

    page.on("pageerror", broken)
    page.on("console", said)
    return stop


async def _leave(page: Page) -> None:
    """Leave a page as it was found."""
    await page.evaluate("localStorage.clear()")
    await page.unroute_all(behavior="ignoreErrors")
    await page.goto("about:blank")
    await page.emulate_media(color_scheme="null", reduced_motion="null")
    await page.set_viewport_size(WIDE)
    await page.mouse.move(0, 0)


def _told(error: Error) -> str:
    return error.stack or error.message


def _complaints(message: ConsoleMessage) -> list[str]:
    cut_off = "net::ERR_" in message.text  # a test may cut the line
    return [message.text] if message.type == "error" and not cut_off else []
