"""The books at the end: what was owed, what stands in the fake Slack, and whether it fits."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, or_, select

from bot.storage.cards import OUT_OF_DATE, cards
from bot.storage.cases.rows import OF_A_CASE, case_of
from bot.storage.cases.rows import cases as case_rows
from bot.storage.comments import comments
from bot.storage.database import Database
from bot.storage.outbox.rows import NoticeState, outbox
from bot.storage.transaction import Transaction
from policy.cases import Case
from policy.history import Entry, broken_at
from policy.thresholds import SHIPPED, available_at
from tests.chaos.load import Acked
from tests.support.app import TEAM
from workbench import Workbench

UNDER_WAY = (NoticeState.PENDING, NoticeState.SENDING)
PUT_BACK = timedelta(seconds=30)
"""For less than this a notice is put back whose turn it is not yet."""


@dataclass(slots=True, kw_only=True)
class Books:
    """What was counted, and everything that does not fit."""

    owed: int = 0
    once: int = 0
    overtaken: int = 0
    """No longer true when their turn came, or told somebody else instead."""
    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    cards: int = 0
    chains: int = 0
    escalations: int = 0
    twice: list[str] = field(default_factory=list)
    """Rights that were used more than once."""
    unkept: list[str] = field(default_factory=list)
    """Forms that were acked, and what they said is not there."""
    broken: list[str] = field(default_factory=list)
    """Whatever else is wrong: a chain, a crossing announced twice, a message that nobody owed."""

    @property
    def balance(self) -> bool:
        """Whether everything fits."""
        return not list(self.troubles)

    @property
    def troubles(self) -> Iterator[str]:
        """Every single thing that does not fit."""
        yield from (f"doubled: {each}" for each in self.doubled)
        yield from (f"lost: {each}" for each in self.lost)
        yield from (f"used twice: {each}" for each in self.twice)
        yield from (f"acked and not there: {each}" for each in self.unkept)
        yield from self.broken


async def under_way(database: Database, now: datetime) -> int:
    """Return how much is due and not yet told, or shown wrongly; what is to be tried again, too."""
    async with database.reading() as work:
        on: Transaction = work._on
        is_due = or_(outbox.c.not_before <= now + PUT_BACK, outbox.c.attempts > 0)
        notices = await on.value(select(func.count()).where(outbox.c.state.in_(UNDER_WAY), is_due))
        outdated = await on.value(select(func.count()).select_from(cards).where(OUT_OF_DATE))
        uncrossed = case_rows.c.crossing_due_at <= now
        crossing = await on.value(select(func.count()).select_from(case_rows).where(uncrossed))
        return int(notices + outdated + crossing)


def posted(bench: Workbench) -> Counter[str]:
    """Count the messages in the fake Slack by their key."""
    return Counter(
        message["metadata"]["event_payload"]["key"]
        for channel in bench.state.channels.values()
        for message in channel.messages.values()
        if (message.get("metadata") or {}).get("event_type") == "caseflag_notice"
    )


async def balanced(database: Database, bench: Workbench, acked: Acked, *, now: datetime) -> Books:
    """Compare what is recorded with what stands in Slack, and both with what was acked."""
    said = posted(bench)
    books = Books()
    async with database.reading() as work:
        on: Transaction = work._on
        is_owed = or_(outbox.c.not_before <= now, outbox.c.attempts > 0)
        for row in await on.all(select(outbox).where(is_owed)):
            _of_notice(books, row, said.pop(row.key, 0))
        for row in await on.all(select(cards)):
            _of_card(books, row, said.pop(f"cards.shown:{row.kind}.{row.subject}", 0))
        books.broken += [f"{key}: nobody owed it" for key in said]
        known = [case_of(row) for row in await on.all(select(*OF_A_CASE))]
        entries = {each.id: await work.history.of(TEAM, each.id) for each in known}
        texts = {row.text for row in await on.all(select(comments.c.text))}
    for case in known:
        books.broken += _of_case(books, case, entries[case.id], now=now)
    books.unkept += _of_acked(acked, known, entries, texts)
    return books


def _of_notice(books: Books, row: Row[Any], times: int) -> None:
    books.owed += 1
    if times > 1:
        books.doubled.append(f"{row.key}: {times} times")
    elif row.state == NoticeState.CANCELLED:
        books.overtaken += 1
    elif row.state == NoticeState.SENT and times:
        books.once += 1
    else:
        books.lost.append(f"{row.key}: {row.state}, posted {times} times, {row.errors}")


def _of_card(books: Books, row: Row[Any], times: int) -> None:
    books.cards += 1
    if times > 1:
        books.doubled.append(f"card of {row.subject}: {times} times")
    elif not times or row.shown_version < row.wanted_version:
        books.lost.append(f"card of {row.subject}: posted {times} times, {row.error}")


def _of_case(books: Books, case: Case, entries: list[Entry], *, now: datetime) -> Iterator[str]:
    happened = Counter(entry.change.what for entry in entries)
    books.chains += 1
    books.escalations += happened["escalations.submitted"]
    if (number := broken_at(entries)) is not None:
        yield f"{case.id}: the chain breaks at {number}"
    if happened["escalations.submitted"] > 1:
        books.twice.append(f"{case.id}: {happened['escalations.submitted']} times")
    if happened["escalations.acknowledged"] > 1:
        yield f"{case.id}: acknowledged {happened['escalations.acknowledged']} times"
    has_crossed = case.is_open and available_at(case, SHIPPED) <= now
    if happened["crossings.announced"] != has_crossed:
        yield f"{case.id}: its crossing was announced {happened['crossings.announced']} times"


def _of_acked(
    acked: Acked, known: list[Case], entries: Mapping[Any, list[Entry]], texts: set[str]
) -> Iterator[str]:
    for title in acked.cases - {each.title for each in known}:
        yield f"case {title}"
    for case in acked.escalations:
        if "escalations.submitted" not in {entry.change.what for entry in entries[case]}:
            yield f"escalation of {case}"
    for text in acked.comments - texts:
        yield f"comment {text}"
