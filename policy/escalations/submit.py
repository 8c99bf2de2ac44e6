"""The way in: who may escalate, what submitting starts, and how it is withdrawn or pulled."""

from datetime import datetime

from policy.cases import Case, is_requester
from policy.escalations.escalation import Escalation
from policy.escalations.machine import admit, moved, said, step
from policy.escalations.request import EscalationRequest, Reason
from policy.escalations.states import EscalationState
from policy.escalations.table import Event
from policy.escalations.targets import due_at, target_of
from policy.hours import DutyHours
from policy.ids import EscalationId
from policy.refusals import CaseIsClosed
from policy.roles import Role, Side, Standing
from policy.settings import WhoMayEscalate, WorkspaceSettings


def may_escalate(case: Case, who: Standing, settings: WorkspaceSettings) -> bool:
    """Tell whether the person may raise the case's flag (product, 1)."""
    if is_requester(case, who):
        return True
    by_account = settings.who_may_escalate is WhoMayEscalate.ACCOUNT
    return by_account and who.side is Side.CUSTOMER and case.account in who.accounts


def may_know(escalation: Escalation, case: Case, who: Standing | None) -> bool:
    """Tell whether somebody may learn that the escalation exists; None stands for a card's readers.

    Of a confidential one only its requesters and the leads hear, and the case's engineer never.
    """
    if not escalation.request.confidential:
        return True
    if who is None or who.user == case.engineer:
        return False
    return who.has(Role.LEAD) or is_requester(case, who) or who.user == escalation.submitted_by


def submitted(
    case: Case,
    request: EscalationRequest,
    *,
    id: EscalationId,  # noqa: A002 - the value's own word
    by: Standing,
    flags: tuple[str, ...] = (),
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation that uses the case's right; the acknowledgement clock starts.

    Who may is the gates' to say. `hours` are those of duty; None stands for round the clock.
    """
    wait = target_of(case).acknowledge
    return Escalation(
        workspace=case.workspace,
        id=id,
        case=case.id,
        request=request,
        submitted_by=by.user,
        submitted_at=now,
        acknowledge_due_at=due_at(case, wait, hours=hours, start_at=now),
        flags=flags,
    )


def withdrawn(escalation: Escalation, case: Case, *, by: Standing) -> Escalation:
    """Return the escalation taken back by whoever submitted it; the right is restored.

    Raises:
        Refusal: as `step`; once it is acknowledged, it is no longer withdrawn.
    """
    step(Event.WITHDRAW, escalation, case, by)
    return moved(Event.WITHDRAW, escalation)


def pulled(
    case: Case,
    *,
    reason: str,
    id: EscalationId,  # noqa: A002 - the value's own word
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation that management begins by itself, owned at once.

    It does not use the customer's right.

    Raises:
        NotYours: only duty managers and leads pull.
        OwnCase: the case's engineer never decides.
        CaseIsClosed: nobody works on the case.
        Unreadable: the reason is too short to be one, or too long.
    """
    words = said("reason", reason)
    request = EscalationRequest(
        reason=Reason.OTHER, impact=words, wanted=words, contact=case.contact
    )
    return taken_up(case, request, reason=words, id=id, by=by, hours=hours, now=now)


def taken_up(
    case: Case,
    request: EscalationRequest,
    *,
    reason: str,
    id: EscalationId,  # noqa: A002 - the value's own word
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return a pulled escalation with these words, such as those of a redirect that was disputed.

    Raises:
        Refusal: as `pulled`.
    """
    admit(Event.PULL, case, by, confidential=request.confidential)
    if not case.is_open:
        raise CaseIsClosed(case=case.id)
    contact = target_of(case).contact
    return Escalation(
        workspace=case.workspace,
        id=id,
        case=case.id,
        request=request,
        state=EscalationState.ACKNOWLEDGED,
        submitted_by=by.user,
        submitted_at=now,
        acknowledge_due_at=now,
        owner=by.user,
        owned_at=now,
        acknowledged_at=now,
        contact_due_at=due_at(case, contact, hours=hours, start_at=now),
        uses_right=False,
        pulled=said("reason", reason),
    )
