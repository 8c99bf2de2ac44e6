"""A person opens a case, in every way there is, and everybody in the channel sees its card."""

import asyncio
import string

import pytest

from bot.delivery import directory
from tests.support.deeds import ACME, opens

pytestmark = pytest.mark.journey


async def test_help_lists_what_one_may_type(ana):
    await ana.commands("/case help", channel=ACME)
    await ana.sees("`/case open` opens a case", channel=ACME)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("/case", "`/case open` opens a case"),
        ("/case opne", "Did you mean `/case open`?"),
        ("/case frobnicate", "I do not know “frobnicate”."),
        ("/case payload", "I do not know “payload”."),
        ("/case <!channel>", "I do not know"),
    ],
)
async def test_what_is_not_known_gets_the_usage_and_the_nearest_word(ana, typed, heard):
    await ana.commands(typed, channel=ACME)
    await ana.sees(heard, channel=ACME)


async def test_an_opened_case_has_a_card_that_everybody_in_the_channel_sees(ana, eli):
    await opens(ana)
    card = await eli.sees("CASE-1 · Login is down", channel=ACME)
    assert "Acme Bank · Titanium" in card
    assert "Nobody yet" in card
    assert "Escalating becomes available" in card


async def test_a_case_is_opened_by_a_shortcut(ana):
    await ana.shortcut("Open a case")
    await ana.modal(title="Open a case")
    await ana.fill("Title", "Printers print backwards")
    await ana.fill("What is the problem?", "All printers mirror the page since the update.")
    await ana.chooses("Severity", "S4")
    assert await ana.submits() == {}
    await ana.sees("CASE-1 · Printers print backwards", channel=ACME)


async def test_a_message_becomes_a_case(ana, ben):
    said = await ben.types(ACME, "Since the update every page of ours prints mirrored.")
    del said
    message = await ana.message("prints mirrored", channel=ACME)
    await ana.shortcut_on(message, "Open a case from this message")
    await ana.modal(title="Open a case")
    await ana.sees("Since the update every page of ours prints mirrored.")
    await ana.fill("Title", "Pages print mirrored")
    await ana.chooses("Severity", "S4")
    assert await ana.submits() == {}
    await ana.sees("CASE-1 · Pages print mirrored", channel=ACME)


async def test_errors_stand_under_their_fields(ana):
    await ana.commands("/case open", channel=ACME)
    await ana.modal(title="Open a case")
    await ana.chooses("Severity", "S2")
    await ana.fill("Title", "Slow")
    await ana.fill("What is the problem?", "Too short")
    errors = await ana.submits()
    assert set(errors) == {"Title", "What is the problem?"}
    await ana.fill("Title", "Everything is slow")
    await ana.fill("What is the problem?", "Each page takes a minute to appear.")
    assert set(await ana.submits()) == {"Business impact"}
    await ana.fill("Business impact", "Orders pile up.")
    assert await ana.submits() == {}


async def test_what_a_choice_draws_late_is_not_drawn_over_the_answer(caseflag, ana, clock):
    await ana.commands("/case open", channel=ACME)
    await ana.modal(title="Open a case")
    caseflag.bench.faults.order({"method": "views.update", "fault": "late", "retry_after": 60})
    drawn = asyncio.Event()
    caseflag.bench.traffic.listen(
        lambda entry: drawn.set() if entry.method == "views.update" else None
    )
    await ana.chooses("Severity", "S4")
    await ana.fill("Title", "Printers print backwards")
    await ana.fill("What is the problem?", "All printers mirror the page since the update.")
    assert await ana.submits() == {}
    await ana.sees("CASE-1 is open")
    while not drawn.is_set():
        await clock.moves(seconds=30)
    await ana.sees("CASE-1 is open")


async def test_an_s1_that_contradicts_itself_is_doubted_and_may_be_insisted_on(ana):
    await ana.commands("/case open", channel=ACME)
    await ana.modal(title="Open a case")
    await ana.chooses("Severity", "S1")
    await ana.sees("Is production down?")
    await ana.chooses("Is production down?", "No")
    await ana.chooses("Is there a workaround?", "Yes")
    await ana.fill("Title", "Login is down")
    await ana.fill("What is the problem?", "Nobody can sign in since nine this morning.")
    await ana.fill("Business impact", "All sales stopped.")
    assert await ana.submits() == {}
    await ana.sees("your answers say otherwise")
    await ana.chooses("All the same", ["Open it all the same"])
    assert await ana.submits() == {}
    await ana.sees("CASE-1 · Login is down", channel=ACME)


async def test_a_similar_open_case_is_offered_first(ana, ben):
    await opens(ana, "Login page is down")
    await ben.commands("/case open", channel=ACME)
    await ben.modal(title="Open a case")
    await ben.fill("Title", "The login page is down")
    await ben.fill("What is the problem?", "I cannot sign in, the login page is down.")
    await ben.chooses("Severity", "S3")
    assert await ben.submits() == {}
    await ben.sees("CASE-1")
    await ben.sees("Login page is down")
    await ben.chooses("All the same", ["Open it all the same"])
    assert await ben.submits() == {}
    await ben.sees("CASE-2 · The login page is down", channel=ACME)


async def test_replies_in_the_thread_are_the_conversation(ana, eli, clock):
    await opens(ana)
    card = await eli.message("CASE-1 · Login is down", channel=ACME)
    await eli.types(ACME, "We are looking into it.", thread=card["ts"])
    await ana.commands("/case show CASE-1", channel=ACME)
    await ana.sees("We are looking into it.")
    await ana.commands("/case comment CASE-1 Thank you, we wait.", channel=ACME)
    told = await eli.message("Thank you, we wait.", channel=ACME)
    assert told["thread_ts"] == card["ts"]


async def test_the_word_payload_is_a_word_like_any_other(ana, eli):
    await opens(ana)
    await ana.commands("/case comment CASE-1 The payload={} is lost", channel=ACME)
    await eli.sees("The payload={} is lost", channel=ACME)


async def test_nobody_is_pinged_by_what_somebody_typed(ana, eli):
    await opens(ana, "Help <!channel> now", description="See <!here> and <@U0MONA>, please help.")
    card = await eli.message("CASE-1", channel=ACME)
    words = [card["text"], *(each["text"] for each in mrkdwn(card["blocks"]))]
    for ping in ("<!channel>", "<!here>", "<@U0MONA>"):
        assert not any(ping in each for each in words)


def mrkdwn(part):
    """Yield every text object in which Slack would look for mentions."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part
        part = list(part.values())
    for each in part if isinstance(part, list) else ():
        yield from mrkdwn(each)


async def test_without_a_number_it_is_the_case_last_talked_about_here(ana, clock):
    await opens(ana)
    await opens(ana, "Export is slow")
    await clock.moves(minutes=1)
    await ana.commands("/case comment CASE-1 It happens at noon.", channel=ACME)
    await ana.sees("Added to *CASE-1*")
    await clock.moves(minutes=1)
    await ana.commands("/case comment It happens at night too.", channel=ACME)
    await ana.sees("> It happens at night too.")
    await ana.never_sees("Added to *CASE-2*")


async def test_where_no_case_can_be_assumed_one_is_picked(ana):
    await opens(ana)
    await ana.commands("/case escalate", channel="general")
    modal = await ana.modal()
    assert modal is not None
    await ana.chooses("Case", "CASE-1")
    await ana.submits()
    await ana.modal(title="Escalate CASE-1")


async def test_a_slack_that_tells_nobody_who_belongs_where_holds_no_form_up(
    caseflag, ana, eli, monkeypatch
):
    monkeypatch.setattr(directory, "FRESH", 0.0)
    monkeypatch.setattr(directory, "STAYS", 0.0)
    for method in ("usergroups.users.list", "users.info"):
        caseflag.bench.faults.order({"method": method, "fault": "timeout", "times": 100})
    await opens(ana)
    await eli.sees("CASE-1 · Login is down", channel=ACME)


async def test_a_list_shows_ten_at_a_time(ana, clock):
    for each in string.ascii_lowercase[:11]:
        await opens(ana, f"{each * 6} {each * 7} {each * 8}")
        await clock.moves(seconds=1)
    await ana.commands("/case list", channel="general")
    first = await ana.sees("Cases (mine), page 1", channel="general")
    assert "kkkkkk" in first
    assert "aaaaaa" not in first
    await ana.commands("/case list 2", channel="general")
    await ana.sees("aaaaaa", channel="general")


async def test_home_shows_my_cases(ana):
    await ana.goes_home()
    await ana.sees("You have no cases")
    await opens(ana)
    await ana.goes_home()
    await ana.sees("Login is down")
    await ana.presses("Open a case", in_="home")
    await ana.modal(title="Open a case")


async def test_only_administrators_change_settings_and_accounts(ana, adam):
    for typed in ("/case settings", "/case account"):
        await ana.commands(typed, channel=ACME)
        await ana.sees("This is for an administrator")
        await ana.closes(everything=True)
    await adam.commands("/case settings", channel="general")
    await adam.modal(title="Settings")
    await adam.fill("Urgent contact", "Call +49 89 1234")
    assert await adam.submits() == {}
    await adam.sees("Saved.")


async def test_a_channel_is_linked_to_a_customer_and_its_cases_follow(ana, adam, carla):
    await adam.commands("/case account", channel="general")
    await adam.modal(title="Link an account")
    await adam.fill("Account", "Initech")
    await adam.fill("Tier", "Platinum")
    assert await adam.submits() == {}
    await opens(carla, channel="general")
    card = await carla.sees("CASE-1 · Login is down", channel="general")
    assert "Initech · Platinum" in card


async def test_everything_works_by_socket_as_well(either_way):
    ana, eli = either_way.person("ana"), either_way.person("eli")
    await opens(ana)
    await eli.sees("CASE-1 · Login is down", channel=ACME)
    await ana.commands("/case comment CASE-1 The payload is lost", channel=ACME)
    await eli.sees("The payload is lost", channel=ACME)


async def test_a_case_is_found_by_words_with_a_way_into_its_thread(ana, carla):
    await opens(ana, "Printer on fire")
    await carla.commands("/case search printer", channel="general")
    await carla.sees("Cases (with “printer”), page 1: none", channel="general")
    await ana.commands("/case search print", channel="general")
    found = await ana.sees("CASE-1 Printer on fire", channel="general")
    assert "Open the thread" in found
    await ana.presses("Filter", in_="general")
    await ana.modal(title="Find cases")
    await ana.chooses("State", "Waiting for the customer or a third party")
    assert await ana.submits() == {}
    await ana.sees("Cases (waiting with “print”), page 1: none")
