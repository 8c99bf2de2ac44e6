"""Home: what waits for somebody, and who looks at it."""

from bot.desk.act import Act, Means
from bot.desk.boards import lines_of
from bot.desk.casefiles import file_of
from policy import board
from policy import home as rules
from policy.casefile import CaseFile
from policy.home import MOST_QUEUED, RECENT, SHOWN
from policy.ids import UserId, WorkspaceId
from policy.lists import CaseFilter
from policy.roles import Actor, Role


class Homes:
    """What a person sees who opens Caseflag."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def open(self, page: int, *, by: Actor) -> rules.Home:
        """Return a page of the person's home, and note that it is looked at from now on.

        It is noted first, so that nothing that changes while it is read is missed.
        """
        async with self._means.database.begin() as work:
            await work.homes.opened(by.workspace, by.user, max(page, 1), self._means.clock())
            await work.commit()
        return await self.read(page, by=by)

    async def read(self, page: int, *, by: Actor) -> rules.Home:
        """Return a page of the person's home."""
        page = max(page, 1)
        async with self._means.looking(by) as act:
            is_queue = act.who.has(Role.ENGINEER)
            files = await _queue(act) if is_queue else await _theirs(act, page)
            start = (page - 1) * SHOWN if is_queue else 0
            return rules.Home(
                reader=act.who,
                files=files[start : start + SHOWN],
                page=page,
                has_more=len(files) > start + SHOWN,
                is_queue=is_queue,
                lines=await _lines(act),
                ailments=await _ailments(act),
                site=self._means.site,
                now=act.now,
            )

    async def owner(self, workspace: WorkspaceId, user: UserId, page: int) -> rules.Home:
        """Return the page that somebody looks at, to be drawn anew."""
        return await self.read(page, by=Actor(workspace=workspace, user=user))


async def _theirs(act: Act, page: int) -> tuple[CaseFile, ...]:
    wanted = CaseFilter(mine=True, is_open=True)
    return await _files(act, wanted, offset=(page - 1) * SHOWN, limit=SHOWN + 1)


async def _queue(act: Act) -> tuple[CaseFile, ...]:
    wanted = CaseFilter(engineer=act.who.user, is_open=True)
    files = await _files(act, wanted, offset=0, limit=MOST_QUEUED)
    return rules.queue(files, now=act.now)


async def _files(act: Act, wanted: CaseFilter, *, offset: int, limit: int) -> tuple[CaseFile, ...]:
    table = await act.work.thresholds.current(act.workspace)
    found = await act.work.lists.page(
        act.who, wanted, table, now=act.now, offset=offset, limit=limit
    )
    return tuple(
        [await file_of(act.work, each, who=act.who, table=table, now=act.now) for each in found]
    )


async def _lines(act: Act) -> tuple[board.Line, ...]:
    if not rules.answers(act.who):
        return ()
    return board.board(await lines_of(act.work, act.workspace, now=act.now), act.who)


async def _ailments(act: Act) -> tuple[tuple[rules.Ailment, int], ...]:
    if not act.who.has(Role.ADMINISTRATOR):
        return ()
    health = await act.work.homes.health(act.workspace, act.now - RECENT)
    return rules.ailments(act.settings, health)
