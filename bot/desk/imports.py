"""Imports: accounts and cases that began elsewhere, with their true dates and in silence."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.desk.act import Means
from bot.desk.customers import Told, unheard
from bot.storage.work import Work
from policy import imports as rules
from policy.accounts import Account
from policy.cases import Case
from policy.comments import Comment
from policy.customers import Imported, folded
from policy.history import SYSTEM, Change
from policy.ids import CaseId, CommentId, WorkspaceId
from policy.opening import twin_of
from policy.thresholds import is_available

log = logging.getLogger(__name__)

MOST_COMPARED = 500


class Imports:
    """What the seed and a move from elsewhere bring in. Again is nothing."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def account(self, account: Account) -> Account:
        """Keep an account; one of its name that is known is changed, and keeps its id."""
        async with self._means.database.begin() as work:
            known = await work.accounts.named(account.workspace, account.name)
            kept = replace(account, id=known.id) if known else account
            await work.accounts.save(kept)
            await work.commit()
        return kept

    async def cases(
        self, workspace: WorkspaceId, text: str, *, dry: bool, told: Told = unheard
    ) -> Imported:
        """Import a file of cases, or say what that would do; with any problem nothing is done.

        Each case stands on its own: an import that was cut off goes on where it was.
        """
        lines, problems = rules.read(text)
        async with self._means.database.reading() as work:
            named = {folded(each.account): each.account for each in lines}
            found = {
                key: await work.accounts.named(workspace, each) for key, each in named.items()
            }
            known = await work.references.known(workspace, [each.reference for each in lines])
        accounts = {key: each for key, each in found.items() if each}
        problems = (*problems, *rules.unknown(lines, accounts))
        new = [each for each in lines if each.reference not in known]
        would = Imported(problems=problems, new=len(new), same=len(known), is_dry=dry)
        if problems or dry:
            return would
        for done, each in enumerate(new, start=1):
            case = each.case(accounts[folded(each.account)])
            await self.case(case, reference=each.reference)
            told(done, len(new))
        return would

    async def case(
        self, case: Case, comments: Sequence[Comment] = (), *, reference: str = ""
    ) -> Case:
        """Keep a case that is as old as it says; its number and its comments' ids come from here.

        Nobody is told of a crossing that is past; one ahead is announced in its time. `reference`
        is what it was called before: of two that differ in that alone neither is the other.
        """
        now = self._means.clock()
        case = replace(case, id=CaseId(""))
        if case.opened_at > now:
            claimed = {"workspace": case.workspace, "opened_at": case.opened_at.isoformat()}
            log.warning("imported case opened in the future", extra=claimed)  # nobody's words
            case = replace(case, opened_at=now)
        async with self._means.database.begin() as work:
            if twin := None if reference else await _twin(work, case):
                return twin
            table = await work.thresholds.current(case.workspace)
            is_past = is_available(case, table, now=now)
            kept = await work.cases.add(case, silently=is_past)
            for each in comments:
                comment = CommentId(self._means.new_id())
                await work.comments.add(replace(each, id=comment, case=kept.id))
            await work.history.append(self._entry(kept, len(comments), reference))
            if reference:
                await work.references.keep(case.workspace, reference, kept.id)
            if kept.is_open:
                await work.cards.want(case.workspace, "case", kept.id, kept.channel)
            await work.commit()
        self._means.wake()
        return kept

    def _entry(self, case: Case, comments: int, reference: str) -> Change:
        return Change(
            workspace=case.workspace,
            case=case.id,
            at=self._means.clock(),
            by=SYSTEM,
            what="cases.imported",
            after={
                "opened_at": case.opened_at.isoformat(),
                "title": case.title,
                "severity": case.severity.value,
                "state": case.state.value,
                "comments": comments,
                **({"reference": reference} if reference else {}),
            },
        )


async def _twin(work: Work, case: Case) -> Case | None:
    others, _ = await work.cases.mine(case.workspace, case.requester, 0, MOST_COMPARED)
    return twin_of(case, others)
