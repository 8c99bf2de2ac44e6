"""What the product's closed choices are called when people read them."""

from collections.abc import Mapping

from policy.accounting import Fate
from policy.board import Listing
from policy.brief import For, Part, Party
from policy.cases import CaseState
from policy.escalations import (
    Agreement,
    Cause,
    ClosedAs,
    DeclineReason,
    EscalationState,
    Judgement,
    Reach,
    Reason,
    RedirectTarget,
    Trend,
    Workaround,
)
from policy.fairness import Deed, Timing
from policy.guidance.outcomes import Flag
from policy.notices import PageEvent, PagerService
from policy.promises import Kind

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
TREND: Mapping[Trend, str] = {
    Trend.BETTER: "Better",
    Trend.SAME: "The same",
    Trend.WORSE: "Worse",
}
REDIRECTED: Mapping[RedirectTarget, str] = {
    RedirectTarget.COMMENT: "a comment on the case",
    RedirectTarget.SEVERITY_REQUEST: "a request for another severity",
    RedirectTarget.OTHER_CASE: "a comment on another case",
    RedirectTarget.NEW_CASE: "a case of its own",
}
DECLINED: Mapping[DeclineReason, str] = {
    DeclineReason.ENGINEER_ACTS: "The case's engineer can do what is wanted, and does",
    DeclineReason.UNDER_WAY: "What is wanted is under way, and has a date",
    DeclineReason.OUT_OF_SCOPE: "Contract or product do not cover what is wanted",
    DeclineReason.NOT_BORNE_OUT: "The record does not bear out what is claimed",
    DeclineReason.OTHER: "Another reason",
}
OUTCOME: Mapping[ClosedAs, str] = {
    ClosedAs.SOLVED: "Solved",
    ClosedAs.WORKAROUND: "A workaround was found",
    ClosedAs.PLAN_AGREED: "A plan was agreed",
    ClosedAs.NO_LONGER_NEEDED: "No longer needed",
}
AGREEMENT: Mapping[Agreement, str] = {
    Agreement.REQUESTER: "the requester agreed",
    Agreement.SILENCE: "the requester was asked twice and did not answer",
    Agreement.LEAD: "a lead decided so",
}
PROMISED: Mapping[Kind, str] = {
    Kind.ACKNOWLEDGE: "acknowledge the escalation",
    Kind.CONTACT: "contact the requester for the first time",
    Kind.UPDATE: "tell how it goes",
    Kind.ACTION: "do what was promised",
    Kind.WATCH: "close the escalation, or work on it again",
}
PROMISE: Mapping[Kind, str] = {
    Kind.ACKNOWLEDGE: "Acknowledgement",
    Kind.CONTACT: "First contact",
    Kind.UPDATE: "Next update",
    Kind.ACTION: "Action",
    Kind.WATCH: "Watched until",
}
CAUSE: Mapping[Cause, str] = {
    Cause.LATE_RESPONSE: "We answered too late",
    Cause.MISSED_PROMISE: "A promise was missed",
    Cause.WRONG_SEVERITY: "The severity was wrong",
    Cause.LOST_IN_HAND_OVER: "It got lost in a hand-over",
    Cause.TOO_FEW_PEOPLE: "Too few people",
    Cause.PRODUCT_DEFECT: "A defect of the product",
    Cause.EXPECTATIONS: "Expectations were not clear",
    Cause.OTHER: "Something else",
}
JUDGEMENT: Mapping[Judgement, str] = {
    Judgement.ACCEPTED: "Escalating was right",
    Judgement.SHOULD_HAVE_BEEN_A_COMMENT: "It should have been a comment",
}
LISTING: Mapping[Listing, str] = {
    Listing.OPEN: "Open escalations",
    Listing.MINE: "Your escalations",
    Listing.OVERDUE: "Overdue escalations",
}
PARTY: Mapping[Party, str] = {
    Party.CUSTOMER: "the customer",
    Party.ENGINEER: "the engineer",
    Party.DUTY: "the duty desk",
    Party.THIRD_PARTY: "a third party",
}
AWAITED: Mapping[For, str] = {
    For.ACKNOWLEDGEMENT: "to acknowledge the escalation",
    For.REPLY: "to reply",
    For.ANSWER: "to answer our question",
    For.SEVERITY: "to answer the request for another severity",
    For.AGREEMENT: "to agree to closing",
    For.THIRD_PARTY: "to do its part",
}
PART: Mapping[Part, str] = {
    Part.REQUESTER: "opened the case",
    Part.CONTACT: "contact",
    Part.ALTERNATE: "alternate contact",
    Part.REPORTER: "reported it for the customer",
    Part.SUBMITTER: "escalated",
    Part.ENGINEER: "engineer",
    Part.OWNER: "answers for the escalation",
    Part.FOLLOWER: "follows",
    Part.SPOKE: "commented",
}
DEED: Mapping[Deed, str] = {
    Deed.LOWERED: "lowered the severity",
    Deed.SET_WAITING: "set the case waiting",
}
TIMING: Mapping[Timing, str] = {
    Timing.BEFORE_THRESHOLD: "before escalating became available",
    Timing.AFTER_REPLY: "after the customer's reply",
}
PAGER: Mapping[PagerService, str] = {
    PagerService.PAGERDUTY: "PagerDuty",
    PagerService.WEBHOOK: "The webhook",
}
PAGED: Mapping[PageEvent, str] = {
    PageEvent.TRIGGER: "it waits",
    PageEvent.ACKNOWLEDGE: "somebody has it",
    PageEvent.RESOLVE: "it has ended",
}
FATE: Mapping[Fate, str] = {
    Fate.PENDING: "not taken yet, due since",
    Fate.SENDING: "being sent, due since",
    Fate.SENT: "taken",
    Fate.DEAD: "given up",
    Fate.CANCELLED: "no longer needed",
}
