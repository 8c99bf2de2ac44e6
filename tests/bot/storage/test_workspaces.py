"""Nothing of one workspace is ever seen, or changed, from another."""

import inspect
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.storage import Work
from bot.storage.outbox.rows import NoticeState
from bot.storage.schema import metadata
from bot.storage.standings import Ground
from policy.cases import CaseState, Severity
from policy.comments import Conversation
from policy.customers import TierChange
from policy.escalations import EscalationState, Judged, Judgement
from policy.guidance.questions import Facts
from policy.guidance.walk import Run
from policy.hearing import Hear, Preferences
from policy.history import Change
from policy.hours import Span
from policy.ids import CaseId, ChannelId, RunId, ShiftId, SwapId, Ts, WorkspaceId
from policy.notices import CaseTaken, Notice, Thread
from policy.owed import crossings as owed
from policy.refusals import Refusal
from policy.roles import Role
from policy.rota import Rota, Shift, Swap
from policy.thresholds import GOLD, SHIPPED
from tests.support.builders import (
    ACME,
    ANA,
    ELI,
    HELP,
    MONA,
    MORNING,
    a_case,
    a_comment,
    a_promise,
    a_severity_request,
    a_standing,
    an_account,
    an_escalation,
    workspace_settings,
)

OURS, THEIRS = WorkspaceId("TOURS"), WorkspaceId("TTHEIRS")
CASE = CaseId("CASE-1")
ESCALATION, REQUEST, RUN = an_escalation().id, a_severity_request().id, RunId("run-1")
PROMISE, SHIFT, SWAP = a_promise().id, ShiftId("shift-1"), SwapId("swap-1")
FORM = (ANA, "cases.open", CASE)
SUPPORT = a_standing(ELI, Role.ENGINEER)
HOUR = timedelta(hours=1)

READS = {
    "workspaces.known": (),
    "thresholds.current": (),
    "settings.get": (),
    "accounts.get": (ACME,),
    "accounts.named": ("Acme",),
    "accounts.all_for": (SUPPORT, "", 100),
    "accounts.of_channel": (HELP,),
    "cases.get": (CASE,),
    "cases.find": (CASE,),
    "cases.of_thread": (HELP, a_case().thread),
    "cases.open_of_account": (ACME,),
    "cases.count": (),
    "cases.numbered": (0, 10),
    "references.known": (["old-1"],),
    "cases.mine": (ANA, 0, 100),
    "cases.pickable": (SUPPORT, "", 100),
    "cases.latest_here": (HELP, ANA),
    "comments.of": (CASE,),
    "comments.conversation": (CASE,),
    "escalations.get": (ESCALATION,),
    "escalations.escalated": ([CASE],),
    "escalations.of_case": (CASE,),
    "severities.get": (REQUEST,),
    "severities.open_of": (CASE,),
    "runs.get": (RUN,),
    "history.of": (CASE,),
    "history.ends": ([CASE],),
    "drafts.kept": (*FORM, MORNING),
    "cards.of": ("case", CASE),
    "thresholds.versions": (10,),
    "cases.all_open": (),
    "account_trail.chosen": (ANA,),
    "account_trail.tiers": (ACME,),
    "comments.of_source": ("CHELP:1.1",),
    "escalations.all_of": (CASE,),
    "escalations.open_in": (),
    "severities.all_of": (CASE,),
    "hearing.chosen": ([ANA],),
    "reminders.waiting": (),
    "runs.judged": (10,),
    "promises.get": (PROMISE,),
    "promises.of": (ESCALATION,),
    "promises.open_in": (),
    "rota.of": (),
    "standings.ground": (ANA, HELP),
    "rota.shift": (SHIFT,),
    "rota.swap": (SWAP,),
    "rota.swaps": (),
    "rota.told": (),
    "stories.of": ("key",),
    "stories.of_keys": (["key"],),
    "stories.latest": ("CaseTaken", 10),
    "stories.listed": (NoticeState, 10),
    "stories.counted": (),
}
"""Every way to ask for what is a workspace's own, with what finds something in one that is filled."""
WRITES = {
    "workspaces.add",
    "workspaces.hold",
    "workspaces.next_case",
    "workspaces.numbered_up_to",
    "thresholds.publish",
    "cases.talked",
    "drafts.keep",
    "drafts.drop",
    "cards.want",
    "cards.outdate",
    "cards.outdate_cases",
    "cards.redraw",
    "account_trail.choose",
    "account_trail.turned",
    "duty_days.plan",
    "duty_days.take",
    "hearing.choose",
    "homes.opened",
    "homes.outdate",
    "homes.outdate_all",
    "references.keep",
    "reminders.put",
    "rota.drop",
    "rota.look_ahead",
    "rota.revoke",
    "rota.tell",
    "runs.judge",
    "stories.outdated",
    "stories.overtaken",
    "stories.retried",
}
UNFILLED = {
    "crossings.told_between",
    "homes.health",
    "stories.gathered",
    "stories.pings",
    "stories.told",
}
"""What finds something only after announcing or sending, which this page does not do."""
NAMED: dict[str, dict[str, Any]] = {
    "comments.of": {"internal": True},
    "rota.of": {"since": MORNING},
    "standings.ground": {"since": MORNING},
    "rota.swaps": {"since": MORNING},
}
NOTHING: tuple[object, ...] = (
    *(None, False, 0, [], (), {}, ([], 0), frozenset(), Conversation(), Rota()),
    *(SHIPPED, [SHIPPED], {ANA: Preferences()}),
    Ground(settings=None, accounts=frozenset(), rota=frozenset()),
)


def is_nothing(answer):
    return answer in NOTHING or (inspect.isclass(answer) and issubclass(answer, Refusal))


async def asked(work, workspace):
    """Ask everything of a workspace."""
    answers = {}
    for name, details in READS.items():
        word, _, verb = name.partition(".")
        asks = partial(getattr(getattr(work, word), verb), **NAMED.get(name, {}))
        if name == "stories.listed":  # an operator asks it of all workspaces, too
            asks = partial(asks, workspace=workspace)
        else:
            asks = partial(asks, workspace)
        try:
            answers[name] = await asks(*details)
        except Refusal as refusal:
            answers[name] = type(refusal)
    return answers


async def read(database, workspace):
    async with database.reading() as work:
        return await asked(work, workspace)


async def fill(work, workspace):
    """Put something of everything into a workspace; the ids are the same in each."""
    case = a_case(workspace=workspace)
    await work.accounts.save(an_account(workspace=workspace))
    await work.settings.save(workspace_settings(workspace=workspace))
    await work.thresholds.publish(workspace, replace(SHIPPED, version=2, why=str(workspace)))
    await work.cases.add(case)
    await work.cases.talked(workspace, HELP, ANA, CASE, MORNING)
    await work.references.keep(workspace, "old-1", CASE)
    await work.comments.add(a_comment(workspace=workspace, source="CHELP:1.1"))
    await work.escalations.add(an_escalation(workspace=workspace))
    await work.severities.add(a_severity_request(workspace=workspace))
    await work.runs.add(a_run(workspace))
    accepted = Judged(judgement=Judgement.ACCEPTED, by=MONA, at=MORNING)
    await work.runs.judge(workspace, RUN, accepted)
    await work.history.append(a_change(workspace))
    await work.drafts.keep(workspace, *FORM, {"title": str(workspace)}, until=MORNING + HOUR)
    await work.cards.want(workspace, "case", CASE, HELP)
    await work.cards.want(workspace, "escalation", ESCALATION, HELP)
    await fill_desk(work, workspace)
    work.outbox.owe(a_notice(workspace), a_reminder(workspace))


async def fill_desk(work, workspace):
    turned = TierChange(at=MORNING, by=ANA, before=None, after=GOLD)
    span = Span(start_at=MORNING + HOUR, end_at=MORNING + 2 * HOUR)
    ours = {"workspace": workspace, "start_at": span.start_at, "end_at": span.end_at}
    await work.account_trail.choose(workspace, ANA, ACME)
    await work.account_trail.turned(workspace, ACME, turned)
    await work.hearing.choose(workspace, ANA, Preferences(answers=Hear.THREAD))
    await work.promises.put(a_promise(workspace=workspace), next_rung_at=None)
    await work.rota.keep(
        Shift(
            workspace=workspace,
            id=SHIFT,
            zone="Europe/Berlin",
            weekday=0,
            start=time(9),
            end=time(17),
            person=MONA,
        )
    )
    await work.rota.propose(
        Swap(**ours, id=SWAP, giver=MONA, taker=ELI, proposed_by=MONA, proposed_at=MORNING)
    )
    await work.rota.tell(workspace, span, now=MORNING)


def a_run(workspace):
    return Run(
        workspace=workspace,
        id=RUN,
        case=CASE,
        by=ANA,
        at=MORNING,
        answers=(),
        facts=Facts(),
        outcome="new_case",
    )


def a_change(workspace):
    return Change(workspace=workspace, case=CASE, at=MORNING, by=ANA, what="cases.opened")


def a_notice(workspace, key="key"):
    return Notice(
        workspace=workspace,
        key=key,
        case=CASE,
        to=Thread(case=CASE),
        fact=CaseTaken(engineer=ELI),
        urgency=1,
        at=MORNING,
    )


def a_reminder(workspace):
    case = a_case(workspace=workspace)
    return owed.reminder(case, ANA, available_at=MORNING, at=MORNING)


async def change_everything(work, workspace):
    """Change all that a workspace holds, in every way there is."""
    account = an_account(workspace=workspace, name="Renamed", channels=frozenset({ChannelId("C")}))
    await work.accounts.save(replace(account, contacts=frozenset()))
    await work.settings.save(workspace_settings(workspace=workspace, version=2))
    rows = dict.fromkeys(Severity, (HOUR, HOUR, HOUR))
    await work.thresholds.publish(workspace, replace(SHIPPED, version=3, rows=rows))
    await work.cases.save(
        a_case(workspace=workspace, state=CaseState.CLOSED, thread=Ts("2.2"), version=2)
    )
    await work.cases.talked(workspace, HELP, ANA, CASE, MORNING + HOUR)
    await work.comments.add(
        a_comment(workspace=workspace, id="another", source="CHELP:2.2", at=MORNING + HOUR)
    )
    await work.escalations.save(
        an_escalation(workspace=workspace, state=EscalationState.WITHDRAWN, version=2)
    )
    await work.severities.save(
        a_severity_request(workspace=workspace, decided_by=MONA, decided_at=MORNING, granted=True)
    )
    await work.history.append(a_change(workspace))
    await work.drafts.drop(workspace, *FORM)
    await work.cards.want(workspace, "case", CASE, ChannelId("C"))
    await work.cards.outdate(workspace, ("escalation",), ESCALATION, 9)
    await work.reminders.put(workspace, a_reminder(workspace).key, MORNING + HOUR)
    work.outbox.owe(a_notice(workspace, "another"))


def test_every_row_belongs_to_a_workspace():
    without = {table.name for table in metadata.sorted_tables if "workspace" not in table.c}
    assert without == {"workspaces", "sandbox_clock"}


async def test_this_page_knows_every_way_to_ask_for_what_is_a_workspaces_own(database):
    async with database.reading() as work:
        ways = {
            f"{word}.{verb}"
            for word, collection in vars(work).items()
            for verb, method in inspect.getmembers(collection, inspect.iscoroutinefunction)
            if not verb.startswith("_") and "workspace" in inspect.signature(method).parameters
        }
    assert isinstance(work, Work)
    assert ways == READS.keys() | WRITES | UNFILLED


async def test_a_workspace_sees_nothing_of_another(database):
    async with database.begin() as work:
        await fill(work, OURS)
        await work.commit()
    ours, theirs = await read(database, OURS), await read(database, THEIRS)
    assert {name for name, answer in ours.items() if is_nothing(answer)} == set()
    assert {name for name, answer in theirs.items() if not is_nothing(answer)} == set()


async def test_a_workspace_changes_nothing_of_another(database):
    async with database.begin() as work:
        await fill(work, OURS)
        await fill(work, THEIRS)
        await work.commit()
    before = await read(database, THEIRS), await read(database, OURS)
    async with database.begin() as work:
        await change_everything(work, OURS)
        await work.commit()
    after = await read(database, THEIRS), await read(database, OURS)
    assert after[0] == before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("first", [OURS, THEIRS])
async def test_what_is_due_over_all_workspaces_says_whose_it_is(database, first):
    second = THEIRS if first is OURS else OURS
    async with database.begin() as work:
        await fill(work, first)
        await fill(work, second)
        await work.commit()
    async with database.begin() as work:
        cases = await work.crossings.due(MORNING + timedelta(days=10), 10)
        cards = await work.cards.due(10, MORNING, HOUR)
        notices = await work.outbox.claim(MORNING, 10, HOUR)
    both = {OURS, THEIRS}
    assert {case.workspace for case in cases} == both
    assert {card.workspace for card in cards} == both
    assert {claimed.notice.workspace for claimed in notices} == both
