"""Crossings are claimed when they are due, each version of a case's clock once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import CaseState, Severity
from policy.crossings import COOLDOWN
from policy.ids import CaseId, Ts
from policy.thresholds import SHIPPED
from tests.support.builders import HELP, MORNING, WORKSPACE, a_case, utc

HOUR = timedelta(hours=1)
S1 = a_case(severity=Severity.S1)
CROSSED = MORNING + 8 * HOUR


async def added(database, *cases):
    async with database.begin() as work:
        for case in cases:
            await work.cases.add(case)
        await work.commit()


async def claimed(database, now, limit=500):
    async with database.begin() as work:
        due = await work.crossings.due(now, limit)
        await work.commit()
    return due


async def next_due(database):
    async with database.reading() as work:
        return await work.crossings.next_due_at()


async def test_a_crossing_is_due_at_that_very_moment_and_claimed_once(acme):
    await added(acme, S1)
    assert await claimed(acme, CROSSED - timedelta(seconds=1)) == []
    assert await claimed(acme, CROSSED) == [replace(S1, version=2)]
    assert await claimed(acme, CROSSED + HOUR) == []
    assert await next_due(acme) is None


async def test_a_claim_that_was_not_committed_never_happened(acme):
    await added(acme, S1)
    async with acme.begin() as work:
        assert len(await work.crossings.due(CROSSED, 500)) == 1
    assert len(await claimed(acme, CROSSED)) == 1


async def test_a_claimed_case_is_kept_a_version_later(acme):
    await added(acme, S1)
    [due] = await claimed(acme, CROSSED)
    async with acme.reading() as work:
        assert await work.cases.get(WORKSPACE, S1.id) == due


async def test_the_longest_due_are_claimed_first_and_no_more_than_asked_for(acme):
    cases = [
        a_case(id=CaseId(f"CASE-{n}"), thread=None, opened_at=MORNING - n * HOUR)
        for n in range(1, 6)
    ]
    await added(acme, *cases)
    later = MORNING + timedelta(days=10)
    assert [case.id for case in await claimed(acme, later, 2)] == ["CASE-5", "CASE-4"]
    assert [case.id for case in await claimed(acme, later)] == ["CASE-3", "CASE-2", "CASE-1"]


async def test_s1_is_claimed_before_all_that_is_due_longer(acme):
    older = [
        a_case(id=CaseId(f"CASE-{n}"), thread=None, opened_at=MORNING - n * HOUR) for n in (2, 3)
    ]
    await added(acme, *older, S1)
    later = MORNING + timedelta(days=10)
    assert [case.id for case in await claimed(acme, later, 1)] == [S1.id]
    assert [case.id for case in await claimed(acme, later, 1)] == ["CASE-3"]


async def test_nobody_is_to_be_warned_any_more_of_what_has_crossed(acme):
    await added(acme, S1)
    async with acme.reading() as work:
        assert await work.crossings.next_warning_at() is not None
    await claimed(acme, CROSSED)
    async with acme.reading() as work:
        assert await work.crossings.next_warning_at() is None


async def test_the_next_due_crossing_is_the_earliest(acme):
    later = a_case(id=CaseId("CASE-2"), thread=None)
    await added(acme, S1, later)
    assert await next_due(acme) == CROSSED
    await claimed(acme, CROSSED)
    assert await next_due(acme) == utc("2025-06-07T08:00Z")


async def test_a_saved_case_stays_announced(acme):
    await added(acme, S1)
    [due] = await claimed(acme, CROSSED)
    async with acme.begin() as work:
        await work.cases.save(replace(due, title="Another", version=due.version + 1))
        await work.commit()
    assert await next_due(acme) is None


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        (Severity.S2, "2025-06-04T08:00Z"),  # far ahead
        (Severity.S1, "2025-06-02T17:00Z"),  # long past: only the cooldown holds it back
    ],
)
async def test_a_new_version_of_the_clock_is_announced_again_after_the_cooldown(
    acme, severity, due
):
    await added(acme, S1)
    [case] = await claimed(acme, CROSSED)
    async with acme.begin() as work:
        flipped = replace(case, severity=severity, clock_version=2, version=case.version + 1)
        await work.cases.save(flipped)
        await work.commit()
    assert await next_due(acme) == utc(due)
    assert utc("2025-06-02T17:00Z") == CROSSED + COOLDOWN


async def test_severity_that_flips_and_flips_back_is_announced_once_per_cooldown(acme):
    await added(acme, S1)
    now, told = CROSSED, []
    for clock_version in range(2, 12):
        told += [now for _ in await claimed(acme, now)]
        async with acme.begin() as work:
            case = await work.cases.get(WORKSPACE, S1.id)
            await work.cases.save(
                replace(case, clock_version=clock_version, version=case.version + 1)
            )
            await work.commit()
        now += timedelta(minutes=15)
    assert told == [CROSSED, CROSSED + HOUR, CROSSED + 2 * HOUR]


async def test_a_closed_case_is_not_due_and_a_reopened_one_is_again(acme):
    await added(acme, S1)
    for state, due in ((CaseState.CLOSED, None), (CaseState.IN_PROGRESS, CROSSED)):
        async with acme.begin() as work:
            await work.cases.save(replace(S1, state=state))
            await work.commit()
        assert await next_due(acme) == due


async def test_a_claimed_case_has_its_card_out_of_date(acme):
    await added(acme, replace(S1, thread=None))
    async with acme.begin() as work:
        await work.cards.want(WORKSPACE, "case", S1.id, HELP)
        [card] = await work.cards.due(10, MORNING, HOUR)
        await work.cards.shown(card, HELP, Ts("1.1"), 1)
        assert await work.cards.due(10, MORNING, HOUR) == []
        await work.commit()
    await claimed(acme, CROSSED)
    async with acme.begin() as work:
        [card] = await work.cards.due(10, MORNING, HOUR)
    assert (card.subject, card.shown_version) == (S1.id, 1)


async def test_replicas_that_claim_at_once_never_claim_a_crossing_twice(doors):
    cases = [a_case(id=CaseId(f"CASE-{n}"), thread=None) for n in range(1, 201)]
    await added(doors[0], *cases)

    async def claims(door):
        mine = []
        while due := await claimed(door, MORNING + timedelta(days=10), 7):
            mine += [case.id for case in due]
        return mine

    every = await asyncio.gather(*(claims(door) for door in doors * 2))
    assert sorted(case for mine in every for case in mine) == sorted(case.id for case in cases)


async def test_a_published_table_moves_what_was_not_announced(acme):
    other = a_case(id=CaseId("CASE-2"), thread=None, severity=Severity.S2)
    closed = a_case(id=CaseId("CASE-3"), thread=None, state=CaseState.CLOSED)
    await added(acme, S1, other, closed)
    await claimed(acme, CROSSED)
    rows = dict.fromkeys(Severity, (HOUR, HOUR, HOUR))
    async with acme.begin() as work:
        await work.thresholds.publish(WORKSPACE, replace(SHIPPED, version=2, rows=rows))
        await work.commit()
    assert await next_due(acme) == MORNING + HOUR
    assert [case.id for case in await claimed(acme, MORNING + HOUR)] == ["CASE-2"]


async def test_a_published_table_keeps_to_the_cooldown(acme):
    await added(acme, S1)
    [case] = await claimed(acme, CROSSED)
    async with acme.begin() as work:
        await work.cases.save(replace(case, severity=Severity.S4, clock_version=2, version=3))
        rows = dict.fromkeys(Severity, (HOUR, HOUR, HOUR))
        await work.thresholds.publish(WORKSPACE, replace(SHIPPED, version=2, rows=rows))
        await work.commit()
    assert await next_due(acme) == CROSSED + COOLDOWN
