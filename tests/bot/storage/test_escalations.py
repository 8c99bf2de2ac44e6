"""Once per case is the database's word; of two who acknowledge, the first is the owner."""

import asyncio
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from policy import escalations as rules
from policy.cases import Severity
from policy.escalations import (
    Agreement,
    Cause,
    ClosedAs,
    Contest,
    Decline,
    DeclineReason,
    Ending,
    EscalationState,
    HandOver,
    Judged,
    Judgement,
    Pause,
    Plan,
    Proposal,
    Rating,
    Reach,
    Reason,
    Redirection,
    RedirectTarget,
    Reinstatement,
    Review,
    Trend,
    Update,
    Watch,
    Workaround,
)
from policy.ids import CaseId, EscalationId, RunId
from policy.refusals import (
    AlreadyAcknowledged,
    EscalationAlreadyOpen,
    EscalationIsOver,
    Refusal,
    RightIsUsed,
    Stale,
)
from policy.roles import Role
from tests.support.builders import (
    ANA,
    CLEO,
    LEA,
    MONA,
    OTTO,
    WORKSPACE,
    ZOE,
    a_case,
    a_standing,
    an_escalation,
    an_escalation_request,
    utc,
)

CASE = CaseId("CASE-1")
AT = utc("2025-06-08T08:05Z")
HOUR = timedelta(hours=1)
FULL = an_escalation(
    request=an_escalation_request(
        reason=Reason.SERVICE_QUALITY,
        changed="The agreed call did not take place.",
        critical_at=AT,
        critical_meaning="The fair opens.",
        workaround=Workaround.IMPRACTICAL,
        workaround_why="By hand it takes a week.",
        users_affected=4000,
        alternate=CLEO,
        reach=Reach.CALL,
        phone="4930123456",
        severity=Severity.S1,
        followers=(CLEO, ZOE),
        confidential=True,
        run=RunId("run-1"),
    ),
    state=EscalationState.ACKNOWLEDGED,
    owner=LEA,
    acknowledged_at=AT,
    contact_due_at=AT + timedelta(hours=1),
    uses_right=False,
    flags=("overridden", "asked_elsewhere"),
    version=2,
)


@pytest.fixture
async def opened(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.commit()
    return acme


async def add(database, escalation):
    async with database.begin() as work:
        await work.escalations.add(escalation)
        await work.commit()


async def of_case(database):
    async with database.reading() as work:
        return await work.escalations.of_case(WORKSPACE, CASE)


def worked(**facts):
    """Return an escalation with every part that it can come to hold."""
    by: dict[str, Any] = {"by": MONA, "at": AT}
    parts: dict[str, Any] = {
        "state": EscalationState.ACTIVE,
        "pulled": "The board meets tomorrow.",
        "owned_at": AT,
        "contacted_at": AT,
        "next_update_due_at": AT,
        "plan": Plan(criteria="All can sign in.", first_action="Roll back.", by=OTTO),
        "update": Update(text="Half of them can.", trend=Trend.BETTER, at=AT),
        "hand_over": HandOver(to=OTTO, note="My shift ends.", **by),
        "pause": Pause(reason="They are on holiday.", until=AT),
        "watch": Watch(what="The error rate.", until=AT),
        "redirection": Redirection(
            target=RedirectTarget.OTHER_CASE, reason="See there.", case=CASE, **by
        ),
        "decline": Decline(
            code=DeclineReason.OTHER, explanation="No.", alternative="Ask.", contact=ANA, **by
        ),
        "contest": Contest(why="It is not.", granted=True, answer="Yes.", settled_by=LEA, **by),
        "proposal": Proposal(
            outcome=ClosedAs.SOLVED, summary="Done.", prompts=1, answer_due_at=AT, **by
        ),
        "ending": Ending(
            outcome=ClosedAs.SOLVED, summary="Done.", agreement=Agreement.SILENCE, **by
        ),
        "rating": Rating(score=4, text="Quick.", **by),
        "review": Review(preventable=True, cause=Cause.LATE_RESPONSE, **by),
        "judged": Judged(judgement=Judgement.ACCEPTED, **by),
        "reinstatement": Reinstatement(reason="Our mistake.", **by),
    }
    return replace(FULL, **{**parts, **facts})


def test_no_part_of_an_escalation_is_left_out():
    found = worked()
    assert [each.name for each in fields(found) if getattr(found, each.name) in {None, ""}] == []


@pytest.mark.parametrize(
    "escalation", [FULL, an_escalation(), worked()], ids=["full", "bare", "worked"]
)
async def test_an_escalation_comes_back_as_it_was(opened, escalation):
    await add(opened, escalation)
    async with opened.reading() as work:
        assert await work.escalations.get(WORKSPACE, escalation.id) == escalation
    assert await of_case(opened) == escalation


async def test_an_unknown_escalation_is_stale(opened):
    async with opened.reading() as work:
        with pytest.raises(Stale):
            await work.escalations.get(WORKSPACE, EscalationId("gone"))


async def test_a_second_escalation_learns_who_was_first_and_when(opened):
    await add(opened, an_escalation())
    second = an_escalation(id=EscalationId("second"), submitted_by=CLEO)
    with pytest.raises(EscalationAlreadyOpen) as refused:
        await add(opened, second)
    first = an_escalation()
    assert (refused.value.by, refused.value.at) == (ANA, first.submitted_at)
    assert await of_case(opened) == first


@pytest.mark.parametrize(
    ("state", "may_again"),
    [
        (EscalationState.CLOSED, False),
        (EscalationState.DECLINED, False),
        (EscalationState.WITHDRAWN, True),
        (EscalationState.REDIRECTED, True),
    ],
)
async def test_only_a_withdrawn_or_redirected_escalation_gives_the_right_back(
    opened, state, may_again
):
    ended = an_escalation(state=state)
    second = an_escalation(id=EscalationId("second"))
    await add(opened, ended)
    if may_again:
        assert await of_case(opened) is None
        await add(opened, second)
        assert await of_case(opened) == second
    else:
        with pytest.raises(RightIsUsed):
            await add(opened, second)
        assert await of_case(opened) == ended


async def test_an_open_escalation_counts_before_the_one_that_used_the_right(opened):
    await add(opened, an_escalation(state=EscalationState.DECLINED))
    pulled = an_escalation(id=EscalationId("pulled"), uses_right=False)
    await add(opened, pulled)
    assert await of_case(opened) == pulled


async def test_an_id_that_exists_already_is_refused(opened):
    await add(opened, an_escalation(state=EscalationState.WITHDRAWN))
    with pytest.raises(Stale):
        await add(opened, an_escalation())


async def test_of_many_who_escalate_at_once_one_wins_and_all_others_learn_who(opened, doors):
    async def submits(number, door):
        try:
            await add(
                door, an_escalation(id=EscalationId(f"e{number}"), submitted_by=f"U{number}")
            )
        except EscalationAlreadyOpen as refusal:
            return refusal.by
        return None

    by = await asyncio.gather(*(submits(*each) for each in enumerate(doors * 3)))
    winner = await of_case(opened)
    assert by.count(None) == 1
    assert {each for each in by if each} == {winner.submitted_by}
    assert by[int(winner.id[1:])] is None


async def acknowledge(database, user):
    """Acknowledge as the desk does: read, ask the rules, save."""
    async with database.begin() as work:
        escalation = await work.escalations.get(WORKSPACE, an_escalation().id)
        by = a_standing(user, Role.DUTY_MANAGER)
        await work.escalations.save(rules.acknowledged(escalation, a_case(), by=by, now=AT))
        await work.commit()


async def test_of_many_who_acknowledge_at_once_the_first_is_the_owner(opened, doors):
    await add(opened, an_escalation())

    async def tries(number, door):
        try:
            await acknowledge(door, f"U{number}")
        except AlreadyAcknowledged as refusal:
            return refusal.owner
        return None

    owners = await asyncio.gather(*(tries(*each) for each in enumerate(doors * 3)))
    escalation = await of_case(opened)
    assert owners.count(None) == 1
    assert {each for each in owners if each} == {escalation.owner}
    assert (escalation.state, escalation.version) == (EscalationState.ACKNOWLEDGED, 2)


NEXT = an_escalation(state=EscalationState.ACKNOWLEDGED, owner=OTTO, version=2)


@pytest.mark.parametrize(
    ("stored", "refusal"),
    [
        (replace(NEXT, owner=MONA), AlreadyAcknowledged),
        (an_escalation(state=EscalationState.WITHDRAWN, version=2), EscalationIsOver),
        (an_escalation(version=2), Stale),
        (an_escalation(version=5), Stale),
    ],
    ids=["owned", "over", "changed", "far ahead"],
)
async def test_a_change_of_an_outdated_version_is_refused_with_what_came_first(
    opened, stored, refusal
):
    await add(opened, stored)
    async with opened.begin() as work:
        with pytest.raises(Refusal) as refused:
            await work.escalations.save(NEXT)
    assert type(refused.value) is refusal
    assert await of_case(opened) in {stored, None}


async def test_a_changed_escalation_has_its_card_out_of_date(opened):
    await add(opened, an_escalation())
    hour = timedelta(hours=1)
    async with opened.begin() as work:
        await work.cards.want(WORKSPACE, "escalation", an_escalation().id, "CDUTY")
        [card] = await work.cards.due(10, AT, hour)
        await work.cards.shown(card, "CDUTY", "1.1", 1)
        assert await work.cards.due(10, AT, hour) == []
        await work.escalations.save(NEXT)
        [card] = await work.cards.due(10, AT, hour)
    assert (card.kind, card.subject, card.ts) == ("escalation", NEXT.id, "1.1")


PROMPTED = {
    "asked once": ({"pause": None}, AT),
    "asked once and paused": ({"pause": Pause(reason="Holiday.", until=AT + HOUR)}, AT + HOUR),
    "asked twice": ({"pause": None, "proposal": replace(worked().proposal, prompts=2)}, None),
    "not asked": ({"proposal": None}, None),
    "over": ({"state": EscalationState.CLOSED}, None),
}


@pytest.mark.parametrize(("facts", "at"), PROMPTED.values(), ids=PROMPTED)
async def test_who_has_not_answered_is_asked_once_more_when_that_is_due(opened, facts, at):
    await add(opened, worked(**facts))
    async with opened.reading() as work:
        assert await work.escalations.next_prompt_at() == at
        due = await work.escalations.to_prompt(AT + HOUR, 10)
        assert [each.id for each in due] == ([FULL.id] if at else [])
        assert await work.escalations.to_prompt(AT - HOUR, 10) == []
