"""What people read who did something, looked something up, or mistyped."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

from handlers.metadata import GuidancePath, Place
from handlers.views import (
    accounts,
    comments,
    crossings,
    escalations,
    home,
    refusals,
    settings,
    severities,
    thresholds,
)
from handlers.views.cases import shown
from handlers.views.escalations.told import DONE
from handlers.views.guidance import gates
from handlers.views.help import Usage, usage
from handlers.views.message import saying
from handlers.views.modal import loading, told
from policy.board import Line, Overdue
from policy.casefile import Said
from policy.cases import CaseState
from policy.comments import CommentKind
from policy.escalations import Event
from policy.home import Ailment, Home
from policy.ids import CaseId, ChannelId
from policy.laboratory import what_if
from policy.refusals import EscalationAlreadyOpen
from policy.roles import Role
from policy.thresholds import SHIPPED
from tests.handlers.drawn import casework
from tests.handlers.drawn.values import (
    ACKNOWLEDGED,
    CHASED,
    LATER,
    Drawn,
    files,
    the_case,
    the_escalation,
    the_file,
)
from tests.support.builders import (
    ANA,
    HELP,
    MONA,
    MORNING,
    a_comment,
    a_promise,
    a_severity_request,
    a_standing,
    an_account,
)


def messages(say: str) -> Iterator[Drawn]:
    """Yield every answer that can stand in a channel."""
    yield from done(say)
    yield from casework.receipts(say)
    for granted in (None, True, False):
        asked = a_severity_request(why=say, granted=granted, decided_by=MONA)
        yield f"severity answered {granted}", severities.answered(asked, LATER)
        yield f"severity decided {granted}", severities.decided(asked)
    known = (Usage(word="open", behind="[x]", does="opens a case"),) * 15
    for typed in ("", say, "opn"):
        yield f"usage {typed[:5]}", usage(known, typed)
    pressed = {"actions": [{"action_id": "guidance.start", "value": "CASE-1"}]}
    yield "pressed too late", refusals.again(pressed)
    yield "typed too late", refusals.again({"text": say})
    yield "typed in vain", refusals.returned(saying("Write less."), say)


def done(say: str) -> Iterator[Drawn]:
    """Yield what is said of a case to which something was done."""
    file = the_file(the_case(say))
    yield "closed it", shown.closed(file)
    yield "reopened it", shown.reopened(file)
    yield "took it", shown.taken(file)
    for at in (LATER, None):
        yield "reminds", crossings.promised(file.case.id, at)
    yield "dismissed", crossings.dismissed(file)
    for case in (file.case, the_case(say, state=CaseState.CLOSED)):
        for now in (MORNING, LATER):
            yield "what if", thresholds.what_if(what_if(the_file(case), SHIPPED, now=now))
    yield "acknowledged", escalations.yours(the_escalation(say, **ACKNOWLEDGED))
    yield from (
        (f"did {event}", escalations.done(event, the_escalation(say)))
        for event in Event
        if event in DONE
    )
    yield "acknowledged without targets", escalations.yours(the_escalation(say, owner=MONA))
    for kind, later, talk in product(CommentKind, (LATER, None), (CHASED, file.said)):
        said = Said(
            comment=a_comment(text=say, kind=kind),
            file=the_file(file.case, said=talk),
            counts=later is not None,
            counts_again_at=later,
        )
        yield f"commented {kind} {later}", comments.added(said)


def views(say: str) -> Iterator[Drawn]:
    """Yield every answer that stands in a modal, and the home."""
    yield "loading", loading()
    for name, file in files(say):
        yield f"told, {name}", told("Caseflag", shown.shown(file))
    yield "opened", shown.opened(the_case(say))
    yield "opened privately", shown.opened(the_case(say, channel=ChannelId("U1")))
    path = GuidancePath(case=CaseId("CASE-999999999"), here=HELP)
    yield "receipt", escalations.receipt(the_escalation(say))
    yield "stated", escalations.stated(the_escalation(say))
    first = EscalationAlreadyOpen(case=path.case, by=ANA, at=LATER)
    yield "second", gates.second(first, path, say)
    yield "saved", settings.saved()
    for here in (HELP, None):
        acme = an_account(name=say, tier=say)
        yield f"linked {here}", accounts.linked(acme, Place(here=here))
    yield from homes(say)


def homes(say: str) -> Iterator[Drawn]:
    """Yield the home of everybody: full, empty, of the first page and of a later one."""
    found = tuple(file for _, file in files(say))[:10]
    near = the_file(the_case(say, state=CaseState.WAITING_THIRD_PARTY), is_available=False)
    case = the_case(say)
    promise = a_promise()
    late = Overdue(kind=promise.kind, due_at=promise.due_at, by=LATER - MORNING)
    lines = tuple(
        Line(escalation=each, case=case, next=promise, overdue=overdue, is_paused=False)
        for each in (the_escalation(say), the_escalation(say, **ACKNOWLEDGED))
        for overdue in (late, None)
    )
    roles = {"customer": (), "administrator": (Role.ADMINISTRATOR,), "everything": tuple(Role)}
    for (name, has), page, shown_ in product(roles.items(), (1, 2), (found, (near,), ())):
        drawn = Home(
            reader=a_standing(MONA, *has),
            files=shown_,
            page=page,
            has_more=bool(shown_),
            is_queue=Role.ENGINEER in has,
            lines=lines * 5 if shown_ else (),
            ailments=tuple((each, 12345) for each in Ailment) if shown_ else (),
            site="https://acme.slack.com/",
            now=LATER - timedelta(hours=30),
        )
        yield f"home of {name}", home.home(drawn)
