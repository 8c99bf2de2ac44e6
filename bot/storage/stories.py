"""Stories: what became of each notice, for whoever asks; and what of it is kept for how long."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update

from bot.storage import codec
from bot.storage.outbox.rows import NoticeState, outbox
from bot.storage.transaction import Transaction
from policy.ids import ChannelId, Ts, UserId, WorkspaceId
from policy.notices import Notice

UNDER_WAY = (NoticeState.PENDING, NoticeState.SENDING)
OVER = (NoticeState.SENT, NoticeState.CANCELLED)
FORGOTTEN: Mapping[str, Any] = {}
"""What stands in place of a notice whose words are forgotten."""
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What became of a notice: due, claimed, tried, and how it ended."""

    workspace: WorkspaceId
    key: str
    notice: Notice | None
    """None once its words are forgotten."""
    kind: str
    """Which fact it tells."""
    state: NoticeState
    attempts: int
    not_before: datetime
    claimed_at: datetime | None
    settled_at: datetime | None
    channel: ChannelId | None
    ts: Ts | None
    errors: tuple[str, ...]
    told_in: str | None
    """The key of the digest that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depth:
    """How much of one kind waits, and since when the oldest may be sent."""

    number: int
    oldest: datetime


class Stories:
    """The outbox, looked at from outside."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def of(self, workspace: WorkspaceId, key: str) -> Story | None:
        """Return what became of the notice with this key, None where it was never owed."""
        row = await self._on.first(
            select(outbox).where(outbox.c.workspace == workspace, outbox.c.key == key)
        )
        return _story(row) if row else None

    async def of_keys(self, workspace: WorkspaceId, keys: Iterable[str]) -> list[Story]:
        """Return what became of those of these notices that were ever owed, oldest first."""
        query = select(outbox).where(
            outbox.c.workspace == workspace, outbox.c.key.in_(tuple(keys))
        )
        return [_story(row) for row in await self._on.all(query.order_by(outbox.c.id))]

    async def keyed(self, key: str) -> list[Story]:
        """Return the notices of this key, of every workspace."""
        query = select(outbox).where(outbox.c.key == key).order_by(outbox.c.workspace)
        return [_story(row) for row in await self._on.all(query)]

    async def listed(
        self,
        states: Iterable[NoticeState],
        limit: int,
        *,
        workspace: WorkspaceId | None = None,
    ) -> list[Story]:
        """Return notices in these states, the longest due first."""
        query = select(outbox).where(outbox.c.state.in_(tuple(states)))
        if workspace is not None:
            query = query.where(outbox.c.workspace == workspace)
        rows = await self._on.all(query.order_by(outbox.c.not_before, outbox.c.id).limit(limit))
        return [_story(row) for row in rows]

    async def latest(self, workspace: WorkspaceId, kind: str, limit: int) -> list[Story]:
        """Return the notices that tell such a fact, the newest first."""
        query = select(outbox).where(outbox.c.workspace == workspace, outbox.c.kind == kind)
        rows = await self._on.all(query.order_by(outbox.c.id.desc()).limit(limit))
        return [_story(row) for row in rows]

    async def counted(self, workspace: WorkspaceId | None = None) -> Mapping[NoticeState, int]:
        """Return how many notices are in each state, of one workspace or of all."""
        query = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        if workspace is not None:
            query = query.where(outbox.c.workspace == workspace)
        return {row.state: row.number for row in await self._on.all(query)}

    async def gathered(self, workspace: WorkspaceId, digest: str) -> list[Notice]:
        """Return the notices that stand in a digest, the oldest first."""
        query = select(outbox.c.notice).where(
            outbox.c.workspace == workspace, outbox.c.told_in == digest
        )
        rows = await self._on.all(query.order_by(outbox.c.id))
        found: list[Notice] = []
        for row in rows:
            if row.notice:
                found.append(codec.decode(Notice, row.notice))
                await asyncio.sleep(0)  # there may be thousands, and somebody waits for an ack
        return found

    async def depth(self, now: datetime) -> Mapping[str, Depth]:
        """Return what may be sent and is not yet, by kind."""
        oldest = func.min(outbox.c.not_before).label("oldest")
        number = func.count().label("number")
        query = select(outbox.c.kind, number, oldest).group_by(outbox.c.kind)
        query = query.where(outbox.c.state.in_(UNDER_WAY), outbox.c.not_before <= now)
        return {
            row.kind or "unknown": Depth(number=row.number, oldest=row.oldest)
            for row in await self._on.all(query)
        }

    async def told(self, workspace: WorkspaceId, user: UserId, since: datetime) -> int:
        """Return how many messages the person was sent privately since then."""
        return int(
            await self._on.value(
                select(func.count())
                .select_from(outbox)
                .where(
                    outbox.c.person == user,
                    outbox.c.settled_at > since,
                    outbox.c.workspace == workspace,
                    outbox.c.state == NoticeState.SENT,
                )
            )
        )

    async def pings(
        self, workspace: WorkspaceId, since: datetime
    ) -> list[tuple[UserId, datetime]]:
        """Return when whom was told something privately since then."""
        query = select(outbox.c.person, outbox.c.settled_at).where(
            outbox.c.workspace == workspace,
            outbox.c.person.is_not(None),
            outbox.c.settled_at > since,
            outbox.c.state == NoticeState.SENT,
        )
        return [(UserId(row.person), row.settled_at) for row in await self._on.all(query)]

    async def retried(self, workspace: WorkspaceId, key: str, now: datetime) -> bool:
        """Let a notice that was given up be sent again; False where none was."""
        again = update(outbox).where(
            outbox.c.workspace == workspace,
            outbox.c.key == key,
            outbox.c.state == NoticeState.DEAD,
        )
        pending = {
            "state": NoticeState.PENDING,
            "not_before": now,
            "settled_at": None,
            "is_doubtful": True,  # whatever was tried may have arrived
        }
        return await self._on.run(again.values(pending)) == 1

    async def outdated(
        self, workspace: WorkspaceId, channel: ChannelId, ts: Ts, now: datetime
    ) -> bool:
        """Let the notice that stands there be shown anew; False where none does."""
        there = (outbox.c.channel == channel) & (outbox.c.ts == ts)
        return await self._anew(workspace, there, now)

    async def overtaken(self, workspace: WorkspaceId, key: str, now: datetime) -> bool:
        """Let the notice with this key be shown anew, wherever it stands; False where nowhere."""
        return await self._anew(workspace, outbox.c.key == key, now)

    async def _anew(
        self, workspace: WorkspaceId, this: ColumnElement[bool], now: datetime
    ) -> bool:
        sent = update(outbox).where(
            outbox.c.workspace == workspace,
            this,
            outbox.c.state == NoticeState.SENT,
            outbox.c.kind != "",  # its words are not forgotten
        )
        again = {"state": NoticeState.PENDING, "not_before": now, "is_doubtful": False}
        return await self._on.run(sent.values(again)) == 1

    async def forget(self, *, words: datetime, all_of_it: datetime) -> int:
        """Forget what was told before this moment, and that it was told before that one.

        A key stays long after its words: what it stands for must not be told again. What was
        given up stays until somebody has looked at it.
        """
        old = outbox.c.state.in_(OVER)
        told = select(outbox.c.id).where(
            old, outbox.c.settled_at < words, outbox.c.settled_at >= all_of_it, outbox.c.kind != ""
        )
        emptied = update(outbox).where(outbox.c.id.in_(told.limit(BATCH)))
        forgotten = await self._on.run(emptied.values(notice=FORGOTTEN, errors=[], kind=""))
        gone = select(outbox.c.id).where(old, outbox.c.settled_at < all_of_it).limit(BATCH)
        return forgotten + await self._on.run(delete(outbox).where(outbox.c.id.in_(gone)))


def _story(row: Row[Any]) -> Story:
    return Story(
        workspace=WorkspaceId(row.workspace),
        key=row.key,
        notice=_readable(row),
        kind=row.kind or "",
        state=row.state,
        attempts=row.attempts,
        not_before=row.not_before,
        claimed_at=row.claimed_at,
        settled_at=row.settled_at,
        channel=ChannelId(row.channel) if row.channel else None,
        ts=Ts(row.ts) if row.ts else None,
        errors=tuple(row.errors),
        told_in=row.told_in,
    )


def _readable(row: Row[Any]) -> Notice | None:
    """Return the notice; another release's is left unread, as one whose words are forgotten."""
    try:
        notice: Notice = codec.decode(Notice, row.notice)
    except (KeyError, TypeError, ValueError):
        return None
    return notice
