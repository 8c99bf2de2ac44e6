"""Digests: what waits for one place at once is told there together, whichever is claimed first."""

from collections.abc import Iterable

from sqlalchemy import Executable, Update, bindparam, select, update

from bot.storage.outbox.collection import Outbox
from bot.storage.outbox.rows import IS_PENDING, Claimed, NoticeState, outbox
from bot.storage.transaction import ESCAPE, DatabaseNow, Transaction, claimable, escaped
from policy.ids import WorkspaceId
from policy.notices import Channel, CrossedTogether, Duty, Notice
from policy.owed.notice import whom

KIND = CrossedTogether.__name__
WHY = "more was to be told there at once: it stands in one digest"
Place = tuple[WorkspaceId, Channel | Duty]


def _joining() -> Executable:
    others = select(outbox.c.id).where(
        IS_PENDING,
        outbox.c.workspace == bindparam("of"),
        outbox.c.kind == KIND,
        outbox.c.key.like(bindparam("ends"), escape=ESCAPE),
        outbox.c.is_doubtful.is_(False),
        outbox.c.ts.is_(None),
    )
    joining = update(outbox).where(outbox.c.id.in_(select(claimable(others))))
    cancelled = joining.values(
        state=NoticeState.CANCELLED,
        settled_at=DatabaseNow(),
        told_in=bindparam("digest"),
        errors=[WHY],
    )
    return cancelled.returning(outbox.c.key)


JOINING = _joining()
"""Cancels what waits for one place, because it stands in another digest."""


class Digests:
    """Digests of crossings that were claimed, over all workspaces."""

    def __init__(self, transaction: Transaction, outbox: Outbox) -> None:
        self._on = transaction
        self._outbox = outbox

    async def join(self, claimed: Iterable[Claimed]) -> list[Claimed]:
        """Return what was claimed with one digest for each place; it takes along all that wait.

        One that was posted already, or may have been, takes nothing along and stands in no other.
        """
        first: dict[Place, Claimed] = {}
        kept: list[Claimed] = []
        for each in claimed:
            place = None if each.is_doubtful or each.posted else _place(each.notice)
            if place is None or first.setdefault(place, each) is each:
                kept.append(each)
                continue
            await self._outbox.cancelled(each, WHY, told_in=first[place].notice.key)
            await self._move([each.notice.key], first[place].notice)
            await self._on.courtesy.after_you()
        for place, each in first.items():
            await self._take_along(each.notice, place)
            await self._on.courtesy.after_you()
        return kept

    async def _take_along(self, digest: Notice, place: Place) -> None:
        workspace, to = place
        there = {"of": workspace, "ends": f"%:{escaped(whom(to))}", "digest": digest.key}
        found = await self._on.all(JOINING, there)
        await self._move([row.key for row in found], digest)

    async def _move(self, keys: list[str], digest: Notice) -> None:
        """Let what stood in those digests stand in this one."""
        if keys:
            await self._on.run(_told_in(digest.workspace, keys).values(told_in=digest.key))


def _told_in(workspace: WorkspaceId, keys: list[str]) -> Update:
    return update(outbox).where(outbox.c.workspace == workspace, outbox.c.told_in.in_(keys))


def _place(notice: Notice) -> Place | None:
    """Return where a digest of crossings goes; None for anything else, or if it goes elsewhere."""
    if isinstance(notice.fact, CrossedTogether) and isinstance(notice.to, Channel | Duty):
        return notice.workspace, notice.to
    return None
