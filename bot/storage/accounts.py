"""Accounts: rows, and who and which channels belong to them."""

from collections import defaultdict
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Select,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    literal_column,
    null,
    select,
    union_all,
    update,
)

from bot.storage.among import among
from bot.storage.cases.rows import cases
from bot.storage.schema import metadata, name, words, workspace
from bot.storage.transaction import ESCAPE, Transaction, escaped
from bot.storage.workspaces import Workspaces
from policy.accounts import Account
from policy.ids import AccountId, ChannelId, Tier, UserId, WorkspaceId
from policy.refusals import NoAccount
from policy.roles import Side, Standing

accounts = Table(
    "accounts",
    metadata,
    workspace(),
    name("id", primary_key=True),
    words("name"),
    words("folded_name"),
    words("tier"),
    ForeignKeyConstraint(["workspace"], ["workspaces.id"]),
    UniqueConstraint("workspace", "folded_name"),
)
account_channels = Table(
    "account_channels",
    metadata,
    workspace(),
    name("channel", primary_key=True),
    name("account"),
    ForeignKeyConstraint(["workspace", "account"], ["accounts.workspace", "accounts.id"]),
    Index(None, "workspace", "account"),
)
account_contacts = Table(
    "account_contacts",
    metadata,
    workspace(),
    name("account", primary_key=True),
    name("user", primary_key=True),
    ForeignKeyConstraint(["workspace", "account"], ["accounts.workspace", "accounts.id"]),
    Index(None, "workspace", "user"),
)

ALL = (
    select(accounts)
    .where(accounts.c.workspace == bindparam("of"))
    .order_by(accounts.c.folded_name)
)
ITSELF, CHANNEL, PERSON = "itself", "channel", "person"
"""What a row of the answer is."""
LIKE = accounts.c.folded_name.like(bindparam("pattern"), escape=ESCAPE)
FITTING = ALL.where(LIKE).limit(bindparam("most", type_=Integer))
LINKED = select(account_channels.c.account).where(
    account_channels.c.workspace == bindparam("of"),
    account_channels.c.channel == bindparam("channel"),
)


def _whole(found: Select[Any]) -> CompoundSelect[Any]:
    """Return the accounts found, and then all channels and people of theirs, in one question."""
    found_ones = found.cte("found")
    theirs = (
        select(
            *(table.c.account, null().label("name"), null().label("tier")),
            *(null().label("place"), belonging.label("one")),
            literal_column(f"'{kind}'").label("kind"),
        ).where(table.c.workspace == bindparam("of"), table.c.account == found_ones.c.id)
        for kind, table, belonging in (
            (CHANNEL, account_channels, account_channels.c.channel),
            (PERSON, account_contacts, account_contacts.c.user),
        )
    )
    own = (found_ones.c.id.label("account"), found_ones.c.name, found_ones.c.tier)
    place, one = found_ones.c.folded_name.label("place"), null().label("one")
    return union_all(
        select(*own, place, one, literal_column(f"'{ITSELF}'").label("kind")), *theirs
    )


GETTING = _whole(ALL.where(accounts.c.id == bindparam("account")))
NAMED = _whole(ALL.where(accounts.c.folded_name == bindparam("folded")))
OFFERED = _whole(FITTING)
OFFERED_THEIRS = _whole(FITTING.where(among(accounts.c.id, "theirs")))
OF_CHANNEL = _whole(ALL.where(accounts.c.id.in_(LINKED)))


class Accounts:
    """The customers of each workspace. A channel belongs to one account, a person to any number."""

    def __init__(self, transaction: Transaction, workspaces: Workspaces) -> None:
        self._on = transaction
        self._workspaces = workspaces

    async def get(self, workspace: WorkspaceId, account: AccountId) -> Account:
        """Return the account.

        Raises:
            NoAccount: there is none of that id.
        """
        found = await self._found(GETTING, {"of": workspace, "account": account})
        if not found:
            raise NoAccount
        return found[0]

    async def named(self, workspace: WorkspaceId, name: str) -> Account | None:
        """Return the account of that name, in whatever case it is written."""
        found = await self._found(NAMED, {"of": workspace, "folded": _folded(name)})
        return found[0] if found else None

    async def all_for(
        self, workspace: WorkspaceId, who: Standing, typed: str, limit: int
    ) -> list[Account]:
        """Return the accounts the person may open a case for whose name fits, by name."""
        fits = {"of": workspace, "pattern": f"%{escaped(_folded(typed))}%", "most": limit}
        if who.side is Side.SUPPORT:
            return await self._found(OFFERED, fits)
        return await self._found(OFFERED_THEIRS, fits | {"theirs": sorted(who.accounts)})

    async def of_channel(self, workspace: WorkspaceId, channel: ChannelId) -> Account | None:
        """Return the account that the channel is linked to."""
        found = await self._found(OF_CHANNEL, {"of": workspace, "channel": channel})
        return found[0] if found else None

    async def save(self, account: Account) -> None:
        """Make or replace the account; its channels leave whichever account they had."""
        await self._workspaces.add(account.workspace)
        saving = self._on.insert(accounts).values(
            workspace=account.workspace,
            id=account.id,
            name=account.name,
            folded_name=_folded(account.name),
            tier=account.tier,
        )
        new = {word: saving.excluded[word] for word in ("name", "folded_name", "tier")}
        keys = [accounts.c.workspace, accounts.c.id]
        await self._on.run(saving.on_conflict_do_update(index_elements=keys, set_=new))
        await self._save_channels(account)
        await self._save_contacts(account)
        await self._rename_in_cases(account)

    async def _save_channels(self, account: Account) -> None:
        table = account_channels
        gone = delete(table).where(_of(table, account), table.c.channel.not_in(account.channels))
        await self._on.run(gone)
        linking = self._on.insert(table)
        await self._on.run_each(
            linking.on_conflict_do_update(
                index_elements=[table.c.workspace, table.c.channel],
                set_={"account": linking.excluded.account},
            ),
            [
                {"workspace": account.workspace, "channel": channel, "account": account.id}
                for channel in sorted(account.channels)
            ],
        )

    async def _save_contacts(self, account: Account) -> None:
        table = account_contacts
        gone = delete(table).where(_of(table, account), table.c.user.not_in(account.contacts))
        await self._on.run(gone)
        await self._on.run_each(
            self._on.insert(table).on_conflict_do_nothing(),
            [
                {"workspace": account.workspace, "account": account.id, "user": user}
                for user in sorted(account.contacts)
            ],
        )

    async def _rename_in_cases(self, account: Account) -> None:
        """Cases repeat the name, so that reading one reads one row."""
        renaming = update(cases).where(
            cases.c.workspace == account.workspace,
            cases.c.account == account.id,
            cases.c.account_name != account.name,
        )
        await self._on.run(renaming.values(account_name=account.name))

    async def _found(self, query: CompoundSelect[Any], wanted: dict[str, Any]) -> list[Account]:
        rows: dict[str, list[Row[Any]]] = {ITSELF: [], CHANNEL: [], PERSON: []}
        for row in await self._on.all(query, wanted):
            rows[row.kind].append(row)
        channels, contacts = _by_account(rows[CHANNEL]), _by_account(rows[PERSON])
        return [
            Account(
                workspace=wanted["of"],
                id=AccountId(row.account),
                name=row.name,
                tier=Tier(row.tier),
                channels=frozenset(ChannelId(each) for each in channels[row.account]),
                contacts=frozenset(UserId(each) for each in contacts[row.account]),
            )
            for row in sorted(rows[ITSELF], key=lambda row: str(row.place))
        ]


def _by_account(rows: list[Row[Any]]) -> defaultdict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for row in rows:
        found[row.account].add(row.one)
    return found


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _of(table: Table, account: Account) -> ColumnElement[bool]:
    return (table.c.workspace == account.workspace) & (table.c.account == account.id)
