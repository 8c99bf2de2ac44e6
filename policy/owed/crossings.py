"""Who is told that escalating is available, and of what they asked to be reminded."""

from datetime import datetime
from hashlib import sha256

from policy.cases import Case
from policy.crossings import Crossing
from policy.ids import UserId
from policy.notices import (
    Channel,
    Crossed,
    CrossedForDuty,
    CrossedTogether,
    CrossingNear,
    Duty,
    Fact,
    NextStepDue,
    Notice,
    Person,
    ReminderDue,
    Thread,
)
from policy.owed.notice import notice, whom


def crossed(crossing: Crossing, *, at: datetime) -> Notice:
    """Return that escalating is available, for the case's thread."""
    to, fact = Thread(case=crossing.case), Crossed(crossing=crossing)
    return _of_crossing(crossing, to, fact, at=at)


def crossed_for_duty(crossing: Crossing, *, at: datetime) -> Notice:
    """Return that escalating an urgent case is available, for the duty channel."""
    return _of_crossing(crossing, Duty(), CrossedForDuty(crossing=crossing), at=at)


def crossed_together(
    crossings: tuple[Crossing, ...], to: Channel | Duty, *, at: datetime
) -> Notice:
    """Return that escalating several cases is available, as one digest."""
    members = ",".join(f"{each.case}.{each.clock_version}" for each in crossings)
    digest = sha256(members.encode()).hexdigest()[:16]
    return Notice(
        workspace=crossings[0].workspace,
        key=f"crossings.digest:{digest}:{whom(to)}",
        to=to,
        fact=CrossedTogether(crossings=crossings),
        urgency=min(each.severity.rank for each in crossings),
        at=at,
    )


def reminder(case: Case, user: UserId, *, available_at: datetime, at: datetime) -> Notice:
    """Return what the person asked to be told, once escalating the case is available."""
    key = f"crossings.reminder:{case.id}.{case.clock_version}:{user}"
    fact = ReminderDue(user=user, clock_version=case.clock_version)
    to = Person(user=user)
    return notice(case, key, to, fact, at=at, not_before=available_at)


def near(case: Case, engineer: UserId, *, available_at: datetime, at: datetime) -> Notice:
    """Return that escalating becomes available soon, for the engineer; once a clock version."""
    key = f"crossings.near:{case.id}.{case.clock_version}:{engineer}"
    fact = CrossingNear(clock_version=case.clock_version, available_at=available_at)
    return notice(case, key, Person(user=engineer), fact, at=at)


def next_step_reminder(case: Case, user: UserId, *, due_at: datetime, at: datetime) -> Notice:
    """Return what the person is told when the agreed next step is due."""
    step = case.next_step.text if case.next_step else ""
    fact = NextStepDue(user=user, step=step, due_at=due_at)
    key = f"guidance.next_step:{case.id}.{due_at.isoformat()}:{user}"
    return notice(case, key, Person(user=user), fact, at=at, not_before=due_at)


def _of_crossing(crossing: Crossing, to: Thread | Duty, fact: Fact, *, at: datetime) -> Notice:
    return Notice(
        workspace=crossing.workspace,
        key=f"crossings.announced:{crossing.case}.{crossing.clock_version}:{whom(to)}",
        case=crossing.case,
        to=to,
        fact=fact,
        urgency=crossing.severity.rank,
        at=at,
    )
