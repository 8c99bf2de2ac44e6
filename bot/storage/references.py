"""References: what cases are called where they come from, so that nothing is imported twice."""

from collections.abc import Iterable

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table, select

from bot.storage.schema import ID, metadata, workspace
from bot.storage.transaction import Transaction
from policy.ids import CaseId, WorkspaceId, case_id, case_number

references = Table(
    "case_references",
    metadata,
    workspace(),
    Column("reference", String(ID), primary_key=True),
    Column("case_number", Integer, nullable=False),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
)
AT_ONCE = 500
"""How many references are looked for in one query."""


class References:
    """The names that imported cases had before."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def known(self, workspace: WorkspaceId, named: Iterable[str]) -> dict[str, CaseId]:
        """Return the cases that were imported under these names."""
        found: dict[str, CaseId] = {}
        wanted = list(named)
        for start in range(0, len(wanted), AT_ONCE):
            query = select(references).where(
                references.c.workspace == workspace,
                references.c.reference.in_(wanted[start : start + AT_ONCE]),
            )
            rows = await self._on.all(query)
            found |= {row.reference: case_id(row.case_number) for row in rows}
        return found

    async def keep(self, workspace: WorkspaceId, reference: str, case: CaseId) -> None:
        """Note what a case was called."""
        row = {"workspace": workspace, "reference": reference, "case_number": case_number(case)}
        await self._on.run(self._on.insert(references).values(row).on_conflict_do_nothing())
