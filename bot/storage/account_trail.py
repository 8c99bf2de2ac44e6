"""What is kept beside the accounts: how their tiers changed, and which one a person chose."""

from sqlalchemy import ForeignKeyConstraint, Index, Table, select

from bot.storage.schema import metadata, moment, name, serial, words, workspace
from bot.storage.transaction import Transaction
from policy.customers import TierChange
from policy.ids import AccountId, Tier, UserId, WorkspaceId

TOLD = 5

account_tiers = Table(
    "account_tiers",
    metadata,
    serial("id"),
    name("workspace"),
    name("account"),
    moment("at"),
    name("by"),
    words("before", nullable=True),
    words("after"),
    ForeignKeyConstraint(["workspace", "account"], ["accounts.workspace", "accounts.id"]),
    Index(None, "workspace", "account", "id"),
)
chosen_accounts = Table(
    "chosen_accounts",
    metadata,
    workspace(),
    name("user", primary_key=True),
    name("account"),
    ForeignKeyConstraint(["workspace", "account"], ["accounts.workspace", "accounts.id"]),
)


class AccountTrail:
    """The tiers that accounts had, and the accounts that people of several chose."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def turned(self, workspace: WorkspaceId, account: AccountId, change: TierChange) -> None:
        """Note that the account has another tier."""
        row = {"workspace": workspace, "account": account, "at": change.at, "by": change.by}
        tiers = {"before": change.before, "after": change.after}
        await self._on.run(account_tiers.insert(), row | tiers)

    async def tiers(self, workspace: WorkspaceId, account: AccountId) -> tuple[TierChange, ...]:
        """Return the last changes of an account's tier, the newest first."""
        query = select(account_tiers).where(
            account_tiers.c.workspace == workspace, account_tiers.c.account == account
        )
        rows = await self._on.all(query.order_by(account_tiers.c.id.desc()).limit(TOLD))
        return tuple(
            TierChange(
                at=row.at,
                by=UserId(row.by),
                before=Tier(row.before) if row.before is not None else None,
                after=Tier(row.after),
            )
            for row in rows
        )

    async def choose(self, workspace: WorkspaceId, user: UserId, account: AccountId) -> None:
        """Remember for which of theirs a person opened a case last."""
        row = {"workspace": workspace, "user": user, "account": account}
        choosing = self._on.insert(chosen_accounts).values(**row)
        keys = [chosen_accounts.c.workspace, chosen_accounts.c.user]
        await self._on.run(
            choosing.on_conflict_do_update(index_elements=keys, set_={"account": account})
        )

    async def chosen(self, workspace: WorkspaceId, user: UserId) -> AccountId | None:
        """Return the account the person chose last, None before they did."""
        query = select(chosen_accounts.c.account).where(
            chosen_accounts.c.workspace == workspace, chosen_accounts.c.user == user
        )
        found = await self._on.value(query)
        return AccountId(found) if found else None
