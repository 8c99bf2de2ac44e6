"""Every form: empty, with a draft, and with all that can stand in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from handlers.forms.accounts import Brought
from handlers.forms.thresholds import typed as typed_table
from handlers.metadata import (
    CommentPath,
    GuidancePath,
    MessagePath,
    PickPath,
    Place,
    RequestPath,
    TablePath,
)
from handlers.views import accounts, comments, escalations, lists, settings, severities, thresholds
from handlers.views.cases import form, shown
from handlers.views.modal import told
from handlers.views.refusals import NO_SUCH_CASE
from policy.casefile import Doubted, Opening, Position, Similar
from policy.cases import Severity
from policy.comments import CommentKind
from policy.customers import (
    AccountFile,
    AccountPage,
    Imported,
    Listed,
    Problem,
    TierChange,
)
from policy.escalations import Reason
from policy.guidance.outcomes import Escalate, OtherCase
from policy.guidance.questions import Facts
from policy.ids import ChannelId, GroupId, RequestId, Tier
from policy.laboratory import Moved, Preview
from policy.lists import CaseFilter, searched
from policy.roles import Role
from policy.settings import UserGroup
from policy.thresholds import SHIPPED, ThresholdTable
from tests.handlers.drawn import casework
from tests.handlers.drawn.values import CHASED, CROWD, LATER, Drawn, the_case, the_file
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    HELP,
    MONA,
    a_standing,
    an_account,
    workspace_settings,
)

HERE = Place(here=HELP)
CUSTOMER, OURS = a_standing(ANA), a_standing(ELI, Role.ENGINEER)


def views(say: str) -> Iterator[Drawn]:
    """Yield them all."""
    for kept in ({}, typed(say)):
        yield from opening(say, kept)
        yield from commenting(say, kept)
        yield from casework.forms(say, kept)
        yield "add to a case", comments.adding(MessagePath(links=("https://x/p1",)), say)
        yield from escalating(say, kept)
    yield "refusal", severities.refusal(RequestPath(request=RequestId("r" * 32), here=HELP))
    yield "account", accounts.form(an_account(name=say, tier=say), HERE)
    yield "account nowhere", accounts.form(None, Place())
    for state in ("is_open", "is_waiting", "is_available", "mine", "account"):
        flag: dict[str, Any] = {state: True}
        wanted = CaseFilter(**flag, severities=tuple(Severity), words=searched(say))
        yield f"filter {state}", lists.form(wanted, HERE)
    yield from tables(say)
    yield from customers(say)
    yield "settings", settings.form(workspace_settings())
    groups = workspace_settings(
        duty_managers=("S01", "S02", MONA), urgent_contact=say, default_tier=Tier(say)
    )
    known = [UserGroup(id=GroupId("S01"), name=say, handle=say)]
    yield "settings of groups", settings.form(groups, known)
    for notice in ("", NO_SUCH_CASE):
        path = PickPath(verb="comment", text=say[:500], here=HELP)
        yield "picker", shown.picker(path, notice)


def customers(say: str) -> Iterator[Drawn]:
    """Yield pages of accounts, the form for one, and what an import can come to."""
    crowd = an_account(
        name=say,
        tier=say,
        channels=frozenset(ChannelId(f"C{n:010}") for n in range(60)),
        contacts=CROWD,
    )
    change = TierChange(at=LATER, by=ANA, before=Tier(say), after=Tier(say))
    for accounts_of, number, has_more in (((), 1, False), ((crowd,) * 10, 2, True)):
        page = AccountPage(accounts=accounts_of, number=number, has_more=has_more)
        yield "accounts", accounts.listed(page)
    first = replace(change, before=None)
    bare = replace(crowd, channels=frozenset(), contacts=frozenset())
    for each, tiers in ((crowd, (change,) * 4 + (first,)), (bare, ())):
        yield "account", accounts.editor(AccountFile(account=each, tiers=tiers))
    yield "importer", accounts.importer()
    yield "account saved", accounts.saved(crowd)
    many = tuple(Problem(line=n, message=say) for n in range(200))
    for found in (Imported(problems=many), Imported(new=1, is_dry=True), Imported(same=2)):
        yield from (
            (f"imported {url}", told("Import", accounts.imported(found, brought(url))))
            for url in ("", "https://files.slack.com/files-pri/T1-F1/accounts.csv")
        )


def brought(url: str) -> Brought:
    """Return what somebody brought along."""
    return Brought(what=Listed.CASES, text="", url=url, dry=True)


def tables(say: str) -> Iterator[Drawn]:
    """Yield the editor of the threshold table, and previews that move nothing, some and many."""
    tiers = tuple(Tier(f"{number}{say}"[:40]) for number in range(8))
    rows = {each: (timedelta(hours=30),) * 8 for each in Severity}
    table = ThresholdTable(
        version=9, tiers=tiers, rows=rows, published_by=ANA, published_at=LATER, why=say[:300]
    )
    path = TablePath.of(table)
    yield "table", thresholds.form((table,) * 5, path)
    yield "shipped table", thresholds.form((SHIPPED,), path, kept=typed_table(table))
    none, one = Moved(count=0, first=()), Moved(count=1, first=(the_case(say),))
    many = Moved(count=12345, first=(the_case(say),) * 10)
    for becoming, ceasing in product((none, one, many), repeat=2):
        found = Preview(before=SHIPPED, after=table, becoming=becoming, ceasing=ceasing)
        yield "preview", thresholds.preview(found, path)
    yield "published", thresholds.published(table)


def typed(say: str) -> dict[str, str]:
    """Return a draft of all forms at once, with words where there may be words."""
    words = ("title", "description", "impact", "component", "environment", "text", "next_step")
    more = ("changed", "wanted", "critical_meaning", "workaround_why", "phone", "why", "since")
    return {
        **dict.fromkeys((*words, *more), say),
        "severity": "S1",
        "account": an_account().id,
        "production_down": "yes",
        "has_workaround": "no",
        "contact": CLEO,
        "alternate": ELI,
        "visibility": "internal",
        "question": "yes",
        "next_step_at": "1748851200",
        "critical_at": "1748851200",
        "users_affected": "100000000",
        "reach": "call",
        "workaround": "works",
        "reason": "other",
        "followers": ",".join(sorted(CROWD)),
        "confidential": "yes",
    }


def opening(say: str, kept: Mapping[str, str]) -> Iterator[Drawn]:
    """Yield the form *open case* for everybody, with every doubt."""
    acme = an_account(name=say, tier=say)
    openings = {
        "of a customer": Opening(accounts=(acme,), default=acme, reader=CUSTOMER),
        "of ours": Opening(accounts=(acme,), default=None, reader=OURS),
        "before the setup": Opening(accounts=(), default=None, reader=CUSTOMER),
    }
    doubts = (None, Doubted(), Similar(cases=(the_case(say),) * 5))
    for (name, each), doubt in product(openings.items(), doubts):
        drawn = form.form(each, HERE, kept=kept, doubt=doubt)
        yield f"open {name}, {type(doubt).__name__}", drawn


def commenting(say: str, kept: Mapping[str, str]) -> Iterator[Drawn]:
    """Yield the forms for comments and severities."""
    case = the_case(say)
    path = GuidancePath(case=case.id, here=HELP)
    preview = dict.fromkeys(Severity, LATER)
    for reader in (CUSTOMER, OURS, None):
        counts_at = LATER if reader else None
        file = the_file(case, reader=reader, said=CHASED, chase_counts_at=counts_at)
        yield "severity", severities.form(file, preview, path, kept=kept)
        for kind in (CommentKind.COMMENT, CommentKind.CHASE):
            place = CommentPath(case=case.id, kind=kind, here=HELP)
            yield f"comment {kind}", comments.form(file, place, kept=kept)


def escalating(say: str, kept: Mapping[str, str]) -> Iterator[Drawn]:
    """Yield the escalation form, as advised and against the advice."""
    for severity in (Severity.S1, Severity.S3):
        case = the_case(say, severity=severity)
        path = GuidancePath(case=case.id, here=HELP)
        found = Escalate(reason=Reason.IMPACT_CHANGED, confidential=True, asks_severity=True)
        position = Position(file=the_file(case), gate=None, facts=Facts(), next=found)
        yield f"escalation {severity}", escalations.form(position, path, kept=kept)
        against = replace(position, next=OtherCase())
        yield f"overridden {severity}", escalations.form(against, path, kept=kept)
