"""Keeping cases: adding, reading and saving them, and when their crossings are due."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Row, Select, select, update

from bot.storage.cards import Cards
from bot.storage.cases.rows import (
    IS_OPEN,
    OF_A_CASE,
    OLDEST_FIRST,
    THIS,
    case_of,
    cases,
    row_of,
    talks,
)
from bot.storage.cases.search import Search
from bot.storage.transaction import Insert, Inserting, Parameters, Transaction
from bot.storage.workspaces import Workspaces
from policy import crossings
from policy.cases import Case
from policy.ids import (
    AccountId,
    CaseId,
    ChannelId,
    Ts,
    UserId,
    WorkspaceId,
    case_id,
    case_number,
    spoken_case,
)
from policy.refusals import NoSuchCase
from policy.thresholds import ThresholdTable

NEW = CaseId("")
"""The id of a case that has no number yet."""


READING = select(*OF_A_CASE).where(THIS)
ADDING = cases.insert()
MOVING = update(cases).where(THIS)
SAVING = (
    update(cases)
    .where(THIS)
    .returning(
        cases.c.crossing_due_at,
        cases.c.announced_version,
        cases.c.announced_at,
        cases.c.warning_due_at,
        cases.c.warned_version,
    )
)


class TableOf(Protocol):
    """Reads a workspace's threshold table; once the workspace is held, the one that stays."""

    async def __call__(
        self, workspace: WorkspaceId, /, *, is_held: bool = False
    ) -> ThresholdTable:
        """Return the table."""
        ...


class Cases(Search):
    """The cases of each workspace."""

    def __init__(
        self,
        transaction: Transaction,
        workspaces: Workspaces,
        cards: Cards,
        table_of: TableOf,
    ) -> None:
        super().__init__(transaction)
        self._workspaces = workspaces
        self._cards = cards
        self._table_of = table_of

    async def get(self, workspace: WorkspaceId, case: CaseId) -> Case:
        """Return the case.

        Raises:
            NoSuchCase: the workspace has none of that number.
        """
        found = await self.find(workspace, case)
        if found is None:
            raise NoSuchCase(case=case)
        return found

    async def find(self, workspace: WorkspaceId, case: CaseId) -> Case | None:
        """Return the case, None where there is none, or where that is no case's name at all."""
        spoken = spoken_case(case)
        if spoken is None:
            return None
        this = {"of_workspace": workspace, "of_number": case_number(spoken)}
        return await self._only(READING, this)

    async def of_thread(self, workspace: WorkspaceId, channel: ChannelId, ts: Ts) -> Case | None:
        """Return the case whose conversation the thread is."""
        query = select(*OF_A_CASE).where(
            cases.c.workspace == workspace, cases.c.channel == channel, cases.c.thread == ts
        )
        return await self._only(query)

    async def open_of_account(self, workspace: WorkspaceId, account: AccountId) -> list[Case]:
        """Return all open cases of an account, oldest first, to be changed."""
        query = select(*OF_A_CASE).where(
            cases.c.workspace == workspace, cases.c.account == account, IS_OPEN
        )
        query = self._on.locked(query.order_by(*OLDEST_FIRST), cases)
        return [self._taken(row) for row in await self._on.all(query)]

    async def all_open(self, workspace: WorkspaceId) -> list[Case]:
        """Return all open cases, to be read."""
        query = select(*OF_A_CASE).where(cases.c.workspace == workspace, IS_OPEN)
        return [case_of(row) for row in await self._on.all(query)]

    async def add(self, case: Case, *, silently: bool = False) -> Case:
        """Add a case; one without a number gets the workspace's next.

        `silently`, its crossing counts as announced: nobody is told of what is long past.
        """
        announced = case.clock_version if silently else 0
        if case.id == NEW:
            case = replace(case, id=case_id(await self._workspaces.next_case(case.workspace)))
        else:
            await self._workspaces.numbered_up_to(case.workspace, case_number(case.id))
        table = await self._table_of(case.workspace, is_held=True)
        dues = _dues(case, table, announced, announced, None)
        row = {
            "number": case_number(case.id),
            "announced_version": announced,
            "warned_version": announced,
            **dues,
            **row_of(case),
        }
        await self._on.run(ADDING, row)
        self._on.held.add((case.workspace, case.id))
        return case

    async def save(self, case: Case) -> None:
        """Replace the case, and put its crossing where it belongs now.

        Raises:
            NoSuchCase: it was never added.
        """
        this = {"of_workspace": case.workspace, "of_number": case_number(case.id)}
        kept = await self._on.first(SAVING, row_of(case) | this)
        if kept is None:
            raise NoSuchCase(case=case.id)
        versions = (kept.announced_version, kept.warned_version)
        table = await self._table_of(case.workspace)
        dues = _dues(case, table, *versions, kept.announced_at)
        if any(due != getattr(kept, name) for name, due in dues.items()):
            await self._on.run(MOVING, this | dues)
        await self._cards.outdate(case.workspace, ("case",), case.id, case.version)

    async def talked(
        self,
        workspace: WorkspaceId,
        channel: ChannelId,
        user: UserId,
        case: CaseId,
        at: datetime,
    ) -> None:
        """Note that the person spoke of the case in the channel, as the last one so far."""
        row = {
            "workspace": workspace,
            "channel": channel,
            "user": user,
            "case_number": case_number(case),
            "at": at,
        }
        await self._on.run(self._on.once(_talking), row)

    async def _only(self, query: Select[Any], parameters: Parameters = None) -> Case | None:
        row = await self._on.first(self._on.locked(query, cases), parameters)
        return self._taken(row) if row else None

    def _taken(self, row: Row[Any]) -> Case:
        case = case_of(row)
        if self._on.is_writing:
            self._on.held.add((case.workspace, case.id))
        return case


def _dues(
    case: Case,
    table: ThresholdTable,
    announced: int,
    warned: int,
    announced_at: datetime | None,
) -> dict[str, datetime | None]:
    """Return when the case's crossing, and the warning before it, are told."""
    crossing, warning = crossings.told_at(case, table, announced_at)
    is_told, is_warned = (each >= case.clock_version for each in (announced, warned))
    return {
        "crossing_due_at": crossing if case.is_open and not is_told else None,
        "warning_due_at": warning if case.is_open and not (is_told or is_warned) else None,
    }


def _talking(inserting: Inserting) -> Insert:
    talking = inserting(talks)
    return talking.on_conflict_do_update(
        index_elements=[talks.c.workspace, talks.c.channel, talks.c.user],
        set_={"case_number": talking.excluded.case_number, "at": talking.excluded.at},
    )
