"""A real browser for tests: found, started once, and looked through by several people."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import IO, Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
LISTENS = b"DevTools listening on "
PATIENCE = 20.0
WIDE = {"width": 1280, "height": 800}
MISSING = (
    "browser tests were left out, as no Chromium is installed; "
    "`apt-get install -y chromium fonts-noto-color-emoji` gets one"
)

PageFor = Callable[..., Awaitable[Page]]


def chromium() -> str | None:
    """Return the path of the browser: what `CHROMIUM` names, or the first one installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium_address() -> Iterator[str]:
    """Run one Chromium for the session; return where it listens to drivers."""
    path = chromium()
    if path is None:
        pytest.fail(MISSING)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [path, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with started:
            try:
                yield _address(started.stderr)
            finally:
                started.terminate()
                started.wait(PATIENCE)


def _address(said: IO[bytes] | None) -> str:
    """Return the address that the browser says it listens at; what it says later is dropped."""
    for line in said or ():
        if line.startswith(LISTENS):
            threading.Thread(target=said.read if said else None, daemon=True).start()
            return line.removeprefix(LISTENS).decode().strip()
    message = "the browser did not start"
    raise RuntimeError(message)


@pytest_asyncio.fixture
async def browser(chromium_address: str) -> AsyncIterator[Browser]:
    """Drive the session's Chromium for one test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(chromium_address)
        yield browser
        await browser.close()


@pytest_asyncio.fixture
async def page_for(browser: Browser) -> AsyncIterator[PageFor]:
    """Return how a person gets a browser of their own, open at a workbench.

    `await page_for("UANA", url, path="#/C1", color_scheme="dark")`; what is left over are options
    of the browser's context. A script error on any of the pages fails the test.
    """
    wrong: list[str] = []
    async with contextlib.AsyncExitStack() as contexts:

        async def open_page(user: str, url: str, *, path: str = "", **options: Any) -> Page:
            context = await browser.new_context(**{"viewport": WIDE, **options})
            contexts.push_async_callback(context.close)
            page = await context.new_page()
            page.on("pageerror", lambda error: wrong.append(_told(error)))
            page.on("console", lambda message: wrong.extend(_complaints(message)))
            await page.goto(f"{url}/?user={user}{path}")
            return page

        yield open_page
    assert wrong == [], wrong


def _told(error: Error) -> str:
    return error.stack or error.message


def _complaints(message: ConsoleMessage) -> list[str]:
    cut_off = "net::ERR_" in message.text  # a test may cut the line
    return [message.text] if message.type == "error" and not cut_off else []
