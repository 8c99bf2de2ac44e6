"""Who acts, which side of a case that is, and what the role allows."""

from dataclasses import dataclass
from enum import StrEnum

from policy.ids import AccountId, ChannelId, UserId, WorkspaceId


class Role(StrEnum):
    """What the settings' lists and user groups make of a person on the support side."""

    ENGINEER = "engineer"
    DUTY_MANAGER = "duty_manager"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


class Side(StrEnum):
    """Where a person stands: whoever has no role is a customer, Slack Connect guests included."""

    CUSTOMER = "customer"
    SUPPORT = "support"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, as Slack has verified it, and the channel the person acts in, if it is one."""

    workspace: WorkspaceId
    user: UserId
    here: ChannelId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an actor is at this moment: looked up when an action runs, never kept with a button."""

    actor: Actor
    roles: frozenset[Role] = frozenset()
    accounts: frozenset[AccountId] = frozenset()

    @property
    def user(self) -> UserId:
        """The person's Slack id."""
        return self.actor.user

    @property
    def side(self) -> Side:
        """Support with any role at all, otherwise customer."""
        return Side.SUPPORT if self.roles else Side.CUSTOMER

    def has(self, *roles: Role) -> bool:
        """Tell whether the person holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)
