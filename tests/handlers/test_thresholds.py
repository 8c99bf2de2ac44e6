"""An administrator changes the threshold table, and sees what that does before it counts."""

from handlers.forms.thresholds import typed
from handlers.ids import Action
from policy.thresholds import SHIPPED
from tests.handlers.filled import said

QUICKER = {
    **typed(SHIPPED),
    "S3": "1 h, 2 h, 2 h",
    "S2": "1 h, 2 h, 2 h",
    "S1": "1 h, 2 h, 2 h",
    "why": "Everybody is quicker now.",
}


def written(**other):
    return {name: said(text) for name, text in {**QUICKER, **other}.items()}


async def test_a_table_is_previewed_edited_again_and_published(ada, ana, house):
    case = await house.opens()
    house.clock.moves(hours=3)
    await ada.types("thresholds")
    assert "4 h, 8 h, 8 h" in ada.read
    assert await ada.submits(**written()) == {}
    assert "1 open case would become available at once" in ada.read
    assert "No open case would lose it" in ada.read
    assert case.id in ada.read
    packed = next(b for b in ada.top["blocks"] if b["type"] == "actions")["elements"][0]["value"]
    await ada.presses_in_modal(Action.THRESHOLDS, packed)
    assert "1 h, 2 h, 2 h" in ada.read
    assert await ada.submits(**written()) == {}
    assert await ada.submits() == {}
    assert "Version 2 counts from now on" in ada.read
    await ana.types("show CASE-1")
    assert "by version 2 of the threshold table" in str(ana.whispers[-1]["blocks"])
    await ada.types("thresholds")
    assert "Version 2 by" in ada.read


async def test_a_table_that_is_not_monotone_is_refused_under_its_field(ada):
    await ada.types("thresholds")
    assert set(await ada.submits(**written(S2="1 min, 2 h, 2 h"))) == {"S2"}


async def test_the_second_of_two_editors_learns_of_the_first(ada, house):
    await ada.types("thresholds")
    assert await ada.submits(**written()) == {}
    view = dict(ada.top)
    assert await ada.submits() == {}
    ada.slack.views = [view]
    await ada.submits()
    assert "This has changed meanwhile" in ada.read


async def test_only_administrators_see_the_table_in_the_making(ana):
    await ana.types("thresholds")
    assert "This is for an administrator" in ana.read


async def test_what_if_tells_every_severity_and_tier(ana, house):
    case = await house.opens()
    house.clock.moves(hours=9)
    await ana.types(f"whatif {case.id}")
    assert "*S1*: Titanium at once (since" in ana.heard
    assert "Now it is S3 and Gold" in ana.heard
    await ana.presses(Action.WHAT_IF, case.id)
    assert "*S4*" in ana.heard
