"""The rota is kept as it was arranged, each swap is answered once, and each gap is told once."""

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from policy.hours import Span
from policy.ids import OverrideId, ShiftId, SwapId
from policy.refusals import Stale, SwapIsDecided
from policy.rota import NO_END, Override, Rota, Shift, Swap
from tests.support.builders import ANA, LEA, MONA, OTTO, WORKSPACE, utc

NOW = utc("2025-06-02T08:00Z")
H = timedelta(hours=1)
SHIFT = Shift(
    workspace=WORKSPACE,
    id=ShiftId("week-1"),
    zone="Europe/Berlin",
    weekday=4,
    start=time(22),
    end=time(6, 30),
    person=MONA,
    backup=OTTO,
    on_holidays=False,
)
OVERRIDE = Override(
    workspace=WORKSPACE,
    id=OverrideId("override-1"),
    start_at=NOW,
    end_at=NOW + 4 * H,
    person=OTTO,
    instead_of=MONA,
    made_by=LEA,
    made_at=NOW,
)
SWAP = Swap(
    workspace=WORKSPACE,
    id=SwapId("swap-1"),
    start_at=NOW,
    end_at=NOW + 4 * H,
    giver=MONA,
    taker=OTTO,
    proposed_by=MONA,
    proposed_at=NOW,
)


async def kept(database, does):
    async with database.begin() as work:
        found = await does(work.rota)
        await work.commit()
    return found


async def read(database, since=NOW):
    async with database.reading() as work:
        return await work.rota.of(WORKSPACE, since=since)


async def test_a_workspace_has_no_rota_before_somebody_arranges_one(acme):
    assert await read(acme) == Rota()


async def test_shifts_and_overrides_come_back_as_they_were(acme):
    always = replace(SHIFT, id=ShiftId("week-2"), weekday=0, backup=None, on_holidays=True)
    await kept(acme, lambda rota: rota.keep(SHIFT))
    await kept(acme, lambda rota: rota.keep(always))
    await kept(acme, lambda rota: rota.overrule(OVERRIDE))
    assert await read(acme) == Rota(shifts=(always, SHIFT), overrides=(OVERRIDE,))


async def test_whoever_the_week_names_is_on_the_rota_and_whoever_an_override_does_to_its_end(acme):
    await kept(acme, lambda rota: rota.keep(SHIFT))
    await kept(acme, lambda rota: rota.overrule(replace(OVERRIDE, person=LEA)))
    async with acme.reading() as work:
        before = await work.standings.ground(WORKSPACE, ANA, None, since=NOW)
        after = await work.standings.ground(WORKSPACE, ANA, None, since=OVERRIDE.end_at)
    assert before.rota == {MONA, OTTO, LEA}
    assert after.rota == {MONA, OTTO}


async def test_a_shift_is_changed_and_taken_out_of_the_week(acme):
    await kept(acme, lambda rota: rota.keep(SHIFT))
    other = replace(SHIFT, person=OTTO, weekday=5)
    await kept(acme, lambda rota: rota.keep(other))
    async with acme.reading() as work:
        assert await work.rota.shift(WORKSPACE, SHIFT.id) == other
    assert await kept(acme, lambda rota: rota.drop(WORKSPACE, SHIFT.id))
    assert not await kept(acme, lambda rota: rota.drop(WORKSPACE, SHIFT.id))
    async with acme.reading() as work:
        with pytest.raises(Stale):
            await work.rota.shift(WORKSPACE, SHIFT.id)


async def test_an_override_counts_until_it_ends_or_is_revoked(acme):
    await kept(acme, lambda rota: rota.overrule(OVERRIDE))
    assert (await read(acme, since=OVERRIDE.end_at)).overrides == ()
    assert await kept(acme, lambda rota: rota.revoke(WORKSPACE, OVERRIDE.id)) == OVERRIDE
    assert await kept(acme, lambda rota: rota.revoke(WORKSPACE, OVERRIDE.id)) is None
    assert (await read(acme)).overrides == ()


async def test_a_swap_waits_until_it_is_answered_and_is_answered_once(acme):
    await kept(acme, lambda rota: rota.propose(SWAP))
    async with acme.reading() as work:
        assert await work.rota.swaps(WORKSPACE, since=NOW) == (SWAP,)
        assert await work.rota.swaps(WORKSPACE, since=SWAP.end_at) == ()
        with pytest.raises(Stale):
            await work.rota.swap(WORKSPACE, SwapId("gone"))
    answer = replace(SWAP, accepted=True, decided_at=NOW + H)
    await kept(acme, lambda rota: rota.decide(answer))
    with pytest.raises(SwapIsDecided) as told:
        await kept(acme, lambda rota: rota.decide(replace(answer, accepted=False)))
    assert told.value.accepted is True
    async with acme.reading() as work:
        assert await work.rota.swap(WORKSPACE, SWAP.id) == answer
        assert await work.rota.swaps(WORKSPACE, since=NOW) == ()


async def test_of_two_answers_at_once_one_counts(doors):
    await kept(doors[0], lambda rota: rota.propose(SWAP))
    answers = [replace(SWAP, accepted=yes, decided_at=NOW) for yes in (True, False)]
    ends = await asyncio.gather(
        *(
            kept(door, lambda rota, answer=answer: rota.decide(answer))
            for door, answer in zip(doors, answers, strict=False)
        ),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in ends) == ["NoneType", "SwapIsDecided"]


async def test_an_outlook_is_claimed_by_one_and_due_again(doors):
    await kept(doors[0], lambda rota: rota.look_ahead(WORKSPACE, NOW + H))
    await kept(doors[0], lambda rota: rota.look_ahead(WORKSPACE, NOW))
    found = await asyncio.gather(
        *(kept(door, lambda rota: rota.outlooks(NOW, again=NOW + H)) for door in doors)
    )
    assert sorted(found) == [[], [], [], [WORKSPACE]]
    assert await kept(doors[0], lambda rota: rota.outlooks(NOW + H, again=NOW + 2 * H))


async def test_gaps_told_are_known_until_they_are_over(acme):
    first = Span(start_at=NOW, end_at=NOW + H)
    endless = Span(start_at=NOW + 2 * H, end_at=NO_END)
    await kept(acme, lambda rota: rota.tell(WORKSPACE, first, endless, now=NOW))
    await kept(acme, lambda rota: rota.tell(WORKSPACE, first, now=NOW))
    async with acme.reading() as work:
        assert set(await work.rota.told(WORKSPACE)) == {first, endless}
    await kept(acme, lambda rota: rota.tell(WORKSPACE, now=first.end_at))
    async with acme.reading() as work:
        assert await work.rota.told(WORKSPACE) == (endless,)
