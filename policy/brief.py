"""The brief: what whoever answers for an escalation must know, from the record alone (product, 8.10).

Nothing that the customer has said already has to be asked again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.cases import Case, CaseState
from policy.comments import Comment, CommentKind, Conversation, conversation
from policy.escalations import Escalation, EscalationState
from policy.fairness import Flag, flags
from policy.history import Entry
from policy.ids import UserId
from policy.promises import Kind, Ledger, Promise, ledger
from policy.roles import Side
from policy.severities import SeverityRequest
from policy.thresholds import ThresholdTable
from policy.trail import Turned, document, turned


class Party(StrEnum):
    """Who waits, or is waited for."""

    CUSTOMER = "customer"
    ENGINEER = "engineer"
    DUTY = "duty"
    THIRD_PARTY = "third_party"


class For(StrEnum):
    """What somebody waits for."""

    ACKNOWLEDGEMENT = "acknowledgement"
    REPLY = "reply"
    ANSWER = "answer"
    SEVERITY = "severity"
    AGREEMENT = "agreement"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Who waits for whom, for what, and since when."""

    who: Party
    whom: Party
    what: For
    since: datetime
    words: str = ""
    """What was asked or said, where words are waited on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of ours, and what the customer answered, if anything."""

    question: str
    by: UserId
    at: datetime
    answer: Comment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A step that was agreed, told or done."""

    what: str
    by: UserId | None
    at: datetime


class Part(StrEnum):
    """What a person has to do with the case."""

    REQUESTER = "requester"
    CONTACT = "contact"
    ALTERNATE = "alternate"
    REPORTER = "reporter"
    SUBMITTER = "submitter"
    ENGINEER = "engineer"
    OWNER = "owner"
    FOLLOWER = "follower"
    SPOKE = "spoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """One person, and all that the person has to do with the case."""

    user: UserId
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the record holds of a case, each part oldest first."""

    comments: tuple[Comment, ...] = ()
    promises: tuple[Promise, ...] = ()
    entries: tuple[Entry, ...] = ()
    requests: tuple[SeverityRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What whoever answers for an escalation must know."""

    case: Case
    escalation: Escalation
    """With its reason, impact, what was missed, what is wanted, and its flags."""
    evidence: Conversation
    """The chases counted since the last public reply, and that reply."""
    waits: tuple[Waits, ...]
    """The longest first."""
    asked: tuple[Asked, ...]
    tried: tuple[Tried, ...]
    ledger: Ledger
    people: tuple[Involved, ...]
    severities: tuple[Turned, ...]
    tiers: tuple[Turned, ...]
    requests: tuple[SeverityRequest, ...]
    flags: tuple[Flag, ...]


def brief(
    case: Case, escalation: Escalation, past: Past, table: ThresholdTable, *, now: datetime
) -> Brief:
    """Return the brief of an escalation, computed from the record and nothing else."""
    return Brief(
        case=case,
        escalation=escalation,
        evidence=conversation(past.comments),
        waits=tuple(sorted(_waits(case, escalation, past), key=lambda each: each.since)),
        asked=_asked(case, past),
        tried=_tried(past),
        ledger=ledger(past.promises, now=now),
        people=_people(case, escalation, past.comments),
        severities=turned(past.entries, "severity"),
        tiers=turned(past.entries, "tier"),
        requests=past.requests,
        flags=flags(case, past.entries, past.comments, table),
    )


def _waits(case: Case, escalation: Escalation, past: Past) -> Iterator[Waits]:
    customer, engineer, duty = Party.CUSTOMER, Party.ENGINEER, Party.DUTY
    if escalation.state is EscalationState.REQUESTED:
        since = escalation.submitted_at
        yield Waits(who=customer, whom=duty, what=For.ACKNOWLEDGEMENT, since=since)
    if unanswered := _unanswered(past.comments):
        at, words = unanswered.at, unanswered.text
        yield Waits(who=customer, whom=engineer, what=For.REPLY, since=at, words=words)
    if question := case.question:
        at, words = question.asked_at, question.text
        yield Waits(who=engineer, whom=customer, what=For.ANSWER, since=at, words=words)
    for request in (each for each in past.requests if each.is_open):
        at, words = request.asked_at, request.why
        yield Waits(who=customer, whom=engineer, what=For.SEVERITY, since=at, words=words)
    if proposal := escalation.proposal:
        at, words = proposal.at, proposal.summary
        yield Waits(who=duty, whom=customer, what=For.AGREEMENT, since=at, words=words)
    yield from _third_party(case, past.entries)


def _third_party(case: Case, entries: Iterable[Entry]) -> Iterator[Waits]:
    if case.state is not CaseState.WAITING_THIRD_PARTY:
        return
    begun = [each.at for each in turned(entries, "state") if each.after == case.state.value]
    since = begun[-1] if begun else case.opened_at
    yield Waits(who=Party.ENGINEER, whom=Party.THIRD_PARTY, what=For.THIRD_PARTY, since=since)


def _unanswered(comments: Iterable[Comment]) -> Comment | None:
    """Return the first public word of the customer's since ours."""
    first: Comment | None = None
    for comment in (each for each in comments if each.is_public):
        if comment.side is Side.SUPPORT:
            first = None
        elif comment.side is Side.CUSTOMER:
            first = first or comment
    return first


def _asked(case: Case, past: Past) -> tuple[Asked, ...]:
    """Return our questions with their answers: the next public word that is more than a chase."""
    questions = {
        (each["text"], each["asked_by"], datetime.fromisoformat(each["asked_at"])): None
        for change in turned(past.entries, "question")
        if (each := document(change.after))
    }
    if case.question is not None:
        questions[case.question.text, case.question.asked_by, case.question.asked_at] = None
    answers = [
        each
        for each in past.comments
        if each.is_public and each.side is Side.CUSTOMER and each.kind is CommentKind.COMMENT
    ]
    return tuple(
        Asked(
            question=text,
            by=UserId(by),
            at=at,
            answer=next((each for each in answers if each.at > at), None),
        )
        for text, by, at in questions
    )


def _tried(past: Past) -> tuple[Tried, ...]:
    """Return the next steps that were agreed, the updates that were told, the actions done."""
    agreed = (
        Tried(what=each["text"], by=change.by, at=change.at)
        for change in turned(past.entries, "next_step")
        if (each := document(change.after))
    )
    told = (
        Tried(what=each.text, by=each.author, at=each.at)
        for each in past.comments
        if each.kind is CommentKind.UPDATE
    )
    done = (
        Tried(what=each.what, by=each.owner, at=each.kept_at)
        for each in past.promises
        if each.kind is Kind.ACTION and each.kept_at is not None
    )
    return tuple(sorted((*agreed, *told, *done), key=lambda each: each.at))


def _people(
    case: Case, escalation: Escalation, comments: Sequence[Comment]
) -> tuple[Involved, ...]:
    """Return everybody who has to do with the case, in the order of what that is."""
    request = escalation.request
    named: tuple[tuple[Part, Iterable[UserId | None]], ...] = (
        (Part.REQUESTER, (case.requester,)),
        (Part.CONTACT, (request.contact, case.contact)),
        (Part.ALTERNATE, (request.alternate,)),
        (Part.REPORTER, (case.reporter,)),
        (Part.SUBMITTER, (escalation.submitted_by,)),
        (Part.ENGINEER, (case.engineer,)),
        (Part.OWNER, (escalation.owner,)),
        (Part.FOLLOWER, sorted(case.followers | frozenset(request.followers))),
        (Part.SPOKE, (each.author for each in comments)),
    )
    parts: dict[UserId, dict[Part, None]] = {}
    for part, users in named:
        for user in users:
            if user is not None:
                parts.setdefault(user, {})[part] = None
    return tuple(Involved(user=user, parts=tuple(found)) for user, found in parts.items())
