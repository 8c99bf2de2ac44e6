"""Publishing a table moves every open case's crossing, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.notices import Crossed, CrossedTogether, ReminderDue
from policy.refusals import NotYours, Stale, Unreadable
from policy.thresholds import SHIPPED
from policy.timeliness import Drop, Present, Tell, timeliness
from tests.support.builders import ADA, ANA, ELI, LEA, MORNING, WORKSPACE, an_actor

H = timedelta(hours=1)
QUICKER = replace(SHIPPED, rows=dict.fromkeys(Severity, (1 * H, 2 * H, 2 * H)), why="Quicker")
SLOWER = replace(SHIPPED, rows=dict.fromkeys(Severity, (90 * H, 200 * H, 200 * H)), why="Slower")
BY = an_actor(ADA)


async def announced(house):
    return await house.desk.crossings.announce(house.clock())


async def test_a_quicker_table_makes_cases_available_at_once_each_told_once(house):
    case = await house.opens()
    house.clock.moves(hours=3)
    assert await announced(house) == 0
    published = await house.desk.thresholds.publish(QUICKER, by=BY)
    assert (published.version, published.published_by) == (2, ADA)
    assert await announced(house) == 1
    assert await announced(house) == 0
    [told] = await house.owed(Crossed)
    assert told.case == case.id
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert (file.explanation.version, file.is_available) == (2, True)


async def due(house, *, hours):
    """Return whom a reminder would be sent to, so many hours after the morning."""
    async with house.database.begin() as work:  # left without commit: nothing is claimed
        claimed = await work.outbox.claim(MORNING + hours * H, 100, H)
    return [each.notice.to.user for each in claimed if isinstance(each.notice.fact, ReminderDue)]


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [(QUICKER, 1, 2), (SLOWER, 199, 200)],  # the tables' rows for Gold
)
async def test_who_waits_to_be_reminded_is_told_when_the_new_table_says(
    house, table, before, after
):
    case = await house.opens()
    await house.desk.crossings.remind(case.id, by=an_actor())
    await house.desk.thresholds.publish(table, by=BY)
    assert await due(house, hours=before) == []
    assert await due(house, hours=after) == [ANA]


async def test_a_reminder_follows_a_clock_that_begins_anew(house):
    case = await house.opens()
    await house.desk.crossings.remind(case.id, by=an_actor())
    await house.desk.thresholds.publish(QUICKER, by=BY)
    house.clock.moves(hours=3)
    assert await announced(house) == 1
    await house.desk.thresholds.publish(replace(SLOWER, version=2), by=BY)
    notices = {each.fact.clock_version: each for each in await house.owed(ReminderDue)}
    present = Present(
        case=await house.case(case.id), escalation=None, table=replace(SLOWER, version=3)
    )
    told = {
        version: timeliness(each, present, now=MORNING + 200 * H)
        for version, each in notices.items()
    }
    assert isinstance(told[1], Drop)
    assert told[2] == Tell()


async def test_hundreds_at_once_are_one_digest_for_the_channel(house):
    for number in range(7):
        await house.opens(title=f"Problem {number}")
    house.clock.moves(hours=3)
    await house.desk.thresholds.publish(QUICKER, by=BY)
    assert await announced(house) == 7
    assert await house.owed(Crossed) == []
    assert len(await house.owed(CrossedTogether)) == 1


async def test_a_case_that_loses_it_is_told_anew_when_it_comes_back(house):
    case = await house.opens()
    await house.desk.thresholds.publish(QUICKER, by=BY)
    house.clock.moves(hours=3)
    assert await announced(house) == 1
    before = await house.case(case.id)
    await house.desk.thresholds.publish(replace(SLOWER, version=2), by=BY)
    after = await house.case(case.id)
    assert (after.clock_version, after.version) == (before.clock_version + 1, before.version + 1)
    assert await announced(house) == 0
    house.clock.moves(hours=198)
    assert await announced(house) == 1


async def test_a_case_that_keeps_it_is_not_told_again(house):
    case = await house.opens(severity=Severity.S1)
    house.clock.moves(hours=9)
    assert await announced(house) == 1
    await house.desk.thresholds.publish(QUICKER, by=BY)
    assert await announced(house) == 0
    assert (await house.case(case.id)).clock_version == 1


async def test_a_preview_changes_nothing(house):
    await house.opens()
    house.clock.moves(hours=3)
    found = await house.desk.thresholds.preview(QUICKER, by=BY)
    assert (found.becoming.count, found.ceasing.count) == (1, 0)
    async with house.database.reading() as work:
        assert await work.thresholds.current(WORKSPACE) == SHIPPED


async def test_of_two_editors_the_second_is_told(house):
    await house.desk.thresholds.publish(QUICKER, by=BY)
    with pytest.raises(Stale):
        await house.desk.thresholds.publish(SLOWER, by=BY)


async def test_a_table_that_breaks_the_law_is_never_published(house):
    rows = {**SHIPPED.rows, Severity.S4: (1 * H, 1 * H, 1 * H)}
    for does in (house.desk.thresholds.preview, house.desk.thresholds.publish):
        with pytest.raises(Unreadable) as refused:
            await does(replace(SHIPPED, rows=rows), by=BY)
        assert refused.value.field == "S4"


@pytest.mark.parametrize("user", [ANA, ELI, LEA])
async def test_only_administrators_read_and_publish_tables(house, user):
    desk, by = house.desk.thresholds, an_actor(user)
    for refused in (desk.versions(by=by), desk.preview(QUICKER, by=by)):
        with pytest.raises(NotYours):
            await refused
    with pytest.raises(NotYours):
        await desk.publish(QUICKER, by=by)
