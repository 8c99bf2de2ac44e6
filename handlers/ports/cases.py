"""Cases, what is said on them, and how bad they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from policy.casefile import CaseFile, Opened, Opening, Said
from policy.cases import Case, CaseRequest, NextStep, Severity
from policy.comments import CommentKind, Visibility
from policy.guidance.walk import Answer
from policy.ids import CaseId, ChannelId, RequestId, Ts
from policy.roles import Actor
from policy.severities import SeverityRequest


class Cases(Protocol):
    """Open, read, pick, take, close and reopen cases."""

    async def opening(self, *, by: Actor) -> Opening:
        """Return what the form *open case* offers this person, here."""
        ...

    async def open(self, request: CaseRequest, *, by: Actor) -> Opened:
        """Open a case in `by.here`, or in the account's channel; or say what makes one hesitate."""
        ...

    async def read(self, case: CaseId | None, *, by: Actor) -> CaseFile | None:
        """Return the case, or with None the one of this channel's latest talk with the person.

        None only when no case was named and none can be assumed: let the person pick.
        """
        ...

    async def spoke_of(self, case: CaseId, *, by: Actor) -> None:
        """Note that the person read the case here: it is the latest of their talk in `by.here`."""
        ...

    async def pickable(self, typed: str, *, by: Actor) -> Sequence[Case]:
        """Return open cases the person may see whose number or title fits, at most 100."""
        ...

    async def take(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Make the person the case's engineer."""
        ...

    async def close(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Close the case; refused while an escalation is open."""
        ...

    async def reopen(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Put a closed case back in progress, while that is allowed."""
        ...


class Comments(Protocol):
    """What is said on a case."""

    async def add(
        self,
        case: CaseId,
        text: str,
        *,
        kind: CommentKind = CommentKind.COMMENT,
        visibility: Visibility = Visibility.PUBLIC,
        is_question: bool = False,
        next_step: NextStep | None = None,
        links: tuple[str, ...] = (),
        by: Actor,
    ) -> Said:
        """Add a comment or a chase; it appears in the case's thread under its author's name.

        `is_question` and `next_step` are the support side's: the case then waits for the customer,
        and the step is what guidance asks about.
        """
        ...

    async def hear(
        self,
        channel: ChannelId,
        thread: Ts,
        ts: Ts,
        text: str,
        *,
        links: tuple[str, ...] = (),
        by: Actor,
    ) -> bool:
        """Take a reply typed in a case's thread as its comment; False if it is no case's thread.

        A message heard before is not heard twice. `links` lead to its files.
        """
        ...

    async def reword(
        self,
        channel: ChannelId,
        ts: Ts,
        text: str,
        *,
        links: tuple[str, ...] = (),
        by: Actor,
    ) -> bool:
        """Follow what became of a message that is a comment; False if there is none of it.

        Without text and links the message was deleted: the comment stays, and says nothing.
        """
        ...


class Severities(Protocol):
    """Ask for another severity, and answer."""

    async def preview(self, case: CaseId, *, by: Actor) -> Mapping[Severity, datetime]:
        """Return when escalating would become available under each severity."""
        ...

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
        ...

    async def decide(
        self, request: RequestId, *, granted: bool, reason: str = "", by: Actor
    ) -> SeverityRequest:
        """Grant or refuse a request; the first answer counts."""
        ...
