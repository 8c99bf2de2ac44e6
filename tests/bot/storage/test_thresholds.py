"""The newest published table is the current one; every version stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.ids import Tier, WorkspaceId
from policy.refusals import Stale
from policy.thresholds import SHIPPED
from tests.support.builders import ADA, MORNING, WORKSPACE

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
