"""Hearing: how each person hears of what, and what their next digest tells."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Table, delete, func, select

from bot.storage import codec
from bot.storage.schema import choice, document, metadata, moment, name, serial, words, workspace
from bot.storage.transaction import Transaction, claimable
from policy.hearing import Mention, Preferences
from policy.ids import UserId, WorkspaceId, case_id, case_number
from policy.notices import What

preferences = Table(
    "preferences",
    metadata,
    workspace(),
    name("user", primary_key=True),
    document("document"),
)
mentions = Table(
    "mentions",
    metadata,
    serial("id"),
    name("workspace"),
    name("user"),
    Column("case_number", Integer, nullable=False),
    words("title"),
    Column("what", choice(What, "what"), nullable=False),
    moment("due_at"),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
    Index(None, "due_at"),
)


class Hearing:
    """What people chose, and what waits for their digests."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def chosen(
        self, workspace: WorkspaceId, users: Iterable[UserId]
    ) -> dict[UserId, Preferences]:
        """Return how these people hear of what; whoever chose nothing hears as most people do."""
        wanted = sorted(users)
        if not wanted:
            return {}
        query = select(preferences).where(
            preferences.c.workspace == workspace, preferences.c.user.in_(wanted)
        )
        chosen = {
            UserId(row.user): codec.decode(Preferences, row.document)
            for row in await self._on.all(query)
        }
        return {user: chosen.get(user, Preferences()) for user in wanted}

    async def choose(self, workspace: WorkspaceId, user: UserId, chosen: Preferences) -> None:
        """Keep how a person hears of what."""
        keeping = self._on.insert(preferences).values(
            workspace=workspace, user=user, document=codec.encode(Preferences, chosen)
        )
        await self._on.run(
            keeping.on_conflict_do_update(
                index_elements=list(preferences.primary_key.columns),
                set_={"document": keeping.excluded.document},
            )
        )

    async def mention(self, *found: Mention) -> None:
        """Keep these for the digests of whoever they are for."""
        await self._on.run_each(mentions.insert(), [_row(each) for each in found])

    async def due(self, now: datetime, limit: int) -> list[Mention]:
        """Take what is due for digests, the longest due first; it is taken once."""
        chosen = select(mentions.c.id).where(mentions.c.due_at <= now)
        chosen = chosen.order_by(mentions.c.due_at, mentions.c.id).limit(limit)
        taking = delete(mentions).where(mentions.c.id.in_(select(claimable(chosen))))
        rows = await self._on.all(taking.returning(mentions))
        return [
            Mention(
                workspace=WorkspaceId(row.workspace),
                user=UserId(row.user),
                case=case_id(row.case_number),
                title=row.title,
                what=row.what,
                due_at=row.due_at,
            )
            for row in sorted(rows, key=lambda row: row.id)
        ]

    async def next_due_at(self) -> datetime | None:
        """Return when the next digest is due, None where none is ahead."""
        due: datetime | None = await self._on.value(select(func.min(mentions.c.due_at)))
        return due


def _row(mention: Mention) -> dict[str, Any]:
    return {
        "workspace": mention.workspace,
        "user": mention.user,
        "case_number": case_number(mention.case),
        "title": mention.title,
        "what": mention.what,
        "due_at": mention.due_at,
    }
