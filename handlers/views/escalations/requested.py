"""The requester's card: who has it, what was promised, and an honest word where it is late."""

from datetime import datetime

from slack_sdk.models.blocks import SectionBlock

from handlers.ids import Action
from handlers.views.escalations.offered import REQUESTER, on_card
from handlers.views.escalations.standing import ended, over
from handlers.views.message import (
    Message,
    button,
    buttons,
    context,
    given,
    header,
    saying,
    section,
)
from handlers.views.text import ago, passage, quoted, when, who
from handlers.views.words import ESCALATION_STATE, OUTCOME, TREND
from policy.casefile import EscalationFile
from policy.escalations import EscalationState
from policy.promises import Kind

SHORT = 800


def request_card(file: EscalationFile, *, now: datetime) -> Message:
    """Return the card that an escalation's submitter has in the messages with Caseflag.

    By when it is to be acknowledged and contacted is told only where the workspace shows that;
    what is agreed among ourselves never is.
    """
    escalation, case = file.escalation, file.file.case
    stands = _stands(file, now=now)
    update, proposal = escalation.update, escalation.proposal
    return saying(
        f"Your escalation of *{case.id}* {quoted(case.title)}: {stands[0]}",
        *given(
            header(f"Your escalation · {case.id} · {case.title}"),
            section(*stands),
            section(
                f"*Last update* ({TREND[update.trend].lower()}), {when(update.at)}:",
                passage(update.text, SHORT),
            )
            if update and escalation.is_open
            else None,
            section(
                f"*{who(proposal.by)} asks whether it may be closed* "
                f"({OUTCOME[proposal.outcome].lower()}); please answer by "
                f"{when(proposal.answer_due_at)}:",
                passage(proposal.summary, SHORT),
            )
            if proposal
            else None,
            _contested(file),
            context(_right(file)),
            buttons(
                *on_card(REQUESTER, file),
                button("Show the case", Action.SHOW_CASE, case.id),
            ),
        ),
    )


def _stands(file: EscalationFile, *, now: datetime) -> tuple[str, ...]:
    escalation = file.escalation
    if not escalation.is_open:
        word = ESCALATION_STATE[escalation.state]
        return tuple(filter(None, (f"*{word}.*", ended(escalation))))
    if escalation.state is EscalationState.REQUESTED:
        since = f"It waits since {when(escalation.submitted_at)}; whoever is on duty was told."
        return f"*{_waits(file)}*", since
    owner = who(escalation.owner) if escalation.owner else "Nobody"
    owned = f"{owner} answers for it since {when(file.line.since)}."
    paused = ", paused" if file.line.is_paused else ""
    word = f"*{ESCALATION_STATE[escalation.state]}{paused}.*"
    return tuple(filter(None, (word, owned, _promised(file, now=now))))


def _waits(file: EscalationFile) -> str:
    late, due = file.line.overdue, file.escalation.acknowledge_due_at
    if not file.shows_targets:
        return "Not acknowledged yet." if late is None else "Not acknowledged yet; we keep asking."
    if late is not None and late.kind is Kind.ACKNOWLEDGE:
        return f"Not acknowledged yet, {over(late)}; we keep asking."
    return f"Not acknowledged yet; this is due by {when(due)} ({ago(due)})."


def _promised(file: EscalationFile, *, now: datetime) -> str:
    """Return the next thing that the requester was promised, and honestly that it is late."""
    escalation = file.escalation
    if escalation.watch is not None:
        return f"It is watched until {when(escalation.watch.until)}."
    due, what = escalation.next_update_due_at, "Next update"
    if due is None and file.shows_targets and escalation.contacted_at is None:
        due, what = escalation.contact_due_at, "First contact"
    if due is None:
        return ""
    if now > due and not file.line.is_paused:
        late = file.line.overdue
        by = f", {over(late)}" if late and late.due_at == due else ""
        return f":red_circle: {what}: was due {when(due)}{by}, and has not come yet."
    return f"{what}: by {when(due)} ({ago(due)})."


def _contested(file: EscalationFile) -> SectionBlock | None:
    contest = file.escalation.contest
    if contest is None:
        return None
    if contest.settled_by is None:
        return section("You objected; a lead answers.")
    verdict = "granted" if contest.granted else "refused"
    return section(
        f"{who(contest.settled_by)} {verdict} your objection:", passage(contest.answer, SHORT)
    )


def _right(file: EscalationFile) -> str:
    escalation = file.escalation
    if escalation.pulled:
        return "Management took this up by itself; the case's own escalation stays as it is."
    if escalation.holds_right:
        return "A case has one escalation, and this is it."
    return "The case may be escalated again."
