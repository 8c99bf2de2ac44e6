"""Promises: the ledger, what somebody says to do, and the ladder that is climbed as time passes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from bot.desk import ladder
from bot.desk.act import Act, Means
from bot.desk.escalating import Matter, acting_on
from bot.desk.escalations.answering import GONE, returned
from bot.desk.escalations.reading import looked_up
from bot.desk.escalations.working import let_in
from bot.desk.people import Roster
from bot.storage.work import Work
from policy import promises as rules
from policy.escalations import Escalation, may_answer
from policy.history import SYSTEM
from policy.home import LOOKED_AT_FOR
from policy.ids import EscalationId, PromiseId, UserId, WorkspaceId
from policy.owed import promises as owed
from policy.promises import Ledger, Promise
from policy.roles import Actor, Standing

BATCH = 200


class Promises:
    """Dated commitments of escalations, kept and missed."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def of(self, escalation: EscalationId, *, by: Actor) -> Ledger:
        """Return an escalation's promises, as far as the person may know of them."""
        async with self._means.looking(by) as act:
            found, _ = await looked_up(act, escalation)
            known = await act.work.promises.of(by.workspace, found.id)
            return rules.ledger(rules.shown_to(known, act.who, act.settings), now=act.now)

    async def make(
        self,
        escalation: EscalationId,
        action: str,
        actor: UserId,
        due_at: datetime,
        *,
        by: Actor,
    ) -> Promise:
        """Note that somebody will do something by a date; the owner does, and that person hears."""
        async with acting_on(self._means, escalation, by) as matter:
            act, case, found = matter.act, matter.case, matter.escalation
            promise = rules.promised(
                found,
                case,
                id=PromiseId(act.means.new_id()),
                action=action,
                actor=actor,
                due_at=due_at,
                by=act.who,
                now=act.now,
            )
            let_in(matter, actor)
            if twin := await _twin(act, promise):
                return twin
            await ladder.put(act, promise, found, case)
            await _entered(matter, promise, "promises.made")
            act.owe(*owed.made(case, promise, by.user, at=act.now))
            await act.commit()
        return promise

    async def keep(self, promise: PromiseId, *, by: Actor) -> Promise:
        """Note that an action was done, as whoever does it says, or the owner."""
        async with self._means.database.reading() as work:
            of = (await work.promises.get(by.workspace, promise)).escalation
        async with acting_on(self._means, of, by) as matter:
            act, case, found = matter.act, matter.case, matter.escalation
            known = await act.work.promises.get(by.workspace, promise)
            after = rules.done(known, found, by=act.who, now=act.now)
            await ladder.put(act, after, found, case)
            await _entered(matter, after, "promises.kept")
            act.owe(*owed.done(case, found, after, by.user, at=act.now))
            await act.commit()
        return after

    async def climb(self, now: datetime) -> int:
        """Climb the rungs that are due by now, a batch of them; return how many promises that were.

        Each rung is climbed once, whatever runs beside this: the cases are held meanwhile.
        """
        async with self._means.database.reading() as work:
            workspaces = await work.promises.workspaces_due(now)
        if not workspaces:
            return 0
        known = {each: await self._known(each) for each in workspaces}
        async with self._means.database.begin() as work:
            due = [each for each in await work.promises.due(now, BATCH) if each.workspace in known]
            for (workspace, escalation), theirs in groupby(due, key=_of):
                who, roster = known[workspace]
                act = Act(work=work, who=who, roster=roster, now=now, means=self._means)
                await _climb(act, escalation, tuple(theirs))
            await _shown_at_home(work, {each: known[each][1] for each in known}, now=now)
            await work.commit()
        self._means.wake()
        return len(due)

    async def _known(self, workspace: WorkspaceId) -> tuple[Standing, Roster]:
        return await self._means.people.known(Actor(workspace=workspace, user=SYSTEM))


async def _shown_at_home(
    work: Work, rosters: Mapping[WorkspaceId, Roster], *, now: datetime
) -> None:
    """Let whoever answers escalations see at home what is late by now."""
    for workspace in work.cards.boards:
        people = rosters[workspace].answering
        await work.homes.outdate(workspace, people, now - LOOKED_AT_FOR)


async def _climb(act: Act, escalation: EscalationId, due: Iterable[Promise]) -> None:
    found = await act.work.escalations.get(act.workspace, escalation)
    case = await act.work.cases.get(act.workspace, found.case)
    if found.owner is not None and found.is_open and not _answers(act, found, found.owner):
        await returned(Matter(act=act, case=case, escalation=found), GONE, by_caseflag=True)
        return
    climbed = [await ladder.climb(act, promise, found, case) for promise in due]
    if any(climbed):
        await act.redraw_escalation(case)


def _answers(act: Act, escalation: Escalation, owner: UserId) -> bool:
    """Tell whether the owner is there and may still answer for it."""
    if owner in act.roster.absent:
        return False
    standing = Standing(
        actor=Actor(workspace=act.workspace, user=owner), roles=act.roster.roles_of(owner)
    )
    return may_answer(standing, confidential=escalation.request.confidential)


async def _entered(matter: Matter, promise: Promise, what: str) -> None:
    """Enter in the history what was promised or done, and let the cards show it."""
    act, case = matter.act, matter.case
    if matter.escalation.request.confidential:
        await act.note(
            case.id, what, after={"escalation": promise.escalation, "confidential": True}
        )
    else:
        await act.note(
            case.id,
            what,
            after={
                "escalation": promise.escalation,
                "promise": promise.id,
                "kind": promise.kind.value,
                "owner": promise.owner,
                "what": promise.what,
                "due_at": promise.due_at.isoformat(),
            },
        )
    await act.redraw_escalation(case)


async def _twin(act: Act, promise: Promise) -> Promise | None:
    """Return the promise that the very same form has made already, sent twice."""
    said = (promise.kind, promise.owner, promise.what, promise.due_at)
    return next(
        (
            each
            for each in await act.work.promises.of(act.workspace, promise.escalation)
            if each.is_open and (each.kind, each.owner, each.what, each.due_at) == said
        ),
        None,
    )


def _of(promise: Promise) -> tuple[WorkspaceId, EscalationId]:
    return promise.workspace, promise.escalation
