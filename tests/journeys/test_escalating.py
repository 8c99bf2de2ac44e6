"""A case is escalated once, and a duty manager acknowledges it once."""

import asyncio

import pytest

from tests.support.deeds import (
    ABOUT,
    ACME,
    BLOCKED,
    IMPACT,
    WANTED,
    WHAT,
    answers,
    asks_guidance,
    escalates,
    fills_escalation,
    opens,
)

pytestmark = pytest.mark.journey


async def test_an_escalation_reaches_the_duty_channel_and_gets_an_owner(
    ana, eli, mona, otto, clock
):
    await opens(ana)
    await clock.moves(hours=72)
    await ana.sees("Check if escalating fits", channel=ACME)
    await escalates(ana)
    await mona.sees(IMPACT, channel="duty-desk")
    await mona.sees("has escalated. Please acknowledge by", channel="caseflag")
    await otto.sees("has escalated. Please acknowledge by", channel="caseflag")
    await eli.sees("@ana has escalated this case", channel=ACME)
    await mona.presses("Acknowledge", in_="duty-desk")
    await mona.sees("You answer for the escalation of *CASE-1* now")
    await ana.sees("@mona acknowledged the escalation", channel="caseflag")
    await eli.sees("@mona acknowledged the escalation", channel=ACME)


async def test_the_second_to_acknowledge_learns_who_was_first(ana, mona, otto, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await escalates(ana)
    card = await otto.message(IMPACT, channel="duty-desk")
    dm = await otto.message("Please acknowledge by", channel="caseflag")
    await mona.presses("Acknowledge", in_="duty-desk")
    await mona.sees("You answer for the escalation")
    await otto.presses("Acknowledge", in_=dm)
    await otto.sees("@mona acknowledged it just before you.")
    await otto.sees("@mona", channel="duty-desk")
    assert card["ts"] == (await otto.message(IMPACT, channel="duty-desk"))["ts"]


async def test_of_two_who_acknowledge_at_once_one_wins(ana, mona, otto, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await escalates(ana)
    for manager in (mona, otto):
        await manager.sees(IMPACT, channel="duty-desk")
    await asyncio.gather(
        mona.presses("Acknowledge", in_="duty-desk"), otto.presses("Acknowledge", in_="duty-desk")
    )
    owner = (await ana.sees("acknowledged the escalation", channel="caseflag")).split("@")[-1]
    winner, loser = (mona, otto) if owner.startswith("mona") else (otto, mona)
    await winner.sees("You answer for the escalation")
    await loser.sees(f"@{winner.name} acknowledged it just before you.")


async def test_the_cases_engineer_cannot_decide_its_escalation(ana, mona, clock):
    await opens(ana)
    await mona.commands("/case take CASE-1", channel=ACME)
    await mona.sees("@mona works on this case", channel=ACME)
    await clock.moves(hours=72)
    await escalates(ana)
    await mona.presses("Acknowledge", in_="duty-desk")
    await mona.sees("You are the engineer of *CASE-1*")


async def test_customers_and_engineers_cannot_acknowledge(ana, eli, otto, clock, caseflag):
    await opens(ana)
    await clock.moves(hours=72)
    await escalates(ana)
    await otto.sees(IMPACT, channel="duty-desk")
    await caseflag.orders("channels", channel="C0DUTY", invite=["U0ELI"])
    await eli.presses("Acknowledge", in_="duty-desk")
    await eli.sees("This is for a duty manager")


async def test_a_case_is_escalated_only_once(ana, mona, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await escalates(ana)
    await ana.commands("/case escalate CASE-1", channel=ACME)
    await ana.modal(title="Escalated: CASE-1")
    await ana.sees("It was submitted by @ana")
    await ana.fill("Add a statement to it", "The fallback has failed as well.")
    await ana.submits()
    await ana.sees("Added.")
    await mona.sees("@ana adds to the escalation", channel="duty-desk")
    await mona.sees("The fallback has failed as well.", channel="duty-desk")


async def test_of_two_who_escalate_at_once_one_wins_and_nothing_typed_is_lost(
    ana, ben, mona, clock
):
    await opens(ana, contact="ben")
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, *BLOCKED)
    await ana.presses("Fill in the form")
    await fills_escalation(ana)
    await escalates(ben)
    assert await ana.submits() == {}
    await ana.sees("@ben has escalated *CASE-1*")
    await ana.sees("just before you")
    await ana.submits()
    await ana.sees("Added.")
    await mona.sees("@ana adds to the escalation", channel="duty-desk")


async def test_an_answer_that_turns_not_available_keeps_what_was_typed(ana, eli, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, *BLOCKED)
    await ana.presses("Fill in the form")
    await fills_escalation(ana)
    await eli.commands("/case severity CASE-1", channel=ACME)
    await eli.modal(title="Severity of CASE-1")
    await eli.chooses("New severity", "S4 · Cosmetic, documentation, wish")
    await eli.fill("Why?", "There is a workaround, and it is a matter of wording only.")
    await eli.submits()
    await ana.sees("changed the severity from S3 to S4", channel=ACME)
    await ana.submits()
    await ana.sees("What you typed is kept for a day")
    await ana.closes(everything=True)
    await clock.moves(hours=23)
    await eli.commands("/case severity CASE-1", channel=ACME)
    await eli.modal(title="Severity of CASE-1")
    await eli.chooses(
        "New severity", "S3 · Moderate or minor impact, or a workaround exists, or a question"
    )
    await eli.fill("Why?", "The workaround does not work after all, sorry.")
    await eli.submits()
    await ana.sees("changed the severity from S4 to S3", channel=ACME)
    await asks_guidance(ana)
    await answers(ana, *BLOCKED)
    await ana.presses("Fill in the form")
    await ana.sees("What you typed before is still here")
    await ana.sees(IMPACT)


async def test_the_form_says_under_each_field_what_would_do(ana, clock):
    await opens(ana, severity="S1", description=IMPACT)
    await clock.moves(hours=4)
    await asks_guidance(ana)
    await answers(ana, *BLOCKED)
    await ana.presses("Fill in the form")
    await fills_escalation(ana, alternate="ana")
    await ana.chooses("Reach the contact", "By phone")
    await ana.fill("Phone", "12 34")
    await ana.fill("Impact now", "!" * 40)
    await ana.fill("What happens then?", "The contract ends.")
    assert set(await ana.submits()) == {"Impact now", "Phone", "Critical date"}
    await ana.fill("Phone", "+49 (89) 12 34 56")
    await ana.fill("What happens then?", None)
    await ana.fill("Impact now", IMPACT)
    assert set(await ana.submits()) == {"Impact now", "Alternate contact"}
    await ana.fill("Impact now", "Every till of the three sites is closed since nine.")
    assert set(await ana.submits()) == {"Alternate contact"}
    await ana.chooses("Alternate contact", "ben")
    assert await ana.submits() == {}
    await ana.sees("is escalated since")


async def test_a_phone_number_is_shown_to_managers_and_never_in_a_channel(ana, mona, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, *BLOCKED)
    await ana.presses("Fill in the form")
    await fills_escalation(ana)
    await ana.chooses("Reach the contact", "By phone")
    await ana.fill("Phone", "+49 89 123456")
    assert await ana.submits() == {}
    await mona.sees(IMPACT, channel="duty-desk")
    await mona.never_sees("4989123456")
    dm = await mona.message("Please acknowledge by", channel="caseflag")
    await mona.presses("Details", in_=dm)
    await mona.sees("4989123456")


async def test_conduct_is_confidential(ana, eli, mona, lea, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(
        ana,
        ABOUT,
        (WHAT, "The service fell short of what was promised"),
        ("What was missed?", "How somebody behaved (only leads will see this)"),
    )
    await ana.presses("Fill in the form")
    await fills_escalation(ana)
    await ana.fill("What changed, or was missed?", "The tone on the phone was not acceptable.")
    assert await ana.submits() == {}
    await lea.sees("Please acknowledge by", channel="caseflag")
    await mona.never_sees("has escalated")
    await eli.never_sees("has escalated")
    await lea.presses("Acknowledge", in_="caseflag")
    await ana.sees("@lea acknowledged the escalation", channel="caseflag")
    await eli.never_sees("acknowledged")


async def test_advice_can_be_overridden_once_with_a_reason_that_the_manager_sees(ana, mona, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, ABOUT, (WHAT, "I want an exception to the normal process"))
    await ana.presses("Escalate all the same")
    await ana.sees("Why escalate?")
    await ana.fill("Why escalate?", "Too short")
    assert "Why escalate?" in await ana.submits()
    await ana.fill("Why escalate?", "The contract obliges us to tell someone who can decide.")
    assert await ana.submits() == {}
    await fills_escalation(ana)
    await ana.fill("Wanted result", WANTED)
    assert await ana.submits() == {}
    await mona.sees("The contract obliges us to tell someone who can decide.", channel="duty-desk")
