"""What every change of an escalation has in common: found, changed, entered, kept up, told."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.desk import ladder, paging
from bot.desk.act import Act, Means
from bot.desk.duty import leads_of
from bot.desk.hours import hours_of
from policy import cases as casework
from policy import escalations as rules
from policy.cases import Case
from policy.comments import Comment
from policy.escalations import Escalation, Event
from policy.history import SYSTEM, Value, difference
from policy.hours import DutyHours
from policy.ids import CaseId, EscalationId, case_number
from policy.notices import Notice
from policy.owed.audience import Scene
from policy.refusals import NoSuchCase
from policy.roles import Actor

DONE: Mapping[Event, str] = {
    Event.SUBMIT: "submitted",
    Event.WITHDRAW: "withdrawn",
    Event.ACKNOWLEDGE: "acknowledged",
    Event.REDIRECT: "redirected",
    Event.DISPUTE: "disputed",
    Event.DECLINE: "declined",
    Event.APPEAL: "appealed",
    Event.SETTLE: "settled",
    Event.CONTACT: "contacted",
    Event.START: "started",
    Event.UPDATE: "updated",
    Event.PROMISE: "promised",
    Event.PAUSE: "paused",
    Event.RESUME: "resumed",
    Event.HAND_OVER: "handed_over",
    Event.ACCEPT: "accepted",
    Event.KEEP: "kept",
    Event.RETURN: "returned",
    Event.STABILISE: "stabilised",
    Event.RELAPSE: "relapsed",
    Event.PROPOSE: "closing_proposed",
    Event.PROMPT: "closing_prompted",
    Event.OBJECT: "closing_refused",
    Event.AGREE: "closed",
    Event.DE_ESCALATE: "closed",
    Event.RATE: "rated",
    Event.REVIEW: "reviewed",
    Event.JUDGE: "judged",
    Event.PULL: "pulled",
    Event.REINSTATE: "reinstated",
}
"""What the history calls each event."""


class UseCases:
    """Use cases about escalations, for one thing that people do with them."""

    def __init__(self, means: Means) -> None:
        self._means = means


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An escalation as it was found, its case, and who acts on it."""

    act: Act
    case: Case
    escalation: Escalation

    @property
    def hours(self) -> DutyHours:
        """When the targets of S3 and S4 run."""
        return hours_of(self.act.settings, now=self.act.now)

    def scene(self, after: Escalation) -> Scene:
        """Return what has become of it, for those who are told."""
        return scene(self.act, self.case, after)


@asynccontextmanager
async def acting_on(
    means: Means,
    escalation: EscalationId,
    by: Actor,
    *,
    beside: CaseId | None = None,
    opens: bool = False,
) -> AsyncIterator[Matter]:
    """Begin a unit of work about an escalation; whoever changes it holds its case first.

    With `beside`, another case as well: the lower number first, so that nobody waits in a ring.
    Whoever `opens` a case besides holds the workspace, and before any case.

    Raises:
        NoSuchCase: there is none that the person may know of.
    """
    async with means.database.reading() as work:
        of = (await work.escalations.get(by.workspace, escalation)).case
    async with means.acting(by) as act:
        if opens:
            await act.work.workspaces.hold(by.workspace)
        if beside is not None and case_number(beside) < case_number(of):
            await act.work.cases.find(by.workspace, beside)
        case = await act.case(of)
        found = await act.work.escalations.get(by.workspace, escalation)
        if not rules.may_know(found, case, act.who):
            raise NoSuchCase(case=case.id)
        yield Matter(act=act, case=case, escalation=found)


@asynccontextmanager
async def attending(means: Means, escalation: Escalation) -> AsyncIterator[Matter]:
    """Begin a unit of work of Caseflag's own, because time has passed."""
    caseflag = Actor(workspace=escalation.workspace, user=SYSTEM)
    async with means.acting(caseflag) as act:
        case = await act.work.cases.get(escalation.workspace, escalation.case)
        found = await act.work.escalations.get(escalation.workspace, escalation.id)
        yield Matter(act=act, case=case, escalation=found)


def scene(act: Act, case: Case, escalation: Escalation) -> Scene:
    """Return what has become of an escalation, for those who are told."""
    return Scene(
        case=case,
        escalation=escalation,
        by=act.who.user,
        leads=leads_of(act, case),
        at=act.now,
    )


async def become(
    act: Act, event: Event, case: Case, before: Escalation, after: Escalation, **besides: Value
) -> Case:
    """Keep what an escalation became by an event; return its case, whose card shows that."""
    await act.work.escalations.save(after)
    return await entered(act, event, case, before, after, **besides)


async def finished(
    matter: Matter,
    event: Event,
    after: Escalation,
    told: tuple[Notice, ...] = (),
    **besides: Value,
) -> Escalation:
    """Keep what an escalation became by an event, tell of it, and make it so."""
    await become(matter.act, event, matter.case, matter.escalation, after, **besides)
    matter.act.owe(*told)
    await matter.act.commit()
    return after


async def entered(
    act: Act,
    event: Event,
    case: Case,
    before: Escalation | None,
    after: Escalation,
    **besides: Value,
) -> Case:
    """Enter an event in the history, keep up its promises, and let the case's card show it.

    Of a confidential escalation the history, which the engineer reads, says only that it moved.
    """
    await ladder.keep_up(act, event, after, case)
    paging.paged(act, case, before, after)
    what = f"escalations.{DONE[event]}"
    named: dict[str, Value] = {"escalation": after.id}
    if after.request.confidential:
        await act.note(case.id, what, after={**named, "confidential": True})
        return case
    was, became = difference(before, after) if before else ({}, {})
    await act.note(case.id, what, was, {**became, **named, **besides})
    shown = casework.shown_anew(case)
    await act.work.cases.save(shown)
    return shown


async def heard(act: Act, case: Case, comment: Comment) -> Case:
    """Note that an escalation's owner has spoken to the requester, if a comment is the first word.

    Return the case as it is after that.
    """
    if not comment.is_public:
        return case
    found = await act.work.escalations.of_case(act.workspace, case.id)
    if found is None or found.owner != comment.author or found.contacted_at is not None:
        return case
    if not rules.may(Event.CONTACT, found, case, act.who):
        return case
    after = rules.contacted(found, case, by=act.who, now=act.now)
    return await become(act, Event.CONTACT, case, found, after)
