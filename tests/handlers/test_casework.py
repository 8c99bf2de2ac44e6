"""What the support side presses and fills in to work a case, and what stands under which field."""

import json
from datetime import timedelta

import pytest

from handlers.views.notices import message
from policy.cases import CaseState
from policy.ids import CaseId
from policy.notices import CommentAdded
from tests.handlers.filled import people
from tests.support.builders import ANA, CLEO, ELI, EVA, an_actor

CASE, OTHER = CaseId("CASE-1"), CaseId("CASE-2")
FORMS = {
    "assign": "Assign CASE-1",
    "ask": "Comment on CASE-1",
    "wait": "CASE-1 waits",
    "solve": "Solve CASE-1",
    "note": "Comment on CASE-1",
    "merge": "Merge CASE-1",
    "link": "Link to CASE-1",
}
WORDS = {"text": {"value": "Version 4.2 is rolled out; sign in again."}}


@pytest.fixture(autouse=True)
async def case(house):
    opened = await house.opens()
    await house.desk.cases.take(opened.id, by=an_actor(ELI))
    return opened


def named(text):
    return {"case": {"value": text}}


def picked(case):
    return {"case": {"selected_option": {"value": case}}}


async def chooses(talk, word):
    option = {"text": {"type": "plain_text", "text": "x"}, "value": f"{word} {CASE}"}
    action = {"type": "static_select", "action_id": "casework.choose", "block_id": "b"}
    place = {"channel": {"id": talk.here, "name": "help"}, "response_url": "http://r"}
    pressed = {**action, "selected_option": option}
    return await talk.sends({"type": "block_actions", "actions": [pressed], **place})


@pytest.mark.parametrize(("word", "title"), FORMS.items())
async def test_the_menu_shows_the_form_of_each_thing(eli, word, title):
    await chooses(eli, word)
    assert eli.top["title"]["text"] == title


@pytest.mark.parametrize(
    ("typed", "title"), [(f"/case {word} CASE-1", title) for word, title in FORMS.items()]
)
async def test_so_does_its_word(eli, typed, title):
    await eli.types(typed.removeprefix("/case "))
    assert eli.top["title"]["text"] == title


async def test_what_is_typed_behind_a_word_stands_in_its_form(eli):
    for typed in ("wait CASE-1 Their provider", "solve CASE-1 Sign in again, please."):
        await eli.types(typed)
        assert typed.partition("CASE-1 ")[2] in eli.read


async def test_waiting_ends_from_the_menu_and_by_its_word(house, eli):
    for ends in (lambda: chooses(eli, "resume"), lambda: eli.types("resume CASE-1")):
        await house.desk.casework.propose(CASE, f"Fix {house.clock()}", by=an_actor(ELI))
        await ends()
        assert (await house.case(CASE)).state is CaseState.IN_PROGRESS
        house.clock.moves(minutes=5)


async def test_a_form_says_under_its_field_what_it_needs(eli):
    amiss = {"assign": {"engineer"}, "wait": {"whom", "until", "text"}, "link": {"case"}}
    for word, fields in amiss.items():
        await chooses(eli, word)
        assert set(await eli.submits()) == fields


async def test_cases_are_merged_and_linked_in_their_forms(house, eli):
    await house.opens(title="Export is slow")
    await chooses(eli, "link")
    assert await eli.submits(**named("#2")) == {}
    assert "names CASE-2" in eli.read
    await chooses(eli, "merge")
    assert await eli.submits(**picked(OTHER)) == {}
    assert (await house.case(CASE)).merged_into == OTHER


async def test_cases_are_merged_and_linked_by_their_words(house, eli):
    await house.opens(title="Export is slow")
    await eli.types("link CASE-1 nonsense")
    assert "I find no such case" in eli.heard
    await eli.types("link CASE-1 CASE-2")
    assert "names CASE-2" in eli.heard
    await eli.types("merge CASE-1 CASE-2")
    assert "goes on in" in eli.heard


async def test_a_case_is_asked_about_and_noted_on_by_words(house, eli):
    await eli.types("ask CASE-1 Which version?")
    assert (await house.case(CASE)).state is CaseState.WAITING_CUSTOMER
    await eli.types("note CASE-1 It is their proxy.")
    file = await house.desk.cases.read(CASE, by=an_actor(ANA))
    assert [each.text for each in file.comments] == ["Which version?"]


async def test_a_requester_answers_a_solution_by_button(house, ana):
    for press, state in (("reject", CaseState.IN_PROGRESS), ("accept", CaseState.CLOSED)):
        await house.desk.casework.propose(CASE, f"Try to {press} it.", by=an_actor(ELI))
        await ana.presses(f"casework.{press}", CASE)
        if press == "reject":
            assert await ana.submits(**WORDS) == {}
        assert (await house.case(CASE)).state is state


async def test_one_follows_and_stops_and_is_reminded(house, eli, mona):
    await mona.presses("casework.follow", CASE)
    assert "You follow" in mona.heard
    await mona.presses("casework.unfollow", CASE)
    assert "no longer follow" in mona.heard
    await mona.presses("casework.remind", CASE)
    assert set(await mona.submits()) == {"remind_at"}
    at = house.clock() + timedelta(days=1)
    chosen = {"remind_at": {"selected_date_time": int(at.timestamp())}}
    assert await mona.submits(**chosen) == {}
    assert "I remind you" in mona.read


async def test_others_are_let_in_on_a_case_and_out_again(house, ana, mona):
    await ana.types("followers CASE-1")
    assert await ana.submits(followers=people(CLEO, EVA)) == {}
    assert f"<@{CLEO}>, <@{EVA}> will hear" in ana.read
    await mona.presses("casework.followers", CASE)
    assert f'"initial_users": ["{CLEO}", "{EVA}"]' in mona.read
    assert await mona.submits(followers=people()) == {}
    assert "Nobody will hear" in mona.read
    assert (await house.case(CASE)).followers == frozenset()
    assert (await house.story(CASE))[-2:] == ["cases.followers_chosen"] * 2
    await mona.presses("casework.followers", CASE)
    crowd = [f"U{number:04}" for number in range(11)]
    assert await mona.submits(followers=people(*crowd)) == {
        "followers": "Choose at most 10 people."
    }


async def test_everybody_chooses_how_to_hear(house, ana):
    await ana.types("notify")
    assert set(await ana.submits()) == {"answers", "news", "followed"}
    quiet = {"selected_option": {"value": "thread"}}
    assert await ana.submits(answers=quiet, news=quiet, followed=quiet) == {}
    assert "thread" in json.dumps(str(await house.desk.hearing.read(by=an_actor())))


async def test_a_long_description_and_a_long_comment_are_read_to_their_end(ana, house):
    words = f"{'It stays white. ' * 180}That is all."
    case = await house.opens(description=words)
    said = await house.desk.comments.add(case.id, words, by=an_actor())
    owed, *_ = await house.owed(CommentAdded)
    drawn = message(owed, said.file.case, now=said.comment.at)
    assert "That is all." in json.dumps([each.to_dict() for each in drawn.blocks])
    await ana.types(f"show {case.id}")
    assert "That is all." in json.dumps(
        [each.to_dict() for each in ana.whispers[-1]["blocks"]][:6]
    )


async def test_what_was_chosen_too_slowly_from_the_menu_is_done_by_the_button_that_follows(eli):
    eli.slack.refuses = "expired_trigger_id"
    await chooses(eli, "note")
    (again,) = eli.whispers[-1]["blocks"][-1].elements
    eli.slack.refuses = ""
    await eli.presses(again.action_id, again.value)
    assert eli.top["title"]["text"] == "Comment on CASE-1"
