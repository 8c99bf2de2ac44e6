"""The one request per case for someone besides the engineer: from submitting to looking back.

One small protocol for each thing that people do with it; `Escalations` is all of them. Whatever
moved meanwhile is refused with what it has become: `EscalationMoved`, `EscalationIsOver`,
`AlreadyAcknowledged`. Of a confidential one nobody learns who may not know: `NoSuchCase`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from policy.board import Line, Listing
from policy.brief import Brief
from policy.casefile import CaseFile, EscalationFile
from policy.cases import Severity
from policy.escalations import (
    Cause,
    ClosedAs,
    DeclineReason,
    Escalation,
    EscalationRequest,
    Judgement,
    RedirectTarget,
    Trend,
)
from policy.guidance.gates import Reply
from policy.guidance.walk import Answer
from policy.ids import CaseId, EscalationId, UserId
from policy.roles import Actor


class Submitting(Protocol):
    """The way in, and the way back."""

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

    async def withdraw(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Take it back before anybody acknowledged it; the right is restored."""
        ...

    async def pull(self, case: CaseId, reason: str, *, by: Actor) -> Escalation:
        """Take a case up for management; its customer's right stays as it is."""
        ...

    async def state(self, case: CaseId, text: str, *, by: Actor) -> Escalation:
        """Add a statement to the case's open escalation."""
        ...


class Answering(Protocol):
    """The first answer, and what may be said against it."""

    async def acknowledge(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Make the person its owner; the first one wins."""
        ...

    async def redirect(
        self,
        escalation: EscalationId,
        target: RedirectTarget,
        reason: str,
        *,
        other: CaseId | None = None,
        severity: Severity | None = None,
        by: Actor,
    ) -> Escalation:
        """Send it where it belongs, and carry that out in its submitter's name.

        `other` names the other case, `severity` the one to ask for, where that is the target. The
        right is restored. Of a confidential one nothing is carried out: its words stay private.
        """
        ...

    async def decline(
        self,
        escalation: EscalationId,
        code: DeclineReason,
        *,
        explanation: str,
        alternative: str,
        contact: UserId,
        by: Actor,
    ) -> Escalation:
        """Decline it, with what helps instead and whom to talk to; the right stays used."""
        ...

    async def dispute(self, escalation: EscalationId, why: str, *, by: Actor) -> Escalation:
        """Say to the leads that it should not have been redirected; once."""
        ...

    async def appeal(self, escalation: EscalationId, why: str, *, by: Actor) -> Escalation:
        """Say to the leads that it should not have been declined; once."""
        ...

    async def settle(
        self, escalation: EscalationId, *, granted: bool, answer: str, by: Actor
    ) -> Escalation:
        """Answer a dispute or an appeal, as a lead.

        A granted appeal reinstates the right. After a granted dispute the lead answers for what
        was asked, as an escalation that was pulled, if the case is open and nobody does already.
        """
        ...

    async def reinstate(self, escalation: EscalationId, reason: str, *, by: Actor) -> Escalation:
        """Restore the right it used, as a lead; once per case."""
        ...

    async def give_back(self, escalation: EscalationId, reason: str, *, by: Actor) -> Escalation:
        """Put it back to whoever is on duty, as a lead; its acknowledgement clock starts anew."""
        ...


class Working(Protocol):
    """What its owner does until it is over; moments are checked against the targets."""

    async def contact(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Note that the owner has spoken to the requester; a public comment of theirs does too."""
        ...

    async def start(
        self,
        escalation: EscalationId,
        *,
        criteria: str,
        first_action: str,
        actor: UserId,
        next_update_at: datetime,
        by: Actor,
    ) -> Escalation:
        """Begin to work on it: by what it is done, what happens first, who does that.

        Raises:
            OutOfTime: the next update is promised for the past, or later than the target allows.
        """
        ...

    async def update(
        self,
        escalation: EscalationId,
        text: str,
        trend: Trend,
        next_update_at: datetime,
        *,
        by: Actor,
    ) -> Escalation:
        """Tell how it goes, and by when more follows; said on the case as well.

        Raises:
            OutOfTime: as `start`.
        """
        ...

    async def pause(
        self, escalation: EscalationId, reason: str, until: datetime, *, by: Actor
    ) -> Escalation:
        """Let nothing be due until then, as the requester wants it; 14 days at most."""
        ...

    async def resume(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Let things be due again."""
        ...

    async def hand_over(
        self, escalation: EscalationId, to: UserId, note: str, *, by: Actor
    ) -> Escalation:
        """Offer it to another duty manager or lead; the owner answers for it until then."""
        ...

    async def accept(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Answer for it from now on, as the one it was offered to."""
        ...

    async def keep(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Refuse the offer, or take it back: the owner goes on."""
        ...

    async def stabilise(
        self, escalation: EscalationId, watch: str, until: datetime, *, by: Actor
    ) -> Escalation:
        """Only watch it any more: what, and until when."""
        ...

    async def relapse(self, escalation: EscalationId, note: str, *, by: Actor) -> Escalation:
        """Work on it again."""
        ...


class Closing(Protocol):
    """The end, and looking back."""

    async def propose(
        self, escalation: EscalationId, outcome: ClosedAs, summary: str, *, by: Actor
    ) -> Escalation:
        """Ask the requester to agree to closing; asked again by itself where no answer comes."""
        ...

    async def prompt(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Ask once more, after the answer to the first question was due.

        Raises:
            AgreementMissing: there is time left to answer.
        """
        ...

    async def agree(self, escalation: EscalationId, *, by: Actor) -> Escalation:
        """Close it as was proposed."""
        ...

    async def object(self, escalation: EscalationId, why: str, *, by: Actor) -> Escalation:
        """Keep it open, though closing was proposed."""
        ...

    async def de_escalate(
        self,
        escalation: EscalationId,
        outcome: ClosedAs,
        summary: str,
        *,
        override: str = "",
        by: Actor,
    ) -> Escalation:
        """Close it without an agreement: after two prompts, or as a lead who says why.

        Raises:
            AgreementMissing: the requester is to be asked first, or has time left to answer.
        """
        ...

    async def rate(
        self, escalation: EscalationId, score: int, text: str = "", *, by: Actor
    ) -> Escalation:
        """Say, as the requester, how well it was answered: 1 to 5."""
        ...

    async def review(
        self,
        escalation: EscalationId,
        *,
        preventable: bool,
        cause: Cause,
        text: str = "",
        by: Actor,
    ) -> Escalation:
        """Say, as the owner, what made it necessary."""
        ...

    async def judge(
        self, escalation: EscalationId, judgement: Judgement, *, by: Actor
    ) -> Escalation:
        """Say whether the guidance advised well; stored with the run that led here."""
        ...


class Reading(Protocol):
    """What is known of escalations, as far as the person may know it."""

    async def read(self, escalation: EscalationId, *, by: Actor) -> tuple[Escalation, CaseFile]:
        """Return an escalation and its case."""
        ...

    async def file(self, escalation: EscalationId, *, by: Actor) -> EscalationFile:
        """Return an escalation with all that a form or a view of it shows.

        Whether a button is drawn is for `policy.escalations.may(Event.…, …, reader)`.
        """
        ...

    async def brief(self, escalation: EscalationId, *, by: Actor) -> Brief:
        """Return what whoever answers for it must know, from the record alone.

        Raises:
            NotYours: the person answers no escalations, or not this one.
        """
        ...

    async def listed(self, listing: Listing, *, by: Actor) -> Sequence[Line]:
        """Return the open escalations, one's own or the overdue, the most urgent first.

        Raises:
            NotYours: the person is neither a duty manager nor a lead.
        """
        ...


class Escalations(Submitting, Answering, Working, Closing, Reading, Protocol):
    """The one request per case for someone besides the engineer."""
