"""What an operator finds in the log: what a line is about, and nothing to act with."""

import json
import logging

import pytest

from tests.support.app import APP, BOT, SECRET, TEAM
from tests.support.deeds import opens
from tests.support.written import leaks

HELD = (BOT, APP, SECRET, "https://x/response/1/abc", "wss://x/socket?ticket=1")


async def test_a_line_names_the_workspace_and_the_case(caseflag, ana, written):
    caseflag.bench.faults.order(
        {"method": "chat.postMessage", "channel": "C0ACME", "fault": "error:fatal_error"}
    )
    await opens(ana)
    await ana.sees("Login is down", channel="acme-support")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    [line] = [each for each in lines if "fatal_error" in each["event"]]
    assert (line["workspace"], line["case"], line["level"]) == (TEAM, "CASE-1", "warning")


@pytest.mark.parametrize("secret", HELD)
def test_a_line_that_holds_a_secret_would_be_found(secret):
    assert leaks(f'{{"event": "calling {secret}"}}')


def test_what_was_made_harmless_is_none(written):
    logging.getLogger("bot.tests").warning("calling with %s", BOT)
    assert not leaks(written.getvalue())
    assert "xoxb-***" in written.getvalue()
