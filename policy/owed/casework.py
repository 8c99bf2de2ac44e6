"""Who is told of what the support side does with a case, and of what answers it."""

from collections.abc import Iterable
from datetime import datetime

from policy.cases import Case, Solution, ThirdParty
from policy.fairness import Flag
from policy.ids import CaseId, UserId
from policy.notices import (
    CaseAssigned,
    CaseMerged,
    CaseResumed,
    CasesLinked,
    CaseTaken,
    CaseWaits,
    ClockFlagged,
    Fact,
    Notice,
    Person,
    ReminderAsked,
    SilenceCloses,
    SolutionProposed,
    SolutionRejected,
    ThirdPartyDue,
)
from policy.owed.notice import in_thread, notice


def assigned(
    case: Case, engineer: UserId, *, before: UserId | None, by: UserId, note: str, at: datetime
) -> tuple[Notice, ...]:
    """Return who has the case now: for the thread, and for whoever it concerns, privately.

    What one engineer tells the next stays between them.
    """
    key = f"cases.assigned:{case.id}.{case.version}"
    fact = CaseAssigned(by=by, engineer=engineer, note=note)
    concerned = {engineer, before} - {by, None}
    return (
        in_thread(case, key, CaseTaken(engineer=engineer), at=at),
        *(
            notice(case, f"{key}:{user}", Person(user=user), fact, at=at)
            for user in sorted(filter(None, concerned))
        ),
    )


def waits(
    case: Case, third: ThirdParty, text: str, *, by: UserId, at: datetime
) -> tuple[Notice, Notice]:
    """Return for whom the case waits, and a reminder for its engineer when the date comes."""
    fact = CaseWaits(by=by, whom=third.whom, until=third.until, text=text)
    engineer = case.engineer or by
    due = ThirdPartyDue(whom=third.whom, until=third.until)
    key = f"cases.third_party_due:{case.id}.{case.version}:{engineer}"
    to = Person(user=engineer)
    return (
        _happened(case, "waits", fact, at=at),
        notice(case, key, to, due, at=at, not_before=third.until),
    )


def resumed(case: Case, by: UserId, *, at: datetime) -> Notice:
    """Return that the case waits for nobody any more."""
    return _happened(case, "resumed", CaseResumed(by=by), at=at)


def proposed(case: Case, solution: Solution) -> Notice:
    """Return what may solve the case, for its requester to answer."""
    fact = SolutionProposed(
        by=solution.by,
        contact=case.contact,
        text=solution.text,
        closes_at=solution.closes_at,
    )
    return _happened(case, "solution_proposed", fact, at=solution.at)


def rejected(case: Case, by: UserId, reason: str, *, at: datetime) -> Notice:
    """Return why it does not solve the case."""
    return _happened(case, "solution_rejected", SolutionRejected(by=by, reason=reason), at=at)


def silence(case: Case, solution: Solution, *, at: datetime) -> Notice:
    """Return when silence will close the case."""
    fact = SilenceCloses(contact=case.contact, closes_at=solution.closes_at)
    return _happened(case, "silence_closes", fact, at=at)


def merged(gone: Case, stays: Case, by: UserId, *, at: datetime) -> tuple[Notice, Notice]:
    """Return where the duplicate has gone, for both threads."""
    fact = CaseMerged(by=by, gone=gone.id, into=stays.id)
    return _happened(gone, "merged", fact, at=at), _happened(stays, "absorbed", fact, at=at)


def linked(case: Case, other: CaseId, by: UserId, *, at: datetime) -> Notice:
    """Return which case was linked."""
    return _happened(case, "linked", CasesLinked(by=by, other=other), at=at)


def reminder(case: Case, user: UserId, text: str, *, remind_at: datetime, at: datetime) -> Notice:
    """Return what a person asked to be reminded of."""
    key = f"cases.reminder:{case.id}.{remind_at.isoformat()}:{user}"
    fact = ReminderAsked(user=user, text=text, asked_at=at)
    return notice(case, key, Person(user=user), fact, at=at, not_before=remind_at)


def flagged(case: Case, flag: Flag, leads: Iterable[UserId]) -> tuple[Notice, ...]:
    """Return what the leads may want to look at; whoever did it is not asked to judge it."""
    key = f"fairness.flagged:{case.id}.{flag.deed}.{flag.timing}.{flag.at.isoformat()}"
    return tuple(
        notice(case, f"{key}:{lead}", Person(user=lead), ClockFlagged(flag=flag), at=flag.at)
        for lead in sorted(set(leads) - {flag.by})
    )


def _happened(case: Case, what: str, fact: Fact, *, at: datetime) -> Notice:
    return in_thread(case, f"cases.{what}:{case.id}.{case.version}", fact, at=at)
