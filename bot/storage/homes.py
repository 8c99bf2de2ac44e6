"""Homes: who has opened theirs, and whose shows no longer what is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, Table, bindparam, func, select, text, update

from bot.storage.among import among
from bot.storage.outbox.rows import IS_DEAD, NoticeState, outbox
from bot.storage.schema import counter, metadata, moment, name, partial_index, workspace
from bot.storage.transaction import Transaction
from policy.home import Health
from policy.ids import UserId, WorkspaceId

IS_STALE = text("wanted > shown")
UNUSABLE, AFTER = "delivery.unusable:", "delivery.unusable;"
"""The keys of what administrators are told of channels, from the first to beyond the last."""
TO_ALL = ":administrators"
"""How the key ends that is not yet anybody's in particular."""

homes = Table(
    "homes",
    metadata,
    workspace(),
    name("user", primary_key=True),
    moment("opened_at"),
    Column("page", Integer, nullable=False),
    counter("wanted"),
    counter("shown"),
    partial_index("ix_homes_stale", "workspace", where=IS_STALE),
)
OUTDATING = (
    update(homes)
    .where(
        homes.c.workspace == bindparam("of_workspace"),
        among(homes.c.user, "of_users"),
        homes.c.opened_at >= bindparam("since"),
    )
    .values(wanted=homes.c.wanted + 1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A home that has to be drawn anew."""

    workspace: WorkspaceId
    user: UserId
    page: int
    wanted: int


class Homes:
    """The homes that people have opened."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def opened(self, workspace: WorkspaceId, user: UserId, page: int, at: datetime) -> None:
        """Note that the person looks at this page of theirs."""
        row = {"workspace": workspace, "user": user, "opened_at": at, "page": page}
        opening = self._on.insert(homes).values(wanted=0, shown=0, **row)
        await self._on.run(
            opening.on_conflict_do_update(
                index_elements=[homes.c.workspace, homes.c.user],
                set_={"opened_at": at, "page": page},
            )
        )

    async def outdate(
        self, workspace: WorkspaceId, users: Iterable[UserId | None], since: datetime
    ) -> None:
        """Have those homes drawn anew that were opened since then."""
        people = sorted({each for each in users if each})
        theirs = {"of_workspace": workspace, "of_users": people, "since": since}
        await self._on.run(OUTDATING, theirs)

    async def outdate_all(self, workspace: WorkspaceId, since: datetime) -> None:
        """Have every home drawn anew that was opened since then."""
        theirs = (homes.c.workspace == workspace) & (homes.c.opened_at >= since)
        await self._on.run(update(homes).where(theirs).values(wanted=homes.c.wanted + 1))

    async def stale(self, limit: int) -> list[Stale]:
        """Return homes that show no longer what is."""
        query = select(homes).where(IS_STALE).limit(limit)
        return [
            Stale(
                workspace=WorkspaceId(row.workspace),
                user=UserId(row.user),
                page=row.page,
                wanted=row.wanted,
            )
            for row in await self._on.all(query)
        ]

    async def health(self, workspace: WorkspaceId, since: datetime) -> Health:
        """Return what could not be delivered since then and still cannot, counted."""
        dead = select(func.count()).where(
            outbox.c.workspace == workspace, IS_DEAD, outbox.c.not_before >= since
        )
        failed = await self._unusable(workspace, since)
        posted = await self._posted(workspace, failed)
        still = [
            channel
            for channel, at in failed.items()
            if at is None or channel not in posted or posted[channel] < at
        ]
        return Health(dead_notices=await self._on.value(dead), unusable_channels=len(still))

    async def _unusable(
        self, workspace: WorkspaceId, since: datetime
    ) -> dict[str, datetime | None]:
        """Return the channels that administrators were told of since then, and when that was."""
        query = select(outbox.c.key, outbox.c.settled_at).where(
            outbox.c.workspace == workspace,
            *(outbox.c.key >= UNUSABLE, outbox.c.key < AFTER, outbox.c.not_before >= since),
            outbox.c.key.endswith(TO_ALL),
        )
        rows = await self._on.all(query.order_by(outbox.c.not_before))
        return {row.key.removeprefix(UNUSABLE).partition(".")[0]: row.settled_at for row in rows}

    async def _posted(
        self, workspace: WorkspaceId, channels: Iterable[str]
    ) -> dict[str, datetime]:
        """Return when a notice was last posted in each of these channels."""
        query = select(outbox.c.channel, func.max(outbox.c.settled_at).label("at")).where(
            outbox.c.workspace == workspace,
            outbox.c.channel.in_(list(channels)),
            outbox.c.state == NoticeState.SENT,
        )
        rows = await self._on.all(query.group_by(outbox.c.channel))
        return {row.channel: row.at for row in rows}

    async def shown(self, home: Stale) -> None:
        """Note that the home shows what is; what changed since then, or was turned, is still owed."""
        this = (homes.c.workspace == home.workspace) & (homes.c.user == home.user)
        on_it = this & (homes.c.page == home.page)
        await self._on.run(update(homes).where(on_it).values(shown=home.wanted))
