"""The duty channel hears of its day once, at the rota's own time, and its board is always there."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from policy.board import Listing
from policy.cases import Severity
from policy.hours import DutyHours
from policy.ids import ChannelId
from policy.notices import Duty, DutyDay
from policy.refusals import NotYours
from policy.settings import WorkspaceSettings
from tests.bot.desk.nights import CONDUCT, HOUR, a_night
from tests.support.builders import (
    ADA,
    ANA,
    DUTY,
    ELI,
    LEA,
    MONA,
    OTTO,
    WORKSPACE,
    an_actor,
    utc,
)
from tests.support.houses import House


async def tells(house: House) -> list[DutyDay]:
    """Tell of the days that are due, as the ticker does; return what was told."""
    before = await house.owed(DutyDay)
    await house.desk.duty_days.tell(house.clock())
    new = [each for each in await house.owed(DutyDay) if each not in before]
    assert all(each.to == Duty() for each in new)
    return [each.fact for each in new if isinstance(each.fact, DutyDay)]


async def decide(house: House, **facts: Any) -> WorkspaceSettings:
    settings = await house.desk.settings.read(by=an_actor(ADA))
    return await house.desk.settings.change(replace(settings, **facts), by=an_actor(ADA))


async def test_a_day_is_told_once_at_nine_and_names_what_matters(house):
    assert await tells(house) == []  # it is eight, and the first one is planned
    night = await a_night(house)
    await house.desk.crossings.announce(house.clock())
    await night.active()
    house.clock.moves(hours=1)  # nine on Sunday
    (day,) = await tells(house)
    assert day.day.isoformat() == "2025-06-08"
    assert [(each.case, each.owner) for each in day.open] == [(night.case, MONA)]
    assert {each.kind.value for each in day.due_today} == {"update", "action"}
    assert await tells(house) == []


async def test_crossings_of_s3_and_s4_are_gathered_for_the_day_and_urgent_ones_are_not(house):
    await tells(house)
    await house.opens(severity=Severity.S2, business_impact="Nobody can work.")
    mild = await house.opens(title="Invoices are empty")
    house.clock.moves(days=6)
    await house.desk.crossings.announce(house.clock())
    house.clock.moves(hours=1)
    (day,) = await tells(house)
    assert [each.case for each in day.crossings] == [mild.id]
    house.clock.moves(days=1)
    assert await tells(house) == []  # a day on which nothing happened


async def test_what_was_escalated_meanwhile_is_no_crossing_any_more(house):
    await tells(house)
    night = await a_night(house, Severity.S3)
    await house.desk.crossings.announce(house.clock())
    await night.requested(alternate=None)
    house.clock.moves(hours=1)
    (day,) = await tells(house)
    assert day.crossings == ()


async def test_of_a_confidential_one_no_day_and_no_board_says_anything(house):
    await tells(house)
    night = await a_night(house)
    await night.active(LEA, **CONDUCT)
    house.clock.moves(hours=3)
    assert await tells(house) == []
    for by, count in ((LEA, 1), (MONA, 0)):
        assert len(await night.desk.listed(Listing.OPEN, by=an_actor(by))) == count


async def test_the_hour_and_its_zone_are_the_workspaces(house):
    await tells(house)
    night = await a_night(house)
    await night.requested()
    berlin = DutyHours(zone="Europe/Berlin")
    await decide(house, duty_hours=berlin, digest_at=time(18, 30))
    house.clock.moves(hours=8)  # four o'clock there is six in Berlin
    assert await tells(house) == []
    house.clock.moves(minutes=30)
    (day,) = await tells(house)
    assert house.clock() == utc("2025-06-08T16:30Z")
    assert len(day.open) == 1


async def test_without_a_duty_channel_the_day_passes_in_silence(house):
    await tells(house)
    night = await a_night(house)
    await decide(house, duty_channel=None)
    await night.requested()
    house.clock.moves(days=1)
    assert await tells(house) == []
    assert await house.board() is None


async def test_another_duty_channel_gets_a_board_of_its_own_and_the_old_one_says_so(house):
    night = await a_night(house)
    await night.requested()
    before = await house.board()
    assert before is not None
    await decide(house, duty_channel=ChannelId("CNIGHT"))
    async with house.database.reading() as work:
        moved = await work.cards.of(WORKSPACE, "board", ChannelId("CNIGHT"))
    assert moved is not None
    assert moved.channel == "CNIGHT"
    after = await house.board()
    assert after is not None
    assert after.wanted_version > before.wanted_version
    assert after.channel == DUTY


async def test_a_managers_lists_are_open_ones_own_and_the_overdue(house):
    night = await a_night(house)
    other = await a_night(house, title="Invoices are empty")
    await night.acknowledged(MONA)
    await other.acknowledged(OTTO)
    listed = night.desk.listed
    assert len(await listed(Listing.OPEN, by=an_actor(MONA))) == 2
    (mine,) = await listed(Listing.MINE, by=an_actor(MONA))
    assert mine.case.id == night.case
    assert await listed(Listing.OVERDUE, by=an_actor(MONA)) == ()
    house.clock.moves(hours=2)
    late = await listed(Listing.OVERDUE, by=an_actor(MONA))
    assert [each.overdue.by for each in late if each.overdue] == [HOUR, HOUR]


@pytest.mark.parametrize("by", [ANA, ELI, ADA])
async def test_lists_are_for_those_who_answer(house, by):
    night = await a_night(house)
    await night.requested()
    with pytest.raises(NotYours):
        await night.desk.listed(Listing.OPEN, by=an_actor(by))


async def test_another_hour_for_the_day_counts_from_that_very_day_on(house):
    await tells(house)
    night = await a_night(house)
    await night.requested()
    await tells(house)  # it is eight on another day, and the next one is planned for nine
    page = await house.desk.rota.read(by=an_actor(LEA))
    times = replace(page.times, digest_at=time(8, 30))
    await house.desk.rota.keep_times(times, by=an_actor(LEA))
    house.clock.moves(minutes=30)
    assert len(await tells(house)) == 1


async def test_a_day_that_was_told_already_is_told_again_at_its_new_hour(house):
    await tells(house)
    night = await a_night(house)
    await night.requested()
    gold = await house.opens(title="Invoices are empty", severity=Severity.S3)
    house.clock.moves(days=5, hours=1)  # nine
    assert len(await tells(house)) == 1
    await decide(house, digest_at=time(15))
    house.clock.moves(hours=1)
    await house.desk.crossings.announce(house.clock())
    house.clock.moves(hours=5)
    (day,) = await tells(house)
    assert [each.case for each in day.crossings] == [gold.id]
