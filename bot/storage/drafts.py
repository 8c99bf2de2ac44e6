"""Drafts: what somebody typed into a form that could not be saved, for as long as it is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Table, and_, bindparam, delete, select

from bot.storage.schema import document, metadata, moment, name, workspace
from bot.storage.transaction import Insert, Inserting, Transaction
from policy.ids import CaseId, UserId, WorkspaceId

drafts = Table(
    "drafts",
    metadata,
    workspace(),
    name("user", primary_key=True),
    name("form", primary_key=True),
    name("case", primary_key=True),
    document("typed"),
    moment("until"),
    Index(None, "until"),
)
NO_CASE = ""
THIS = and_(*(column == bindparam(f"of_{column.name}") for column in drafts.primary_key))
KEPT = select(drafts.c.typed).where(THIS, drafts.c.until > bindparam("at"))
DROPPING = delete(drafts).where(THIS)


class Drafts:
    """One draft for each person, form and case; the newest replaces the one before."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def keep(
        self,
        workspace: WorkspaceId,
        user: UserId,
        form: str,
        case: CaseId | None,
        typed: Mapping[str, str],
        *,
        until: datetime,
    ) -> None:
        """Keep what a person typed until then."""
        row = {
            "workspace": workspace,
            "user": user,
            "form": form,
            "case": case or NO_CASE,
            "typed": dict(typed),
            "until": until,
        }
        await self._on.run(self._on.once(_keeping), row)

    async def kept(
        self,
        workspace: WorkspaceId,
        user: UserId,
        form: str,
        case: CaseId | None,
        now: datetime,
    ) -> Mapping[str, str]:
        """Return what was typed, field by field; empty where nothing is kept any more."""
        this = _this(workspace, user, form, case) | {"at": now}
        typed: Mapping[str, str] | None = await self._on.value(KEPT, this)
        return typed or {}

    async def drop(
        self, workspace: WorkspaceId, user: UserId, form: str, case: CaseId | None
    ) -> None:
        """Forget a draft."""
        await self._on.run(DROPPING, _this(workspace, user, form, case))

    async def forget_expired(self, now: datetime) -> int:
        """Forget what was kept long enough, in every workspace; return how many."""
        return await self._on.run(delete(drafts).where(drafts.c.until <= now))


def _this(workspace: WorkspaceId, user: UserId, form: str, case: CaseId | None) -> dict[str, Any]:
    return {
        "of_workspace": workspace,
        "of_user": user,
        "of_form": form,
        "of_case": case or NO_CASE,
    }


def _keeping(inserting: Inserting) -> Insert:
    keeping = inserting(drafts)
    return keeping.on_conflict_do_update(
        index_elements=list(drafts.primary_key.columns),
        set_={"typed": keeping.excluded.typed, "until": keeping.excluded.until},
    )
