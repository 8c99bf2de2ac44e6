"""Drafts: what was typed into a form that could not be saved."""

from collections.abc import Mapping
from datetime import timedelta

from bot.desk.act import Means
from policy.ids import CaseId
from policy.roles import Actor

KEPT_FOR = timedelta(hours=24)


class Drafts:
    """Each person's own; nobody else's are ever seen, so no role is asked for."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def keep(
        self, form: str, case: CaseId | None, typed: Mapping[str, str], *, by: Actor
    ) -> None:
        """Keep what a person typed; the newest draft per form and case replaces the one before."""
        until = self._means.clock() + KEPT_FOR
        async with self._means.database.begin() as work:
            await work.drafts.keep(by.workspace, by.user, form, case, typed, until=until)
            await work.commit()

    async def kept(self, form: str, case: CaseId | None, *, by: Actor) -> Mapping[str, str]:
        """Return what was kept, field by field; empty when there is nothing."""
        async with self._means.database.reading() as work:
            return await work.drafts.kept(by.workspace, by.user, form, case, self._means.clock())

    async def drop(self, form: str, case: CaseId | None, *, by: Actor) -> None:
        """Forget a draft, because it was used; where there is none, nobody has to wait to write."""
        if not await self.kept(form, case, by=by):
            return
        async with self._means.database.begin() as work:
            await work.drafts.drop(by.workspace, by.user, form, case)
            await work.commit()
