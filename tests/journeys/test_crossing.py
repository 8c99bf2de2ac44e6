"""Time passes: a crossing is told once, to those concerned, and late ones say so."""

import pytest

from tests.support.app import a_bot, a_slack
from tests.support.deeds import ACME, asks_guidance, escalates, opens

pytestmark = pytest.mark.journey
CROSSED = "escalating is available since"
TITLES = (
    "North gate stays shut",
    "Printers mirror pages",
    "Export loses rows",
    "Invoices lack numbers",
    "Search finds nothing",
    "Photos turn sideways",
)
"""Six problems that nobody would take for one another."""


def tellings(messages, text=CROSSED):
    return [each for each in messages if text in each["text"]]


async def test_a_crossing_is_told_in_the_thread_and_the_card_gains_its_button(ana, clock):
    await opens(ana)
    card = await ana.message("· Login is down", channel=ACME)
    await ana.sees("Escalating becomes available", channel=ACME)
    await clock.moves(hours=72)
    told = await ana.message(CROSSED, channel=ACME)
    assert told["thread_ts"] == card["ts"]
    await ana.sees("Escalate case", channel=ACME)
    shown = await ana.message("· Login is down", channel=ACME)
    assert shown["ts"] == card["ts"]
    await ana.never_sees("Escalating becomes available", channel=ACME)


async def test_the_duty_channel_hears_of_s1_and_s2_only(ana, mona, clock):
    await opens(ana, "Typo in the footer", severity="S4")
    await opens(ana, "Sales are down", severity="S2")
    await clock.moves(hours=24)
    await mona.sees("*CASE-2* Sales are down: escalating is available", channel="duty-desk")
    await clock.moves(hours=24 * 4)
    await ana.sees("*CASE-1* Typo in the footer: escalating is available", channel=ACME)
    await mona.never_sees(
        "*CASE-1* Typo in the footer: escalating is available", channel="duty-desk"
    )


async def test_not_needed_leaves_the_right_unused(ana, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await ana.sees(CROSSED, channel=ACME)
    await ana.presses("Not needed")
    await ana.sees("It can still be escalated, once, whenever that changes")
    await escalates(ana)


async def test_ask_for_an_update_at_the_crossing_posts_a_chase(ana, eli, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await ana.sees(CROSSED, channel=ACME)
    await ana.presses("Ask for an update")
    await ana.modal(title="Ask for an update")
    assert await ana.submits() == {}
    await eli.sees("@ana asks for an update", channel=ACME)


async def test_each_reads_the_time_in_their_own_zone(ana, ben, clock):
    await opens(ana)
    await asks_guidance(ana)
    berlin = await ana.sees("Escalating becomes available", channel=ACME)
    new_york = await ben.sees("Escalating becomes available", channel=ACME)
    assert berlin != new_york


async def test_a_case_that_is_escalated_or_closed_is_not_announced(ana, eli, clock):
    await opens(ana)
    await ana.commands("/case close CASE-1", channel=ACME)
    await ana.sees("closed by @ana", channel=ACME)
    await opens(ana, "Export is slow")
    await clock.moves(hours=72)
    await ana.sees("*CASE-2* Export is slow: escalating is available", channel=ACME)
    assert tellings(await ana.messages(ACME), "*CASE-1* Login is down: escalating") == []


async def test_a_severity_that_is_raised_makes_it_available_at_once(ana, eli, clock):
    await opens(ana)
    await clock.moves(hours=30)
    await eli.commands("/case severity CASE-1", channel=ACME)
    await eli.modal(title="Severity of CASE-1")
    await eli.chooses(
        "New severity", "S2 · Key function impaired or badly degraded, no workaround"
    )
    await eli.fill("Why?", "A key function is impaired for everybody.")
    await eli.submits()
    told = await ana.sees(CROSSED, channel=ACME)
    assert "told at" in told  # it was available 6 hours ago already, had it been an S2


async def test_what_was_due_while_nobody_ticked_is_told_late_and_says_so(sqlite_url):
    async with a_slack() as (bench, port):
        ana = bench.person("ana")
        async with a_bot(bench, port, sqlite_url) as caseflag:
            await opens(ana)
        async with a_bot(bench, port, sqlite_url, jobs=False) as caseflag:
            await caseflag.clock.moves(hours=72, minutes=4)
            await asks_guidance(ana)  # availability is right while no job runs
            await ana.sees("Is it about this case's problem?")
            await ana.never_sees("Escalating becomes available", channel="caseflag")
            await ana.closes(everything=True)
        async with a_bot(bench, port, sqlite_url):
            told = await ana.sees(CROSSED, channel=ACME)
            assert "told at" in told
            assert len(tellings(await ana.messages(ACME))) == 1


async def test_many_at_once_become_one_digest(sqlite_url):
    async with a_slack() as (bench, port):
        ana = bench.person("ana")
        async with a_bot(bench, port, sqlite_url):
            for title in TITLES:
                await opens(ana, title, description=f"It began at noon: {title}.")
        async with a_bot(bench, port, sqlite_url, jobs=False) as caseflag:
            await caseflag.clock.moves(hours=72, minutes=4)
        async with a_bot(bench, port, sqlite_url):
            told = await ana.sees("Escalating is available for 6 cases", channel=ACME)
            assert "Told at" in told
            assert all(title in told for title in TITLES)
            assert tellings(await ana.messages(ACME)) == []
