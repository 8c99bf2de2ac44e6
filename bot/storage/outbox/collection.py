"""The outbox: notices owed, each key once, claimed by lease and kept with what became of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Integer, Row, bindparam, func, select, update

from bot.storage import codec
from bot.storage.outbox.rows import (
    IS_PENDING,
    IS_SENDING,
    Claimed,
    NoticeState,
    claimed_of,
    outbox,
    row_of,
)
from bot.storage.transaction import (
    DatabaseNow,
    Insert,
    Inserting,
    Transaction,
    as_it_is,
    claimable,
)
from policy.ids import ChannelId, Ts
from policy.notices import Fact, Notice

UNREADABLE_FOR = timedelta(minutes=1)
"""How long a notice is left alone that a newer release wrote."""
FEW = 4
"""So many notices are read or written at a time: a digest holds dozens of crossings."""
MOST_ERRORS = 20
"""How many errors are kept of a notice that fails again and again: the last ones."""

ENDING = (
    update(outbox)
    .where(IS_SENDING, outbox.c.lease_until <= bindparam("clock"))
    .values(state=NoticeState.PENDING, is_doubtful=True, lease_until=None)
)


def _claiming(*these: ColumnElement[bool]) -> Executable:
    chosen = (
        select(outbox.c.id)
        .where(IS_PENDING, outbox.c.not_before <= bindparam("now"), *these)
        .order_by(outbox.c.urgency, outbox.c.not_before, outbox.c.id)
        .limit(bindparam("most", type_=Integer))
    )
    claiming = update(outbox).where(outbox.c.id.in_(select(claimable(chosen))))
    return claiming.values(
        state=NoticeState.SENDING,
        attempts=outbox.c.attempts + 1,
        claimed_at=bindparam("clock"),
        lease_until=bindparam("until"),
    ).returning(outbox)


CLAIMING = _claiming()
CLAIMING_A_KIND = _claiming(outbox.c.kind == bindparam("of"))


class Outbox:
    """What is owed over all workspaces, and what was delivered."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction
        self._owed: list[Notice] = []

    @property
    def owed(self) -> tuple[Notice, ...]:
        """What this unit of work owes so far."""
        return tuple(self._owed)

    def owe(self, *notices: Notice) -> None:
        """Owe these from the commit on; a key owed before, at any time, is owed once."""
        self._owed += notices

    async def settle(self) -> None:
        """Write what was owed so far; a unit of work does this as it commits."""
        owed, self._owed = self._owed, []
        rows = list[dict[str, Any]]()
        for number, notice in enumerate(owed, 1):
            rows.append(row_of(notice))
            if number % FEW == 0:
                await self._on.courtesy.after_you()
        await self._on.run_each(self._on.once(_writing), rows)

    async def claim(
        self, now: datetime, limit: int, lease: timedelta, *, of: type[Fact] | None = None
    ) -> list[Claimed]:
        """Claim notices that may be sent, the most urgent first, then the oldest.

        With `of`, only those that tell such a fact.
        `now` is the clock that `not_before` was set by; leases go by the database's own. One
        whose lease ran out may have been posted all the same: it comes back doubtful.
        """
        clock = await self._on.clock()
        await self._on.run(ENDING, {"clock": clock})
        some = {"now": now, "most": limit, "clock": clock, "until": clock + lease}
        claiming = CLAIMING if of is None else CLAIMING_A_KIND
        kind = {"of": of.__name__} if of else {}
        rows = await self._on.each(as_it_is, claiming, some | kind, at_a_time=FEW)
        found = list[Claimed]()
        for row in sorted(rows, key=_turn):
            if claimed := await self._read(row, now):
                found.append(claimed)
            await self._on.courtesy.after_you()  # a digest of many takes a while to read
        return found

    async def orphaned(self, within: timedelta) -> None:
        """Let every lease end so soon: those who had them are known to be gone.

        Slack may still be at what they sent, so it is not looked for at once.
        """
        soon = await self._on.clock() + within
        ending = update(outbox).where(IS_SENDING, outbox.c.lease_until > soon)
        await self._on.run(ending.values(lease_until=soon))

    async def sent(self, claimed: Claimed, channel: ChannelId, ts: Ts) -> bool:
        """Note where it was posted; False where it is somebody else's by now."""
        return await self._became(claimed, NoticeState.SENT, channel=channel, ts=ts)

    async def later(
        self,
        claimed: Claimed,
        not_before: datetime,
        why: str,
        *,
        doubtful: bool = False,
        tried: bool = True,
    ) -> bool:
        """Put it back until then; `doubtful` where it may have been posted all the same.

        What was not even tried is no attempt, or a long queue would look like many failures.
        """
        return await self._became(
            claimed,
            NoticeState.PENDING,
            why,
            not_before=not_before,
            attempts=claimed.attempt if tried else claimed.attempt - 1,
            is_doubtful=claimed.is_doubtful or doubtful,
        )

    async def dead(self, claimed: Claimed, why: str) -> bool:
        """Give it up: no attempt can succeed."""
        return await self._became(claimed, NoticeState.DEAD, why)

    async def cancelled(self, claimed: Claimed, why: str, *, told_in: str | None = None) -> bool:
        """Drop it: it is no longer true, or stands in the digest with this key."""
        return await self._became(claimed, NoticeState.CANCELLED, why, told_in=told_in)

    async def oldest_pending_age(self, now: datetime) -> timedelta | None:
        """Return how long the oldest notice that may be sent has waited, None where none waits."""
        waiting = [
            await self._on.value(select(func.min(outbox.c.not_before)).where(state))
            for state in (IS_PENDING, IS_SENDING)
        ]
        oldest: datetime | None = min((each for each in waiting if each), default=None)
        return now - oldest if oldest and oldest <= now else None

    async def next_not_before(self) -> datetime | None:
        """Return from when the next pending notice may be sent, None where none is pending."""
        query = select(func.min(outbox.c.not_before)).where(IS_PENDING)
        moment: datetime | None = await self._on.value(query)
        return moment

    async def _read(self, row: Row[Any], now: datetime) -> Claimed | None:
        """Return the notice claimed; one that only another release can read is left to it."""
        try:
            return claimed_of(row, codec.decode(Notice, row.notice))
        except (KeyError, TypeError, ValueError) as error:
            leaving = update(outbox).where(outbox.c.id == row.id)
            await self._on.run(
                leaving.values(
                    state=NoticeState.PENDING,
                    attempts=row.attempts - 1,
                    lease_until=None,
                    not_before=now + UNREADABLE_FOR,
                    errors=[*row.errors, f"unreadable: {error}"][-MOST_ERRORS:],
                )
            )
            return None

    async def _became(
        self, claimed: Claimed, state: NoticeState, why: str = "", **more: Any
    ) -> bool:
        errors = [*claimed.errors, why][-MOST_ERRORS:] if why else list(claimed.errors)
        if state is not NoticeState.PENDING and claimed.posted is None:
            more["settled_at"] = DatabaseNow()
        becoming = update(outbox).where(_still_ours(claimed))
        changed = becoming.values(state=state, lease_until=None, errors=errors, **more)
        return await self._on.run(changed) == 1


def _writing(inserting: Inserting) -> Insert:
    return inserting(outbox).on_conflict_do_nothing(
        index_elements=[outbox.c.workspace, outbox.c.key]
    )


def _still_ours(claimed: Claimed) -> ColumnElement[bool]:
    """Whoever claims a notice counts its attempts up, so the attempt tells whose it is."""
    return (
        (outbox.c.id == int(claimed.id))
        & (outbox.c.state == NoticeState.SENDING)
        & (outbox.c.attempts == claimed.attempt)
    )


def _turn(row: Row[Any]) -> tuple[int, datetime, int]:
    return row.urgency, row.not_before, row.id
