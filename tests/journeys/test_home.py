"""Everybody's home shows what waits for them, and follows what happens."""

import pytest

from tests.support.deeds import ACME, opens

pytestmark = pytest.mark.journey


async def test_a_home_follows_what_happens_without_being_opened_again(ana, eli, clock):
    await ana.goes_home()
    await ana.sees("You have no cases")
    await opens(ana)
    await ana.sees("CASE-1 Login is down · S3 · New", in_="home")
    await eli.goes_home()
    await eli.sees("No open case is yours")
    await eli.commands("/case take CASE-1", channel=ACME)
    await eli.sees("Waits for you.", in_="home")
    await ana.sees("CASE-1 Login is down · S3 · In progress", in_="home")


async def test_the_engineer_is_told_privately_before_escalating_becomes_available(ana, eli, clock):
    await opens(ana)
    await eli.commands("/case take CASE-1", channel=ACME)
    await eli.goes_home()
    await eli.sees("Waits for you.")
    await clock.moves(hours=58)
    await eli.sees("escalating becomes available")
    await eli.sees("Escalation available")
    await ana.never_sees("Only you are told so far")


async def test_an_administrator_sees_what_is_set_up(adam):
    await adam.goes_home()
    await adam.sees("Set up, and every notice is delivered")
    await adam.presses("Threshold table", in_="home")
    await adam.modal(title="Threshold table")
