"""Severities: ask for another one, and answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk import comments, ladder
from bot.desk.act import Act, Means
from bot.desk.crossings import move_reminders
from bot.desk.fairness import flag
from bot.desk.runs import run_of
from policy import cases as casework
from policy import severities as rules
from policy.cases import Case, Severity
from policy.comments import CommentKind
from policy.guidance.walk import Answer
from policy.ids import CaseId, RequestId
from policy.owed import severities as owed
from policy.refusals import CaseIsClosed, NotYours, RequestIsOpen, Unreadable
from policy.roles import Actor
from policy.severities import SeverityRequest
from policy.thresholds import available_at


class Severities:
    """The use cases about how bad it is."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def preview(self, case: CaseId, *, by: Actor) -> Mapping[Severity, datetime]:
        """Return when escalating would become available under each severity."""
        async with self._means.looking(by) as act:
            found = await act.case(case)
            table = await act.work.thresholds.current(act.workspace)
        return {
            severity: available_at(replace(found, severity=severity), table)
            for severity in Severity
        }

    async def change(
        self,
        case: CaseId,
        severity: Severity,
        why: str,
        *,
        since: str = "",
        answers: Sequence[Answer] = (),
        by: Actor,
    ) -> SeverityRequest:
        """Ask for another severity; granted at once where the person may decide it."""
        async with self._means.acting(by) as act:
            found = await act.case(case)
            if twin := await _twin(act, found, severity, why):
                return twin
            if answers:
                await act.work.runs.add(run_of(act, await act.record(found), answers))
            if casework.may_decide_severity(found, act.who):
                request = await _change(act, found, severity, why)
            else:
                request = await _asked(act, found, severity, why, since=since)
            await act.commit()
        return request

    async def decide(
        self, request: RequestId, *, granted: bool, reason: str = "", by: Actor
    ) -> SeverityRequest:
        """Grant or refuse a request; the first answer counts."""
        async with self._means.looking(by) as act:
            of = (await act.work.severities.get(by.workspace, request)).case
        async with self._means.acting(by) as act:
            case = await act.case(of)  # whoever changes either holds the case first
            waiting = await act.work.severities.get(by.workspace, request)
            answer = rules.decided(
                waiting, case, granted=granted, reason=reason, by=act.who, now=act.now
            )
            if not case.is_open:
                raise CaseIsClosed(case=case.id)
            await act.work.severities.save(answer)
            if granted:
                case = await _put(act, case, answer.severity, "severities.granted", reason)
            else:
                case = await act.changed(
                    case, casework.shown_anew(case), "severities.refused", reason=reason
                )
            await _tell(act, case, answer)
            await act.commit()
        return answer


async def _asked(
    act: Act, case: Case, severity: Severity, why: str, *, since: str
) -> SeverityRequest:
    """File a request, for somebody on the support side to answer."""
    if not casework.is_requester(case, act.who):
        raise NotYours(case=case.id, need="the person who opened it, or its contact")
    if await act.work.severities.open_of(act.workspace, case.id) is not None:
        raise RequestIsOpen(case=case.id)
    return await filed(act, case, severity, why, since=since)


async def _twin(act: Act, case: Case, severity: Severity, why: str) -> SeverityRequest | None:
    """Return the request that the very same form has filed already, sent twice."""
    waiting = await act.work.severities.open_of(act.workspace, case.id)
    if waiting is None:
        return None
    same = (waiting.asked_by, waiting.severity, waiting.why) == (act.who.user, severity, why)
    return waiting if same else None


async def filed(
    act: Act, case: Case, severity: Severity, why: str, *, since: str = ""
) -> SeverityRequest:
    """File a request beside whatever else the person does; nobody is asked whether they may."""
    request = rules.requested(
        case,
        severity,
        id=RequestId(act.means.new_id()),
        why=why,
        since=since,
        by=act.who,
        now=act.now,
    )
    await act.work.severities.add(request)
    said = comments.drawn(act, case, why, kind=CommentKind.SEVERITY_REQUEST)
    case = await comments.spoken(act, case, said) or case
    await act.note(
        case.id,
        "severities.requested",
        {"severity": case.severity.value},
        {"severity": severity.value, "request": request.id},
    )
    act.owe(*owed.requested(case, request))
    return request


async def _change(act: Act, case: Case, severity: Severity, why: str) -> SeverityRequest:
    """Change the severity at once; whatever request waits has its answer by that."""
    rules.changeable(case, severity)
    if case.severity.is_worse_than(severity) and not why.strip():
        raise Unreadable(field="why", message="Say why it is less severe.")
    answer = await _answered(act, case, severity, why)
    case = await _put(act, case, severity, "severities.changed", why)
    await _tell(act, case, answer)
    await flag(act, case)
    return answer


async def _answered(act: Act, case: Case, severity: Severity, why: str) -> SeverityRequest:
    waiting = await act.work.severities.open_of(act.workspace, case.id)
    if waiting is not None:
        granted = waiting.severity is severity
        answer = rules.decided(waiting, case, granted=granted, reason=why, by=act.who, now=act.now)
        await act.work.severities.save(answer)
        if granted:
            return answer
    asking = rules.requested(
        case,
        severity,
        id=RequestId(act.means.new_id()),
        why=why,
        since="",
        by=act.who,
        now=act.now,
    )
    change = rules.decided(asking, case, granted=True, reason=why, by=act.who, now=act.now)
    await act.work.severities.add(change)
    return change


async def _put(act: Act, case: Case, severity: Severity, what: str, why: str) -> Case:
    """Put the case under another severity, and so its crossing under another moment."""
    after = await act.changed(case, casework.with_severity(case, severity), what, why=why)
    await ladder.hasten(act, case, after)
    await move_reminders(act, after)
    return after


async def _tell(act: Act, case: Case, answer: SeverityRequest) -> None:
    table = await act.work.thresholds.current(act.workspace)
    act.owe(owed.decided(case, answer, available_at=available_at(case, table)))
