"""What came of a later act is never drawn over, however quick people are."""

import pytest

from handlers import turns
from handlers.answers import drawn
from handlers.ids import Action
from handlers.views.modal import loading
from tests.handlers.filled import chosen, said
from tests.handlers.talks import filled_in

QUESTION = "Is production down?"


async def chooses(ana, severity, view):
    typed = filled_in(view, {"severity": chosen(severity)})
    await ana.presses(Action.CHOOSE_SEVERITY, view=typed, container={"type": "view"})


@pytest.fixture
async def form(ana):
    await ana.types("open")
    return ana.top


async def test_of_two_quick_choices_the_later_one_is_drawn(ana, form):
    await chooses(ana, "S4", form)
    await chooses(ana, "S1", form)  # Slack had not heard of the drawing that the first one made
    assert QUESTION in ana.read
    await chooses(ana, "S4", form)
    assert QUESTION not in ana.read


async def test_what_an_earlier_act_draws_late_stays_undrawn(ana, form):
    turns.begin()
    earlier = drawn(ana.slack, form)
    await chooses(ana, "S1", form)
    await earlier.shows(loading())
    assert QUESTION in ana.read


async def test_what_somebody_else_has_drawn_meanwhile_stays(ana, form):
    ana.slack.views = [{**form, "hash": "of another process"}]
    await chooses(ana, "S1", form)
    assert QUESTION not in ana.read


async def test_an_s1_that_was_sent_before_it_was_asked_about_is_asked_then(ana, form, house):
    typed = {
        "title": said("Login is down"),
        "description": said("Nobody can sign in since nine this morning."),
        "severity": chosen("S1"),
        "impact": said("All sales stopped."),
    }
    assert await ana.submits(**typed) == {}
    assert QUESTION in ana.read
    assert "All sales stopped." in ana.read
    yes = {"production_down": chosen("yes"), "has_workaround": chosen("no")}
    assert await ana.submits(**typed, **yes) == {}
    assert "CASE-1 is open" in ana.read


def test_what_an_earlier_act_draws_late_is_dropped():
    turns.drew("V", "first", "second", 7)
    assert turns.newest("V", "first", 6) is None
    assert turns.newest("V", "first", 7) == "second"
    turns.drew("V", "second", "third", 9)
    assert turns.newest("V", "first", 8) is None
    assert turns.newest("V", "first", 9) == "third"
    assert turns.newest("V", "of another process", 9) == "of another process"


def test_a_hash_that_comes_again_leads_nobody_in_circles():
    turns.drew("W", "same", "same", 1)
    assert turns.newest("W", "same", 1) == "same"
    turns.drew("W", "same", "other", 2)
    turns.drew("W", "other", "same", 3)
    assert turns.newest("W", "other", 3) == "same"
    assert turns.newest("W", "same", 3) == "same"


def test_old_modals_are_forgotten():
    turns.drew("old", "first", "second", 1)
    for number in range(turns.MOST):
        turns.drew(f"V{number}", "first", "second", 1)
    assert turns.newest("old", "first", 1) == "first"
