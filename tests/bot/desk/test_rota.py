"""Who is on duty, how that is arranged, and who hears of it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.delivery.present import present_of
from bot.desk.holidays import are_known, public_holidays
from bot.desk.hours import hours_of
from policy.hours import DutyHours, Span
from policy.ids import ChannelId, OverrideId, ShiftId, SwapId, Ts
from policy.notices import (
    Administrators,
    DutyArranged,
    GapsForeseen,
    Person,
    SwapAnswered,
    SwapProposed,
)
from policy.owed.rota import proposed
from policy.refusals import NotYours, Stale, SwapIsDecided, Unreadable
from policy.rota import DutyTimes, Override, ShiftRequest, Source, Swap
from policy.timeliness import is_outdated
from tests.support.builders import (
    ADA,
    ANA,
    ELI,
    LEA,
    MONA,
    OTTO,
    an_actor,
    utc,
    workspace_settings,
)

H = timedelta(hours=1)
MONDAY = 0


def a_request(**facts):
    """Return Mona's Monday from eight to eight, except for these facts."""
    monday = ShiftRequest(
        zone="UTC", weekday=MONDAY, start=time(8), end=time(20), person=MONA, backup=OTTO
    )
    return replace(monday, **facts)


@pytest.fixture
def rota(house):
    return house.desk.rota


@pytest.fixture
async def week(rota):
    """A week in which Mona has Mondays by day, and nobody anything else."""
    return await rota.arrange(a_request(), by=an_actor(LEA))


async def settings_of(house):
    return await house.desk.settings.read(by=an_actor(ADA))


async def test_without_a_rota_the_list_is_on_duty_and_no_gap_is_foreseen(rota):
    page = await rota.read(by=an_actor(MONA))
    assert (page.on.people, page.on.source) == ((MONA, OTTO), Source.LIST)
    assert (page.gaps, page.free, page.mine) == ((), None, ())


async def test_a_user_group_comes_before_the_list(house, rota):
    house.directory.knows("S0DUTY", OTTO)
    before = await settings_of(house)
    named = replace(before, duty_managers=(MONA, "S0DUTY"))
    await house.desk.settings.change(named, by=an_actor(ADA))
    page = await rota.read(by=an_actor(ELI))
    assert (page.on.people, page.on.source) == ((OTTO,), Source.GROUP)


async def test_the_week_says_who_is_on_duty_and_when_nobody_is(house, rota, week):
    house.clock.now = utc("2025-06-02T10:00Z")
    page = await rota.read(by=an_actor(MONA))
    assert (page.on.people, page.on.backups, page.on.source) == ((MONA,), (OTTO,), Source.ROTA)
    first, second = page.gaps
    assert first == Span(start_at=utc("2025-06-02T20:00Z"), end_at=utc("2025-06-09T08:00Z"))
    assert page.free == first
    assert len(page.mine) == 3
    assert second.start_at == utc("2025-06-09T20:00Z")


async def test_a_customer_reads_no_rota(rota):
    with pytest.raises(NotYours):
        await rota.read(by=an_actor(ANA))


@pytest.mark.parametrize(
    ("gone", "people", "source"),
    [
        ({MONA}, (OTTO,), Source.BACKUP),
        ({MONA, OTTO}, (LEA,), Source.LEADS),
        ({MONA, OTTO, LEA}, (ADA,), Source.ADMINISTRATORS),
        ({MONA, OTTO, LEA, ADA}, (), Source.NOBODY),
    ],
)
async def test_the_deactivated_fall_through(house, rota, week, gone, people, source):
    house.clock.now = utc("2025-06-02T10:00Z")
    house.directory.left = frozenset(gone)
    page = await rota.read(by=an_actor(ELI))
    assert (page.on.people, page.on.source) == (people, source)


async def test_whoever_answers_no_escalations_any_more_is_not_on_duty(house, rota, week):
    house.clock.now = utc("2025-06-02T10:00Z")
    named = replace(await settings_of(house), duty_managers=(OTTO,))
    await house.desk.settings.change(named, by=an_actor(ADA))
    page = await rota.read(by=an_actor(ELI))
    assert (page.on.people, page.on.source) == ((OTTO,), Source.BACKUP)


async def test_leads_and_administrators_arrange_the_week_and_nobody_else(house, rota, week):
    changed = await rota.arrange(a_request(weekday=2), week.id, by=an_actor(ADA))
    assert await rota.shift(week.id, by=an_actor(LEA)) == changed
    for does in (
        rota.arrange(a_request(), by=an_actor(MONA)),
        rota.shift(week.id, by=an_actor(MONA)),
        rota.remove(week.id, by=an_actor(MONA)),
        rota.revoke(OverrideId("x"), by=an_actor(MONA)),
        rota.keep_times((await rota.read(by=an_actor(MONA))).times, by=an_actor(MONA)),
    ):
        with pytest.raises(NotYours):
            await does
    await rota.remove(week.id, by=an_actor(LEA))
    assert (await rota.read(by=an_actor(LEA))).rota.shifts == ()


async def test_what_is_gone_cannot_be_changed(rota, week):
    await rota.remove(week.id, by=an_actor(LEA))
    for does in (
        rota.arrange(a_request(), week.id, by=an_actor(LEA)),
        rota.remove(ShiftId("gone"), by=an_actor(LEA)),
        rota.revoke(OverrideId("gone"), by=an_actor(LEA)),
    ):
        with pytest.raises(Stale):
            await does


@pytest.mark.parametrize(
    ("facts", "field"), [({"person": ELI}, "person"), ({"backup": ANA}, "backup")]
)
async def test_a_shift_is_done_by_those_who_answer_escalations(rota, facts, field):
    with pytest.raises(Unreadable) as told:
        await rota.arrange(a_request(**facts), by=an_actor(LEA))
    assert told.value.field == field


async def test_a_gap_is_taken(house, rota, week):
    house.clock.now = utc("2025-06-02T10:00Z")
    gap = (await rota.read(by=an_actor(OTTO))).gaps[0]
    assert isinstance(await rota.take(gap, by=an_actor(OTTO)), Override)
    page = await rota.read(by=an_actor(OTTO))
    assert gap not in page.gaps
    assert page.on.next is not None
    assert page.on.next.people == (OTTO,)
    with pytest.raises(NotYours):
        await rota.take(page.gaps[0], by=an_actor(ELI))


async def test_a_time_that_somebody_has_is_asked_for_and_counts_once_accepted(house, rota, week):
    span = (await rota.read(by=an_actor(OTTO))).free
    assert span == Span(start_at=utc("2025-06-02T20:00Z"), end_at=utc("2025-06-09T08:00Z"))
    monday = Span(start_at=utc("2025-06-09T08:00Z"), end_at=utc("2025-06-09T20:00Z"))
    swap = await rota.take(monday, by=an_actor(OTTO))
    assert isinstance(swap, Swap)
    assert (swap.giver, swap.taker, swap.asked) == (MONA, OTTO, MONA)
    assert await house.told(SwapProposed) == [Person(user=MONA)]
    assert (await rota.read(by=an_actor(MONA))).swaps == (swap,)
    assert (await rota.read(by=an_actor(LEA))).swaps == ()
    await rota.answer(swap.id, accepted=True, by=an_actor(MONA))
    assert await house.told(SwapAnswered) == [Person(user=OTTO)]
    page = await rota.read(by=an_actor(OTTO))
    assert monday in [Span(start_at=each.start_at, end_at=each.end_at) for each in page.mine]


async def test_a_swap_is_refused_or_taken_back_and_answered_once(house, rota, week):
    monday = Span(start_at=utc("2025-06-09T08:00Z"), end_at=utc("2025-06-09T20:00Z"))
    offered = await rota.propose(monday, OTTO, by=an_actor(MONA))
    with pytest.raises(NotYours):
        await rota.answer(offered.id, accepted=True, by=an_actor(LEA))
    await rota.answer(offered.id, accepted=False, by=an_actor(OTTO))
    with pytest.raises(SwapIsDecided):
        await rota.answer(offered.id, accepted=True, by=an_actor(OTTO))
    again = await rota.propose(monday, OTTO, by=an_actor(MONA))
    await rota.answer(again.id, accepted=False, by=an_actor(MONA))
    assert sorted(each.user for each in await house.told(SwapAnswered)) == [MONA, OTTO]
    assert (await rota.read(by=an_actor(MONA))).on.now.is_overridden is False


async def test_an_offer_that_is_answered_is_shown_without_its_buttons_wherever_it_stands(
    house, rota, week
):
    monday = Span(start_at=utc("2025-06-09T08:00Z"), end_at=utc("2025-06-09T20:00Z"))
    swap = await rota.propose(monday, OTTO, by=an_actor(MONA))
    asked, present = await claimed(house)
    assert not is_outdated(asked.notice, present, now=house.clock())
    await rota.answer(swap.id, accepted=True, by=an_actor(OTTO))
    again, present = await claimed(house)
    assert again.posted == (ChannelId("DOTTO"), Ts("1.1"))
    assert is_outdated(again.notice, present, now=house.clock())


async def claimed(house):
    """Let the offer be posted as it is due; return it, and the present it is held against."""
    async with house.database.begin() as work:
        notices = await work.outbox.claim(house.clock(), 100, H)
        (offer,) = [each for each in notices if isinstance(each.notice.fact, SwapProposed)]
        present = await present_of(work, offer.notice)
        await work.outbox.sent(offer, ChannelId("DOTTO"), Ts("1.1"))
        await work.commit()
    return offer, present


async def test_of_a_swap_that_is_gone_nothing_is_asked_any_more(house, rota, week):
    monday = Span(start_at=utc("2025-06-09T08:00Z"), end_at=utc("2025-06-09T20:00Z"))
    swap = await rota.propose(monday, OTTO, by=an_actor(MONA))
    offer = proposed(replace(swap, id=SwapId("another")))
    async with house.database.reading() as work:
        present = await present_of(work, offer)
    assert is_outdated(offer, present, now=house.clock())


async def test_an_override_takes_precedence_and_those_concerned_hear_of_it(house, rota, week):
    house.clock.now = utc("2025-06-02T10:00Z")
    span = Span(start_at=house.clock.now, end_at=house.clock.now + 4 * H)
    made = await rota.override(OTTO, span, instead_of=MONA, by=an_actor(LEA))
    page = await rota.read(by=an_actor(LEA))
    assert (page.on.people, page.on.source) == ((OTTO,), Source.OVERRIDE)
    assert sorted(each.user for each in await house.told(DutyArranged)) == [MONA, OTTO]
    await rota.revoke(made.id, by=an_actor(LEA))
    assert (await rota.read(by=an_actor(LEA))).on.people == (MONA,)
    assert len(await house.told(DutyArranged)) == 4


async def test_duty_hours_follow_the_holidays_of_the_country(house, rota):
    hours = DutyHours(zone="Europe/Berlin", opens=time(8), closes=time(18))
    times = DutyTimes(hours=hours, holidays="DE", digest_at=time(7, 30))
    await rota.keep_times(times, by=an_actor(LEA))
    assert (await rota.read(by=an_actor(LEA))).times == times
    kept = await settings_of(house)
    assert kept.digest_at == time(7, 30)
    found = hours_of(kept, now=utc("2025-06-02T08:00Z"))
    assert utc("2025-12-25T00:00Z").date() in found.holidays
    assert hours_of(workspace_settings(), now=utc("2025-06-02T08:00Z")).holidays == frozenset()
    with pytest.raises(Unreadable) as told:
        await rota.keep_times(replace(times, holidays="XX-1"), by=an_actor(LEA))
    assert told.value.field == "holidays"


def test_parts_of_countries_have_holidays_of_their_own():
    now = utc("2025-06-02T08:00Z")
    assert public_holidays("DE", now=now) < public_holidays("DE-BY", now=now)
    assert [are_known(each) for each in ("DE", "DE-BY", "DE-XX", "XX")] == [
        True,
        True,
        False,
        False,
    ]


async def test_each_gap_is_told_once_to_those_who_arrange_the_rota(house, rota, week):
    now = house.clock.now
    assert await rota.foresee(now) == 0  # whoever arranges the week is still at it
    house.clock.now = now + H / 4
    assert await rota.foresee(house.clock.now) == 2
    assert sorted(each.user for each in await house.told(GapsForeseen)) == [ADA, LEA]
    for later in range(1, 4):
        assert await rota.foresee(now + later * H) == 0
    assert await rota.foresee(now + timedelta(days=7)) == 1
    assert len(await house.owed(GapsForeseen)) == 4


async def test_where_nobody_arranges_the_rota_the_administrators_are_looked_for(house, rota, week):
    house.directory.left = frozenset({LEA, ADA})
    await rota.foresee(house.clock.now + H)
    assert await house.told(GapsForeseen) == [Administrators()]


async def test_gaps_are_looked_for_where_there_is_a_rota_only(house, rota):
    await rota.foresee(house.clock.now + H)
    assert await house.owed(GapsForeseen) == []
