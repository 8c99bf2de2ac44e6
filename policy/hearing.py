"""How a person hears of what: in the case's thread alone, directly, or once a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import groupby

from policy.cases import Case
from policy.ids import CaseId, UserId, WorkspaceId
from policy.notices import (
    CaseClosed,
    CaseMerged,
    CaseReopened,
    CaseResumed,
    CasesDigest,
    CasesLinked,
    CaseTaken,
    CaseWaits,
    CommentAdded,
    DigestLine,
    Fact,
    Notice,
    Person,
    SeverityDecided,
    SilenceCloses,
    SolutionProposed,
    SolutionRejected,
    Thread,
    What,
)

CAN_WAIT = 5


class Hear(StrEnum):
    """How a person hears of something; the thread has all of it anyhow."""

    THREAD = "thread"
    DIRECT = "direct"
    DIGEST = "digest"


class Topic(StrEnum):
    """What there is to hear of."""

    ANSWERS = "answers"
    """Somebody waits for the person's answer."""
    NEWS = "news"
    """Something else happened to a case that the person opened, stands for, or works on."""
    FOLLOWED = "followed"
    """Anything happened to a case that the person follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How one person hears of each topic."""

    answers: Hear = Hear.DIRECT
    news: Hear = Hear.THREAD
    followed: Hear = Hear.DIGEST

    def on(self, topic: Topic) -> Hear:
        """Return how the person hears of a topic."""
        return {
            Topic.ANSWERS: self.answers,
            Topic.NEWS: self.news,
            Topic.FOLLOWED: self.followed,
        }[topic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something that a person's next digest tells."""

    workspace: WorkspaceId
    user: UserId
    case: CaseId
    title: str
    what: What
    due_at: datetime


WHAT: Mapping[type[Fact], What] = {
    CommentAdded: What.SAID,
    SeverityDecided: What.SEVERITY,
    CaseTaken: What.STATE,
    CaseWaits: What.STATE,
    CaseResumed: What.STATE,
    SolutionProposed: What.STATE,
    SolutionRejected: What.STATE,
    SilenceCloses: What.STATE,
    CaseClosed: What.STATE,
    CaseReopened: What.STATE,
    CaseMerged: What.STATE,
    CasesLinked: What.STATE,
}
"""What of all that is told in a case's thread people can hear of elsewhere as well."""


def is_news(notice: Notice) -> bool:
    """Tell whether people may hear of a notice outside the thread that it goes to."""
    return isinstance(notice.to, Thread) and type(notice.fact) in WHAT


def audience(case: Case) -> frozenset[UserId]:
    """Return everybody who may want to hear of a case."""
    return _theirs(case) | case.followers | ({case.engineer} if case.engineer else set())


def topic(notice: Notice, case: Case, user: UserId) -> Topic:
    """Return what a notice is to a person."""
    if user in _theirs(case):
        return Topic.ANSWERS if _asks(notice.fact) else Topic.NEWS
    return Topic.NEWS if user == case.engineer else Topic.FOLLOWED


def directly(notice: Notice, user: UserId) -> Notice:
    """Return a notice of a thread for one person."""
    key = f"{notice.key.removesuffix(':thread')}:{user}"
    return replace(notice, key=key, to=Person(user=user))


def mention(notice: Notice, case: Case, user: UserId, *, due_at: datetime) -> Mention:
    """Return what a person's digest says of a notice."""
    return Mention(
        workspace=case.workspace,
        user=user,
        case=case.id,
        title=case.title,
        what=WHAT[type(notice.fact)],
        due_at=due_at,
    )


def digests(mentions: Iterable[Mention], *, at: datetime) -> list[Notice]:
    """Return one digest for each person, a line for each case and thing, counted."""
    ordered = sorted(mentions, key=_whose)
    return [
        _digest(workspace, user, tuple(theirs), at=at)
        for (workspace, user), theirs in groupby(ordered, key=_whose)
    ]


def _digest(
    workspace: WorkspaceId, user: UserId, mentions: tuple[Mention, ...], *, at: datetime
) -> Notice:
    ordered = sorted(mentions, key=_about)
    lines = tuple(
        DigestLine(case=case, title=title, what=what, times=len(tuple(each)))
        for (case, title, what), each in groupby(ordered, key=_about)
    )
    seal = sha256(repr((at, lines)).encode()).hexdigest()[:16]
    return Notice(
        workspace=workspace,
        key=f"hearing.digest:{seal}:{user}",
        to=Person(user=user),
        fact=CasesDigest(lines=lines),
        urgency=CAN_WAIT,
        at=at,
    )


def _whose(mention: Mention) -> tuple[WorkspaceId, UserId]:
    return mention.workspace, mention.user


def _about(mention: Mention) -> tuple[CaseId, str, What]:
    return mention.case, mention.title, mention.what


def _theirs(case: Case) -> frozenset[UserId]:
    known = {case.requester, case.contact}
    return frozenset(known | ({case.reporter} if case.reporter else set()))


def _asks(fact: Fact) -> bool:
    match fact:
        case CommentAdded(is_question=is_question):
            return is_question
        case _:
            return isinstance(fact, SolutionProposed | SilenceCloses)
