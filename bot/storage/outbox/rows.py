"""The table of notices owed, and how a row becomes one that is claimed and a notice a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Row, Table, UniqueConstraint, text

from bot.storage import codec
from bot.storage.schema import (
    choice,
    counter,
    document,
    metadata,
    moment,
    name,
    partial_index,
    serial,
    words,
)
from policy.ids import ChannelId, NoticeId, Ts
from policy.notices import Notice, Person


class NoticeState(StrEnum):
    """What became of a notice so far."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


IS_PENDING = text("state = 'pending'")
IS_SENDING = text("state = 'sending'")
IS_DEAD = text("state = 'dead'")

outbox = Table(
    "outbox",
    metadata,
    serial("id"),
    name("workspace"),
    words("key"),
    document("notice"),
    Column("urgency", Integer, nullable=False),
    moment("not_before"),
    Column("state", choice(NoticeState, "state"), nullable=False),
    counter("attempts"),
    Column("is_doubtful", Boolean, nullable=False),
    moment("lease_until", nullable=True),
    name("channel", nullable=True),
    name("ts", nullable=True),
    document("errors"),
    name("kind", nullable=True),
    name("person", nullable=True),
    moment("claimed_at", nullable=True),
    moment("settled_at", nullable=True),
    words("told_in", nullable=True),
    UniqueConstraint("workspace", "key"),
    Index("ix_outbox_person_settled_at", "person", "settled_at"),
    Index("ix_outbox_told_in", "told_in"),
    Index("ix_outbox_channel_ts", "channel", "ts"),
    partial_index("ix_outbox_pending", "not_before", where=IS_PENDING),
    partial_index("ix_outbox_sending", "lease_until", where=IS_SENDING),
    partial_index("ix_outbox_dead", *("workspace", "not_before"), where=IS_DEAD),
)
NEW: Mapping[str, Any] = {
    "state": NoticeState.PENDING,
    "attempts": 0,
    "is_doubtful": False,
    "errors": [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A notice that is this process's to send until its lease runs out."""

    id: NoticeId
    notice: Notice
    attempt: int
    """1 for the first."""
    is_doubtful: bool
    """Whether an attempt before may have posted: then look for the key before posting again."""
    lease_until: datetime
    """By the database's clock."""
    errors: tuple[str, ...] = ()
    posted: tuple[ChannelId, Ts] | None = None
    """Where it stands already, and is to be shown anew; None for what is to be posted."""


def row_of(notice: Notice) -> dict[str, Any]:
    """Return the columns of a notice that is owed."""
    return {
        "workspace": notice.workspace,
        "key": notice.key,
        "notice": codec.encode(Notice, notice),
        "urgency": notice.urgency,
        "not_before": notice.not_before or notice.at,
        "kind": type(notice.fact).__name__,
        "person": notice.to.user if isinstance(notice.to, Person) else None,
        **NEW,
    }


def claimed_of(row: Row[Any], notice: Notice) -> Claimed:
    """Return a row of all columns, and the notice in it, as what somebody has claimed."""
    return Claimed(
        id=NoticeId(str(row.id)),
        notice=notice,
        attempt=row.attempts,
        is_doubtful=row.is_doubtful,
        lease_until=row.lease_until,
        errors=tuple(row.errors),
        posted=(ChannelId(row.channel), Ts(row.ts)) if row.ts else None,
    )
