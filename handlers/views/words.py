"""What the product's closed choices are called when people read them."""

from collections.abc import Mapping

from policy.cases import CaseState
from policy.escalations import EscalationState, Reach, Reason, Workaround
from policy.guidance.outcomes import Flag

STATE: Mapping[CaseState, str] = {
    CaseState.NEW: "New",
    CaseState.IN_PROGRESS: "In progress",
    CaseState.WAITING_CUSTOMER: "Waiting for the customer",
    CaseState.WAITING_THIRD_PARTY: "Waiting for a third party",
    CaseState.SOLUTION_PROPOSED: "Solution proposed",
    CaseState.CLOSED: "Closed",
    CaseState.MERGED: "Merged into another case",
}
ESCALATION_STATE: Mapping[EscalationState, str] = {
    EscalationState.REQUESTED: "Waiting to be acknowledged",
    EscalationState.ACKNOWLEDGED: "Acknowledged",
    EscalationState.ACTIVE: "Being worked on",
    EscalationState.MONITORING: "Being monitored",
    EscalationState.CLOSED: "Closed",
    EscalationState.WITHDRAWN: "Withdrawn",
    EscalationState.REDIRECTED: "Redirected",
    EscalationState.DECLINED: "Declined",
}
REASON: Mapping[Reason, str] = {
    Reason.NO_RESPONSE: "Asked for updates, got no answer",
    Reason.SERVICE_QUALITY: "The service fell short of what was promised",
    Reason.BLOCKED: "Cannot use the product, no clear next step",
    Reason.IMPACT_CHANGED: "The impact has grown, and someone else is needed",
    Reason.OTHER: "Something else",
}
WORKAROUND: Mapping[Workaround, str] = {
    Workaround.NONE: "There is none",
    Workaround.IMPRACTICAL: "There is one, but it is impractical",
    Workaround.WORKS: "There is one, and it works",
}
REACH: Mapping[Reach, str] = {
    Reach.THREAD: "In the case's thread",
    Reach.DM: "By direct message",
    Reach.CALL: "By phone",
}
FLAG: Mapping[str, str] = {
    Flag.OVERRIDDEN: "Guidance advised something else; the requester gave a reason against it.",
    Flag.ASKED_ELSEWHERE: "The requester asked for updates where the record cannot see them.",
}
