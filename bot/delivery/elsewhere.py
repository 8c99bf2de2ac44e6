"""Who is told instead, where a notice cannot be delivered as it was meant.

Each is a notice of its own, under the key of the one it replaces and whom it goes to, so that it
is owed once whoever finds out, and has its own tries. An audience never grows: what was meant for
one person goes to no channel.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery.errors import Trouble
from bot.desk.people import Roster
from policy.cases import Case
from policy.crossings import Crossing
from policy.hearing import WHAT
from policy.ids import ChannelId, UserId, WorkspaceId
from policy.notices import (
    Address,
    Administrators,
    Channel,
    ChannelUnusable,
    ClosingProposed,
    ClosingRefused,
    ContestSettled,
    Crossed,
    CrossedTogether,
    Duty,
    EscalationAcknowledged,
    EscalationClosed,
    EscalationDeclined,
    EscalationPaused,
    EscalationPulled,
    EscalationReceived,
    EscalationRedirected,
    EscalationRelapsed,
    EscalationResumed,
    EscalationReturned,
    EscalationStabilised,
    EscalationStarted,
    EscalationThread,
    EscalationUpdated,
    EscalationWithdrawn,
    Fact,
    HandOverAccepted,
    NextStepDue,
    Notice,
    Pager,
    Person,
    PromiseLate,
    ReminderDue,
    RightReinstated,
    SeverityRequested,
    Thread,
)
from policy.roles import Role
from policy.rota import on_duty

CAN_WAIT = 5
INSTEAD = ">"
"""What a key and whom its notice goes to instead are joined by."""
OPENLY: frozenset[type[Fact]] = frozenset(
    {
        *WHAT,
        *(Crossed, ReminderDue, NextStepDue, SeverityRequested, PromiseLate),
        *(EscalationReceived, EscalationWithdrawn, EscalationPulled, EscalationAcknowledged),
        *(EscalationRedirected, EscalationDeclined, ContestSettled, RightReinstated),
        *(EscalationReturned, EscalationStarted, EscalationUpdated, HandOverAccepted),
        *(EscalationPaused, EscalationResumed, EscalationStabilised, EscalationRelapsed),
        *(ClosingProposed, ClosingRefused, EscalationClosed),
    }
)
"""What the customer side is told anyhow; all else is among us, whoever is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What decides who else is told."""

    case: Case | None
    roster: Roster
    now: datetime
    leads_only: bool = False
    """Whether it tells of a confidential escalation."""
    duty: tuple[UserId, ...] = ()
    """Who is on duty, without the case's engineer."""


def each_administrator(notice: Notice, roster: Roster) -> tuple[Notice, ...]:
    """Return the notice once for every administrator; for leads, then duty managers without any."""
    ladder = (Role.ADMINISTRATOR, Role.LEAD, Role.DUTY_MANAGER)
    known = (roster.people.get(role, frozenset()) - roster.gone for role in ladder)
    return _to_each(notice, next(filter(None, known), frozenset()))


def instead(  # noqa: C901, PLR0911 - a row per address
    notice: Notice, trouble: Trouble, setting: Setting
) -> tuple[Notice, ...]:
    """Return the notices that replace one whose place takes it no more; empty if none can."""
    if trouble is Trouble.THREAD_GONE and (channel := _around(notice, setting.case)):
        return (_redirected(notice, channel),)
    if isinstance(notice.fact, CrossedTogether) and (
        found := _of_digest(notice, notice.fact, setting)
    ):
        return found
    match notice.to:
        case Person(user=user):
            return _to_each(notice, _next_contact(notice, user, setting))
        case Channel() if setting.case and type(notice.fact) not in OPENLY:
            return (_redirected(notice, Administrators()),)
        case Thread() | Channel():
            return _to_each(notice, _concerned(setting))
        case EscalationThread() | Duty():
            return _to_each(notice, _on_duty(setting))
        case Administrators() | Pager():
            return ()


def unusable(
    workspace: WorkspaceId, channel: ChannelId | UserId, code: str, *, now: datetime
) -> Notice | None:
    """Return what administrators are told of a channel, once a day; None where it is a person."""
    if not channel.startswith(("C", "G")):
        return None
    return Notice(
        workspace=workspace,
        key=f"delivery.unusable:{channel}.{now.date()}:administrators",
        to=Administrators(),
        fact=ChannelUnusable(channel=ChannelId(channel), error=code),
        urgency=CAN_WAIT,
        at=now,
    )


def _around(notice: Notice, case: Case | None) -> Address | None:
    if isinstance(notice.to, EscalationThread):
        return Duty()
    return Channel(channel=case.channel) if isinstance(notice.to, Thread) and case else None


def _concerned(setting: Setting) -> tuple[UserId, ...]:
    case = setting.case
    if case is None:
        return _on_duty(setting)
    return (case.requester, case.engineer) if case.engineer else (case.requester,)


def _on_duty(setting: Setting) -> tuple[UserId, ...]:
    if setting.duty and not setting.leads_only:
        return setting.duty
    people = setting.roster.people
    nobody: frozenset[UserId] = frozenset()
    engineer = setting.case.engineer if setting.case else None
    away = frozenset({engineer} if engineer else ())
    leads = people.get(Role.LEAD, nobody)
    if setting.leads_only:
        return on_duty(leads, (), (), unavailable=away)
    return on_duty(
        people.get(Role.DUTY_MANAGER, nobody),
        leads,
        people.get(Role.ADMINISTRATOR, nobody),
        unavailable=away,
    )


def _next_contact(notice: Notice, user: UserId, setting: Setting) -> tuple[UserId, ...]:
    case = setting.case
    if case is None or type(notice.fact) not in OPENLY:
        return ()
    known = [each for each in (case.contact, case.requester, case.reporter) if each]
    tried = _tried(notice, user)
    if setting.leads_only and case.engineer:
        tried.add(case.engineer)
    return tuple(each for each in known if each not in tried)[:1] if user in known else ()


def _of_digest(notice: Notice, digest: CrossedTogether, setting: Setting) -> tuple[Notice, ...]:
    match notice.to:
        case Channel():
            return _to_their_own(notice, digest)
        case Person(user=user) if user == digest.of:
            return _to_each(notice, set(_on_duty(setting)) - _tried(notice, user))
        case _:
            return ()


def _to_their_own(notice: Notice, digest: CrossedTogether) -> tuple[Notice, ...]:
    """Return a digest for each of those concerned, of what concerns them."""
    theirs = defaultdict[UserId, list[Crossing]](list)
    for each in digest.crossings:
        for user in {each.requester, each.engineer or each.requester}:
            theirs[user].append(each)
    return tuple(
        _redirected(
            replace(notice, fact=CrossedTogether(crossings=tuple(crossings), of=user)),
            Person(user=user),
        )
        for user, crossings in sorted(theirs.items())
    )


def _tried(notice: Notice, user: UserId) -> set[UserId]:
    return {user, *map(UserId, notice.key.split(INSTEAD)[1:])}


def _to_each(notice: Notice, users: Iterable[UserId]) -> tuple[Notice, ...]:
    return tuple(_redirected(notice, Person(user=user)) for user in sorted(set(users)))


def _redirected(notice: Notice, to: Address) -> Notice:
    match to:
        case Person(user=whom) | Channel(channel=whom):
            name = str(whom)
        case _:
            name = type(to).__name__.lower()
    return replace(notice, key=f"{notice.key}{INSTEAD}{name}", to=to, not_before=None)
