"""Cards: which messages show what, which version they show, and which are out of date."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    CheckConstraint,
    Executable,
    Index,
    Integer,
    Row,
    Table,
    UniqueConstraint,
    Update,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    text,
    update,
)

from bot.storage.among import among
from bot.storage.schema import counter, metadata, moment, name, partial_index, serial, words
from bot.storage.transaction import Insert, Inserting, Transaction, as_it_is, claimable
from policy.ids import CaseId, ChannelId, EscalationId, Ts, WorkspaceId, case_id, case_number

Kind = Literal["case", "escalation", "request", "board"]
"""`escalation` is the duty side's card of one, `request` the requester's; `board` lists them all."""
Subject = CaseId | EscalationId | ChannelId
OF_AN_ESCALATION: tuple[Kind, ...] = ("escalation", "request")
KINDS: tuple[Kind, ...] = ("case", *OF_AN_ESCALATION, "board")

TOGETHER = 250
"""So many cards are marked by one statement; while it runs, it holds up whoever else writes."""
OUT_OF_DATE = text("wanted_version > shown_version")

cards = Table(
    "cards",
    metadata,
    serial("id"),
    name("workspace"),
    name("kind"),
    name("subject"),
    name("channel"),
    name("ts", nullable=True),
    counter("wanted_version"),
    counter("shown_version"),
    moment("not_before", nullable=True),
    moment("lease_until", nullable=True),
    counter("failures"),
    words("error"),
    CheckConstraint(f"kind IN ({', '.join(map(repr, KINDS))})", name="kind"),
    UniqueConstraint("workspace", "kind", "subject"),
    Index("ix_cards_channel_ts", "channel", "ts"),
    partial_index("ix_cards_out_of_date", "kind", "id", where=OUT_OF_DATE),
)


NEW: Mapping[str, Any] = {"wanted_version": 1, "shown_version": 0, "failures": 0, "error": ""}
ANEW: Mapping[str, Any] = {"ts": None, "shown_version": 0, "not_before": None, "lease_until": None}
SHOWN: Mapping[str, Any] = {"not_before": None, "lease_until": None, "failures": 0, "error": ""}

MARKING_BOARDS = (
    update(cards)
    .where(cards.c.workspace == bindparam("of"), cards.c.kind == "board")
    .values(wanted_version=cards.c.wanted_version + 1)
)
MARKING = (
    update(cards)
    .where(
        cards.c.workspace == bindparam("of"),
        among(cards.c.kind, "of_kinds"),
        cards.c.subject == bindparam("of_subject"),
        cards.c.wanted_version < bindparam("version"),
    )
    .values(wanted_version=bindparam("version"))
)


def _claiming() -> Executable:
    chosen = (
        select(cards.c.id)
        .where(
            OUT_OF_DATE,
            or_(cards.c.not_before.is_(None), cards.c.not_before <= bindparam("now")),
            or_(cards.c.lease_until.is_(None), cards.c.lease_until <= bindparam("clock")),
        )
        .order_by(cards.c.kind.desc(), cards.c.id)
        .limit(bindparam("most", type_=Integer))
    )
    claiming = update(cards).where(cards.c.id.in_(select(claimable(chosen))))
    ran_out = case((cards.c.lease_until.is_not(None), 1), else_=0)
    return claiming.values(
        lease_until=bindparam("until"), failures=cards.c.failures + ran_out
    ).returning(cards)


CLAIMING = _claiming()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message that is edited in place, and what it shows so far."""

    id: int
    workspace: WorkspaceId
    kind: Kind
    subject: Subject
    channel: ChannelId
    ts: Ts | None
    """None before it was posted."""
    shown_version: int
    """The subject's version that it shows; 0 before it was posted."""
    wanted_version: int
    """The version that it is to show; a board, which has no other, counts its changes here."""
    failures: int
    """How often it could not be shown since it last was."""


class Cards:
    """One card for each subject. A subject marks its own out of date whenever it is saved."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction
        self._boards: set[WorkspaceId] = set()

    @property
    def boards(self) -> frozenset[WorkspaceId]:
        """The workspaces whose boards show no longer what is, once this unit of work commits."""
        return frozenset(self._boards)

    def board_changed(self, workspace: WorkspaceId) -> None:
        """Mark the workspace's boards out of date, once this unit of work commits."""
        self._boards.add(workspace)

    async def settle(self) -> None:
        """Mark the boards: last of all, so that nobody holds them while waiting for a case."""
        changed, self._boards = sorted(self._boards), set()
        for workspace in changed:
            await self._on.run(MARKING_BOARDS, {"of": workspace})

    async def want(
        self,
        workspace: WorkspaceId,
        kind: Kind,
        subject: Subject,
        channel: ChannelId,
    ) -> None:
        """Ask for a card in this channel; one that stands in another is posted anew here."""
        row = {"workspace": workspace, "kind": kind, "subject": subject, "channel": channel, **NEW}
        await self._on.run(self._on.once(_wanting), row)

    async def outdate(
        self, workspace: WorkspaceId, kinds: tuple[Kind, ...], subject: Subject, version: int
    ) -> None:
        """Mark the cards of a subject that has this version now."""
        row = {"of": workspace, "of_kinds": kinds, "of_subject": subject, "version": version}
        await self._on.run(MARKING, row)

    async def outdate_cases(self, workspace: WorkspaceId, these: Sequence[CaseId]) -> None:
        """Mark the cards of many cases that have just changed: each wants its case's version."""
        for start in range(0, len(these), TOGETHER):
            await self._on.run(
                _following(), {"of": workspace, "these": these[start : start + TOGETHER]}
            )
            await self._on.courtesy.after_you()

    async def redraw(self, workspace: WorkspaceId, channel: ChannelId, ts: Ts) -> bool:
        """Let the card that stands there be drawn anew; False where none does."""
        this = update(cards).where(
            cards.c.workspace == workspace, cards.c.channel == channel, cards.c.ts == ts
        )
        return await self._on.run(this.values(shown_version=cards.c.wanted_version - 1)) == 1

    async def due(self, limit: int, now: datetime, lease: timedelta) -> list[Card]:
        """Claim cards that are out of date, those of escalations first.

        `now` is the clock that `not_before` was set by; leases go by the database's own. A lease
        that ran out counts as a failure: whoever had it may have posted all the same.
        """
        clock = await self._on.clock()
        some = {"now": now, "most": limit, "clock": clock, "until": clock + lease}
        rows = await self._on.each(as_it_is, CLAIMING, some)
        return [_card(row) for row in sorted(rows, key=_turn)]

    async def shown(self, card: Card, channel: ChannelId, ts: Ts, version: int) -> bool:
        """Note what the card shows now, and where; a case's card makes the case's thread.

        False where it was wanted elsewhere meanwhile: then nothing of this unit of work counts.
        """
        if card.kind == "case" and (ts, channel) != (card.ts, card.channel):
            await self._thread(card, channel, ts)  # the case first, as whoever saves one does
        values = {"channel": channel, "ts": ts, "shown_version": version, **SHOWN}
        return await self._on.run(_still_there(card).values(values)) == 1

    async def failed(self, card: Card, not_before: datetime, why: str) -> None:
        """Note why the card could not be shown; try again then."""
        await self._on.run(
            _still_there(card).values(
                not_before=not_before,
                lease_until=None,
                failures=cards.c.failures + 1,
                error=why,
            )
        )

    async def postponed(self, card: Card, not_before: datetime) -> None:
        """Leave the card until then; nothing was tried."""
        await self._on.run(_still_there(card).values(not_before=not_before, lease_until=None))

    async def orphaned(self, within: timedelta) -> None:
        """Let every lease end so soon, as with notices: Slack may still be at what was sent."""
        soon = await self._on.clock() + within
        ending = update(cards).where(cards.c.lease_until > soon)
        await self._on.run(ending.values(lease_until=soon))

    async def lost(self, card: Card) -> None:
        """Note that the message is gone: the card is to be posted anew."""
        await self._on.run(_still_there(card).values(**ANEW))

    async def of(self, workspace: WorkspaceId, kind: Kind, subject: Subject) -> Card | None:
        """Return the subject's card, if it ever was to have one."""
        query = select(cards).where(
            cards.c.workspace == workspace, cards.c.kind == kind, cards.c.subject == subject
        )
        row = await self._on.first(query)
        return _card(row) if row else None

    async def _thread(self, card: Card, channel: ChannelId, ts: Ts) -> None:
        # By name, not by import: cases mark their cards, so they stand a floor above them.
        cases = metadata.tables["cases"]
        where = (cases.c.workspace == card.workspace) & (
            cases.c.number == case_number(CaseId(card.subject))
        )
        await self._on.run(update(cases).where(where).values(channel=channel, thread=ts))


def _still_there(card: Card) -> Update:
    """Change a card that is wanted where it was when it was claimed: elsewhere it begins anew."""
    return update(cards).where(cards.c.id == card.id, cards.c.channel == card.channel)


@cache
def _following() -> Executable:
    cases = metadata.tables["cases"]  # by name, as above
    number = cast(func.substr(cards.c.subject, len(case_id(0))), Integer)  # what follows `CASE-`
    version = select(cases.c.version).where(
        cases.c.workspace == cards.c.workspace, cases.c.number == number
    )
    return (
        update(cards)
        .where(
            cards.c.workspace == bindparam("of"),
            cards.c.kind == "case",
            among(cards.c.subject, "these"),
        )
        .values(wanted_version=version.scalar_subquery())
    )


SUBJECTS: Mapping[Kind, Callable[[str], Subject]] = {
    "case": CaseId,
    "escalation": EscalationId,
    "request": EscalationId,
    "board": ChannelId,
}


def _wanting(inserting: Inserting) -> Insert:
    wanting = inserting(cards)
    return wanting.on_conflict_do_update(
        index_elements=[cards.c.workspace, cards.c.kind, cards.c.subject],
        set_={"channel": wanting.excluded.channel, **ANEW},
        where=cards.c.channel != wanting.excluded.channel,
    )


def _turn(row: Row[Any]) -> tuple[bool, int]:
    return row.kind != "escalation", row.id


def _card(row: Row[Any]) -> Card:
    return Card(
        id=row.id,
        workspace=WorkspaceId(row.workspace),
        kind=row.kind,
        subject=SUBJECTS[row.kind](row.subject),
        channel=ChannelId(row.channel),
        ts=Ts(row.ts) if row.ts else None,
        shown_version=row.shown_version,
        wanted_version=row.wanted_version,
        failures=row.failures,
    )
