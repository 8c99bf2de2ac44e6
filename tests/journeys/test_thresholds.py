"""An administrator changes the threshold table, and what follows is told."""

import pytest

from tests.support.deeds import ACME, opens

pytestmark = pytest.mark.journey


async def test_a_published_table_counts_for_open_cases_and_says_so(ana, adam, clock):
    await opens(ana)
    await clock.moves(hours=3)
    await adam.commands("/case thresholds", channel="general")
    await adam.modal(title="Threshold table")
    await adam.fill("S2: the wait of each tier", "1 h, 2 days, 2 days")
    await adam.fill("Why?", "Everybody is quicker now.")
    errors = await adam.submits()
    assert "S2 Titanium is shorter than S1's." in errors.values()
    for severity in ("S1", "S2", "S3"):
        await adam.fill(f"{severity}: the wait of each tier", "2 h, 8 h, 8 h")
    assert await adam.submits() == {}
    await adam.sees("1 open case would become available at once")
    await adam.sees("CASE-1 S3 Login is down")
    assert await adam.submits() == {}
    await adam.sees("Version 2 counts from now on")
    await ana.sees("escalating is available since", channel=ACME)
    await ana.commands("/case show CASE-1", channel=ACME)
    await ana.sees("by version 2 of the threshold table", channel=ACME)


async def test_what_if_is_a_press_away_from_the_explanation(ana):
    await opens(ana)
    await ana.commands("/case show CASE-1", channel=ACME)
    await ana.sees("by version 1 of the threshold table", channel=ACME)
    await ana.presses("What if...", in_=ACME)
    await ana.sees("When escalating CASE-1 Login is down becomes available", channel=ACME)
