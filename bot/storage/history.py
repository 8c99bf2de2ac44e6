"""History: entries that are only ever added, one chain for each case."""

from collections.abc import Iterable, Sequence
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    Row,
    Select,
    Table,
    bindparam,
    select,
)

from bot.courtesy import SLICE
from bot.storage.among import among
from bot.storage.cases.rows import cases, hold
from bot.storage.schema import document, metadata, moment, name, workspace
from bot.storage.transaction import Transaction
from policy.history import Change, Entry, Link, chained
from policy.ids import CaseId, UserId, WorkspaceId, case_id, case_number

SALT_BYTES = 16

history = Table(
    "history",
    metadata,
    workspace(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    moment("at"),
    name("by"),
    name("what"),
    document("before", nullable=True),
    document("after", nullable=True),
    name("salt"),
    name("digest"),
    name("previous"),
    name("chain"),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
)
ADDING = history.insert()
THEIRS = history.c.workspace == bindparam("of_workspace")
THIS = THEIRS & (history.c.case_number == bindparam("of_case"))
OF_A_CASE = select(history).where(THIS).order_by(history.c.number)
LAST = (
    select(history.c.number, history.c.chain)
    .where(THIS)
    .order_by(history.c.number.desc())
    .limit(1)
)


def _last_of_each() -> Select[Any]:
    """Go to the end of each chain by the index, however long it is."""
    theirs = (history.c.workspace == cases.c.workspace) & (history.c.case_number == cases.c.number)
    number, chain = (
        select(column)
        .where(theirs)
        .order_by(history.c.number.desc())
        .limit(1)
        .scalar_subquery()
        .label(column.name)
        for column in (history.c.number, history.c.chain)
    )
    return select(cases.c.number.label("of_case"), number, chain).where(
        cases.c.workspace == bindparam("of_workspace"),
        among(cases.c.number, "of_cases"),
    )


LAST_OF_EACH = _last_of_each()


class History:
    """What happened to the cases of each workspace."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def append(self, change: Change) -> Entry:
        """Chain the change to the case's last entry; the case is held, so no two follow the same."""
        await hold(self._on, change.workspace, change.case)
        this = {"of_workspace": change.workspace, "of_case": case_number(change.case)}
        last = await self._on.first(LAST, this)
        return await self._add(
            change, Link(number=last.number, chain=last.chain) if last else None
        )

    async def begin(self, change: Change) -> Entry:
        """Begin the chain of a case that this very unit of work adds."""
        return await self._add(change, None)

    async def _add(self, change: Change, last: Link | None) -> Entry:
        entry = chained(change, last, salt=token_hex(SALT_BYTES))
        await self._on.run(ADDING, _row(entry))
        return entry

    async def append_each(self, changes: Sequence[Change]) -> None:
        """Chain changes to the last entries of their cases, one for each, all of one workspace.

        Whoever makes so many holds their cases already.
        """
        last = await self.ends(changes[0].workspace, [each.case for each in changes])
        salts = token_hex(SALT_BYTES * len(changes))
        size = 2 * SALT_BYTES
        rows = list[dict[str, Any]]()
        for at, each in enumerate(changes):
            salt = salts[at * size : (at + 1) * size]
            rows.append(_row(chained(each, last.get(each.case), salt=salt)))
            if at % SLICE == SLICE - 1:
                await self._on.courtesy.after_you()
        await self._on.run_each(ADDING, rows)

    async def ends(self, workspace: WorkspaceId, these: Iterable[CaseId]) -> dict[CaseId, Link]:
        """Return the newest link of each case's chain, of those that have one."""
        asked = {"of_workspace": workspace, "of_cases": [case_number(each) for each in these]}
        return {
            case_id(row.of_case): Link(number=row.number, chain=row.chain)
            for row in await self._on.all(LAST_OF_EACH, asked)
            if row.number
        }

    async def of(self, workspace: WorkspaceId, case: CaseId) -> list[Entry]:
        """Return the case's entries, oldest first."""
        this = {"of_workspace": workspace, "of_case": case_number(case)}
        return [_entry(row) for row in await self._on.all(OF_A_CASE, this)]


def _row(entry: Entry) -> dict[str, Any]:
    change = entry.change
    return {
        "workspace": change.workspace,
        "case_number": case_number(change.case),
        "number": entry.number,
        "at": change.at,
        "by": change.by,
        "what": change.what,
        "before": None if change.before is None else dict(change.before),
        "after": None if change.after is None else dict(change.after),
        "salt": entry.salt,
        "digest": entry.digest,
        "previous": entry.previous,
        "chain": entry.chain,
    }


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        change=Change(
            workspace=WorkspaceId(row.workspace),
            case=case_id(row.case_number),
            at=row.at,
            by=UserId(row.by),
            what=row.what,
            before=row.before,
            after=row.after,
        ),
        number=row.number,
        salt=row.salt,
        digest=row.digest,
        previous=row.previous,
        chain=row.chain,
    )
