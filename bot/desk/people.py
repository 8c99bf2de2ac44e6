"""Who somebody is at this moment: the settings' lists, Slack's user groups, the accounts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.clock import Clock
from bot.storage.database import Database
from policy.history import SYSTEM
from policy.ids import GroupId, UserId, WorkspaceId
from policy.roles import Actor, Role, Standing
from policy.settings import UserGroup, WorkspaceSettings, is_group


class Directory(Protocol):
    """What Slack knows about who belongs together."""

    async def all_groups(self, workspace: WorkspaceId, /) -> Sequence[UserGroup]:
        """Return the user groups that there are."""
        ...

    async def members(
        self, workspace: WorkspaceId, groups: frozenset[GroupId], /
    ) -> Mapping[GroupId, frozenset[UserId]]:
        """Return the members of each user group."""
        ...

    async def gone(self, workspace: WorkspaceId, users: frozenset[UserId], /) -> frozenset[UserId]:
        """Return which of these people are deactivated, as far as that is known."""
        ...


class Calendar(Protocol):
    """A calendar elsewhere that may say who is on duty."""

    async def named(
        self, workspace: WorkspaceId, users: frozenset[UserId], /
    ) -> frozenset[UserId]:
        """Return which of these people are on duty by it now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The settings of a workspace, and whom they name at this moment."""

    settings: WorkspaceSettings
    people: Mapping[Role, frozenset[UserId]]
    grouped: frozenset[UserId] = frozenset()
    """The duty managers whom user groups name."""
    absent: frozenset[UserId] = frozenset()
    """Those who are deactivated, or stand in the rota and answer no escalations any more."""
    gone: frozenset[UserId] = frozenset()
    """Those of them who are deactivated."""
    calendar: frozenset[UserId] = frozenset()
    """Those who answer escalations and whom the calendar of the rota names now."""

    @property
    def answering(self) -> frozenset[UserId]:
        """Whoever may answer escalations."""
        found = (self.people.get(role, frozenset()) for role in (Role.DUTY_MANAGER, Role.LEAD))
        return frozenset[UserId]().union(*found)

    def roles_of(self, user: UserId) -> frozenset[Role]:
        """Return the roles a person holds."""
        return frozenset(role for role, people in self.people.items() if user in people)


class People:
    """Looks up roles and accounts anew for every use case; nothing is kept with a button."""

    def __init__(
        self,
        database: Database,
        directory: Directory,
        clock: Clock,
        calendar: Calendar | None = None,
    ) -> None:
        self._calendar = calendar
        self._database = database
        self._directory = directory
        self._clock = clock

    async def standing(self, *, by: Actor) -> Standing:
        """Return the person's roles and accounts at this moment."""
        standing, _ = await self.known(by)
        return standing

    async def known(self, by: Actor) -> tuple[Standing, Roster]:
        """Return the person's roles and accounts, and the roster they were found in."""
        async with self._database.reading() as work:
            ground = await work.standings.ground(
                by.workspace, by.user, by.here, since=self._clock()
            )
        settings = ground.settings or WorkspaceSettings(workspace=by.workspace)
        roster = await self._roster(settings, ground.rota)
        roles = roster.roles_of(by.user)
        return Standing(actor=by, roles=roles, accounts=ground.accounts), roster

    async def groups(self, workspace: WorkspaceId) -> Sequence[UserGroup]:
        """Return the user groups that a role can be given to."""
        return await self._directory.all_groups(workspace)

    async def roster(self, workspace: WorkspaceId) -> Roster:
        """Return the settings of a workspace, and whom they name at this moment."""
        _, roster = await self.known(Actor(workspace=workspace, user=SYSTEM))
        return roster

    async def gone(self, workspace: WorkspaceId, users: frozenset[UserId]) -> frozenset[UserId]:
        """Return which of these people have left Slack, as far as that is known."""
        return await self._directory.gone(workspace, users)

    async def _roster(self, settings: WorkspaceSettings, rota: frozenset[UserId]) -> Roster:
        lists: Mapping[Role, Iterable[str]] = {
            Role.ENGINEER: settings.engineers,
            Role.DUTY_MANAGER: settings.duty_managers,
            Role.LEAD: settings.leads,
            Role.ADMINISTRATOR: settings.administrators,
        }
        groups = frozenset(
            GroupId(each) for names in lists.values() for each in names if is_group(each)
        )
        members = await self._directory.members(settings.workspace, groups)
        people = {role: _named(names, members) for role, names in lists.items()}
        answering = people[Role.DUTY_MANAGER] | people[Role.LEAD]
        asked = {
            UserId(each)
            for names in (settings.duty_managers, settings.leads, settings.administrators)
            for each in names
            if not is_group(each)
        }
        gone = await self._directory.gone(settings.workspace, rota | asked)
        return Roster(
            settings=settings,
            people=people,
            grouped=_named(filter(is_group, settings.duty_managers), members),
            absent=gone | (rota - answering),
            gone=gone,
            calendar=await self._calendar.named(settings.workspace, answering)
            if self._calendar
            else frozenset(),
        )


def _named(
    names: Iterable[str], members: Mapping[GroupId, frozenset[UserId]]
) -> frozenset[UserId]:
    found: set[UserId] = set()
    for name in names:
        if is_group(name):
            found |= members[GroupId(name)]
        else:
            found.add(UserId(name))
    return frozenset(found)
