"""One severity request of a case waits at a time, and its first answer counts."""

import asyncio
from dataclasses import replace

import pytest

from policy import severities as rules
from policy.ids import CaseId, RequestId
from policy.refusals import RequestIsDecided, RequestIsOpen, Stale
from policy.roles import Role
from tests.support.builders import (
    ELI,
    MORNING,
    WORKSPACE,
    a_case,
    a_severity_request,
    a_standing,
)

DECIDED = a_severity_request(
    since="this morning", granted=False, decided_by=ELI, decided_at=MORNING, reason="It works."
)


@pytest.fixture
async def opened(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.commit()
    return acme


async def add(database, request):
    async with database.begin() as work:
        await work.severities.add(request)
        await work.commit()


async def decide(database, user, *, granted):
    async with database.begin() as work:
        request = await work.severities.get(WORKSPACE, a_severity_request().id)
        by = a_standing(user, Role.ENGINEER)
        answer = rules.decided(request, a_case(), granted=granted, by=by, now=MORNING)
        await work.severities.save(answer)
        await work.commit()
        return answer


@pytest.mark.parametrize("request_", [DECIDED, a_severity_request()], ids=["decided", "open"])
async def test_a_request_comes_back_as_it_was(opened, request_):
    await add(opened, request_)
    async with opened.reading() as work:
        assert await work.severities.get(WORKSPACE, request_.id) == request_
        waits = None if request_ is DECIDED else request_
        assert await work.severities.open_of(WORKSPACE, CaseId("CASE-1")) == waits


async def test_an_unknown_request_is_stale(opened):
    async with opened.reading() as work:
        with pytest.raises(Stale):
            await work.severities.get(WORKSPACE, RequestId("gone"))


async def test_a_second_request_is_refused_while_the_first_waits(opened):
    await add(opened, a_severity_request())
    with pytest.raises(RequestIsOpen):
        await add(opened, a_severity_request(id=RequestId("second")))
    await decide(opened, ELI, granted=False)
    await add(opened, a_severity_request(id=RequestId("second")))


async def test_of_many_requests_at_once_one_waits(opened, doors):
    async def asks(number, door):
        try:
            await add(door, a_severity_request(id=RequestId(f"r{number}")))
        except RequestIsOpen:
            return False
        return True

    asked = await asyncio.gather(*(asks(*each) for each in enumerate(doors * 3)))
    assert asked.count(True) == 1


async def test_of_many_answers_at_once_the_first_counts(opened, doors):
    await add(opened, a_severity_request())

    async def answers(number, door):
        try:
            return await decide(door, f"U{number}", granted=number % 2 == 0)
        except RequestIsDecided as refusal:
            return refusal.by

    given = await asyncio.gather(*(answers(*each) for each in enumerate(doors * 3)))
    async with opened.reading() as work:
        kept = await work.severities.get(WORKSPACE, a_severity_request().id)
    assert given.count(kept) == 1
    assert {each for each in given if each != kept} == {kept.decided_by}


async def test_an_answer_to_what_was_answered_meanwhile_is_refused(opened):
    await add(opened, DECIDED)
    async with opened.begin() as work:
        with pytest.raises(RequestIsDecided) as refused:
            await work.severities.save(replace(DECIDED, granted=True))
    assert refused.value.by == ELI
