"""Guidance asks, and then does the thing: every outcome and every gate, as a person meets them."""

import pytest

from tests.support.deeds import (
    ABOUT,
    ACME,
    BLOCKED,
    UPDATE,
    WHAT,
    answers,
    asks_guidance,
    escalates,
    opens,
)

pytestmark = pytest.mark.journey


async def chases(person, text="Any news?"):
    await person.commands("/case escalate CASE-1", channel=ACME)
    await answers(person, *UPDATE)
    await person.fill("Comment", text)
    assert await person.submits() == {}
    await person.sees("You asked for an update")
    await person.closes(everything=True)


async def test_wanting_an_update_posts_a_counted_chase(ana, eli, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, *UPDATE)
    await ana.sees("you asked for an update never since the case was opened")
    await ana.fill("Comment", "Is there any news on the login?")
    await ana.submits()
    await ana.sees("It counts.")
    await eli.sees("@ana asks for an update", channel=ACME)
    await eli.sees("Is there any news on the login?", channel=ACME)


async def test_two_chases_without_an_answer_are_an_escalation(ana, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await chases(ana, "First.")
    await chases(ana, "Too soon.")  # within the hour: counts once
    await asks_guidance(ana)
    await answers(ana, ABOUT, (WHAT, "I asked for updates and got no answer"))
    await ana.sees("you asked for an update once")
    await ana.closes(everything=True)
    await clock.moves(minutes=60)
    await chases(ana, "Second.")
    await asks_guidance(ana)
    await answers(ana, ABOUT, (WHAT, "I asked for updates and got no answer"))
    await ana.sees("Escalating fits.")
    await ana.sees("you asked for an update 2 times")


async def test_a_public_reply_starts_the_count_again(ana, eli, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await chases(ana)
    await clock.moves(minutes=60)
    await chases(ana)
    await eli.commands("/case comment CASE-1 We found the cause.", channel=ACME)
    await ana.sees("We found the cause.", channel=ACME)
    await asks_guidance(ana)
    await answers(ana, ABOUT, (WHAT, "I asked for updates and got no answer"))
    await ana.sees("you asked for an update never since support's last public reply")


async def test_having_asked_elsewhere_escalates_and_is_flagged(ana, mona, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, ABOUT, (WHAT, "I asked for updates and got no answer"))
    await ana.chooses("This is what the case's record shows.", "I asked elsewhere")
    await ana.fill("Where, and when?", "By e-mail on Monday and Tuesday")
    await ana.submits()
    await ana.sees("Escalating fits.")


async def test_back_returns_and_keeps_the_answers(ana, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, ABOUT, (WHAT, "The impact on our business has grown"))
    await ana.sees("Does the severity still match?")
    await ana.presses("Back")
    await ana.sees(WHAT)
    await ana.presses("Back")
    await ana.sees(ABOUT[0])
    assert await ana.submits() == {}  # the answer given before is still chosen
    await ana.sees(WHAT)


async def test_grown_impact_that_the_engineer_can_handle_asks_for_a_severity(ana, eli, clock):
    await opens(ana)
    await clock.moves(hours=1)
    await asks_guidance(ana)
    await answers(
        ana,
        ABOUT,
        (WHAT, "The impact on our business has grown"),
        ("Does the severity still match?", "No, it should be another"),
        ("Does someone besides the engineer have to act?", "No, the engineer can handle it"),
    )
    await ana.submits()
    await ana.sees("If agreed, escalating would be available from")
    await ana.chooses(
        "New severity", "S2 · Key function impaired or badly degraded, no workaround"
    )
    await ana.fill("Why?", "The fallback login has stopped working as well.")
    assert await ana.submits() == {}
    await eli.sees("@ana asks for S2 instead of S3", channel=ACME)
    await eli.presses("Agree")
    await ana.sees("@eli changed the severity from S3 to S2", channel=ACME)


async def test_a_refused_severity_is_explained(ana, eli, clock):
    await opens(ana)
    await ana.commands("/case severity CASE-1", channel=ACME)
    await ana.modal(title="Severity of CASE-1")
    await ana.chooses(
        "New severity", "S2 · Key function impaired or badly degraded, no workaround"
    )
    await ana.fill("Why?", "We cannot work at all any more.")
    await ana.submits()
    await eli.sees("@ana asks for S2 instead of S3", channel=ACME)
    await eli.presses("Refuse")
    await eli.modal(title="Refuse the severity")
    await eli.fill("Why not?", "There is a workaround: the mobile app.")
    await eli.submits()
    await ana.sees("@eli refused S2", channel=ACME)
    await ana.sees("There is a workaround: the mobile app.", channel=ACME)


async def test_about_another_case_starts_again_there(ana, clock):
    await opens(ana)
    await opens(ana, "Export is slow")
    await clock.moves(hours=72)
    await asks_guidance(ana, "CASE-1")
    await answers(ana, (ABOUT[0], "No, about another open case"))
    await ana.chooses("Which one?", "CASE-2")
    await ana.submits()
    await ana.modal(title="Escalate CASE-2")
    await ana.sees(ABOUT[0])


async def test_about_nothing_open_yet_opens_a_new_case(ana, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, (ABOUT[0], "No, nothing is open for it yet"))
    await ana.submits()
    await ana.modal(title="Open a case")


async def test_a_working_workaround_leads_to_a_comment_or_a_severity(ana, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, BLOCKED[0], BLOCKED[1], (BLOCKED[2][0], "Yes"))
    await ana.presses("Ask for another severity")
    await ana.modal(title="Severity of CASE-1")


async def test_an_agreed_next_step_that_is_ahead_is_waited_for(ana, eli, clock, caseflag):
    await opens(ana)
    await clock.moves(hours=72)
    due = int(caseflag.bench.clock.now()) + 3600
    await eli.commands("/case comment CASE-1", channel=ACME)
    await eli.modal(title="Comment on CASE-1")
    await eli.fill("Comment", "The patch is being tested.")
    await eli.fill("Next step", "The patch is in production")
    await eli.fill("Due", due)
    assert await eli.submits() == {}
    await ana.sees("The patch is being tested.", channel=ACME)
    await asks_guidance(ana)
    await answers(ana, *BLOCKED[:2])
    await ana.sees("The patch is in production")
    await answers(ana, ("An agreed next step is still ahead. Does it stand?", "Yes, it stands"))
    await ana.sees("I remind you")
    await ana.fill("Comment", "We wait for it.")
    assert await ana.submits() == {}
    await clock.moves(hours=2)
    await ana.sees("this was to happen by", channel="caseflag")


async def test_before_the_threshold_it_says_when_and_still_helps(ana, eli, clock):
    await opens(ana)
    await clock.moves(hours=1)
    await asks_guidance(ana)
    await ana.sees("Escalating becomes available")
    await ana.sees("S3")
    await ana.sees("3 days")
    await answers(ana, *BLOCKED)
    await ana.sees("Once escalating is available, it fits if this is still so")
    await ana.never_sees("Escalate all the same")
    await ana.fill("Comment", "We are still blocked.")
    await ana.submits()
    await eli.sees("We are still blocked.", channel=ACME)


async def test_a_reminder_comes_when_escalating_is_available(ana, clock):
    await opens(ana)
    await asks_guidance(ana)
    await ana.presses("Remind me")
    await ana.sees("I tell you when escalating *CASE-1* becomes available")
    await ana.closes(everything=True)
    await clock.moves(hours=71)
    await ana.never_sees("as you asked to be told")
    await clock.moves(hours=1)
    await ana.sees("escalating is available now, as you asked to be told", channel="caseflag")


async def test_our_open_question_comes_first(ana, eli, clock):
    await opens(ana)
    await eli.commands("/case comment CASE-1", channel=ACME)
    await eli.modal(title="Comment on CASE-1")
    await eli.fill("Comment", "Which browser do you use?")
    await eli.chooses("Question", ["Wait for the customer's answer"])
    assert await eli.submits() == {}
    await ana.sees("the case waits for the answer", channel=ACME)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await ana.sees("Which browser do you use?")
    await ana.presses("I cannot answer")
    await ana.sees(ABOUT[0])
    await ana.closes(everything=True)
    await asks_guidance(ana)
    await ana.fill("Your answer", "The newest Firefox.")
    assert await ana.submits() == {}
    await eli.sees("The newest Firefox.", channel=ACME)
    await eli.sees("In progress", channel=ACME)


async def test_a_closed_case_is_reopened_on_the_way(ana, clock):
    await opens(ana)
    await ana.commands("/case close CASE-1", channel=ACME)
    await ana.sees("closed by @ana", channel=ACME)
    await clock.moves(hours=72)
    await ana.commands("/case escalate CASE-1", channel=ACME)
    await ana.sees("is closed, so it cannot be escalated")
    await ana.presses("Reopen it")
    await ana.sees(ABOUT[0])
    await ana.sees("reopened by @ana", channel=ACME)


async def test_colleagues_of_the_account_read_and_comment_but_do_not_escalate(ana, ben, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ben, "CASE-1")
    await ben.sees("Escalating *CASE-1* is for @ana to decide")


async def test_an_unknown_case_and_anothers_case_get_the_same_answer(ana, carla):
    await opens(ana)
    answers_heard = []
    for case in ("CASE-1", "CASE-999"):
        await carla.commands(f"/case show {case}", channel="globex-support")
        answers_heard.append(await carla.sees("no such case that you can see"))
    assert answers_heard[0] == answers_heard[1]
    await carla.never_sees("Login is down", channel="globex-support")


async def test_an_escalated_case_stays_open_until_that_has_ended(ana, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await escalates(ana)
    await ana.commands("/case close CASE-1", channel=ACME)
    await ana.sees("has an open escalation; it can be closed once that has ended")
