"""Settings: what the workspace decides for itself."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.act import Act, Means
from bot.desk.casefiles import settings_of
from bot.desk.duty_days import next_at
from policy.home import LOOKED_AT_FOR
from policy.ids import WorkspaceId
from policy.refusals import NotYours, Unreadable
from policy.roles import Actor, Role
from policy.settings import UserGroup, WorkspaceSettings, groups_that_fit


class Settings:
    """Read and replace the settings; administrators only."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def read(self, *, by: Actor) -> WorkspaceSettings:
        """Return the settings; administrators only."""
        async with self._means.looking(by) as act:
            _for_administrators(act)
            return await settings_of(act.work, act.workspace)

    async def change(self, settings: WorkspaceSettings, *, by: Actor) -> WorkspaceSettings:
        """Replace the settings as they were read; administrators only.

        Raises:
            NotYours: the person is no administrator.
            Unreadable: nobody would be left to change them again.
            Stale: somebody else changed them since they were read.
        """
        async with self._means.acting(by) as act:
            _for_administrators(act)
            if not settings.administrators:
                raise Unreadable(field="administrators", message="Name at least one.")
            changed = replace(settings, workspace=by.workspace, version=settings.version + 1)
            before = await settings_of(act.work, act.workspace)
            await act.work.settings.save(changed)
            await _moved(act, before, changed)
            await act.work.homes.outdate_all(act.workspace, act.now - LOOKED_AT_FOR)
            await act.commit()
        return changed

    async def groups(self, typed: str, *, by: Actor) -> Sequence[UserGroup]:
        """Return the user groups whose name or handle fits; administrators only."""
        async with self._means.looking(by) as act:
            _for_administrators(act)
        return groups_that_fit(await self._means.people.groups(by.workspace), typed)

    async def fill(self, workspace: WorkspaceId, defaults: WorkspaceSettings) -> bool:
        """Save the first settings of a workspace that has none; False where it has."""
        async with self._means.database.begin() as work:
            if await work.settings.get(workspace) is not None:
                return False
            await work.settings.save(replace(defaults, workspace=workspace))
            await work.commit()
        return True


async def _moved(act: Act, before: WorkspaceSettings, after: WorkspaceSettings) -> None:
    """Move what stands at a place and comes at a time: the duty channel's board and its digest."""
    if after.duty_channel != before.duty_channel:
        act.work.cards.board_changed(act.workspace)
        if channel := after.duty_channel:
            await act.work.cards.want(act.workspace, "board", channel, channel)
    await act.work.duty_days.plan(act.workspace, next_at(after, act.now), now=act.now)


def _for_administrators(act: Act) -> None:
    if not act.who.has(Role.ADMINISTRATOR):
        raise NotYours(case=None, need="an administrator")
