"""A case's history is one chain, however many write it at once."""

import asyncio

import pytest

from policy.history import GENESIS, Change, broken_at
from policy.ids import CaseId
from tests.support.builders import ANA, MORNING, WORKSPACE, a_case

CASE = CaseId("CASE-1")


def a_change(what="cases.opened", **facts):
    return Change(workspace=WORKSPACE, case=CASE, at=MORNING, by=ANA, what=what, **facts)


CHANGES = (
    a_change(after={"severity": "S3", "doubted": False, "title": "Öl \U0001f600", "at": 3}),
    a_change("cases.closed", before={"engineer": None}, after={}),
    a_change("cases.reopened"),
)


@pytest.fixture
async def opened(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.cases.add(a_case(id=CaseId("CASE-2"), thread=None))
        await work.commit()
    return acme


async def append(database, *changes):
    async with database.begin() as work:
        entries = [await work.history.append(change) for change in changes]
        await work.commit()
    return entries


async def of(database, case=CASE):
    async with database.reading() as work:
        return await work.history.of(WORKSPACE, case)


async def test_entries_come_back_as_they_were_and_their_chain_verifies(opened):
    entries = await append(opened, *CHANGES[:2])
    entries += await append(opened, CHANGES[2])
    assert await of(opened) == entries
    assert [entry.change for entry in entries] == list(CHANGES)
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert entries[0].previous == GENESIS
    assert broken_at(entries) is None


async def test_every_case_has_a_chain_of_its_own(opened):
    await append(opened, CHANGES[0])
    other = Change(workspace=WORKSPACE, case=CaseId("CASE-2"), at=MORNING, by=ANA, what="x.y")
    [entry] = await append(opened, other)
    assert (entry.number, entry.previous) == (1, GENESIS)


async def test_entries_of_many_cases_are_chained_at_once(opened):
    first = await append(opened, CHANGES[0])
    other = Change(workspace=WORKSPACE, case=CaseId("CASE-2"), at=MORNING, by=ANA, what="x.y")
    async with opened.begin() as work:
        await work.history.append_each([CHANGES[1], other])
        await work.commit()
    entries, others = await of(opened), await of(opened, other.case)
    assert entries[:1] == first
    assert [entry.change for entry in (*entries, *others)] == [CHANGES[0], CHANGES[1], other]
    assert broken_at(entries) is broken_at(others) is None
    assert entries[1].salt != others[0].salt


async def test_no_two_entries_are_sealed_with_the_same_salt(opened):
    first, second = await append(opened, CHANGES[0], CHANGES[0])
    assert first.salt != second.salt
    assert first.digest != second.digest


async def test_what_was_not_committed_leaves_no_gap(opened):
    async with opened.begin() as work:
        await work.history.append(CHANGES[0])
    [entry] = await append(opened, CHANGES[1])
    assert entry.number == 1


async def test_entries_written_at_once_make_one_chain(opened, doors):
    await asyncio.gather(*(append(door, *CHANGES[:2]) for door in doors * 5))
    entries = await of(opened)
    assert len(entries) == 40
    assert broken_at(entries) is None


async def test_entries_written_at_once_by_whoever_holds_the_case_make_one_chain(opened, doors):
    async def takes(door):
        async with door.begin() as work:
            case = await work.cases.get(WORKSPACE, CASE)
            await work.history.append(CHANGES[0])
            await work.cases.save(case)
            await work.commit()

    await asyncio.gather(*(takes(door) for door in doors * 5))
    entries = await of(opened)
    assert len(entries) == 20
    assert broken_at(entries) is None
