"""The newest published table is the current one; every version stays."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import storage
from policy.cases import Severity
from policy.ids import CaseId, Tier, WorkspaceId
from policy.refusals import Stale
from policy.thresholds import SHIPPED, available_at
from tests.support.builders import ADA, MORNING, WORKSPACE, a_case, an_account
from tests.support.locks import somebody_waits

HOUR = timedelta(hours=1)
PUBLISHED = replace(
    SHIPPED,
    version=2,
    tiers=(Tier("Diamond"), Tier("Rest")),
    rows={severity: (severity.rank * HOUR, severity.rank * 2 * HOUR) for severity in Severity},
    published_by=ADA,
    published_at=MORNING,
    why="Everyone waits less.",
)


async def current(database, workspace=WORKSPACE):
    async with database.reading() as work:
        return await work.thresholds.current(workspace)


async def test_the_shipped_table_counts_until_one_is_published(database):
    assert await current(database) == SHIPPED


async def test_a_published_table_comes_back_as_it_was_and_counts_in_its_workspace(database):
    async with database.begin() as work:
        await work.thresholds.publish(WORKSPACE, PUBLISHED)
        assert await work.thresholds.current(WORKSPACE) == PUBLISHED
        await work.commit()
    assert await current(database) == PUBLISHED
    assert await current(database, WorkspaceId("T2")) == SHIPPED


async def test_a_version_is_published_once(database):
    async with database.begin() as work:
        await work.thresholds.publish(WORKSPACE, PUBLISHED)
        with pytest.raises(Stale):
            await work.thresholds.publish(WORKSPACE, replace(PUBLISHED, why="Me too"))
        await work.commit()
    assert (await current(database)).why == PUBLISHED.why


async def test_the_last_versions_are_told_newest_first(database):
    async with database.begin() as work:
        assert await work.thresholds.versions(WORKSPACE, 5) == [SHIPPED]
        await work.thresholds.publish(WORKSPACE, PUBLISHED)
        await work.commit()
    async with database.reading() as work:
        assert await work.thresholds.versions(WORKSPACE, 5) == [PUBLISHED, SHIPPED]
        assert await work.thresholds.versions(WORKSPACE, 1) == [PUBLISHED]


@pytest.fixture
async def two_doors(postgres_url):
    """Give two doors into one database, as two replicas have: there several write at once."""
    async with storage.connected(postgres_url) as one, storage.connected(postgres_url) as other:
        async with one.begin() as work:
            await work.workspaces.add(WORKSPACE)
            await work.accounts.save(an_account())
            await work.commit()
        yield one, other


async def publish(database):
    async with database.begin() as work:
        await work.thresholds.publish(WORKSPACE, PUBLISHED)
        await work.commit()


async def dues(database):
    async with database.reading() as work:
        case = await work.cases.get(WORKSPACE, CaseId("CASE-1"))
        return await work.crossings.next_due_at(), available_at(case, PUBLISHED)


@pytest.mark.postgres
async def test_a_case_that_is_being_opened_while_a_table_is_published_goes_by_the_new_one(
    two_doors, postgres_url
):
    one, other = two_doors
    async with one.begin() as work:
        await work.cases.add(a_case(id=CaseId("")))
        publishing = asyncio.create_task(publish(other))
        while not (publishing.done() or await somebody_waits(one)):
            pass
        await work.commit()
    await publishing
    due, wanted = await dues(one)
    assert due == wanted


@pytest.mark.postgres
async def test_a_case_goes_by_the_table_that_was_published_while_its_form_was_looked_at(two_doors):
    one, other = two_doors
    async with one.begin() as work:
        assert await work.thresholds.current(WORKSPACE) == SHIPPED
        await publish(other)
        await work.cases.add(a_case(id=CaseId("")))
        await work.commit()
    due, wanted = await dues(one)
    assert due == wanted
