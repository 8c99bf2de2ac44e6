"""Who lives there: a dozen customers, each with a channel, and the demo's support people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from policy.accounts import Account
from policy.cases import Case, Severity
from policy.ids import AccountId, CaseId, ChannelId, GroupId, Tier, UserId, WorkspaceId
from policy.settings import UserGroup
from tests.support.app import PEOPLE, TEAM, a_seed

TITANIUM = Tier("Titanium")
WAITS = {Severity.S1: timedelta(hours=4), Severity.S3: timedelta(days=3)}
SUPPORT = ("U0ELI", "U0ERIN", "U0MONA", "U0OTTO", "U0LEA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """One customer, with one person and one channel."""

    number: int

    @property
    def user(self) -> UserId:
        """The person."""
        return UserId(f"U0CUST{self.number:02d}")

    @property
    def name(self) -> str:
        """What the person is called."""
        return f"cust{self.number:02d}"

    @property
    def channel(self) -> ChannelId:
        """Where their cases are."""
        return ChannelId(f"C0CUST{self.number:02d}")

    @property
    def account(self) -> Account:
        """Their account."""
        return Account(
            workspace=TEAM,
            id=AccountId(self.name),
            name=f"Customer {self.number:02d}",
            tier=TITANIUM,
            channels=frozenset({self.channel}),
            contacts=frozenset({self.user}),
        )

    def case(self, title: str, severity: Severity, *, crosses_at: datetime) -> Case:
        """Return a case of theirs that began elsewhere."""
        return Case(
            workspace=TEAM,
            id=CaseId(""),
            account=self.account.id,
            account_name=self.account.name,
            tier=TITANIUM,
            title=title,
            description=f"It began at noon: {title}.",
            severity=severity,
            requester=self.user,
            contact=self.user,
            channel=self.channel,
            opened_at=crosses_at - WAITS[severity],
        )


CUSTOMERS = tuple(Customer(number=number) for number in range(1, 13))


def a_town(port: int) -> dict[str, Any]:
    """Return the workspace's seed; the app is at this port."""
    seed = a_seed(port)
    users = [
        {"id": each.user, "name": each.name, "real_name": each.account.name, "tz": "Europe/Berlin"}
        for each in CUSTOMERS
    ]
    channels = [
        {"id": each.channel, "name": f"{each.name}-support", "members": [each.user, *SUPPORT]}
        for each in CUSTOMERS
    ]
    app = seed["apps"][0]
    app = app | {"channels": [*app["channels"], *(each.channel for each in CUSTOMERS)]}
    return seed | {
        "users": [*seed["users"], *users],
        "channels": [*seed["channels"], *channels],
        "apps": [app],
    }


class Groups:
    """The user groups as the seed has them."""

    async def members(
        self, _workspace: WorkspaceId, groups: frozenset[GroupId]
    ) -> Mapping[GroupId, frozenset[UserId]]:
        """Return who is in each."""
        known = {each["id"]: each["users"] for each in PEOPLE["usergroups"]}
        return {group: frozenset(map(UserId, known.get(group, ()))) for group in groups}

    async def all_groups(self, _workspace: WorkspaceId) -> Sequence[UserGroup]:
        """Return none: nobody looks for any there."""
        return ()

    async def gone(self, _workspace: WorkspaceId, _users: frozenset[UserId]) -> frozenset[UserId]:
        """Return nobody: all of them stay."""
        return frozenset()
