"""From the guidance to an escalation and its owner, as the conversation carries it."""

import pytest

from handlers.ids import Action, Modal, Options
from handlers.views.refusals import NO_SUCH_CASE
from policy.cases import Severity
from policy.ids import CaseId, EscalationId, GroupId
from policy.notices import CommentAdded
from policy.settings import UserGroup
from tests.handlers.filled import chosen, people, person, said, ticks
from tests.support.builders import ANA, CLEO, ELI, an_actor

CASE = CaseId("CASE-1")
IMPACT = "Nobody at three sites can sign in, and orders are lost."
FORM = {
    "reason": chosen("blocked"),
    "impact": said(IMPACT),
    "wanted": said("A plan with dates."),
    "workaround": chosen("none"),
    "contact": person(ANA),
    "reach": chosen("thread"),
    "right": ticks("yes"),
    "followers": people(),
}
WHY = "It is worse than that: the whole site stands still."


@pytest.fixture
async def available(house):
    """Ana's case, old enough to be escalated."""
    case = await house.opens()
    house.clock.moves(days=6)
    return case


async def answers(talk, *choices):
    for each in choices:
        assert await talk.submits(answer=chosen(each)) == {}


async def reaches_form(talk):
    await talk.presses(Action.GUIDE, CASE)
    await answers(talk, "this", "blocked", "none")
    await talk.submits()
    assert talk.top["callback_id"] == Modal.ESCALATION


async def escalates(talk):
    await reaches_form(talk)
    assert await talk.submits(**FORM) == {}


async def test_an_escalation_is_submitted_once_and_said_so(ana, house, available):
    await escalates(ana)
    assert "is escalated since" in ana.read
    await ana.presses(Action.GUIDE, CASE)
    assert "waiting for a duty manager" in ana.read


async def test_back_offers_the_answer_again(ana, available):
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "this", "blocked")
    await ana.presses_in_modal(Action.GO_BACK)
    assert "What describes it best?" in ana.read
    options = [b["element"] for b in ana.top["blocks"] if b["type"] == "input"]
    assert options[0]["initial_option"]["value"] == "blocked"


async def test_an_answer_has_to_be_chosen(ana, available):
    await ana.presses(Action.GUIDE, CASE)
    errors = await ana.submits()
    assert errors == {"answer:Q1": "Choose one of the answers."}


async def test_a_choice_that_asks_for_words_gets_them(ana, available):
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "this", "unanswered")
    assert set(await ana.submits(answer=chosen("elsewhere"))) == {"text:Q3"}
    assert await ana.submits(answer=chosen("elsewhere"), text=said("By phone.")) == {}
    assert "Escalating fits" in ana.read


async def test_a_chase_is_posted_and_counted(ana, house, available):
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "this", "update")
    assert await ana.submits(text=said("Is there any news?")) == {}
    assert "It counts." in ana.read
    (told,) = await house.owed(CommentAdded)
    assert told.fact.text == "Is there any news?"


async def test_against_the_advice_it_takes_a_reason(ana, house, available):
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "this", "exception")
    await ana.presses_in_modal(Action.OVERRIDE)
    assert set(await ana.submits(override=said("Because."))) == {"override"}
    assert await ana.submits(override=said(WHY)) == {}
    assert await ana.submits(**FORM) == {}
    (run,) = await house.runs()
    assert run.override == WHY


async def test_another_case_is_picked_and_the_guidance_starts_there(ana, house, available):
    other = await house.opens(title="Reports are slow")
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "another")
    assert set(await ana.submits()) == {"case"}
    assert await ana.submits(case=chosen(other.id)) == {}
    assert f"Escalate {other.id}" in ana.read


async def test_what_has_no_case_gets_one(ana, available):
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "nothing")
    await ana.submits()
    assert ana.top["callback_id"] == Modal.CASE


async def test_a_severity_is_asked_for_with_the_answers_that_led_there(ana, house, available):
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "this", "impact", "differs", "engineer")
    await ana.submits()
    assert "If agreed, escalating would be available from" in ana.read
    assert await ana.submits(severity=chosen("S2"), why=said(WHY)) == {}
    assert "is asked for" in ana.read
    assert len(await house.runs()) == 1


async def test_a_severity_may_fit_beside_a_comment(ana, available):
    await ana.presses(Action.GUIDE, CASE)
    await answers(ana, "this", "blocked", "works")
    await ana.presses_in_modal(Action.ADVISED_SEVERITY)
    assert ana.top["callback_id"] == Modal.SEVERITY
    assert '"answers"' in ana.top["private_metadata"]


async def test_our_question_comes_first_and_can_be_set_aside(ana, eli, house, available):
    await house.desk.comments.add(CASE, "Which browser?", is_question=True, by=an_actor(ELI))
    await ana.presses(Action.GUIDE, CASE)
    assert "Which browser?" in ana.read
    await ana.presses_in_modal(Action.REPLY, "cannot_answer")
    assert "Is it about this case's problem?" in ana.read


async def test_a_closed_case_is_reopened_on_the_way(ana, house, available):
    await house.desk.cases.close(CASE, by=an_actor(ANA))
    await ana.presses(Action.GUIDE, CASE)
    await ana.presses_in_modal(Action.REOPEN_AND_GUIDE, CASE)
    assert "Is it about this case's problem?" in ana.read
    assert len(ana.slack.views) == 1


async def test_what_was_typed_is_kept_when_it_is_too_early_after_all(ana, house, available):
    await reaches_form(ana)
    await house.desk.severities.change(CASE, Severity.S4, WHY, by=an_actor(ELI))
    assert await ana.submits(**FORM) == {}
    assert "becomes available" in ana.read
    kept = await house.desk.drafts.kept("escalation", CASE, by=an_actor(ANA))
    assert kept["impact"] == IMPACT


async def test_whoever_is_second_may_add_what_was_typed_as_a_statement(ana, house, available):
    await reaches_form(ana)
    await house.escalates(CASE)
    assert await ana.submits(**FORM) == {}
    assert "just before you" in ana.read
    assert IMPACT in ana.read
    assert await ana.submits(text=said(IMPACT)) == {}
    assert "Added." in ana.read


async def test_the_manager_reads_everything_and_answers_for_it(mona, house, available):
    escalation = await house.escalates(CASE, phone="4930123456", alternate=CLEO)
    await mona.presses(Action.SHOW_ESCALATION, escalation.id)
    assert "4930123456" in mona.read
    await mona.presses(Action.ACKNOWLEDGE, escalation.id)
    assert "You answer for the escalation of *CASE-1* now." in mona.heard


async def test_an_escalation_that_is_gone_is_refused_in_words(mona, house, available):
    await mona.presses(Action.ACKNOWLEDGE, EscalationId("gone"))
    assert mona.heard.startswith("This has changed meanwhile.")


async def test_a_request_for_a_severity_is_answered(ana, eli, house, available):
    asked = await house.desk.severities.change(CASE, Severity.S2, WHY, by=an_actor(ANA))
    await eli.presses(Action.REFUSE_SEVERITY, asked.id)
    assert set(await eli.submits(reason=said("No."))) == {"reason"}
    assert await eli.submits(reason=said("The workaround helps everybody.")) == {}
    assert "stays S3" in eli.read
    await eli.presses(Action.GRANT_SEVERITY, asked.id)
    assert "answered this request already" in eli.heard


async def test_a_request_for_a_severity_is_granted(eli, house, available):
    asked = await house.desk.severities.change(CASE, Severity.S2, WHY, by=an_actor(ANA))
    await eli.presses(Action.GRANT_SEVERITY, asked.id)
    assert eli.heard == "*CASE-1* is S2 now."


async def test_an_engineer_changes_a_severity_at_once(eli, house, available):
    await eli.presses(Action.REQUEST_SEVERITY, CASE)
    await eli.submits(severity=chosen("S1"), why=said(WHY))
    assert (await house.case(CASE)).severity == "S1"
    assert "Escalating is available from" in eli.read


async def test_a_reminder_is_promised_over_the_form(ana, house):
    await house.opens()
    await ana.presses(Action.GUIDE, CASE)
    await ana.presses_in_modal(Action.REMIND, CASE)
    assert "I tell you when escalating" in ana.read
    assert len(ana.slack.views) == 2


@pytest.mark.parametrize("form", [Action.GUIDE, Action.REQUEST_SEVERITY])
async def test_what_if_is_told_over_the_gate_of_time_and_over_the_severity_form(ana, house, form):
    await house.opens()
    await ana.presses(form, CASE)
    assert Action.WHAT_IF in ana.read
    await ana.presses_in_modal(Action.WHAT_IF, CASE)
    assert len(ana.slack.views) == 2
    for tier in ("Titanium", "Platinum", "Gold"):
        assert tier in ana.read


async def test_not_needed_leaves_the_right_unused(ana, house, available):
    await ana.presses(Action.DISMISS, CASE)
    assert "needs no escalation now" in ana.heard
    await escalates(ana)
    assert "is escalated since" in ana.read


async def test_an_update_is_asked_for_from_the_crossing(ana, eli, house, available):
    await ana.presses(Action.CHASE, CASE)
    assert await ana.submits(text=said("Any news?")) == {}
    assert "It counts." in ana.read
    house.clock.moves(minutes=5)
    await ana.presses(Action.CHASE, CASE)
    assert await ana.submits(text=said("Any news at all?")) == {}
    assert "too soon after the last one to count" in ana.read


async def test_an_internal_note_cannot_be_a_question(eli, house, available):
    await eli.presses(Action.COMMENT, CASE)
    errors = await eli.submits(
        text=said("Hm"), question=ticks("yes"), visibility=chosen("internal")
    )
    assert set(errors) == {"question"}


async def test_an_administrator_links_a_channel(ada, house):
    await ada.types("account")
    assert await ada.submits(account=said("Acme"), tier=said("Titanium")) == {}
    assert "belongs to *Acme* (Titanium) now" in ada.read


async def test_an_administrator_changes_the_settings(ada, house):
    await ada.types("settings")
    errors = await ada.submits(default_tier=said("Gold"))
    assert set(errors) == {"administrators", "who_may_escalate"}
    fields = {
        "default_tier": said("Platinum"),
        "who_may_escalate": chosen("account"),
        "administrators": people(ada.user),
    }
    assert await ada.submits(**fields) == {}
    settings = await house.desk.settings.read(by=an_actor(ada.user))
    assert settings.default_tier == "Platinum"


async def test_roles_are_given_to_user_groups_that_are_looked_up_by_name(ada, ana, house):
    house.directory.named = (
        UserGroup(id=GroupId("S0NIGHT"), name="Night watch", handle="nights"),
        UserGroup(id=GroupId("S0DUTY"), name="Duty managers", handle="duty"),
    )
    assert await ada.asks(Options.GROUPS, "") == ["S0DUTY", "S0NIGHT"]
    assert await ada.asks(Options.GROUPS, "@nigh") == ["S0NIGHT"]
    assert await ana.asks(Options.GROUPS, "") == []
    await ada.types("settings")
    fields = {
        "default_tier": said("Platinum"),
        "who_may_escalate": chosen("account"),
        "administrators": people(ada.user),
        "duty_managers_groups": ticks("S0NIGHT", "S0GONE"),
    }
    assert await ada.submits(**fields) == {}
    await ada.types("settings")
    assert "Night watch (@nights)" in ada.read
    assert '"text": "S0GONE"' in ada.read


async def test_nobody_else_sees_the_settings(ana):
    await ana.types("settings")
    assert "This is for" in ana.read
    assert NO_SUCH_CASE not in ana.read
