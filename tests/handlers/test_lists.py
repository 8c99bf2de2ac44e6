"""Cases are listed, filtered and searched, page by page, and nobody finds what is not theirs."""

import pytest

from handlers.ids import Action, Modal
from handlers.metadata import ListPath
from handlers.views.message import saying
from handlers.views.modal import told
from tests.handlers.filled import chosen, person, said, ticks
from tests.support.builders import ANA, ELI


def page(number, typed="mine", words=""):
    return ListPath(typed=typed, words=words, page=number).pack()


async def test_pages_are_turned_in_their_place(ana, house):
    for number in range(12):
        await house.opens(title=f"Trouble number {number}")
    await ana.types("list")
    assert "Cases (mine), page 1:" in ana.heard
    assert "Trouble number 0" not in ana.heard
    await ana.presses(Action.TURN_PAGE, page(2))
    assert "page 2" in ana.heard
    assert "Trouble number 0" in ana.heard
    assert ana.whispers[-1]["replace_original"] is True


async def test_pages_are_turned_in_a_modal_too(ana, house):
    await house.opens()
    shown = told("Caseflag", saying("Cases")).to_dict()
    ana.slack.views = [{**shown, "id": "V0", "hash": "1.a"}]
    await ana.presses_in_modal(Action.TURN_PAGE, page(1))
    assert "page 1" in ana.read
    assert len(ana.slack.views) == 1


@pytest.mark.parametrize("number", ["0", "99999999999999999999"])
async def test_a_page_that_there_is_not_is_another(ana, house, number):
    await house.opens()
    await ana.types(f"list {number}")
    assert "CASE-1" in ana.heard or "none" in ana.heard


async def test_what_is_no_filter_is_told_with_all_that_are(ana):
    await ana.types("list everything")
    assert "I do not know the filter “everything”" in ana.heard


async def test_the_support_side_lists_by_owner_and_severity(eli, house):
    case = await house.opens()
    await eli.presses(Action.TAKE_CASE, case.id)
    await house.opens(title="Another matter")
    await eli.types(f"list owner <@{ELI}|eli> S3")
    assert "CASE-1" in eli.heard
    assert "CASE-2" not in eli.heard


async def test_words_find_the_case_and_nobody_elses(ana, eli, house):
    await house.opens(title="Printer on fire")
    await house.opens(title="Printer out of paper", by=ELI)
    await ana.types("search print fire")
    assert "CASE-1" in ana.heard
    assert "CASE-2" not in ana.heard
    await ana.types("search xyzzy")
    assert "none" in ana.heard


async def test_a_search_without_words_asks_for_them_and_a_filter_narrows_it(ana, house):
    case = await house.opens(title="Printer on fire")
    await house.posts_card(case.id)
    await ana.types("search")
    state = {
        "words": said("printer"),
        "whose": chosen("mine"),
        "state": chosen("open"),
        "severity": ticks("S3"),
        "owner": person(None),
    }
    assert await ana.submits(**state) == {}
    assert "CASE-1" in ana.read
    await ana.presses_in_modal(Action.FILTER, page(1, "mine open S3", "printer"))
    assert ana.top["callback_id"] == Modal.FILTER
    assert '"initial_value": "printer"' in ana.read
    assert await ana.submits(**{**state, "words": said("paper")}) == {}
    assert "none" in ana.read


async def test_all_that_may_be_seen_is_a_filter_too(ana, house):
    await house.opens()
    await ana.presses(Action.TURN_PAGE, page(1, ""))
    assert "All cases that you may see, page 1:" in ana.heard
    assert ANA not in ana.heard
