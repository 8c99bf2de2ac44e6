"""Who is on duty: arranged by a lead, taken, swapped, and missed before anybody needs it."""

from datetime import timedelta

import pytest

from tests.support.deeds import escalates, opens

pytestmark = pytest.mark.journey
WAITS = "has escalated. Please acknowledge"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


async def arranges(lead, now, *, who="@mona", backup="@otto", day=0):
    """Put somebody on duty for the whole of a day of this week, counted from today."""
    await lead.commands("/case duty", channel="duty-desk")
    await lead.sees("On duty now")
    await lead.presses("Weekly rota")
    await lead.presses("Add a shift", in_="modal")
    await lead.modal(title="A shift of the week")
    await lead.chooses("Day", DAYS[(now.weekday() + day) % 7])
    await lead.fill("From", "00:00")
    await lead.fill("To", "00:00")
    await lead.chooses("On duty", who)
    await lead.chooses("Backup", backup)
    assert await lead.submits() == {}
    await lead.sees("00:00 to 00:00 (UTC)")
    await lead.closes(everything=True)


@pytest.fixture
async def now(caseflag, clock):
    """Begin at noon, whatever time it is: no shift ends while its story is told."""
    told = caseflag.app.parts.clock()
    noon = told.replace(hour=12, minute=0, second=0) + timedelta(days=1)
    await clock.moves(seconds=(noon - told).total_seconds())
    return caseflag.app.parts.clock()


async def test_whoever_is_on_duty_hears_of_an_escalation_and_nobody_else(
    ana, lea, mona, otto, now, clock
):
    await arranges(lea, now)
    await mona.commands("/case duty", channel="duty-desk")
    await mona.sees("On duty now: @mona, as the weekly rota says")
    await mona.sees("Backup: @otto")
    await arranges(lea, now, day=1)
    await opens(ana, severity="S2")
    await clock.moves(hours=24)
    await escalates(ana)
    dm = await mona.opens_messages()
    assert WAITS in await mona.sees("CASE-1", channel=dm)
    await otto.never_sees(WAITS, channel=await otto.opens_messages())


async def test_a_gap_is_told_once_and_taken(lea, otto, now, clock):
    await arranges(lea, now)
    await arranges(lea, now, day=1)
    await clock.moves(minutes=16)
    dm = await lea.opens_messages()
    await lea.sees("Nobody is on duty then", channel=dm)
    await clock.moves(hours=2)
    told = [each for each in await lea.messages(dm) if "Nobody is on duty then" in each["text"]]
    assert len(told) == 1
    await otto.commands("/case duty", channel="duty-desk")
    await otto.presses("Take this shift")
    await otto.sees("You are on duty from")


async def test_a_swap_counts_once_the_other_one_accepts(lea, mona, otto, now):
    await arranges(lea, now)
    await mona.commands("/case duty", channel="duty-desk")
    await mona.presses("Swap")
    await mona.modal(title="Swap")
    await mona.chooses("Who does it instead?", "@otto")
    assert await mona.submits() == {}
    await mona.sees("It counts once accepted")
    await mona.closes(everything=True)
    await otto.sees("@mona proposes a swap", channel=await otto.opens_messages())
    await mona.commands("/case duty", channel="duty-desk")
    await mona.sees("On duty now: @mona")
    await otto.presses("Accept")
    await mona.sees("@otto accepted the swap", channel=await mona.opens_messages())
    await otto.commands("/case duty", channel="duty-desk")
    await otto.sees("On duty now: @otto, as arranged for this time")


async def test_the_backup_stands_in_for_whoever_has_left_slack(caseflag, lea, otto, now):
    await arranges(lea, now, who="@mona", backup="@otto")
    caseflag.app.parts.desk.people._directory._seen.clear()
    await caseflag.orders("users", id="U0MONA", deleted=True)
    await otto.commands("/case duty", channel="duty-desk")
    await otto.sees("On duty now: @otto, as backup")


async def test_the_hours_of_s3_and_s4_follow_the_zone_and_the_holidays(lea):
    await lea.commands("/case duty", channel="duty-desk")
    await lea.presses("Weekly rota")
    await lea.presses("Duty hours", in_="modal")
    await lea.modal(title="Duty hours")
    await lea.fill("Time zone", "Europe/Berlin")
    await lea.fill("Public holidays of", "Atlantis")
    assert await lea.submits() == {"Public holidays of": "Write a country, such as DE or DE-BY."}
    await lea.fill("Public holidays of", "DE-BY")
    assert await lea.submits() == {}
    await lea.sees("Europe/Berlin, public holidays of DE-BY")
