"""What people read who did something, looked something up, or mistyped."""

from collections.abc import Iterator
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
from handlers.views.modal import loading, told
from policy.casefile import CasePage, Said
from policy.cases import CaseState
from policy.comments import CommentKind
from policy.escalations import Event
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
    LEA,
    MONA,
    MORNING,
    a_comment,
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


def done(say: str) -> Iterator[Drawn]:
    """Yield what is said of a case to which something was done."""
    file = the_file(the_case(say))
    yield "closed it", shown.closed(file)
    yield "reopened it", shown.reopened(file)
    yield "took it", shown.taken(file)
    yield "reminds", crossings.promised(file.case.id, LATER)
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
    page = CasePage(files=tuple(file for _, file in files(say)), number=1, pages=3, total=30)
    yield "home", home.home(page, a_standing(ANA))
    none = CasePage(files=(), number=1, pages=1, total=0)
    yield "empty home", home.home(none, a_standing(LEA, Role.ADMINISTRATOR))
