"""Imports: accounts and cases that began elsewhere, with their true dates and in silence."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.desk.act import Means
from bot.storage.work import Work
from policy.accounts import Account
from policy.cases import Case
from policy.comments import Comment
from policy.history import SYSTEM, Change
from policy.ids import CaseId, CommentId
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

    async def case(self, case: Case, comments: Sequence[Comment] = ()) -> Case:
        """Keep a case that is as old as it says; its number and its comments' ids come from here.

        Nobody is told of a crossing that is past; one ahead is announced in its time.
        """
        now = self._means.clock()
        case = replace(case, id=CaseId(""))
        if case.opened_at > now:
            log.warning("imported case opened in the future", extra={"title": case.title})
            case = replace(case, opened_at=now)
        async with self._means.database.begin() as work:
            if twin := await _twin(work, case):
                return twin
            table = await work.thresholds.current(case.workspace)
            is_past = is_available(case, table, now=now)
            kept = await work.cases.add(case, silently=is_past)
            for each in comments:
                comment = CommentId(self._means.new_id())
                await work.comments.add(replace(each, id=comment, case=kept.id))
            await work.history.append(self._entry(kept, len(comments)))
            await work.cards.want(case.workspace, "case", kept.id, kept.channel)
            await work.commit()
        self._means.wake()
        return kept

    def _entry(self, case: Case, comments: int) -> Change:
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
            },
        )


async def _twin(work: Work, case: Case) -> Case | None:
    others, _ = await work.cases.mine(case.workspace, case.requester, 0, MOST_COMPARED)
    return twin_of(case, others)
