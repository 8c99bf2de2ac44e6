"""All that the conversation asks of the rest of Caseflag: the product's table of contents.

One small protocol per word, held together by `Desk`. Each call is one unit of work, done and
committed when it returns. Every call looks up what `by` may do at that moment, and raises a
`policy.refusals.Refusal` where the rules say no; nothing has happened then.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from policy.accounts import Account
from policy.casefile import CaseFile, CasePage, Opened, Opening, Position, Said
from policy.cases import Case, CaseRequest, NextStep, Severity
from policy.comments import CommentKind, Visibility
from policy.escalations import Escalation, EscalationRequest
from policy.guidance.gates import Reply
from policy.guidance.walk import Answer
from policy.ids import CaseId, ChannelId, EscalationId, RequestId, Tier, Ts
from policy.roles import Actor, Standing
from policy.settings import WorkspaceSettings
from policy.severities import SeverityRequest


class Cases(Protocol):
    """Open, read, list, take, close and reopen cases."""

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

    async def mine(self, page: int, *, by: Actor) -> CasePage:
        """Return one page of the cases the person opened, is the contact of, or works on."""
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
        by: Actor,
    ) -> Said:
        """Add a comment or a chase; it appears in the case's thread under its author's name.

        `is_question` and `next_step` are the support side's: the case then waits for the customer,
        and the step is what guidance asks about.
        """
        ...

    async def hear(self, channel: ChannelId, thread: Ts, ts: Ts, text: str, *, by: Actor) -> bool:
        """Take a reply typed in a case's thread as its comment; False if it is no case's thread.

        A message heard before is not heard twice.
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


class Guidance(Protocol):
    """The interview. Nothing is stored until the person does what it advises."""

    async def look(
        self, case: CaseId, answers: Sequence[Answer], *, reply: Reply | None = None, by: Actor
    ) -> Position:
        """Return the gate, and the next question or outcome that these answers lead to."""
        ...

    async def comment(
        self,
        case: CaseId,
        answers: Sequence[Answer],
        text: str,
        *,
        reply: Reply | None = None,
        by: Actor,
    ) -> Said:
        """Do what the outcome *comment* advises: post it, or the chase, and remind where agreed.

        With `Reply.ANSWER` the text answers our open question.
        """
        ...

    async def leave(self, case: CaseId, answers: Sequence[Answer], *, by: Actor) -> None:
        """Store the run of a person who goes on with another case, or a new one."""
        ...


class Escalations(Protocol):
    """The one request per case for someone besides the engineer."""

    async def submit(
        self,
        case: CaseId,
        request: EscalationRequest,
        *,
        answers: Sequence[Answer],
        override: str = "",
        reply: Reply | None = None,
        by: Actor,
    ) -> Escalation:
        """Use the case's one escalation; every gate runs again inside the transaction."""
        ...

    async def acknowledge(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Make the person its owner; the first one wins."""
        ...

    async def read(self, escalation: EscalationId, *, by: Actor) -> tuple[Escalation, CaseFile]:
        """Return an escalation and its case."""
        ...

    async def state(self, case: CaseId, text: str, *, by: Actor) -> Escalation:
        """Add a statement to the case's open escalation."""
        ...


class Crossings(Protocol):
    """Being told that escalating is available."""

    async def remind(self, case: CaseId, *, by: Actor) -> datetime:
        """Promise to tell the person, privately, when it is; return when that will be."""
        ...

    async def dismiss(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Note that the requester needs no escalation now; the right stays unused."""
        ...


class Drafts(Protocol):
    """What was typed into a form that could not be saved: kept for 24 hours, offered again."""

    async def keep(
        self, form: str, case: CaseId | None, typed: Mapping[str, str], *, by: Actor
    ) -> None:
        """Keep what a person typed; the newest draft per form and case replaces the one before."""
        ...

    async def kept(self, form: str, case: CaseId | None, *, by: Actor) -> Mapping[str, str]:
        """Return what was kept, field by field; empty when there is nothing."""
        ...

    async def drop(self, form: str, case: CaseId | None, *, by: Actor) -> None:
        """Forget a draft, because it was used."""
        ...


class Accounts(Protocol):
    """Customers, and where they talk to us."""

    async def suggest(self, typed: str, *, by: Actor) -> Sequence[Account]:
        """Return the accounts the person may open a case for whose name fits, at most 100."""
        ...

    async def here(self, *, by: Actor) -> Account | None:
        """Return the account that `by.here` is linked to; administrators only."""
        ...

    async def link(self, name: str, tier: Tier, *, by: Actor) -> Account:
        """Link `by.here` to the account of that name, making or changing it; administrators only.

        Open cases follow a changed tier, and so do their crossings.
        """
        ...


class Settings(Protocol):
    """What the workspace decides for itself."""

    async def read(self, *, by: Actor) -> WorkspaceSettings:
        """Return the settings; administrators only."""
        ...

    async def change(self, settings: WorkspaceSettings, *, by: Actor) -> WorkspaceSettings:
        """Replace the settings; administrators only."""
        ...


class People(Protocol):
    """Who somebody is."""

    async def standing(self, *, by: Actor) -> Standing:
        """Return the person's roles and accounts at this moment."""
        ...


class Desk(Protocol):
    """Everything that can be asked, by word."""

    @property
    def cases(self) -> Cases:
        """Open, read, list, take, close and reopen."""
        ...

    @property
    def comments(self) -> Comments:
        """What is said."""
        ...

    @property
    def severities(self) -> Severities:
        """Ask and answer."""
        ...

    @property
    def guidance(self) -> Guidance:
        """The interview."""
        ...

    @property
    def escalations(self) -> Escalations:
        """Submit, acknowledge, add."""
        ...

    @property
    def crossings(self) -> Crossings:
        """Remind and dismiss."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What was typed and not saved."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Customers."""
        ...

    @property
    def settings(self) -> Settings:
        """The workspace's own decisions."""
        ...

    @property
    def people(self) -> People:
        """Roles."""
        ...
