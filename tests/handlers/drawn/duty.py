"""The duty desk: cards, board, brief, digest and forms of escalations, in every state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice, product
from typing import Any

from handlers.metadata import CasePath, EscalationPath
from handlers.views import escalations as views
from policy.accounting import Fate, Page
from policy.board import Line, Listing, Overdue
from policy.brief import Asked, Brief, For, Involved, Part, Party, Tried, Waits
from policy.casefile import EscalationFile
from policy.comments import Conversation
from policy.escalations import (
    Agreement,
    Cause,
    ClosedAs,
    Contest,
    Decline,
    DeclineReason,
    Ending,
    Escalation,
    EscalationState,
    HandOver,
    Judged,
    Judgement,
    Pause,
    Plan,
    Proposal,
    Rating,
    Redirection,
    RedirectTarget,
    Review,
    Trend,
    Update,
    Watch,
)
from policy.fairness import Deed, Flag, Timing
from policy.ids import ChannelId, RunId, UserId
from policy.notices import PageEvent, PagerService
from policy.promises import Kind, Ledger, Promise
from policy.roles import Role
from policy.trail import Turned
from tests.handlers.drawn.values import (
    CHASED,
    CROWD,
    LATER,
    Drawn,
    the_case,
    the_escalation,
    the_file,
)
from tests.support.builders import (
    ANA,
    ELI,
    HELP,
    LEA,
    MONA,
    MORNING,
    OTTO,
    a_comment,
    a_promise,
    a_severity_request,
    a_standing,
    an_escalation,
)

E = EscalationState
H = timedelta(hours=1)
CUSTOMER, MANAGER = a_standing(ANA), a_standing(MONA, Role.DUTY_MANAGER)
LEAD = a_standing(LEA, Role.LEAD)
LATE = Overdue(kind=Kind.UPDATE, due_at=LATER, by=timedelta(minutes=12))
LATE_ANSWER = replace(LATE, kind=Kind.ACKNOWLEDGE, by=timedelta(hours=3, minutes=5))


ALL_LINES = {"bare requested", "full active", "without a watch"}
"""The lives that are shown in time, late, paused, and with every promise."""


def the_life(say: str, **other: Any) -> Escalation:
    """Return an escalation to which everything that can happen has happened."""
    known: dict[str, Any] = {
        "state": E.ACTIVE,
        "owner": MONA,
        "owned_at": MORNING,
        "contact_due_at": LATER,
        "plan": Plan(criteria=say, first_action=say, by=ELI),
        "update": Update(text=say, trend=Trend.WORSE, at=MORNING),
        "next_update_due_at": LATER,
        "hand_over": HandOver(to=OTTO, note=say, by=MONA, at=MORNING),
        "pause": Pause(reason=say, until=LATER),
        "watch": Watch(what=say, until=LATER),
        "proposal": Proposal(
            outcome=ClosedAs.SOLVED, summary=say, by=MONA, at=MORNING, answer_due_at=LATER
        ),
        "pulled": say,
    }
    full = the_escalation(say, **{**known, **other})
    return replace(full, request=replace(full.request, run=RunId("r" * 32), said=(say,)))


def ends(say: str) -> Iterator[tuple[str, Escalation]]:
    """Yield an escalation in every end that it can come to."""
    none: dict[str, Any] = {"hand_over": None, "pause": None, "proposal": None, "watch": None}
    ending = Ending(
        outcome=ClosedAs.SOLVED, summary=say, agreement=Agreement.LEAD, by=LEA, at=LATER
    )
    contest = Contest(why=say, by=ANA, at=LATER)
    settled = replace(contest, granted=True, answer=say, settled_by=LEA, settled_at=LATER)
    redirection = Redirection(target=RedirectTarget.COMMENT, reason=say, by=MONA, at=LATER)
    decline = Decline(
        code=DeclineReason.OTHER,
        explanation=say,
        alternative=say,
        contact=ELI,
        by=MONA,
        at=LATER,
    )
    yield "withdrawn", the_life(say, state=E.WITHDRAWN, owner=None, **none)
    yield "closed", the_life(say, state=E.CLOSED, ending=ending, **none)
    for text, preventable in product((say, ""), (True, False)):
        rating = Rating(score=1, text=text, by=ANA, at=LATER)
        review = Review(preventable=preventable, cause=Cause.OTHER, text=text, by=MONA, at=LATER)
        judged = Judged(judgement=Judgement.ACCEPTED, by=MONA, at=LATER)
        seen = {"rating": rating, "review": review, "judged": judged, "ending": ending}
        yield "looked back at", the_life(say, state=E.CLOSED, **seen, **none)
    for each in (None, contest, settled, replace(settled, granted=False)):
        for kind, state in (("redirection", E.REDIRECTED), ("decline", E.DECLINED)):
            end = redirection if kind == "redirection" else decline
            more = {kind: end, "contest": each, "pulled": ""}
            yield kind, the_life(say, state=state, **{**none, **more})


def lives(say: str) -> Iterator[tuple[str, Escalation]]:
    """Yield an escalation in every state, as little and as much as there can be to say."""
    for state in (E.REQUESTED, E.ACKNOWLEDGED, E.ACTIVE, E.MONITORING):
        owner = None if state is E.REQUESTED else MONA
        yield f"bare {state}", the_escalation(say, state=state, owner=owner)
        yield f"full {state}", the_life(say, state=state, owner=owner)
    yield "plain", an_escalation()
    yield "secret", the_life(say, confidential=True)
    yield "without an owner", the_life(say, owner=None, watch=None)
    yield "without a watch", the_life(say, watch=None)
    no_update = the_life(say, watch=None, next_update_due_at=None)
    yield "without an update", no_update
    yield "contacted", replace(no_update, contacted_at=MORNING)
    yield from ends(say)


def the_line(say: str, escalation: Escalation, **other: Any) -> Line:
    """Return an escalation as the board shows it."""
    line = Line(
        escalation=escalation, case=the_case(say), next=None, overdue=None, is_paused=False
    )
    return replace(line, **other)


def promises(say: str) -> tuple[Promise, ...]:
    """Return promises of every kind: the owner's, somebody else's, nobody's, kept, missed."""
    each = [a_promise(kind=kind, what=say, due_at=LATER) for kind in Kind]
    return (
        *each,
        a_promise(kind=Kind.ACTION, what=say, owner=ANA),
        a_promise(owner=None),
        a_promise(kept_at=LATER, missed=True),
    )


def lines(say: str, escalation: Escalation) -> Iterator[Line]:
    """Yield lines that are in time, late by minutes and by hours, paused, and without promises."""
    yield the_line(say, escalation)
    yield the_line(say, escalation, is_paused=True)
    for promise in promises(say):
        yield the_line(say, escalation, next=promise)
    for by in (0, 1, 12, 120, 185):
        late = replace(LATE, by=timedelta(minutes=by))
        yield the_line(say, escalation, next=a_promise(due_at=LATER), overdue=late)
    answer = a_promise(kind=Kind.ACKNOWLEDGE, owner=None)
    yield the_line(say, escalation, next=answer, overdue=LATE_ANSWER)


def escalation_files(say: str) -> Iterator[tuple[str, EscalationFile]]:
    """Yield an escalation as everybody reads it who may."""
    readers = {"customer": CUSTOMER, "manager": MANAGER, "lead": LEAD, "card": None}
    every, paged = promises(say), cycle(batched(pages(say)))
    ledger = Ledger(open=every * 3, missed=every * 3, kept=every)
    for (name, life), (who, reader) in product(lives(say), readers.items()):
        line = the_line(say, life, next=every[2])
        file = escalation_file(say, line, reader=reader, ledger=ledger)
        yield f"{name} for {who}", replace(file, pages=next(paged))


def batched(every: Iterator[Page]) -> Iterator[tuple[Page, ...]]:
    """Yield as many at a time as are shown of them."""
    while batch := tuple(islice(every, 10)):
        yield batch


def pages(say: str) -> Iterator[Page]:
    """Yield all that can become of a page."""
    for service, event, fate in product(PagerService, PageEvent, Fate):
        for is_late, attempts, reason in ((True, 1, ""), (False, 7, say)):
            yield Page(
                service=service,
                event=event,
                is_late=is_late,
                at=LATER,
                fate=fate,
                attempts=attempts,
                reason=reason,
            )


def escalation_file(say: str, line: Line, **other: Any) -> EscalationFile:
    """Return an escalation with all that a card, a form or a view shows of it."""
    reader = other.pop("reader", None)
    file = the_file(the_case(say), reader=reader, escalation=line.escalation)
    known = EscalationFile(
        file=file,
        line=line,
        ledger=Ledger(open=(), missed=(), kept=()),
        latest_update_at=LATER,
        shows_targets=True,
    )
    return replace(known, **other)


def messages(say: str) -> Iterator[Drawn]:
    """Yield every card, board, list and brief."""
    for name, life in lives(say):
        every = list(lines(say, life))
        for number, line in enumerate(every if name in ALL_LINES else every[:3]):
            file = escalation_file(say, line)
            yield f"duty {name} {number}", views.escalation_card(file, now=LATER)
            for shows, now in product((True, False), (MORNING, LATER + H)):
                yield (
                    f"request {name} {number}",
                    views.request_card(replace(file, shows_targets=shows), now=now),
                )
    yield from listings(say)
    for brief in briefs(say):
        yield "brief", views.brief_message("*CASE-1*: ", brief)
    for owner in (MONA, None):
        yield "promised", views.promised(a_promise(owner=owner))
    yield "kept", views.kept(a_promise())


def listings(say: str) -> Iterator[Drawn]:
    """Yield the board, and every list."""
    several = tuple(lines(say, the_life(say, confidential=True)))
    for many in ((), several[:3], several * 3):
        yield f"board of {len(many)}", views.board(many, now=LATER)
        for listing in Listing:
            yield f"{listing} of {len(many)}", views.listed(many, listing)
    for to in (None, HELP):
        yield "board moved", views.board_moved(to)


def modals(say: str) -> Iterator[Drawn]:
    """Yield every form and view."""
    for name, file in escalation_files(say):
        yield f"full {name}", views.full(file)
    for brief in briefs(say):
        yield "brief", views.brief_view(brief)
    for life in (the_life(say), the_escalation(say)):
        file = escalation_file(say, the_line(say, life))
        yield from forms(file)
    contested = the_life(say, contest=Contest(why=say, by=ANA, at=LATER), update=None)
    yield from forms(escalation_file(say, the_line(say, contested)))
    path = CasePath(case=file.file.case.id, here=HELP)
    yield "pull", views.answering.pull(file.file, path)


def forms(file: EscalationFile) -> Iterator[Drawn]:
    """Yield every form of an escalation."""
    path = EscalationPath(escalation=file.escalation.id, here=ChannelId("C" * 11))
    answer, work, close = views.answering, views.working, views.closing
    for form in (
        *(answer.redirect, answer.decline, answer.dispute, answer.appeal, answer.settle),
        *(answer.reinstate, answer.give_back, work.start, work.update, work.promise),
        *(work.pause, work.hand_over, work.stabilise, work.relapse, close.propose),
        *(close.de_escalate, close.object_, close.rate, close.review, close.judge),
    ):
        yield form.__name__, form(file, path)


def briefs(say: str) -> Iterator[Brief]:
    """Yield a brief of which there is nothing to say, and one of which there is everything."""
    bare = Brief(
        case=the_case(say),
        escalation=the_escalation(say),
        evidence=Conversation(),
        waits=(),
        asked=(),
        tried=(),
        ledger=Ledger(open=(), missed=(), kept=()),
        people=(),
        severities=(),
        tiers=(),
        requests=(),
        flags=(),
    )
    yield bare
    plain = the_escalation(say)
    yield replace(bare, escalation=replace(plain, request=replace(plain.request, changed="")))
    yield everything(say, bare)


def everything(say: str, bare: Brief) -> Brief:
    """Return the longest brief there is."""
    every = promises(say)
    turn = Turned(at=MORNING, by=ELI, what="severities.changed", before=say, after=say, why=say)
    asked = Asked(question=say, by=ELI, at=MORNING, answer=a_comment(text=say))
    return replace(
        bare,
        escalation=the_life(say),
        evidence=CHASED,
        waits=tuple(
            Waits(who=who, whom=whom, what=what, since=MORNING, words=words)
            for who, whom, what, words in zip(Party, Party, For, ("", say, say, say), strict=False)
        ),
        asked=(asked, replace(asked, answer=None)) * 10,
        tried=(Tried(what=say, by=ELI, at=MORNING), Tried(what=say, by=None, at=MORNING)) * 10,
        ledger=Ledger(open=every * 2, missed=every * 2, kept=every),
        people=tuple(Involved(user=UserId(user), parts=tuple(Part)) for user in sorted(CROWD)),
        severities=(turn, replace(turn, why="")) * 5,
        tiers=(turn,) * 5,
        requests=tuple(a_severity_request(why=say, granted=each) for each in (None, False, True)),
        flags=tuple(
            Flag(deed=deed, timing=timing, at=MORNING, by=ELI, margin=H)
            for deed, timing in product(Deed, Timing)
        ),
    )
