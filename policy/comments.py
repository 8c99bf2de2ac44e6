"""Comments: their side, visibility and kind, and what counts as a chase."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.ids import CaseId, CommentId, UserId, WorkspaceId
from policy.roles import Side

CHASE_GAP = timedelta(minutes=60)
CHASES_NEEDED = 2
TEXT_LIMIT = 3000


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

    @property
    def is_public(self) -> bool:
        """Whether the customer side may read it."""
        return self.visibility is Visibility.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What the record says about who waits for whom; shown to both sides as evidence."""

    chases: int = 0
    """Counted chases since support's last public comment."""
    last_chase_at: datetime | None = None
    """The last chase that counted."""
    last_reply_at: datetime | None = None
    """Support's last public comment."""
    last_reply: str = ""
    last_side: Side | None = None
    """Which side had the last public word."""


def conversation(comments: Iterable[Comment]) -> Conversation:
    """Return what the comments, oldest first, say about who waits for whom.

    Chases less than an hour apart count once; a public support comment sets the count to 0.
    """
    chases, counted_at, reply, side = 0, None, None, None
    for comment in (each for each in comments if each.is_public):
        side = comment.side
        if comment.side is Side.SUPPORT:
            chases, counted_at, reply = 0, None, comment
        elif comment.kind is CommentKind.CHASE and counts(counted_at, now=comment.at):
            chases, counted_at = chases + 1, comment.at
    return Conversation(
        chases=chases,
        last_chase_at=counted_at,
        last_reply_at=reply.at if reply else None,
        last_reply=reply.text if reply else "",
        last_side=side,
    )


def counts(last_counted_at: datetime | None, *, now: datetime) -> bool:
    """Tell whether a chase at this moment counts: the last one counted is an hour back or more."""
    return last_counted_at is None or now - last_counted_at >= CHASE_GAP


def counts_again_at(said: Conversation) -> datetime | None:
    """Return from when the next chase counts, None when it counts at any time."""
    return said.last_chase_at + CHASE_GAP if said.last_chase_at else None
