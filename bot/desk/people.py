"""Who somebody is at this moment: the settings' lists, Slack's user groups, the accounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.storage.database import Database
from policy.ids import AccountId, GroupId, UserId, WorkspaceId
from policy.roles import Actor, Role, Standing
from policy.settings import WorkspaceSettings, is_group


class Directory(Protocol):
    """What Slack knows about who belongs together."""

    async def members(self, workspace: WorkspaceId, group: GroupId, /) -> frozenset[UserId]:
        """Return the members of a user group."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The settings of a workspace, and whom they name at this moment."""

    settings: WorkspaceSettings
    people: Mapping[Role, frozenset[UserId]]

    def roles_of(self, user: UserId) -> frozenset[Role]:
        """Return the roles a person holds."""
        return frozenset(role for role, people in self.people.items() if user in people)


class People:
    """Looks up roles and accounts anew for every use case; nothing is kept with a button."""

    def __init__(self, database: Database, directory: Directory) -> None:
        self._database = database
        self._directory = directory

    async def standing(self, *, by: Actor) -> Standing:
        """Return the person's roles and accounts at this moment."""
        standing, _ = await self.known(by)
        return standing

    async def known(self, by: Actor) -> tuple[Standing, Roster]:
        """Return the person's roles and accounts, and the roster they were found in."""
        async with self._database.reading() as work:
            settings = await work.settings.get(by.workspace)
            found = await work.accounts.of_contact(by.workspace, by.user)
            linked = await work.accounts.of_channel(by.workspace, by.here) if by.here else None
        accounts: set[AccountId] = {each.id for each in found}
        if linked:
            accounts.add(linked.id)
        roster = await self._roster(settings or WorkspaceSettings(workspace=by.workspace))
        roles = roster.roles_of(by.user)
        return Standing(actor=by, roles=roles, accounts=frozenset(accounts)), roster

    async def _roster(self, settings: WorkspaceSettings) -> Roster:
        lists: Mapping[Role, Iterable[str]] = {
            Role.ENGINEER: settings.engineers,
            Role.DUTY_MANAGER: settings.duty_managers,
            Role.LEAD: settings.leads,
            Role.ADMINISTRATOR: settings.administrators,
        }
        people = {
            role: await self._members(settings.workspace, names) for role, names in lists.items()
        }
        return Roster(settings=settings, people=people)

    async def _members(self, workspace: WorkspaceId, names: Iterable[str]) -> frozenset[UserId]:
        found: set[UserId] = set()
        for name in names:
            if is_group(name):
                found |= await self._directory.members(workspace, GroupId(name))
            else:
                found.add(UserId(name))
        return frozenset(found)
