"""Casework: what the support side does with a case, what answers it, and who follows."""

from collections.abc import Collection
from datetime import datetime

from bot.desk import comments
from bot.desk.act import Act, Means
from bot.desk.casefiles import settings_of
from bot.desk.fairness import flag
from bot.desk.spreading import spread
from bot.storage.work import Work
from policy import cases as rules
from policy.casefile import CaseFile
from policy.cases import Case, CaseState, Solution, ThirdParty
from policy.comments import is_said_twice, readable
from policy.escalations import Escalation
from policy.history import SYSTEM, Change, difference
from policy.home import LOOKED_AT_FOR, people_of
from policy.ids import CaseId, UserId, case_number, spoken_case
from policy.notices import ClosedHow
from policy.owed import cases as owed_of_cases
from policy.owed import casework as owed
from policy.refusals import NoSuchCase, OutOfTime
from policy.roles import Actor

BATCH = 200


class Casework:
    """Work a case until it is solved."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def assign(
        self, case: CaseId, engineer: UserId, note: str = "", *, by: Actor
    ) -> CaseFile:
        """Give the case to an engineer, as a lead or duty manager, or hand an own one on."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            roles = act.roster.roles_of(engineer)
            after = rules.assigned(before, act.who, engineer, roles)
            await act.changed(before, after, "cases.assigned", note=note)
            told = owed.assigned(
                after, engineer, before=before.engineer, by=by.user, note=note, at=act.now
            )
            act.owe(*told)
            return await finished(act, after)

    async def wait(self, case: CaseId, third: ThirdParty, text: str, *, by: Actor) -> CaseFile:
        """Let the case wait for somebody else; the text tells the customer."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            rules.waiting(before, act.who, third, now=act.now)
            spoken = await _said(act, before, text)
            if spoken is None and before.third_party == third:
                return await act.file(before)
            spoken = spoken or before
            after = rules.waiting(spoken, act.who, third, now=act.now)
            await act.changed(spoken, after, "cases.waits")
            await flag(act, after)
            act.owe(*owed.waits(after, third, text, by=by.user, at=act.now))
            return await finished(act, after)

    async def resume(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Put the case back in progress: it waits for nobody any more."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            after = rules.resumed(before, act.who)
            await act.changed(before, after, "cases.resumed")
            act.owe(owed.resumed(after, by.user, at=act.now))
            return await finished(act, after)

    async def propose(self, case: CaseId, text: str, *, by: Actor) -> CaseFile:
        """Propose what solves the case; accepted or not answered, it closes it."""
        async with self._means.acting(by) as act:
            before, patience = await act.case(case), act.settings.patience
            rules.proposed(before, act.who, text, patience=patience, now=act.now)
            spoken = await _said(act, before, text)
            if spoken is None and before.solution and before.solution.text == text:
                return await act.file(before)
            spoken = spoken or before
            after = rules.proposed(spoken, act.who, text, patience=patience, now=act.now)
            await act.changed(spoken, after, "cases.solution_proposed")
            if after.solution:
                act.owe(owed.proposed(after, after.solution))
            return await finished(act, after)

    async def accept(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Accept what was proposed, as the requester: the case is closed."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            is_open = await escalation_open(act, before)
            after = rules.accepted(before, act.who, escalation_open=is_open, now=act.now)
            await act.changed(before, after, "cases.solution_accepted")
            how = ClosedHow.ACCEPTED
            act.owe(owed_of_cases.closed(after, by.user, act.settings, how=how, at=act.now))
            return await finished(act, after)

    async def reject(self, case: CaseId, reason: str, *, by: Actor) -> CaseFile:
        """Say, as the requester, why it is not solved: the case is in progress again."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            rules.rejected(before, act.who)
            spoken = await _said(act, before, reason) or before
            after = rules.rejected(spoken, act.who)
            await act.changed(spoken, after, "cases.solution_rejected", reason=reason)
            act.owe(owed.rejected(after, by.user, reason, at=act.now))
            return await finished(act, after)

    async def merge(self, case: CaseId, into: CaseId, *, by: Actor) -> CaseFile:
        """Merge a duplicate into another case of the same account; its followers move along."""
        async with self._means.acting(by) as act:
            duplicate, survivor = await _both(act, case, into)
            is_open = await escalation_open(act, duplicate)
            gone, stays = rules.merged(
                duplicate, survivor, act.who, escalation_open=is_open, now=act.now
            )
            await act.changed(duplicate, gone, "cases.merged")
            await act.changed(survivor, stays, "cases.absorbed", case=gone.id)
            act.owe(*owed.merged(gone, stays, by.user, at=act.now))
            return await finished(act, gone)

    async def link(self, case: CaseId, other: CaseId, *, by: Actor) -> CaseFile:
        """Let two cases of the same account name each other."""
        async with self._means.acting(by) as act:
            one = await related(act, *await _both(act, case, other))
            return await finished(act, one)

    async def follow(self, case: CaseId, *, follows: bool, by: Actor) -> CaseFile:
        """Let the person hear of the case, or no longer; twice is once."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            after = rules.followed(before, by.user, follows=follows)
            if after == before:
                return await act.file(before)
            await act.changed(before, after, "cases.followed" if follows else "cases.unfollowed")
            return await finished(act, after)

    async def choose_followers(
        self, case: CaseId, chosen: Collection[UserId], *, by: Actor
    ) -> CaseFile:
        """Let these people hear of the case, and nobody who followed it before and is not named."""
        async with self._means.acting(by) as act:
            before = await act.case(case)
            after = rules.with_followers(before, act.who, chosen)
            if after == before:
                return await act.file(before)
            await act.changed(before, after, "cases.followers_chosen")
            return await finished(act, after)

    async def remind(self, case: CaseId, text: str, remind_at: datetime, *, by: Actor) -> CaseFile:
        """Promise to remind the person of the case at a time, privately.

        Raises:
            OutOfTime: the time is not ahead.
        """
        async with self._means.acting(by) as act:
            found = await act.case(case)
            if remind_at <= act.now:
                raise OutOfTime(field="remind_at", earliest=act.now, latest=None)
            act.owe(owed.reminder(found, by.user, text, remind_at=remind_at, at=act.now))
            file = await act.file(found)
            await act.commit()
        return file

    async def close_silent(self, now: datetime) -> int:
        """Warn of silence, or close for it, a batch of what is due; return how many that were."""
        async with self._means.database.begin() as work:
            found = await work.silences.due(now, BATCH)
            for case in found:
                if case.solution:
                    await _silent(work, case, case.solution, now=now)
            if found:
                await spread(work, work.outbox.owed, by=SYSTEM, now=now)
                await work.commit()
        if found:
            self._means.wake()
        return len(found)


async def finished(act: Act, case: Case) -> CaseFile:
    """Return the case as the person reads it, after all of it was committed."""
    await act.redraw_escalation(case)
    file = await act.file(case)
    await act.commit()
    return file


async def related(act: Act, case: Case, other: Case) -> Case:
    """Let both name each other, in both their histories and threads; return the first."""
    one, two = rules.related(case, other, act.who)
    await act.changed(case, one, "cases.linked")
    await act.changed(other, two, "cases.linked")
    act.owe(owed.linked(one, two.id, act.who.user, at=act.now))
    act.owe(owed.linked(two, one.id, act.who.user, at=act.now))
    return one


async def escalation_open(act: Act, case: Case) -> bool:
    """Tell whether an escalation is open that the person may know of."""
    known: Escalation | None = (await act.file(case)).escalation
    return known is not None and known.is_open


async def _both(act: Act, case: CaseId, other: CaseId) -> tuple[Case, Case]:
    """Return two cases, held in the order of their numbers: so nobody waits in a ring."""
    spoken = {each: spoken_case(each) for each in (case, other)}
    for each, name in spoken.items():
        if name is None:
            raise NoSuchCase(case=each)
    ordered = sorted(filter(None, spoken.values()), key=case_number)
    found = {each: await act.case(each) for each in ordered}
    return found[CaseId(str(spoken[case]))], found[CaseId(str(spoken[other]))]


async def _said(act: Act, case: Case, text: str) -> Case | None:
    """Keep what is said with a step as a public comment; None where the same was just said."""
    comment = comments.drawn(act, case, readable(text))
    last = await act.work.comments.of(act.workspace, case.id, limit=1, internal=True)
    if last and is_said_twice(comment, last[-1]):
        return None
    await act.spoke_of(case.id)
    return await comments.spoken(act, case, comment)


async def _silent(work: Work, case: Case, solution: Solution, *, now: datetime) -> None:
    escalation = await work.escalations.of_case(case.workspace, case.id)
    settings = await settings_of(work, case.workspace)
    if escalation is not None and escalation.is_open:
        after = rules.postponed(case, patience=settings.patience, now=now)
        await _changed(work, case, after, "cases.closing_postponed", now)
    elif rules.is_over(solution, now=now):
        after = rules.ended(case, CaseState.CLOSED, now=now)
        await _changed(work, case, after, "cases.closed", now)
        how = ClosedHow.SILENCE
        work.outbox.owe(owed_of_cases.closed(after, SYSTEM, settings, how=how, at=now))
    else:
        after = rules.warned(case, patience=settings.patience, now=now)
        await _changed(work, case, after, "cases.closing_announced", now)
        if after.solution:
            work.outbox.owe(owed.silence(after, after.solution, at=now))


async def _changed(work: Work, before: Case, after: Case, what: str, now: datetime) -> None:
    was, became = difference(before, after)
    await work.cases.save(after)
    await work.homes.outdate(after.workspace, people_of(before, after), now - LOOKED_AT_FOR)
    await work.history.append(
        Change(
            workspace=after.workspace,
            case=after.id,
            at=now,
            by=SYSTEM,
            what=what,
            before=was,
            after=became,
        )
    )
