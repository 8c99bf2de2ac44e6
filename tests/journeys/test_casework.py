"""A case is worked: given, waited on, solved, answered, merged, linked, followed."""

from datetime import timedelta

import pytest

from tests.support.deeds import ACME, opens

pytestmark = pytest.mark.journey


def ahead(caseflag, **time):
    return int((caseflag.app.parts.clock() + timedelta(**time)).timestamp())


async def works(person, choice, case="CASE-1"):
    await person.commands(f"/case show {case}", channel=ACME)
    await person.sees("Work on it", channel=ACME)
    await person.presses(choice, in_=ACME)


async def test_a_solution_is_rejected_then_accepted(ana, eli):
    await opens(ana)
    await eli.commands("/case take CASE-1", channel=ACME)
    await works(eli, "Propose a solution")
    await eli.modal(title="Solve CASE-1")
    await eli.fill("What solves it?", "Please clear the browser's cache.")
    assert await eli.submits() == {}
    await eli.sees("waits for the requester")
    await ana.sees("proposes a solution", channel=ACME)
    await ana.presses("Does not solve it")
    await ana.modal(title="Not solved")
    await ana.fill("What is still wrong?", "The page stays white all the same.")
    assert await ana.submits() == {}
    await eli.sees("says that it is not solved", channel=ACME)
    await eli.commands("/case solve CASE-1", channel=ACME)
    await eli.modal(title="Solve CASE-1")
    await eli.fill("What solves it?", "Version 4.2 is rolled out; sign in again.")
    assert await eli.submits() == {}
    await ana.sees("Version 4.2 is rolled out", channel=ACME)
    await ana.commands("/case accept CASE-1", channel=ACME)
    await eli.sees("accepted the solution", channel=ACME)


async def test_silence_closes_a_case_after_two_warnings(ana, eli, clock, caseflag):
    await opens(ana)
    await eli.commands("/case solve CASE-1 Please clear the browser's cache.", channel=ACME)
    await eli.modal(title="Solve CASE-1")
    assert await eli.submits() == {}
    await ana.sees("proposes a solution", channel=ACME)
    await clock.moves(hours=72)
    await ana.sees("does the proposed solution help?", channel=ACME)
    await clock.moves(hours=24)
    parts = caseflag.app.parts
    await parts.desk.casework.close_silent(parts.clock())  # the second warning, if no tick was yet
    await clock.moves(hours=24)
    await ana.sees("nobody answered the proposed solution", channel=ACME)


async def test_a_case_is_given_handed_on_and_waits_for_others(ana, eli, erin, lea, caseflag):
    await opens(ana)
    await works(lea, "Assign it")
    await lea.modal(title="Assign CASE-1")
    await lea.chooses("Engineer", "@eli")
    await lea.fill("What should they know?", "They are sensitive about downtime.")
    assert await lea.submits() == {}
    await eli.sees("They are sensitive about downtime.")
    await ana.sees("works on this case", channel=ACME)
    await ana.never_sees("sensitive about downtime")
    await works(eli, "Wait for somebody else")
    await eli.modal(title="CASE-1 waits")
    await eli.fill("For whom?", "Their network provider")
    await eli.fill("Until when?", ahead(caseflag, days=3))
    await eli.fill("What should the customer know?", "The provider looks at their router.")
    found = await eli.submits()
    assert found == {}
    await ana.sees("The provider looks at their router.", channel=ACME)
    await ana.sees("Waits for Their network provider until", channel=ACME)
    await works(eli, "Hand it on")
    await eli.chooses("Engineer", "@erin")
    assert await eli.submits() == {}
    await erin.sees("gave this case to @erin")
    await ana.commands("/case comment CASE-1 They called us back.", channel=ACME)
    await ana.sees("In progress", channel=ACME)


async def test_duplicates_are_merged_and_cases_linked(ana, eli):
    await opens(ana)
    await opens(ana, "Export is slow")
    await opens(ana, "Invoices are missing")
    await eli.commands("/case merge CASE-2 CASE-1", channel=ACME)
    await eli.sees("CASE-2* goes on in *CASE-1", channel=ACME)
    await ana.sees("Merged into CASE-1", channel=ACME)
    await eli.commands("/case link CASE-3 CASE-1", channel=ACME)
    await ana.sees("See also CASE-1", channel=ACME)
    await eli.commands("/case link CASE-3 CASE-1", channel=ACME)
    await eli.sees("CASE-1 is linked already.", channel=ACME)


async def test_a_person_is_reminded_of_a_case_when_they_like(ana, clock, caseflag):
    await opens(ana)
    await ana.commands("/case remind CASE-1 Ask the bank.", channel=ACME)
    await ana.modal(title="Remind me of CASE-1")
    await ana.fill("When?", ahead(caseflag, days=-1))
    assert await ana.submits() != {}
    await ana.fill("When?", ahead(caseflag, days=30))
    assert await ana.submits() == {}
    await ana.sees("I remind you of")
    await clock.moves(hours=24 * 31)
    await ana.sees("Ask the bank.", channel="@caseflag")


async def test_an_internal_note_reaches_the_engineer_and_no_customer(ana, ben, eli, erin):
    await opens(ana)
    await ben.commands("/case follow CASE-1", channel=ACME)
    await eli.commands("/case take CASE-1", channel=ACME)
    await erin.commands("/case note CASE-1 Their proxy is to blame.", channel=ACME)
    await eli.sees("Their proxy is to blame.")
    for person in (ana, ben):
        await person.commands("/case show CASE-1", channel=ACME)
        await person.sees("Ask for an update" if person is ana else "Stop following", channel=ACME)
        await person.goes_home()
        await person.never_sees("proxy")


async def test_everybody_hears_as_they_choose(ana, ben, eli, clock):
    await opens(ana)
    await eli.commands("/case ask CASE-1 Which version do you run?", channel=ACME)
    await ana.sees("Which version do you run?", channel="@caseflag")
    await ana.presses("Answer", in_="@caseflag")
    await ana.modal(title="Comment on CASE-1")
    await ana.closes(everything=True)
    await ana.commands("/case notify", channel=ACME)
    await ana.modal(title="How you hear of cases")
    await ana.chooses("Other news of my cases", "Also by direct message, at once")
    assert await ana.submits() == {}
    await ana.sees("Saved.")
    await ana.closes(everything=True)
    await ben.commands("/case follow CASE-1", channel=ACME)
    await ben.sees("You follow")
    await eli.commands("/case comment CASE-1 We found the cause.", channel=ACME)
    await ana.sees("We found the cause.", channel="@caseflag")
    await clock.moves(hours=24)
    await ben.sees("What happened to your cases", channel="@caseflag")


async def test_a_new_case_goes_on_from_one_closed_long_ago(ana, clock):
    await opens(ana)
    await ana.commands("/case close CASE-1", channel=ACME)
    await ana.sees("is closed", channel=ACME)
    await clock.moves(hours=24 * 15)
    await ana.commands("/case reopen CASE-1", channel=ACME)
    await ana.sees("could be reopened until", channel=ACME)
    await ana.commands("/case show CASE-1", channel=ACME)
    await ana.presses("Open a new case from it")
    await ana.modal(title="Open a case")
    await ana.chooses("Severity", "S3")
    await ana.fill("What is the problem?", "It is back: nobody can sign in.")
    assert await ana.submits() == {}
    await ana.sees("See also CASE-1", channel=ACME)


async def test_a_severity_nobody_answers_reaches_the_duty_channel(ana, mona, clock):
    await opens(ana)
    await ana.commands("/case severity CASE-1", channel=ACME)
    await ana.modal(title="Severity of CASE-1")
    await ana.chooses("New severity", "S1 · Production outage, no workaround")
    await ana.fill("Why?", "All three sites are down by now.")
    assert await ana.submits() == {}
    await ana.sees("instead of S3", channel=ACME)
    await mona.never_sees("asks for S1", channel="duty-desk")
    await clock.moves(hours=1)
    await mona.sees("asks for S1 instead of S3", channel="duty-desk")
    await mona.presses("Agree", in_="duty-desk")
    await ana.sees("changed the severity from S3 to S1", channel=ACME)
