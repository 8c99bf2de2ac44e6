"""What people press and fill in, beside the stories that the journeys tell."""

from types import SimpleNamespace
from typing import Any

import pytest

from handlers.answers import read
from handlers.ids import Action, Event, Modal, Options, Shortcut
from policy.ids import CaseId
from policy.refusals import NoSuchCase
from tests.handlers.filled import chosen, person, said, ticks
from tests.support.builders import ANA, ELI, HELP, an_actor

CASE = CaseId("CASE-1")
WORDS = "Nobody gets past the first page."
OPENING = {
    "title": said("Login is down"),
    "description": said(WORDS),
    "severity": chosen("S3"),
    "contact": person(ANA),
    "account": chosen("acme"),
}


async def comments_of(house, case=CASE):
    file = await house.desk.cases.read(case, by=an_actor(ANA))
    assert file is not None
    return [each.text for each in file.comments]


async def test_a_menu_of_cases_finds_them_by_number_and_words(ana, house):
    await house.opens(title="Login is down")
    await house.opens(title="Reports are slow")
    assert await ana.asks(Options.CASES, "") == ["CASE-2", "CASE-1"]
    assert await ana.asks(Options.CASES, "reports") == ["CASE-2"]


async def test_a_menu_of_accounts_finds_them_by_name(eli):
    assert await eli.asks(Options.ACCOUNTS, "ac") == ["acme"]
    assert await eli.asks(Options.ACCOUNTS, "xyzzy") == []


async def test_an_engineer_takes_a_case(eli, house):
    await house.opens()
    await eli.presses(Action.TAKE_CASE, CASE)
    assert "is yours now" in eli.heard
    assert (await house.case(CASE)).engineer == ELI


async def test_a_customer_is_told_whose_work_that_is(ana, house):
    await house.opens()
    await ana.presses(Action.TAKE_CASE, CASE)
    assert ana.heard == "This is for a support engineer. Ask them, or comment on the case."


async def test_closing_offers_to_reopen(ana, house):
    await house.opens()
    await ana.presses(Action.CLOSE_CASE, CASE)
    assert ana.whispers[-1]["blocks"][-1].elements[0].action_id == Action.REOPEN_CASE
    await ana.presses(Action.REOPEN_CASE, CASE)
    assert "in progress again" in ana.heard


async def test_home_is_published_for_its_own_tab_only(ana):
    await ana.happens(type=Event.HOME_OPENED, tab="messages")
    assert ana.slack.asked == []
    await ana.happens(type=Event.HOME_OPENED, tab="home")
    assert [method for method, _ in ana.slack.asked] == ["views.publish"]


REPLY: dict[str, Any] = {"type": Event.MESSAGE, "ts": "1748851300.0001", "text": "I &amp; you"}


@pytest.mark.parametrize(
    ("more", "heard"),
    [
        ({}, ["I & you"]),
        ({"subtype": "thread_broadcast"}, ["I & you"]),
        ({"subtype": "file_share"}, ["I & you"]),
        ({"subtype": "message_changed"}, []),
        ({"subtype": "bot_message"}, []),
        ({"bot_id": "B1"}, []),
        ({"thread_ts": "1748851300.0001"}, []),
        ({"thread_ts": "1700000000.0001"}, []),
    ],
)
async def test_only_what_a_person_says_in_a_cases_thread_is_its_comment(ana, house, more, heard):
    case = await house.opens()
    thread = await house.posts_card(case.id)
    await ana.happens(**{**REPLY, "thread_ts": thread, **more})
    assert await comments_of(house) == heard


async def test_a_message_of_the_channel_is_nobodys_comment(ana, house):
    case = await house.opens()
    await house.posts_card(case.id)
    await ana.happens(**REPLY)
    assert await comments_of(house) == []


async def test_what_was_typed_stands_in_the_form_when_it_is_opened_again(ana, house):
    await house.opens()
    await ana.types("open")
    await ana.submits(**OPENING)
    assert "This may be open already" in ana.read
    await ana.types("open")
    assert WORDS in ana.read


async def test_whoever_insists_opens_the_case_and_the_draft_is_gone(ana, house):
    await house.opens()
    await ana.types("open")
    await ana.submits(**OPENING)
    await ana.submits(**OPENING, insist=ticks("yes"))
    assert "CASE-2 is open" in ana.read
    assert await house.desk.drafts.kept("case", None, by=an_actor(ANA)) == {}


async def test_a_severity_that_is_chosen_brings_its_questions_and_keeps_the_rest(ana):
    await ana.types("open")
    await ana.presses_in_modal(
        Action.CHOOSE_SEVERITY, title=said("Login is down"), severity=chosen("S1")
    )
    assert "Is production down?" in ana.read
    assert "Login is down" in ana.read
    await ana.presses_in_modal(Action.CHOOSE_SEVERITY, severity=chosen("S4"))
    assert "Is production down?" not in ana.read


async def test_a_case_opened_from_a_message_starts_with_its_words(ana):
    message = {"text": "Login &amp; sign-up\nare down", "ts": "1.0"}
    place = {"channel": {"id": HELP, "name": "help"}, "response_url": "http://r"}
    shortcut = {"type": "message_action", "callback_id": Shortcut.OPEN_CASE_FROM_MESSAGE}
    await ana.sends({**shortcut, **place, "message": message})
    fields = {block["block_id"]: block["element"] for block in ana.top["blocks"]}
    assert fields["title"]["initial_value"] == "Login & sign-up"
    assert fields["description"]["initial_value"] == "Login & sign-up\nare down"
    assert HELP in ana.top["private_metadata"]


async def test_a_case_is_opened_from_anywhere(ana):
    await ana.sends({"type": "shortcut", "callback_id": Shortcut.OPEN_CASE})
    assert ana.top["callback_id"] == Modal.CASE
    assert HELP not in ana.top["private_metadata"]


async def test_a_case_opened_from_a_picture_starts_without_words(ana):
    shortcut = {"type": "message_action", "callback_id": Shortcut.OPEN_CASE_FROM_MESSAGE}
    await ana.sends({**shortcut, "message": {"ts": "1.0"}})
    assert ana.top["callback_id"] == Modal.CASE


async def test_a_case_that_is_named_but_not_there_is_refused():
    async def nothing(_case: CaseId, *, by: Any) -> None: ...

    desk: Any = SimpleNamespace(cases=SimpleNamespace(read=nothing))
    with pytest.raises(NoSuchCase):
        await read(CASE, desk, an_actor())


async def test_only_the_support_side_asks_and_promises_in_a_comment(ana, eli, house):
    await house.opens()
    for who, is_ours in ((ana, False), (eli, True)):
        await who.presses(Action.COMMENT, CASE)
        assert ("Next step" in who.read) is is_ours


async def test_a_home_is_turned_page_by_page(ana, house):
    for number in range(12):
        await house.opens(title=f"Problem number {number}")
    await ana.happens(type="app_home_opened", user=ANA, channel="D1", tab="home")
    await ana.presses(Action.TURN_HOME, "2", view={"type": "home", "id": "V"})
    shown = [wish["view"] for method, wish in ana.slack.asked if method == "views.publish"]
    assert "Problem number 0" not in str(shown[0])
    assert "Problem number 0" in str(shown[1])
    assert "Newer" in str(shown[1])
