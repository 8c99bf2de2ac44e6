"""What the support side does with a case, and what becomes of it (product, 3)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from policy.cases.case import (
    Case,
    CaseState,
    ThirdParty,
    is_requester,
    is_support,
)
from policy.cases.silence import PATIENCE, Patience, silence
from policy.cases.states import at_work, ended, moved
from policy.ids import UserId
from policy.refusals import (
    AlreadyInState,
    CaseIsClosed,
    EscalationIsOpen,
    NotYours,
    OtherAccount,
    OutOfTime,
    Unreadable,
)
from policy.roles import Role, Standing

FOLLOWERS = 10
"""How many people can be chosen to hear of a case."""
WORKS = frozenset({Role.ENGINEER, Role.DUTY_MANAGER, Role.LEAD})
"""Who may be a case's engineer."""


def assigned(case: Case, who: Standing, to: UserId, roles: Collection[Role]) -> Case:
    """Return the case with another engineer: named by a lead or duty manager, or handed on.

    `roles` are those of `to`.

    Raises:
        NotYours: the person neither assigns cases nor works on this one.
        CaseIsClosed: nobody works on it.
        Unreadable: that person is its engineer already, or works on no cases.
    """
    if not (who.has(Role.DUTY_MANAGER, Role.LEAD) or _works_on(case, who)):
        raise NotYours(case=case.id, need="a lead, a duty manager, or the case's engineer")
    if not case.is_open:
        raise CaseIsClosed(case=case.id)
    if WORKS.isdisjoint(roles):
        raise Unreadable(field="engineer", message="Choose somebody who works on cases.")
    if to == case.engineer:
        raise Unreadable(field="engineer", message="That is the case's engineer already.")
    if case.state is CaseState.NEW:
        case = moved(case, CaseState.IN_PROGRESS)
    return replace(case, engineer=to, version=case.version + 1)


def waiting(case: Case, who: Standing, third: ThirdParty, *, now: datetime) -> Case:
    """Return the case waiting for somebody else, until a date.

    Raises:
        NotYours: the person is on the customer side.
        CaseIsClosed: nobody works on it.
        OutOfTime: the date is not ahead.
    """
    _for_support(case, who)
    if third.until <= now:
        raise OutOfTime(field="until", earliest=now, latest=None)
    if case.state is not CaseState.WAITING_THIRD_PARTY:
        case = moved(at_work(case), CaseState.WAITING_THIRD_PARTY)
    return replace(case, third_party=third, version=case.version + 1)


def resumed(case: Case, who: Standing) -> Case:
    """Return the case in progress again, because we wait for nobody any more.

    Raises:
        NotYours: the person is on the customer side.
        CaseIsClosed: nobody works on it.
        AlreadyInState: it is being worked on already.
    """
    _for_support(case, who)
    if case.state is CaseState.IN_PROGRESS:
        raise AlreadyInState(case=case.id, state=case.state.value)
    return at_work(case)


def proposed(
    case: Case, who: Standing, text: str, *, patience: Patience = PATIENCE, now: datetime
) -> Case:
    """Return the case with what solves it, for the requester to accept.

    Raises:
        NotYours: the person is on the customer side.
        CaseIsClosed: nobody works on it.
    """
    _for_support(case, who)
    solution = silence(text, by=who.user, patience=patience, now=now)
    case = moved(at_work(case), CaseState.SOLUTION_PROPOSED)
    return replace(case, solution=solution)


def accepted(case: Case, who: Standing, *, escalation_open: bool, now: datetime) -> Case:
    """Return the case closed by its solution.

    Raises:
        NotYours: only the requester accepts.
        AlreadyInState: no solution waits for an answer.
        EscalationIsOpen: somebody still answers for it.
    """
    _answers(case, who)
    if escalation_open:
        raise EscalationIsOpen(case=case.id)
    return ended(case, CaseState.CLOSED, now=now)


def rejected(case: Case, who: Standing) -> Case:
    """Return the case in progress again, because it is not solved.

    Raises:
        NotYours: only the requester answers.
        AlreadyInState: no solution waits for an answer.
    """
    _answers(case, who)
    return at_work(case)


def merged(
    case: Case, into: Case, who: Standing, *, escalation_open: bool, now: datetime
) -> tuple[Case, Case]:
    """Return a duplicate, and the case that goes on for both; whoever followed it moves along.

    Raises:
        NotYours: the person is on the customer side.
        EscalationIsOpen: somebody answers for the duplicate.
        OtherAccount: they belong to different customers.
        AlreadyInState: either has been merged already, or nobody works on the one that goes on.
        Unreadable: both are the same.
    """
    _of_support(case, who)
    alike(case, into)
    if escalation_open:
        raise EscalationIsOpen(case=case.id)
    if not into.is_open:
        raise AlreadyInState(case=into.id, state=into.state.value)
    concerned = {case.requester, case.contact, *({case.reporter} if case.reporter else ())}
    moving = (case.followers | concerned) - {into.requester, into.contact, into.reporter}
    gone = replace(ended(case, CaseState.MERGED, now=now), merged_into=into.id)
    stays = replace(into, followers=into.followers | moving, version=into.version + 1)
    return gone, stays


def related(case: Case, other: Case, who: Standing) -> tuple[Case, Case]:
    """Return both cases, each naming the other.

    Raises:
        NotYours: the person neither opened the case nor works on it.
        OtherAccount: they belong to different customers.
        Unreadable: both are the same, or linked already.
    """
    if not (is_support(who) or is_requester(case, who)):
        raise NotYours(case=case.id, need="its requester or the support side")
    alike(case, other)
    if other.id in case.related:
        raise Unreadable(field="case", message=f"{other.id} is linked already.")
    return (
        replace(case, related=case.related | {other.id}, version=case.version + 1),
        replace(other, related=other.related | {case.id}, version=other.version + 1),
    )


def alike(case: Case, other: Case) -> None:
    """Let two cases pass that may name each other.

    Raises:
        OtherAccount: they belong to different customers.
        Unreadable: both are the same.
    """
    if case.id == other.id:
        raise Unreadable(field="case", message="Choose another case.")
    if case.account != other.account:
        raise OtherAccount(case=case.id, other=other.id)


def followed(case: Case, user: UserId, *, follows: bool) -> Case:
    """Return the case with this person among its followers, or not; no version of its card."""
    others = case.followers - {user}
    return replace(case, followers=others | {user} if follows else others)


def may_choose_followers(case: Case, who: Standing) -> bool:
    """Tell whether the person may say who else hears of the case."""
    return is_requester(case, who) or is_support(who)


def most_followers(case: Case) -> int:
    """Return how many followers can be chosen; whoever follows already may stay."""
    return max(FOLLOWERS, len(case.followers))


def with_followers(case: Case, who: Standing, chosen: Collection[UserId]) -> Case:
    """Return the case with these followers and no others; no version of its card.

    Raises:
        NotYours: it is for the requester and the support side to choose.
        Unreadable: too many.
    """
    if not may_choose_followers(case, who):
        raise NotYours(case=case.id, need="the requester, or the support side")
    if len(set(chosen)) > (most := most_followers(case)):
        raise Unreadable(field="followers", message=f"Choose at most {most} people.")
    return replace(case, followers=frozenset(chosen))


def _works_on(case: Case, who: Standing) -> bool:
    return case.engineer == who.user and is_support(who)


def _of_support(case: Case, who: Standing) -> None:
    if not is_support(who):
        raise NotYours(case=case.id, need="the support side")


def _for_support(case: Case, who: Standing) -> None:
    _of_support(case, who)
    if not case.is_open:
        raise CaseIsClosed(case=case.id)


def _answers(case: Case, who: Standing) -> None:
    if not is_requester(case, who):
        raise NotYours(case=case.id, need="the person who opened it, or its contact")
    if case.state is not CaseState.SOLUTION_PROPOSED:
        raise AlreadyInState(case=case.id, state=case.state.value)
