"""Accounts and cases from a file, as old as it says, for a sandbox to begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.clock import SystemClock
from bot.desk import Desk
from bot.settings import DatabaseSettings, first_settings
from bot.storage.database import connected
from policy.accounts import Account
from policy.cases import Case, CaseState, Severity
from policy.comments import Comment, CommentKind
from policy.ids import (
    AccountId,
    CaseId,
    ChannelId,
    CommentId,
    GroupId,
    Tier,
    UserId,
    WorkspaceId,
    case_id,
)
from policy.roles import Side
from policy.settings import UserGroup


class NoDirectory:
    """While seeding there is no Slack to ask; only the settings' own names count."""

    async def all_groups(self, _workspace: WorkspaceId) -> Sequence[UserGroup]:
        """Return none."""
        return ()

    async def members(
        self, _workspace: WorkspaceId, groups: frozenset[GroupId]
    ) -> Mapping[GroupId, frozenset[UserId]]:
        """Return nobody."""
        return dict.fromkeys(groups, frozenset[UserId]())

    async def gone(self, _workspace: WorkspaceId, _users: frozenset[UserId]) -> frozenset[UserId]:
        """Return nobody."""
        return frozenset()


async def sown(settings: DatabaseSettings, content: Mapping[str, Any]) -> str:
    """Import a file's accounts and cases; return what became of it, as a sentence."""
    workspace = WorkspaceId(content["workspace"])
    async with connected(settings.database_url) as database:
        await database.require_head()
        async with database.reading() as work:
            if await work.cases.find(workspace, case_id(1)) is not None:
                return "There are cases already; nothing was seeded."
        clock = SystemClock()
        desk = Desk.over(database, clock, NoDirectory())
        await desk.settings.fill(workspace, first_settings(settings, workspace))
        accounts: dict[str, Account] = {}
        for each in content["accounts"]:
            accounts[each["name"]] = await desk.imports.account(_account(workspace, each))
        for each in content["cases"]:
            told = Told(account=accounts[each["account"]], said=each, now=clock())
            await desk.imports.case(told.case(), told.comments())
    return f"Seeded {len(accounts)} accounts and {len(content['cases'])} cases."


def _account(workspace: WorkspaceId, said: Mapping[str, Any]) -> Account:
    return Account(
        workspace=workspace,
        id=AccountId(uuid4().hex),
        name=said["name"],
        tier=Tier(said["tier"]),
        channels=frozenset(map(ChannelId, said.get("channels", ()))),
        contacts=frozenset(map(UserId, said.get("contacts", ()))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One case as the file tells it."""

    account: Account
    said: Mapping[str, Any]
    now: datetime

    def case(self) -> Case:
        """Return the case; its number comes with the import."""
        said = self.said
        requester = UserId(said["requester"])
        engineer = UserId(said["engineer"]) if "engineer" in said else None
        return Case(
            workspace=self.account.workspace,
            id=CaseId(""),
            account=self.account.id,
            account_name=self.account.name,
            tier=self.account.tier,
            title=said["title"],
            description=said["description"],
            severity=Severity(said["severity"]),
            state=CaseState.IN_PROGRESS if engineer else CaseState.NEW,
            requester=requester,
            contact=requester,
            engineer=engineer,
            business_impact=said.get("business_impact", ""),
            channel=ChannelId(said["channel"]),
            opened_at=self._ago(said["opened_ago_hours"]),
        )

    def comments(self) -> tuple[Comment, ...]:
        """Return what was said on it, oldest first."""
        return tuple(self._comment(each) for each in self.said.get("comments", ()))

    def _comment(self, each: Mapping[str, Any]) -> Comment:
        author = UserId(each["author"])
        is_theirs = author in self.account.contacts or author == self.said["requester"]
        return Comment(
            workspace=self.account.workspace,
            id=CommentId(""),
            case=CaseId(""),
            author=author,
            side=Side.CUSTOMER if is_theirs else Side.SUPPORT,
            kind=CommentKind(each.get("kind", CommentKind.COMMENT)),
            text=each["text"],
            at=self._ago(each["hours_ago"]),
        )

    def _ago(self, hours: float) -> datetime:
        return self.now - timedelta(hours=hours)
