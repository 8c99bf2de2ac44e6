"""Promises are kept whole, and those whose next rung is due are given to one at a time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot import storage
from policy.cases import Case
from policy.escalations import EscalationState
from policy.ids import CaseId, EscalationId, PromiseId
from policy.promises import Kind, Promise
from policy.refusals import Stale
from tests.bot.storage.values import values_of
from tests.support.builders import MONA, MORNING, WORKSPACE, a_case, an_account, an_escalation

CASE = CaseId("CASE-1")
HOUR = timedelta(hours=1)


def a_promise(**facts) -> Promise:
    promise = Promise(
        workspace=WORKSPACE,
        id=PromiseId("promise-1"),
        case=CASE,
        escalation=an_escalation().id,
        kind=Kind.UPDATE,
        owner=MONA,
        made_at=MORNING,
        due_at=MORNING + HOUR,
    )
    return replace(promise, **facts)


@pytest.fixture
async def escalated(acme):
    """Give a database with two escalated cases."""
    async with acme.begin() as work:
        for number in (1, 2):
            case: Case = await work.cases.add(a_case(id=CaseId(f"CASE-{number}"), thread=None))
            await work.escalations.add(
                an_escalation(id=EscalationId(f"escalation-{number}"), case=case.id)
            )
        await work.commit()
    return acme


async def put(database, promise, next_rung_at=None):
    async with database.begin() as work:
        await work.promises.put(promise, next_rung_at=next_rung_at)
        await work.commit()


async def due(database, now, limit=10):
    """Claim, and leave it at that."""
    async with database.begin() as work:
        return await work.promises.due(now, limit)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(promise=values_of(Promise))
def test_a_promise_comes_back_as_it_was_put(sqlite_url, promise):
    asyncio.run(comes_back(sqlite_url, promise))


async def comes_back(url, promise):
    kept = replace(
        promise,
        workspace=WORKSPACE,
        case=CASE,
        escalation=an_escalation().id,
        id=promise.id or "p",
        owner=promise.owner or None,
    )
    async with storage.connected(url) as database, database.begin() as work:
        await work.accounts.save(an_account())
        await work.cases.add(a_case())
        await work.escalations.add(an_escalation())
        await work.promises.put(kept, next_rung_at=None)
        assert await work.promises.get(WORKSPACE, kept.id) == kept


async def test_a_promise_put_again_is_changed(escalated):
    await put(escalated, a_promise())
    await put(escalated, a_promise(kept_at=MORNING, missed=True, climbed=4))
    async with escalated.reading() as work:
        (found,) = await work.promises.of(WORKSPACE, an_escalation().id)
        assert found == a_promise(kept_at=MORNING, missed=True, climbed=4)
        assert await work.promises.open_in(WORKSPACE) == []


async def test_a_promise_that_nobody_made_is_stale(escalated):
    async with escalated.reading() as work:
        with pytest.raises(Stale):
            await work.promises.get(WORKSPACE, PromiseId("none"))


async def test_promises_are_listed_by_when_they_are_due(escalated):
    late, soon = a_promise(id="b", due_at=MORNING + 2 * HOUR), a_promise(id="a")
    for each in (late, soon):
        await put(escalated, each)
    async with escalated.reading() as work:
        assert await work.promises.of(WORKSPACE, an_escalation().id) == [soon, late]
        assert await work.promises.open_in(WORKSPACE) == [soon, late]


async def test_only_what_is_due_is_given_and_the_next_moment_is_known(escalated):
    await put(escalated, a_promise(), MORNING)
    await put(escalated, a_promise(id="later"), MORNING + HOUR)
    await put(escalated, a_promise(id="never"))
    async with escalated.reading() as work:
        assert await work.promises.next_rung_at() == MORNING
        assert await work.promises.workspaces_due(MORNING) == [WORKSPACE]
        assert await work.promises.workspaces_due(MORNING - HOUR) == []
    assert [each.id for each in await due(escalated, MORNING)] == ["promise-1"]
    assert await due(escalated, MORNING - HOUR) == []


async def test_what_is_due_of_one_case_comes_together(escalated):
    await put(escalated, a_promise(id="c"), MORNING)
    await put(escalated, a_promise(id="b", case="CASE-2", escalation="escalation-2"), MORNING)
    await put(escalated, a_promise(id="a"), MORNING)
    assert [each.id for each in await due(escalated, MORNING)] == ["a", "c", "b"]


@pytest.mark.postgres
async def test_a_case_that_somebody_holds_is_left_to_them(postgres_url):
    async with storage.connected(postgres_url) as database:
        async with database.begin() as work:
            await work.accounts.save(an_account())
            await work.cases.add(a_case())
            await work.escalations.add(an_escalation())
            await work.promises.put(a_promise(), next_rung_at=MORNING)
            await work.commit()
        async with database.begin() as first:
            assert len(await first.promises.due(MORNING, 10)) == 1
            assert await due(database, MORNING) == []
        assert len(await due(database, MORNING)) == 1


async def test_open_escalations_come_with_their_cases(escalated):
    async with escalated.begin() as work:
        ended = an_escalation(version=2, state=EscalationState.WITHDRAWN)
        await work.escalations.save(ended)
        await work.commit()
    async with escalated.reading() as work:
        ((escalation, case),) = await work.escalations.open_in(WORKSPACE)
        assert (escalation.id, case.id) == ("escalation-2", "CASE-2")
        assert [each.id for each in await work.escalations.all_of(WORKSPACE, CASE)] == [ended.id]
