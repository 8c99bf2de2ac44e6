"""A directory that knows what a test tells it."""

from policy.ids import GroupId, UserId, WorkspaceId
from policy.settings import UserGroup


class ToldDirectory:
    """The members of user groups, as a test names them; a group nobody named is empty."""

    def __init__(self) -> None:
        self.groups: dict[GroupId, frozenset[UserId]] = {}
        self.named: tuple[UserGroup, ...] = ()
        """Which groups there are to choose from."""
        self.left: frozenset[UserId] = frozenset()
        """Who is deactivated."""

    def knows(self, group: str, *users: UserId) -> None:
        """Let the group have these members from now on."""
        self.groups[GroupId(group)] = frozenset(users)

    async def all_groups(self, _workspace: WorkspaceId) -> tuple[UserGroup, ...]:
        """Return the groups to choose from."""
        return self.named

    async def members(
        self, _workspace: WorkspaceId, groups: frozenset[GroupId]
    ) -> dict[GroupId, frozenset[UserId]]:
        """Return the members of each group."""
        return {group: self.groups.get(group, frozenset()) for group in groups}

    async def gone(self, _workspace: WorkspaceId, users: frozenset[UserId]) -> frozenset[UserId]:
        """Return which of them are deactivated."""
        return users & self.left
