"""Escalations worked to their end, as people press and fill it in."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.ids import Action, Event, Modal
from handlers.views.escalations import brief_view
from handlers.views.notices import message
from handlers.views.refusals import NO_SUCH_CASE
from policy.cases import Severity
from policy.escalations import EscalationState, Trend
from policy.ids import EscalationId
from policy.notices import Duty, EscalationDeclined, EscalationUpdated, Notice
from tests.handlers.drawn.duty import briefs
from tests.handlers.filled import at, chosen, person, said
from tests.support.builders import ANA, ELI, LEA, MONA, MORNING, OTTO, WORKSPACE, a_case, an_actor

WHY = "The board decides tomorrow, and nobody has told us anything."
CASE = "CASE-1"
E = EscalationState


@pytest.fixture
async def escalated(house):
    """Ana's escalation of an S1, which nobody has acknowledged."""
    case = await house.opens(severity=Severity.S1, production_down=True, has_workaround=False)
    house.clock.moves(hours=9)
    return await house.escalates(case.id, alternate=ELI)


@pytest.fixture
async def owned(house, escalated):
    """The escalation, acknowledged by Mona."""
    return await house.desk.escalations.acknowledge(escalated.id, by=an_actor(MONA))


@pytest.fixture
async def active(house, owned, mona):
    """The escalation, worked on by Mona."""
    await starts(mona, owned, house)
    return owned


def soon(house, **hours):
    return at(int((house.clock() + timedelta(**(hours or {"hours": 1}))).timestamp()))


async def starts(who, escalation, house):
    await who.presses(Action.START, escalation.id)
    assert (
        await who.submits(
            criteria=said("Everybody can sign in again."),
            first_action=said("Roll back the release."),
            actor=person(ELI),
            next_update_at=soon(house),
        )
        == {}
    )


async def now(house, escalation):
    file = await house.desk.escalations.file(escalation.id, by=an_actor(LEA))
    return file.escalation


async def test_acknowledging_says_what_is_due_next(mona, escalated):
    await mona.presses(Action.ACKNOWLEDGE, escalated.id)
    assert "You answer for the escalation of *CASE-1* now. Please contact" in mona.heard


async def test_whoever_submitted_it_takes_it_back(ana, house, escalated):
    await ana.presses(Action.WITHDRAW, escalated.id)
    assert "the case may be escalated again" in ana.heard
    assert (await now(house, escalated)).state is E.WITHDRAWN


async def test_a_redirect_says_under_the_fields_what_it_takes(mona, owned):
    await mona.presses(Action.REDIRECT, owned.id)
    reason = said("Too short")
    assert set(await mona.submits(target=chosen("other_case"), reason=reason)) == {
        "case",
        "reason",
    }
    assert set(await mona.submits(target=chosen("severity_request"), reason=said(WHY))) == {
        "severity"
    }
    assert set(await mona.submits(reason=said(WHY))) == {"target"}
    assert await mona.submits(target=chosen("comment"), reason=said(WHY)) == {}
    assert "You redirected the escalation" in mona.read


async def test_a_redirect_is_disputed_and_settled(ana, mona, lea, house, owned):
    await mona.presses(Action.REDIRECT, owned.id)
    await mona.submits(target=chosen("comment"), reason=said(WHY))
    await ana.presses(Action.DISPUTE, owned.id)
    assert set(await ana.submits(why=said("No."))) == {"why"}
    assert await ana.submits(why=said(WHY)) == {}
    await lea.presses(Action.SETTLE, owned.id)
    assert WHY in lea.read
    assert set(await lea.submits(answer=said(WHY))) == {"granted"}
    assert await lea.submits(granted=chosen("no"), answer=said(WHY)) == {}
    contest = (await now(house, owned)).contest
    assert contest is not None
    assert contest.granted is False


async def test_a_decline_is_appealed_and_the_right_reinstated(ana, mona, lea, house, owned):
    await mona.presses(Action.DECLINE, owned.id)
    assert set(await mona.submits()) == {"code", "explanation", "alternative", "contact"}
    await mona.submits(
        code=chosen("under_way"),
        explanation=said(WHY),
        alternative=said("Eli has promised a fix for noon."),
        contact=person(ELI),
    )
    assert "You declined the escalation" in mona.read
    await ana.presses(Action.APPEAL, owned.id)
    assert await ana.submits(why=said(WHY)) == {}
    await lea.presses(Action.REINSTATE, owned.id)
    assert await lea.submits(reason=said(WHY)) == {}
    assert not (await now(house, owned)).holds_right


async def test_a_lead_gives_it_back_to_whoever_is_on_duty(lea, house, owned):
    await lea.presses(Action.GIVE_BACK, owned.id)
    assert await lea.submits(reason=said(WHY)) == {}
    assert (await now(house, owned)).owner is None


async def test_the_plan_and_the_updates_promise_the_next_one(mona, house, owned):
    await starts(mona, owned, house)
    assert "You work on the escalation" in mona.read
    await mona.presses(Action.UPDATE, owned.id)
    late = soon(house, hours=9)
    errors = await mona.submits(text=said(WHY), trend=chosen("better"), next_update_at=late)
    assert set(errors) == {"next_update_at"}
    assert set(await mona.submits(text=said(WHY))) == {"trend", "next_update_at"}
    good = soon(house)
    assert await mona.submits(text=said(WHY), trend=chosen("worse"), next_update_at=good) == {}
    await mona.presses(Action.UPDATE, owned.id)
    assert "It was: Worse" in mona.read


async def test_an_action_is_promised_and_done(mona, eli, house, active):
    await mona.presses(Action.PROMISE, active.id)
    due = soon(house)
    assert await mona.submits(action=said("Call them."), actor=person(MONA), due_at=due) == {}
    assert "<@UMONA> does this by" in mona.read
    await mona.presses(Action.SHOW_ESCALATION, active.id)
    done = [
        block["accessory"]["value"]
        for block in mona.top["blocks"]
        if block.get("accessory", {}).get("action_id") == Action.KEEP_PROMISE
    ]
    await mona.presses(Action.KEEP_PROMISE, *done)
    assert "that is done" in mona.heard
    assert set(await refused_form(mona, Action.PROMISE, active)) == {"action", "actor", "due_at"}


async def refused_form(who, action, escalation):
    await who.presses(action, escalation.id)
    return await who.submits()


async def test_a_pause_ends_when_somebody_resumes(mona, ana, house, active):
    await mona.presses(Action.PAUSE, active.id)
    assert await mona.submits(reason=said(WHY), until=soon(house, days=2)) == {}
    await ana.presses(Action.RESUME, active.id)
    assert "goes on" in ana.heard


async def test_a_hand_over_counts_when_it_is_accepted(mona, otto, house, active):
    for accepts, owner in ((Action.KEEP_OWNER, MONA), (Action.ACCEPT, OTTO)):
        await mona.presses(Action.HAND_OVER, active.id)
        note = said("The vendor calls back at six.")
        assert set(await mona.submits(to=person(ANA), note=note)) == {"to"}
        assert await mona.submits(to=person(OTTO), note=note) == {}
        await otto.presses(accepts, active.id)
        assert (await now(house, active)).owner == owner
    assert "You answer for the escalation" in otto.heard


async def test_what_was_stable_may_relapse(mona, ana, house, active):
    await mona.presses(Action.STABILISE, active.id)
    assert await mona.submits(watch=said("Sign-ins per minute."), until=soon(house)) == {}
    await ana.presses(Action.RELAPSE, active.id)
    assert await ana.submits(note=said("It is down again.")) == {}
    assert (await now(house, active)).state is E.ACTIVE


async def test_closing_is_proposed_objected_to_and_agreed(mona, ana, house, active):
    for agrees in (False, True):
        await mona.presses(Action.PROPOSE, active.id)
        assert await mona.submits(outcome=chosen("solved"), summary=said(WHY)) == {}
        if agrees:
            await ana.presses(Action.AGREE, active.id)
        else:
            await ana.presses(Action.OBJECT, active.id)
            assert await ana.submits(why=said(WHY)) == {}
    assert "closed, as you agreed" in ana.heard
    await ana.presses(Action.RATE, active.id)
    assert set(await ana.submits()) == {"score"}
    assert await ana.submits(score=chosen("5"), text=said("Thank you.")) == {}
    await mona.presses(Action.REVIEW, active.id)
    assert set(await mona.submits()) == {"preventable", "cause"}
    assert await mona.submits(preventable=chosen("yes"), cause=chosen("late_response")) == {}
    await mona.presses(Action.JUDGE, active.id)
    assert set(await mona.submits()) == {"judgement"}
    assert await mona.submits(judgement=chosen("accepted")) == {}
    found = await now(house, active)
    assert found.rating.score == 5
    assert found.review.preventable
    assert found.judged is not None


async def test_the_requester_is_asked_twice_at_most(mona, house, active):
    await mona.presses(Action.PROPOSE, active.id)
    await mona.submits(outcome=chosen("solved"), summary=said(WHY))
    await mona.presses(Action.PROMPT, active.id)
    assert "has not agreed to closing" in mona.heard
    house.clock.moves(hours=3)
    await mona.presses(Action.PROMPT, active.id)
    assert "asked once more" in mona.heard
    house.clock.moves(hours=3)
    await mona.presses(Action.DE_ESCALATE, active.id)
    assert WHY in json.dumps(mona.top)
    assert await mona.submits(outcome=chosen("solved"), summary=said(WHY)) == {}
    assert (await now(house, active)).state is E.CLOSED


async def test_only_a_lead_overrides(mona, lea, house, active):
    for who in (mona, lea):
        await who.presses(Action.DE_ESCALATE, active.id)
        reason = said("Too short")
        close = {"outcome": chosen("no_longer_needed"), "summary": said(WHY)}
        assert set(await who.submits(**close, override=reason)) == {"override"}
        assert await who.submits(**close, override=said(WHY)) == {}
    assert "This is for a lead" in mona.read
    assert (await now(house, active)).state is E.CLOSED


async def test_speaking_to_the_requester_is_noted_once(mona, house, owned):
    await mona.presses(Action.CONTACT, owned.id)
    assert "you have spoken to the requester" in mona.heard
    assert (await now(house, owned)).contacted_at == house.clock()


@pytest.mark.parametrize("action", [Action.REDIRECT, Action.START, Action.UPDATE, Action.PROPOSE])
async def test_a_button_that_comes_too_late_asks_nothing_and_tells_the_present(
    ana, mona, house, escalated, action
):
    await ana.presses(Action.WITHDRAW, escalated.id)
    before = await now(house, escalated)
    await mona.presses(action, escalated.id)
    assert [each for each in mona.top["blocks"] if each["type"] == "input"] == []
    assert "has ended: withdrawn" in mona.read or "This is for its owner" in mona.read
    assert await now(house, escalated) == before


async def test_the_cases_engineer_never_decides(mona, eli, house, escalated):
    await mona.presses(Action.TAKE_CASE, CASE)
    await mona.presses(Action.DECLINE, escalated.id)
    assert "You are the engineer of *CASE-1*" in mona.read


async def test_the_brief_tells_the_record(mona, eli, escalated):
    await mona.presses(Action.BRIEF, escalated.id)
    assert "Who waits" in mona.read
    assert "Nobody can sign in since this morning" in mona.read
    await eli.presses(Action.BRIEF, escalated.id)
    assert "This is for" in eli.read


async def test_the_details_offer_what_this_reader_may_do(ana, mona, otto, owned):
    shown = {}
    for who in (ana, mona, otto):
        await who.presses(Action.SHOW_ESCALATION, owned.id)
        shown[who.user] = {
            each["action_id"]
            for block in who.top["blocks"]
            if block["type"] == "actions"
            for each in block["elements"]
        }
    assert Action.START in shown[MONA] - shown[OTTO]
    assert {Action.DECLINE, Action.BRIEF} <= shown[OTTO]
    assert shown[ANA] & {Action.DECLINE, Action.START, Action.BRIEF} == set()


@pytest.mark.parametrize(
    ("typed", "title"),
    [("", "Open escalations: 1."), ("mine", "You answer for no"), ("overdue", "Nothing is")],
)
async def test_managers_list_escalations(mona, escalated, typed, title):
    await mona.types(f"escalations {typed}")
    assert title in mona.heard


async def test_lists_lead_to_one_another(mona, owned):
    for action, title in (
        (Action.LIST_MINE, "Your escalations: 1."),
        (Action.LIST_OVERDUE, "Nothing is overdue."),
        (Action.LIST_OPEN, "Open escalations: 1."),
    ):
        await mona.presses(action)
        assert title in mona.heard


async def test_the_home_of_a_manager_is_the_desk(mona, eli, owned):
    shown = {}
    for who in (mona, eli):
        await who.happens(type=Event.HOME_OPENED, tab="home")
        shown[who.user] = json.dumps(who.slack.asked[-1][1]["view"])
    assert "The duty desk" in shown[MONA]
    assert owned.id in shown[MONA]
    assert "The duty desk" not in shown[ELI]


async def test_whoever_answers_no_escalations_lists_none(ana, eli, escalated):
    for who in (ana, eli):
        await who.types("escalations")
        assert who.heard.startswith("This is for")


async def test_management_takes_a_case_up_by_itself(mona, ana, house):
    await house.opens()
    await mona.types(f"pull {CASE}")
    assert mona.top["callback_id"] == Modal.PULL
    assert set(await mona.submits(reason=said("Because."))) == {"reason"}
    assert await mona.submits(reason=said(WHY)) == {}
    assert "You answer for *CASE-1* from now on" in mona.read
    await ana.types(f"pull {CASE} {WHY}")
    assert ana.heard.startswith("This is for a duty manager")


async def test_a_pull_is_typed_at_once(mona, house):
    await house.opens()
    await mona.types(f"pull {CASE} {WHY}")
    assert "You answer for *CASE-1* from now on" in mona.heard


@pytest.fixture
async def secret(house):
    """Ana's confidential escalation, which only leads answer."""
    case = await house.opens()
    house.clock.moves(days=6)
    return await house.escalates(case.id, confidential=True)


LOOKS = (Action.SHOW_ESCALATION, Action.BRIEF, Action.REDIRECT, Action.DECLINE, Action.REVIEW)


@pytest.mark.parametrize("action", LOOKS)
async def test_a_confidential_escalation_is_not_there_for_who_may_not_know(
    mona, eli, secret, action
):
    for who in (mona, eli):
        await who.presses(action, secret.id)
        assert NO_SUCH_CASE in who.top["blocks"][0]["text"]["text"]


async def test_a_confidential_escalation_leaves_no_trace_in_lists_cases_and_home(
    mona, eli, lea, secret
):
    for who in (mona, eli):
        for typed in (f"show {CASE}", "list open", "list waiting", "search login"):
            await who.types(typed)
            assert "scalated" not in who.heard
            assert secret.id not in str([str(each) for each in who.whispers[-1]["blocks"]])
        await who.types("escalations")
        assert CASE not in who.heard
        await who.happens(type=Event.HOME_OPENED, tab="home")
        assert secret.id not in json.dumps(who.slack.asked[-1][1]["view"])
    await lea.types("escalations")
    assert f":lock: *S3 · {CASE}*" in lea.heard
    await lea.presses(Action.BRIEF, secret.id)
    assert "Who waits" in lea.read


def test_a_brief_of_many_long_questions_cuts_off_none_of_those_it_counts():
    *_, full = briefs("Which of the two versions do you use? " * 9)
    last = replace(full.asked[-1], question="Is it solved?")
    view = brief_view(replace(full, asked=(*full.asked[:-1], last))).to_dict()
    lines = [each["text"]["text"] for each in view["blocks"] if "text" in each]
    assert any("Is it solved?" in each for each in lines)


LONG = f"{'Each door was tried again today. ' * 28}That is all."


async def test_long_words_on_an_escalation_are_read_to_their_end(ana, mona, house):
    case = await house.opens(severity=Severity.S1, production_down=True, has_workaround=False)
    house.clock.moves(hours=9)
    words = {name: f"{LONG} ({name})" for name in ("impact", "changed", "wanted")}
    escalation = await house.escalates(case.id, alternate=ELI, **words)
    for who in (ana, mona):
        await who.presses(Action.SHOW_ESCALATION, escalation.id)
        assert all(f"That is all. ({name})" in who.read for name in words)
    declined = {
        "code": chosen("other"),
        "explanation": said(f"{LONG} (explanation)"),
        "alternative": said(f"{LONG} (alternative)"),
        "contact": person(ELI),
    }
    await mona.presses(Action.DECLINE, escalation.id)
    assert await mona.submits(**declined) == {}
    told, *_ = await house.owed(EscalationDeclined)
    drawn = message(told, case, now=house.clock())
    texts = json.dumps([each.to_dict() for each in drawn.blocks])
    await ana.presses(Action.SHOW_ESCALATION, escalation.id)
    for name in ("explanation", "alternative"):
        assert f"That is all. ({name})" in texts
        assert f"That is all. ({name})" in ana.read


async def test_a_hand_over_is_among_us(ana, mona, house, active):
    await mona.presses(Action.HAND_OVER, active.id)
    note = "This customer is always late with answers."
    assert await mona.submits(to=person(OTTO), note=said(note)) == {}
    await mona.presses(Action.SHOW_ESCALATION, active.id)
    assert note in mona.read
    await ana.presses(Action.SHOW_ESCALATION, active.id)
    assert note not in ana.read


@pytest.mark.parametrize("sentence", ["Each door was tried again today. ", "<a><b/></a> "])
def test_an_update_is_told_to_its_end(sentence):
    text = f"{sentence * (1980 // len(sentence))}That is all."
    fact = EscalationUpdated(
        escalation=EscalationId("e"),
        by=MONA,
        text=text,
        trend=Trend.BETTER,
        next_update_at=MORNING,
    )
    drawn = message(
        Notice(workspace=WORKSPACE, key="k", to=Duty(), fact=fact, urgency=1, at=MORNING),
        a_case(),
        now=MORNING,
    )
    assert "That is all." in json.dumps([each.to_dict() for each in drawn.blocks])
