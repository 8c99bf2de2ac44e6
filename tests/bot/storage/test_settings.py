"""Settings and runs come back as they were; workspaces are known; the sandbox has one clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.guidance.questions import Facts
from policy.guidance.walk import Answer, Run
from policy.ids import AnswerId, CaseId, RunId, Tier, WorkspaceId
from policy.refusals import Stale
from policy.settings import WhoMayEscalate, WorkspaceSettings
from tests.support.builders import ANA, MORNING, WORKSPACE, a_case, workspace_settings

FULL = workspace_settings(
    engineers=("UELI", "SGROUP"),
    default_tier=Tier("Unheard of"),
    urgent_contact="+49 30 123456",
    who_may_escalate=WhoMayEscalate.ACCOUNT,
    shows_targets=True,
    chases_needed=3,
    reopenable_for=timedelta(days=3),
    version=4,
)


async def save(database, settings):
    async with database.begin() as work:
        await work.settings.save(settings)
        await work.commit()


async def read(database):
    async with database.reading() as work:
        return await work.settings.get(WORKSPACE)


async def test_a_workspace_has_no_settings_before_there_are_any(database):
    assert await read(database) is None


@pytest.mark.parametrize(
    "settings", [WorkspaceSettings(workspace=WORKSPACE), FULL], ids=["default", "full"]
)
async def test_settings_come_back_as_they_were(database, settings):
    await save(database, settings)
    assert await read(database) == settings
    async with database.reading() as work:
        ground = await work.standings.ground(WORKSPACE, ANA, None, since=MORNING)
    assert ground.settings == settings


async def test_settings_are_replaced_by_their_next_version(database):
    await save(database, FULL)
    changed = replace(FULL, shows_targets=False, version=5)
    await save(database, changed)
    assert await read(database) == changed


@pytest.mark.parametrize("version", [1, 4])
async def test_settings_that_somebody_changed_meanwhile_are_not_overwritten(database, version):
    await save(database, FULL)
    with pytest.raises(Stale):
        await save(database, replace(FULL, chases_needed=9, version=version))
    assert await read(database) == FULL


async def test_whoever_keeps_something_here_is_known(database):
    other = WorkspaceId("T0")
    async with database.begin() as work:
        assert not await work.workspaces.known(WORKSPACE)
        await work.settings.save(FULL)
        await work.workspaces.add(other)
        await work.workspaces.add(other)
        await work.commit()
    async with database.reading() as work:
        assert await work.workspaces.known(WORKSPACE)
        assert await work.workspaces.all() == [other, WORKSPACE]


async def test_the_sandboxs_clock_is_where_it_was_put_for_every_replica(database, doors):
    ahead = [timedelta(hours=8), timedelta(days=2)]
    for each in ahead:
        async with database.begin() as work:
            await work.workspaces.set_offset(each)
            await work.commit()
    async with doors[0].reading() as work:
        assert await work.workspaces.offset() == ahead[-1]


async def test_the_sandboxs_clock_is_real_time_until_it_is_moved(database):
    async with database.reading() as work:
        assert await work.workspaces.offset() == timedelta()


RUN = Run(
    workspace=WORKSPACE,
    id=RunId("run-1"),
    case=CaseId("CASE-1"),
    by=ANA,
    at=MORNING,
    answers=(Answer(choice=AnswerId("this")), Answer(choice=AnswerId("soon"), text="Now")),
    facts=Facts(chases=2, last_reply_at=MORNING, next_step="A fix", severity_matches=False),
    outcome="escalate:other",
    override="Because the fair opens tomorrow.",
)


async def test_a_run_comes_back_as_it_was(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.runs.add(RUN)
        await work.commit()
    async with acme.reading() as work:
        assert await work.runs.get(WORKSPACE, RUN.id) == RUN
        with pytest.raises(Stale):
            await work.runs.get(WORKSPACE, RunId("gone"))
