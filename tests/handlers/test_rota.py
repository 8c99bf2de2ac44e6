"""What people press and fill in about the rota."""

from datetime import time, timedelta

import pytest

from handlers.ids import Action
from handlers.metadata import SpanValue
from handlers.routes import register
from policy.hours import Span
from policy.rota import ShiftRequest
from tests.handlers.filled import at, chosen, person, said, ticks
from tests.handlers.talks import a_talk
from tests.support.builders import ELI, LEA, MONA, OTTO, an_actor, utc

H = timedelta(hours=1)
MONDAY = Span(start_at=utc("2025-06-09T08:00Z"), end_at=utc("2025-06-09T20:00Z"))


def clock(value):
    return {"type": "timepicker", "selected_time": value}


SHIFT = {
    "weekday": chosen("0"),
    "start": clock("08:00"),
    "end": clock("20:00"),
    "zone": said("UTC"),
    "person": person(MONA),
    "backup": person(None),
    "on_holidays": ticks("yes"),
}
TIMES = {
    "zone": said("Europe/Berlin"),
    "days": ticks("0", "5"),
    "opens": clock("08:00"),
    "closes": clock("18:00"),
    "holidays": said("de-by"),
    "digest_at": clock("07:30"),
}


@pytest.fixture
def lea(house):
    return a_talk(house.desk, register, user=LEA)


@pytest.fixture
def otto(house):
    return a_talk(house.desk, register, user=OTTO)


@pytest.fixture
async def week(house):
    monday = ShiftRequest(zone="UTC", weekday=0, start=time(8), end=time(20), person=MONA)
    shift = await house.desk.rota.arrange(monday, by=an_actor(LEA))
    house.clock.now = utc("2025-06-02T10:00Z")
    return shift


async def read(house, user=LEA):
    return await house.desk.rota.read(by=an_actor(user))


async def test_anybody_on_the_support_side_reads_who_is_on_duty(ana, eli, week):
    await eli.types("duty")
    assert f"*On duty now:* <@{MONA}>, as the weekly rota says, until <!date^" in eli.heard
    assert "*Nobody is on duty, in the next 14 days:*" in eli.heard
    await ana.types("duty")
    assert "This is for the support side" in ana.heard


async def test_a_lead_puts_a_shift_into_the_week_changes_it_and_takes_it_out(lea, house):
    await lea.presses(Action.WEEK)
    await lea.presses(Action.WRITE_SHIFT, view=lea.top, container={"type": "view"})
    assert await lea.submits(**SHIFT) == {}
    (shift,) = (await read(house)).rota.shifts
    assert (shift.person, shift.backup, shift.start) == (MONA, None, time(8))
    assert "*Monday* 08:00 to 20:00 (UTC)" in lea.read
    await lea.presses(Action.WRITE_SHIFT, shift.id, view=lea.top, container={"type": "view"})
    await lea.submits(**SHIFT | {"end": clock("18:00"), "backup": person(OTTO)})
    (changed,) = (await read(house)).rota.shifts
    assert (changed.id, changed.end, changed.backup) == (shift.id, time(18), OTTO)
    await lea.presses(Action.WRITE_SHIFT, shift.id, view=lea.top, container={"type": "view"})
    await lea.submits(**SHIFT | {"remove": ticks("yes")})
    assert (await read(house)).rota.shifts == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", said("Mars/Olympus")),
        ("zone", said("")),
        ("start", clock(None)),
        ("person", person(None)),
        ("person", person(ELI)),
        ("backup", person(MONA)),
    ],
)
async def test_what_does_not_do_for_a_shift_is_told_under_its_field(lea, house, field, value):
    await lea.presses(Action.WRITE_SHIFT)
    answer = await lea.submits(**SHIFT | {field: value})
    assert list(answer) == [field]
    assert (await read(house)).rota.shifts == ()


async def test_a_duty_manager_takes_a_free_time(otto, house, week):
    await otto.types("duty")
    free = (await read(house, OTTO)).free
    await otto.presses(Action.TAKE_SHIFT, SpanValue(span=free).pack())
    assert "You are on duty from" in otto.heard
    assert (await read(house, OTTO)).on.next.people == (OTTO,)


async def test_a_turn_that_somebody_has_is_asked_for(otto, mona, house, week):
    await otto.presses(Action.TAKE_SHIFT, SpanValue(span=MONDAY).pack())
    assert f"<@{MONA}> is asked" in otto.heard
    (swap,) = (await read(house, MONA)).swaps
    await mona.presses(Action.ACCEPT_SWAP, swap.id)
    assert f"<@{OTTO}> is on duty" in mona.heard
    await mona.presses(Action.REFUSE_SWAP, swap.id)
    assert mona.heard == "This swap has been accepted already."


async def test_a_turn_is_offered_and_refused(mona, otto, house, week):
    await mona.presses(Action.SWAP)
    turn = SpanValue(span=MONDAY).pack()
    answer = await mona.submits(turn=chosen(None), taker=person(None))
    assert set(answer) == {"turn", "taker"}
    await mona.submits(turn=chosen(turn), taker=person(OTTO))
    assert f"<@{OTTO}> is asked" in mona.read
    (swap,) = (await read(house, OTTO)).swaps
    await otto.presses(Action.REFUSE_SWAP, swap.id)
    assert "The swap is off" in otto.heard


async def test_whoever_has_no_turn_has_none_to_offer(otto, week):
    await otto.presses(Action.SWAP)
    assert "You are not on duty within the next 14 days" in otto.read


async def test_somebody_is_put_on_duty_for_a_while_and_taken_off_again(lea, house, week):
    await lea.presses(Action.STAND_IN)
    missing = await lea.submits(person=person(OTTO), start_at=at(None), end_at=at(None))
    assert set(missing) == {"start_at", "end_at"}
    now = int(house.clock.now.timestamp())
    span = {"start_at": at(now), "end_at": at(now)}
    backwards = await lea.submits(person=person(OTTO), **span)
    assert list(backwards) == ["end_at"]
    span["end_at"] = at(now + 3600)
    await lea.submits(person=person(OTTO), instead_of=person(MONA), **span)
    page = await read(house)
    assert page.on.people == (OTTO,)
    assert f"<@{OTTO}> instead of <@{MONA}>" in lea.read
    override = page.rota.overrides[0].id
    await lea.presses(Action.REVOKE_OVERRIDE, override, view=lea.top, container={"type": "view"})
    assert (await read(house)).on.people == (MONA,)


async def test_duty_hours_are_those_that_were_filled_in(lea, house):
    await lea.presses(Action.DUTY_TIMES)
    assert await lea.submits(**TIMES) == {}
    times = (await read(house)).times
    assert (times.hours.zone, times.hours.days) == ("Europe/Berlin", {0, 5})
    assert (times.holidays, times.digest_at) == ("DE-BY", time(7, 30))
    assert "Mon, Sat 08:00 to 18:00 (Europe/Berlin, public holidays of DE-BY)" in lea.read


@pytest.mark.parametrize(
    ("field", "value"), [("days", ticks()), ("holidays", said("XX")), ("opens", clock(None))]
)
async def test_what_does_not_do_for_duty_hours_is_told_under_its_field(lea, field, value):
    await lea.presses(Action.DUTY_TIMES)
    answer = await lea.submits(**TIMES | {field: value})
    assert list(answer) == [field]


async def test_only_those_who_arrange_the_rota_are_shown_what_changes_it(lea, eli, week):
    await eli.presses(Action.WEEK)
    assert "Add a shift" not in eli.read
    await lea.presses(Action.WEEK)
    assert "Add a shift" in lea.read
    await eli.presses(Action.WRITE_SHIFT, week.id)
    assert "This is for a lead or an administrator" in eli.read


async def test_the_notice_of_a_gap_leads_to_the_rota(lea, week):
    await lea.presses(Action.DUTY)
    assert "*On duty now:*" in lea.heard
