"""A duty manager's night: everything between a flag and its end, told by those who live it."""

from contextlib import suppress

import pytest

from tests.support.deeds import (
    ABOUT,
    ACME,
    IMPACT,
    WHAT,
    answers,
    asks_guidance,
    escalates,
    fills_escalation,
    opens,
)
from workbench import Trouble

pytestmark = pytest.mark.journey

DESK, GLOBEX, DM = "duty-desk", "globex-support", "caseflag"
CONDUCT = (
    ABOUT,
    (WHAT, "The service fell short of what was promised"),
    ("What was missed?", "How somebody behaved (only leads will see this)"),
)
SLOW = "Reports are slow"
EDITED = 20
"""Seconds for a card to show it: a night in seconds has more edits than Slack takes at once."""
WHY = "The board decides tomorrow, and nobody has told us anything yet."


async def raised(person, clock, *, channel=ACME, title="Login is down", case="CASE-1"):
    """Let somebody's S2 grow old enough, and be escalated."""
    await opens(person, title, severity="S2", channel=channel)
    await clock.moves(hours=49)
    await escalates(person, case, channel=channel)


async def presses(manager, text, case="CASE-1"):
    """Press a button of the escalation's card; once more where the card was edited meanwhile."""
    for _ in range(5):
        card = await manager.message(f"Escalation · {case}", channel=DESK)
        with suppress(Trouble):
            await manager.presses(text, in_=card)
            return
    pytest.fail(f"the card of {case} never held still")


async def acknowledges(manager, person, case="CASE-1"):
    """Answer for an escalation; its requester learns who does."""
    await presses(manager, "Acknowledge", case)
    await manager.sees("You answer for the escalation of")
    await person.sees(f"@{manager.name} acknowledged the escalation", channel=DM)


async def starts(manager):
    """Begin to work on it, with a plan."""
    await presses(manager, "Start plan")
    await manager.modal(title="Plan for CASE-1")
    await manager.fill("It is done when", "Everybody can sign in again.")
    await manager.fill("What happens first?", "Roll back the release of yesterday.")
    assert await manager.submits() == {}
    await manager.closes(everything=True)


async def hands_over(mona, otto):
    """Let somebody else answer for it, who accepts."""
    await presses(mona, "Hand over")
    await mona.chooses("To whom?", "otto")
    await mona.fill("What should they know?", "The vendor calls back at six.")
    assert await mona.submits() == {}
    await mona.closes(everything=True)
    offer = await otto.message("asks @otto to answer for the escalation", channel=DM)
    await otto.presses("Accept", in_=offer)
    await otto.sees("Brief · CASE-1", channel=DM)
    await otto.sees("@otto has it since", channel=DESK, within=EDITED)


async def tells(otto):
    """Tell how it goes."""
    await presses(otto, "Update")
    await otto.fill("How does it go?", "The rollback is done, and half of the sites are back.")
    await otto.chooses("Trend", "Better")
    assert await otto.submits() == {}
    await otto.closes(everything=True)
    await otto.sees("Trend: Better", channel=DESK, within=EDITED)


async def proposes(otto):
    """Ask the requester to agree to closing."""
    await presses(otto, "Propose closing")
    await otto.chooses("What came of it?", "Solved")
    await otto.fill("Summary", "The release was rolled back; everybody can sign in again.")
    assert await otto.submits() == {}
    await otto.closes(everything=True)


async def redirects(mona, carla):
    """Send an escalation to where it belongs; its right is back."""
    await presses(mona, "Redirect", "CASE-2")
    await mona.chooses("It should have been", "A comment on the case")
    await mona.fill("Why?", "The engineer can answer this today; nobody else has to act.")
    assert await mona.submits() == {}
    await mona.closes(everything=True)
    await carla.sees("redirected the escalation", channel=DM)
    await carla.sees("The case may be escalated again.", channel=DM)
    await carla.sees(IMPACT, channel=GLOBEX)
    await presses(mona, "Details", "CASE-2")
    await mona.sees("Redirected")
    await mona.closes(everything=True)


async def misses_a_promise(mona, ana, clock):
    """Promise an update, and let its time pass: both sides read so."""
    await starts(mona)
    await ana.sees("Next update: by", channel=DM)
    await mona.sees("Plan. First, @mona: Roll back the release of yesterday.", channel=DESK)
    await clock.moves(hours=4, minutes=20)
    await ana.sees("has not come yet", channel=DM, within=EDITED)
    await ana.sees("@mona has yet to tell how it goes", channel=DM)
    await mona.sees("over the target", channel=DESK, within=EDITED)


async def declines(otto, carla):
    """Decline an escalation, with what helps instead."""
    await otto.sees(f"CASE-2 {SLOW}. Not acknowledged yet", channel=DESK)
    await presses(otto, "Decline", "CASE-2")
    await otto.chooses("Reason", "What is wanted is under way, and has a date")
    await otto.fill("Explanation", "The fix is being tested, and comes tonight at ten.")
    await otto.fill("What helps instead?", "Use the other login until then.")
    await otto.chooses("Whom to talk to", "eli")
    assert await otto.submits() == {}
    await otto.closes(everything=True)
    await carla.sees("declined the escalation", channel=DM)


async def appeals(carla, lea):
    """Appeal against a decline; a lead gives the right back."""
    await carla.presses("Appeal", in_=DM)
    await carla.fill("Why should it not be declined?", WHY)
    assert await carla.submits() == {}
    await carla.closes(everything=True)
    asked = await lea.message("appeals against the decline", channel=DM)
    await lea.presses("Answer the objection", in_=asked)
    await lea.chooses("Are they right?", "Yes")
    await lea.fill("Your answer", "You are right: the other login does not work for them.")
    assert await lea.submits() == {}
    await lea.closes(everything=True)
    await carla.sees("granted the appeal", channel=DM)
    await carla.sees("The case may be escalated again.", channel=DM)


async def ends(otto, ana):
    """Close an escalation by agreement, and look back at it from both sides."""
    await presses(otto, "Stabilise")
    await otto.fill("What is watched?", "Sign-ins per minute.")
    assert set(await otto.submits()) == {"Until when?"}
    await otto.closes(everything=True)
    await proposes(otto)
    await ana.sees("asks whether it may be closed", channel=DM, within=EDITED)
    await ana.presses("Agree to closing", in_=DM)
    await otto.sees("closed it", channel=DESK, within=EDITED)
    await otto.commands("/case escalations", channel=DESK)
    await otto.sees("No escalation is open.")
    await ana.presses("Rate", in_=DM)
    await ana.chooses("Your rating", "5 · well answered")
    assert await ana.submits() == {}
    await otto.sees("@ana rated it 5 of 5", channel=DESK, within=EDITED)
    await otto.presses("Review", in_=await otto.message("closed the escalation", channel=DM))
    await otto.chooses("Could it have been prevented?", "Yes")
    await otto.chooses("What made it necessary?", "We answered too late")
    assert await otto.submits() == {}


async def test_a_duty_managers_night_from_two_flags_to_its_end(ana, carla, mona, otto, lea, clock):
    await opens(ana, severity="S2")
    await opens(carla, SLOW, severity="S2", channel=GLOBEX)
    await clock.moves(hours=49)
    await escalates(ana)
    await escalates(carla, "CASE-2", channel=GLOBEX)
    await mona.sees("Open escalations: 2", channel=DESK, within=EDITED)
    await mona.sees("CASE-1 Login is down. Not acknowledged yet", channel=DESK)
    await mona.sees(f"CASE-2 {SLOW}. Not acknowledged yet", channel=DESK)
    await ana.sees("Your escalation · CASE-1", channel=DM)

    await acknowledges(mona, ana)
    await mona.sees("Brief · CASE-1", channel=DM)
    await mona.sees("Nobody at three sites can sign in", channel=DM)
    await ana.sees("@mona answers for it since", channel=DM)
    await redirects(mona, carla)
    await misses_a_promise(mona, ana, clock)

    await hands_over(mona, otto)
    await ana.sees("@otto answers for it since", channel=DM, within=EDITED)
    await escalates(carla, "CASE-2", channel=GLOBEX)
    await declines(otto, carla)
    await appeals(carla, lea)

    await tells(otto)
    await ana.sees("Last update (better)", channel=DM, within=EDITED)
    await ends(otto, ana)


async def test_silence_climbs_its_ladder_and_is_told_honestly(ana, carla, mona, otto, lea, clock):
    await opens(carla, "Reports are slow", severity="S2", channel=GLOBEX)
    await raised(ana, clock, case="CASE-2")
    await escalates(carla, "CASE-1", channel=GLOBEX)
    await mona.sees("Open escalations: 2", channel=DESK, within=EDITED)
    await clock.moves(minutes=42)
    await mona.sees(
        "Not acknowledged yet, 12 minutes over the target", channel=DESK, within=EDITED
    )
    await ana.sees("your escalation has not been acknowledged yet", channel=DM)
    await carla.never_sees("your escalation has not been acknowledged yet")
    await mona.commands("/case escalations overdue", channel=DESK)
    await mona.sees("Overdue escalations: 1.")
    await clock.moves(minutes=20)
    await lea.sees("Nobody has acknowledged it yet", channel=DM)
    await acknowledges(mona, ana, "CASE-2")


async def test_of_a_confidential_escalation_only_leads_learn(ana, eli, mona, lea, clock):
    await opens(ana)
    await clock.moves(hours=72)
    await asks_guidance(ana)
    await answers(ana, *CONDUCT)
    await ana.presses("Fill in the form")
    await fills_escalation(ana)
    await ana.fill("What changed, or was missed?", "The tone on the phone was not acceptable.")
    assert await ana.submits() == {}
    await ana.closes(everything=True)
    await ana.sees("Your escalation · CASE-1", channel=DM)
    wish = await lea.message("Please acknowledge by", channel=DM)
    await lea.presses("Acknowledge", in_=wish)
    await lea.sees("Escalation · CASE-1", channel=DM)
    await lea.sees("The tone on the phone was not acceptable.", channel=DM)
    for manager in (mona, eli):
        for typed in ("show CASE-1", "list open", "search login"):
            await manager.commands(f"/case {typed}", channel=ACME)
        await manager.goes_home()
        await manager.sees("tells what can be typed, `/case list` finds more")
        await manager.never_sees("scalation · CASE-1")
        await manager.never_sees("acknowledged")
        await manager.never_sees("The tone on the phone")
    await mona.commands("/case escalations", channel=DESK)
    await mona.sees("No escalation is open.")
