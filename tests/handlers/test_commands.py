"""What can be typed behind `/case`."""

import json

import pytest

from handlers.commands import Asked, understood
from handlers.commands.verbs import VERBS
from handlers.ids import Action
from handlers.views.refusals import NO_SUCH_CASE, TOO_LATE
from policy.ids import CaseId
from tests.handlers.filled import chosen
from tests.support.builders import ANA, an_actor


@pytest.mark.parametrize(
    ("typed", "word", "case", "text"),
    [
        ("", "help", None, ""),
        ("  ", "help", None, ""),
        ("HELP", "help", None, ""),
        ("CASE-142", "show", "CASE-142", ""),
        ("case-142", "show", "CASE-142", ""),
        ("#142", "show", "CASE-142", ""),
        ("show 142", "show", "CASE-142", ""),
        ("show\u00a0CASE-142", "show", "CASE-142", ""),
        ("escalate", "escalate", None, ""),
        ("escalate  case-7 ", "escalate", "CASE-7", ""),
        ("comment CASE-7 Any news?", "comment", "CASE-7", "Any news?"),
        ("comment #7 two\nlines", "comment", "CASE-7", "two\nlines"),
        ("comment 3 users are waiting", "comment", None, "3 users are waiting"),
        ("comment Any news, <@U1>?", "comment", None, "Any news, @U1?"),
        ("comment a &lt; b", "comment", None, "a < b"),
        ("list 2", "list", None, "2"),
        ("list owner <@U1|eli> S1", "list", None, "owner @U1 S1"),
        ("search 404 page", "search", None, "404 page"),
        ("the payload", "the", None, "payload"),
    ],
)
def test_a_command_is_understood(typed, word, case, text):
    assert understood(typed) == Asked(word=word, case=case, text=text)


async def test_help_names_everything_that_can_be_typed(ana):
    await ana.types("help")
    assert [word for word in VERBS if f"`/case {word}" not in ana.heard] == []


@pytest.mark.parametrize("typed", ["", "help", "HELP"])
async def test_help_is_said_in_the_very_ack_as_nobody_has_to_be_asked(ana, typed):
    answer = await ana.types(typed)
    assert "`/case help`" in answer["text"]


async def test_help_that_comes_late_from_a_button_is_said_beside_it(ana):
    answer = await ana.presses(Action.AGAIN, "help")
    assert answer == {}
    assert "`/case help`" in ana.heard


@pytest.mark.parametrize(("typed", "meant"), [("opne", "open"), ("escalte", "escalate")])
async def test_a_mistyped_word_gets_the_nearest_and_the_usage(ana, typed, meant):
    await ana.types(typed)
    assert f"Did you mean `/case {meant}`?" in ana.heard
    assert "`/case help`" in ana.heard


async def test_a_word_like_no_other_gets_the_usage(ana):
    await ana.types("xyzzy <!channel>")
    assert "I do not know “xyzzy”.\n" in ana.heard


async def test_without_a_number_it_is_the_case_of_the_latest_talk_here(ana, house):
    await house.opens(title="The first one")
    await house.opens(title="Another matter")
    await ana.types("show")
    assert "CASE-2" in ana.heard


async def test_where_no_case_can_be_assumed_one_is_picked(eli, house):
    await house.opens()
    await eli.types("show")
    assert "Which case?" in eli.read
    await eli.submits(case=chosen("CASE-1"))
    assert "Login is down" in eli.read


async def test_a_case_is_picked_before_a_form_too_and_what_was_typed_stays(eli, house):
    await house.opens()
    await eli.types("comment 2 users called")
    assert "Which case?" in eli.read
    await eli.submits(case=chosen("CASE-1"))
    assert "2 users called" in eli.read


async def test_long_words_are_kept_too_while_a_case_is_picked(eli, house):
    await house.opens()
    words = "users called\n" * 220
    await eli.types(f"comment {words}")
    assert "Which case?" in eli.read
    assert await eli.submits(text={"value": words}) == {"case": "Pick a case."}
    await eli.submits(case=chosen("CASE-1"), text={"value": words})
    (written,) = [each for each in eli.top["blocks"] if each["block_id"] == "text"]
    assert written["element"]["initial_value"] == words


async def test_whoever_picks_nothing_is_asked_to(eli):
    await eli.types("escalate")
    assert await eli.submits() == {"case": "Pick a case."}


async def test_a_case_that_is_not_there_can_be_picked_instead(ana):
    await ana.types("escalate CASE-99")
    assert NO_SUCH_CASE in ana.read
    assert "Which case?" in ana.read


async def test_what_came_too_late_is_done_by_its_button(ana, house):
    await house.opens()
    ana.slack.refuses = "expired_trigger_id"
    await ana.types("escalate CASE-1")
    assert ana.heard == TOO_LATE
    ana.slack.refuses = ""
    again = json.loads(json.dumps([block.to_dict() for block in ana.whispers[-1]["blocks"]]))
    (button,) = again[-1]["elements"]
    assert button["action_id"] == Action.AGAIN
    await ana.presses(button["action_id"], button["value"])
    assert "Escalate CASE-1" in ana.read


async def test_a_comment_with_its_text_needs_no_form(ana, house):
    await house.opens()
    await ana.types("comment CASE-1 Any news, <@U0ELI|eli>?")
    assert "Added to *CASE-1*" in ana.heard
    file = await house.desk.cases.read(CaseId("CASE-1"), by=an_actor(ANA))
    assert file.comments[-1].text == "Any news, @eli?"


async def test_a_long_command_that_came_too_late_is_given_back_and_never_done_by_half(eli):
    eli.slack.refuses = "expired_trigger_id"
    await eli.types(f"comment {'users called ' * 180}and wait")
    assert eli.heard == TOO_LATE
    first, *others = eli.whispers[-1]["blocks"]
    assert {each.type for each in (first, *others)} == {"section"}
    assert others[-1].text.text.endswith("and wait")


LONG = " ".join(f"Step {n} of what we did." for n in range(1, 150))


def given_back(ana):
    shown = [block.to_dict() for block in ana.whispers[-1]["blocks"]]
    asked = next(n for n, each in enumerate(shown) if "What you typed:" in json.dumps(each))
    return " ".join(each["text"]["text"].removeprefix("> ") for each in shown[asked + 1 :])


@pytest.mark.parametrize("verb", ["comment", "note"])
async def test_words_that_cannot_be_taken_are_given_back(ana, eli, house, verb):
    await house.opens()
    await eli.types(f"{verb} CASE-1 {LONG}")
    assert "at most 3000 characters" in eli.heard
    assert given_back(eli) == f"{verb} CASE-1 {LONG}"


@pytest.mark.parametrize("typed", ["coment CASE-1", "Step 0 was to look:"])
async def test_words_that_are_no_command_are_given_back(ana, house, typed):
    await house.opens()
    await ana.types(f"{typed} {LONG}")
    assert "I do not know" in ana.heard
    assert given_back(ana) == f"{typed} {LONG}"


@pytest.mark.parametrize("verb", ["solve", "wait", "escalate", "take", "chase", "severity"])
async def test_words_that_no_form_holds_are_given_back(eli, house, verb):
    await house.opens()
    await eli.types(f"{verb} CASE-1 {LONG}")
    assert given_back(eli) == LONG


@pytest.mark.parametrize("verb", ["solve", "ask", "chase", "comment"])
async def test_words_that_are_used_are_not_given_back(ana, eli, house, verb):
    await house.opens()
    await (ana if verb == "chase" else eli).types(f"{verb} CASE-1 {LONG[:1500]}")
    whispers = [*ana.whispers, *eli.whispers]
    assert "What you typed" not in str(
        [block.to_dict() for each in whispers for block in each["blocks"]]
    )


async def test_words_behind_a_button_that_comes_in_vain_are_given_back(ana, house):
    case = await house.opens()
    ana.slack.refuses = "expired_trigger_id"
    await house.desk.cases.close(case.id, by=an_actor(ANA))
    await ana.presses(Action.AGAIN, f"comment CASE-1 {LONG[:1500]}")
    assert given_back(ana) == f"comment CASE-1 {LONG[:1500]}".strip()


async def test_a_few_words_are_not_given_back(ana, house):
    await house.opens()
    await ana.types("show CASE-99")
    assert "What you typed" not in str([block.to_dict() for block in ana.whispers[-1]["blocks"]])
