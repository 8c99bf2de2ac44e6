"""Comments: their side, visibility and kind, and what counts as a chase."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.cases import Case
from policy.ids import CaseId, CommentId, UserId, WorkspaceId
from policy.refusals import CaseIsClosed, NotYours, Unreadable
from policy.roles import Side, Standing

CHASE_GAP = timedelta(minutes=60)
CHASES_NEEDED = 2
TEXT_LIMIT = 3000
TWICE_WITHIN = timedelta(seconds=60)
"""The same words by the same person in this time are one press of a button, heard twice."""


class Visibility(StrEnum):
    """Who may read a comment."""

    PUBLIC = "public"
    INTERNAL = "internal"
    ESCALATION = "escalation"


class CommentKind(StrEnum):
    """What a comment is for."""

    COMMENT = "comment"
    CHASE = "chase"
    SEVERITY_REQUEST = "severity_request"
    UPDATE = "update"


OF_THE_CUSTOMER = frozenset({CommentKind.CHASE, CommentKind.SEVERITY_REQUEST})
"""The customer side's words, also where a reporter of the support side passes them on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One thing said on a case."""

    workspace: WorkspaceId
    id: CommentId
    case: CaseId
    author: UserId
    side: Side
    visibility: Visibility = Visibility.PUBLIC
    kind: CommentKind = CommentKind.COMMENT
    text: str
    at: datetime
    source: str | None = None
    """`channel:ts` of the Slack message it was typed as, so that a redelivery adds nothing."""
    links: tuple[str, ...] = ()
    """Where files and messages that belong to it stand in Slack; they are never copied."""

    @property
    def is_public(self) -> bool:
        """Whether the customer side may read it."""
        return self.visibility is Visibility.PUBLIC

    @property
    def is_deleted(self) -> bool:
        """Whether whoever said it took it back."""
        return not (self.text or self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What the record says about who waits for whom; shown to both sides as evidence."""

    chases: int = 0
    """Counted chases since support's last public comment."""
    last_chase_at: datetime | None = None
    """The last chase that counted."""
    last_chase: CommentId | None = None
    """That chase itself: two of one second are told apart."""
    last_reply_at: datetime | None = None
    """Support's last public comment."""
    last_reply: str = ""
    last_side: Side | None = None
    """Which side had the last public word."""


def conversation(comments: Iterable[Comment]) -> Conversation:
    """Return what the comments, oldest first, say about who waits for whom.

    Chases less than an hour apart count once; a public support comment sets the count to 0.
    """
    chases, counted, reply, side = 0, None, None, None
    for comment in (each for each in comments if each.is_public):
        side = comment.side
        if comment.side is Side.SUPPORT:
            chases, counted, reply = 0, None, comment
        elif comment.kind is CommentKind.CHASE and _counts_after(counted, comment):
            chases, counted = chases + 1, comment
    return Conversation(
        chases=chases,
        last_chase_at=counted.at if counted else None,
        last_chase=counted.id if counted else None,
        last_reply_at=reply.at if reply else None,
        last_reply=reply.text if reply else "",
        last_side=side,
    )


def _counts_after(counted: Comment | None, comment: Comment) -> bool:
    return counts(counted.at if counted else None, now=comment.at)


def counts(last_counted_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether a chase at this moment counts: the last one counted is an hour back or more."""
    return last_counted_at is None or now - last_counted_at >= CHASE_GAP


def counts_again_at(said: Conversation) -> datetime | None:
    """Return from when the next chase counts, None when it counts at any time."""
    return said.last_chase_at + CHASE_GAP if said.last_chase_at else None


def readable(text: str) -> str:
    """Return the text of a comment without the space around it.

    Raises:
        Unreadable: there is none, or more than a comment holds.
    """
    said = text.strip()
    if not said:
        raise Unreadable(field="text", message="Write something.")
    if len(said) > TEXT_LIMIT:
        raise Unreadable(field="text", message=f"Write at most {TEXT_LIMIT} characters.")
    return said


def side_of(kind: CommentKind, who: Standing) -> Side:
    """Return for which side the person speaks with a comment of this kind."""
    return Side.CUSTOMER if kind in OF_THE_CUSTOMER else who.side


def admitted(
    case: Case,
    who: Standing,
    *,
    kind: CommentKind,
    visibility: Visibility,
    is_directing: bool,
    may_chase: bool,
) -> Side:
    """Return for which side the person speaks, who may say this on the case (product, 1).

    `is_directing` tells a comment that asks the customer or sets the next step.

    Raises:
        NotYours: the customer side neither speaks internally nor directs the case, and only its
            requesters chase.
        CaseIsClosed: nobody would read it; notes among ourselves are still possible.
    """
    ours = who.side is Side.SUPPORT
    if (is_directing or visibility is not Visibility.PUBLIC or kind is CommentKind.UPDATE) and (
        not ours
    ):
        raise NotYours(case=case.id, need="the support side")
    if kind in OF_THE_CUSTOMER and not may_chase:
        raise NotYours(case=case.id, need="the person who opened it, or its contact")
    if not case.is_open and visibility is not Visibility.INTERNAL:
        raise CaseIsClosed(case=case.id)
    return side_of(kind, who)


def is_said_twice(comment: Comment, last: Comment | None) -> bool:
    """Tell whether a comment repeats the last one, as a button pressed twice would."""
    return (
        last is not None
        and (last.author, last.kind, last.visibility)
        == (comment.author, comment.kind, comment.visibility)
        and last.text == comment.text
        and comment.at - last.at <= TWICE_WITHIN
    )
