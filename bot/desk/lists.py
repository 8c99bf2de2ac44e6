"""Lists: a page of the cases that somebody wants to see, and may."""

from bot.desk.act import Means
from bot.desk.casefiles import file_of
from policy.lists import LAST_PAGE, PAGE, CaseFilter, Listing
from policy.roles import Actor


class Lists:
    """Look cases up, by what they are and by their words."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def page(self, wanted: CaseFilter, number: int, *, by: Actor) -> Listing:
        """Return one page of the cases that were wanted, of those the person may see."""
        number = min(max(number, 1), LAST_PAGE)
        async with self._means.looking(by) as act:
            table = await act.work.thresholds.current(act.workspace)
            found = await act.work.lists.page(
                act.who, wanted, table, now=act.now, offset=(number - 1) * PAGE, limit=PAGE + 1
            )
            files = [
                await file_of(act.work, each, who=act.who, table=table, now=act.now)
                for each in found[:PAGE]
            ]
        return Listing(
            wanted=wanted,
            files=tuple(files),
            number=number,
            has_more=len(found) > PAGE,
            site=self._means.site,
        )
