"""Nothing that was typed is lost: it is kept for a day, and offered again where it was typed."""

import pytest

from handlers.drafts import begin, drafted, settle
from handlers.ids import Action, Modal, Options
from handlers.views import modal as kit
from handlers.views.drafts import offered
from handlers.views.message import section
from handlers.views.settings import _duty_channel
from policy.cases import Severity
from policy.escalations import Event
from policy.ids import CaseId
from policy.refusals import Stale
from tests.handlers.filled import chosen, filled, said
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    LEA,
    MONA,
    OTTO,
    an_actor,
    workspace_settings,
)

CASE = CaseId("CASE-1")
WORDS = "Nobody at three sites can sign in, and orders are lost."


@pytest.fixture
async def available(house):
    case = await house.opens()
    house.clock.moves(days=6)
    return case


async def at_the_comment(ana):
    """Bring Ana to the advice to ask for an update."""
    await ana.presses(Action.GUIDE, CASE)
    for each in ("this", "update"):
        assert await ana.submits(answer=chosen(each)) == {}
    assert ana.top["callback_id"] == Modal.ADVICE_COMMENT


async def test_words_typed_in_the_comment_step_come_again_after_back(ana, available):
    await at_the_comment(ana)
    await ana.presses_in_modal(Action.GO_BACK, text=said(WORDS))
    assert WORDS not in ana.read
    assert await ana.submits(answer=chosen("update")) == {}
    assert WORDS in ana.read


async def test_both_words_and_reason_stay_on_the_way_to_an_override_and_back(
    ana, house, available
):
    await at_the_comment(ana)
    await ana.presses_in_modal(Action.OVERRIDE, text=said(WORDS))
    await ana.presses_in_modal(Action.GO_BACK, override=said("Because of the board."))
    assert await ana.submits(answer=chosen("update")) == {}
    assert WORDS in ana.read
    await ana.presses_in_modal(Action.OVERRIDE)
    assert "Because of the board." in ana.read
    await ana.presses_in_modal(Action.GO_BACK)
    assert await ana.submits(answer=chosen("update")) == {}
    assert await ana.submits(text=said(WORDS)) == {}
    assert await house.desk.drafts.kept("comment", CASE, by=an_actor(ANA)) == {}


async def test_a_managers_words_come_again_where_somebody_was_faster(mona, lea, house, available):
    escalation = await house.escalates(CASE)
    state = {
        "code": chosen("other"),
        "explanation": said(WORDS),
        "alternative": said("We call you at nine tomorrow."),
    }
    await mona.presses(Action.DECLINE, escalation.id)
    assert await mona.submits(**(state | {"explanation": said("No.")})) != {}
    kept = await house.desk.drafts.kept(
        f"{Event.DECLINE}:{escalation.id}", None, by=an_actor(MONA)
    )
    assert kept["alternative"] == "We call you at nine tomorrow."
    await mona.presses(Action.DECLINE, escalation.id)
    assert "We call you at nine tomorrow." in mona.read
    await lea.presses(Action.DECLINE, escalation.id)
    assert "nine tomorrow" not in lea.read


async def test_the_words_of_a_refused_severity_come_again(ana, eli, house, available):
    asked = await house.desk.severities.change(CASE, Severity.S2, WORDS, by=an_actor(ANA))
    await eli.presses(Action.REFUSE_SEVERITY, asked.id)
    assert set(await eli.submits(reason=said("No."))) == {"reason"}
    await eli.presses(Action.REFUSE_SEVERITY, asked.id)
    assert '"initial_value": "No."' in eli.read


async def test_the_reason_of_a_pull_comes_again(mona, house, available):
    await mona.types(f"pull {CASE}")
    assert set(await mona.submits(reason=said("Short"))) == {"reason"}
    await mona.types(f"pull {CASE}")
    assert '"initial_value": "Short"' in mona.read


async def test_a_statement_comes_again(ana, house, available):
    await house.escalates(CASE)
    await house.desk.drafts.keep("statement", CASE, {"text": WORDS}, by=an_actor(ANA))
    await ana.presses(Action.GUIDE, CASE)
    assert ana.top["callback_id"] == Modal.STATEMENT
    assert WORDS in ana.read


@pytest.mark.parametrize("failure", [Stale(), RuntimeError("a fault of ours")])
async def test_whatever_fails_what_was_typed_is_kept(house, failure):
    view, by = filled(text=said(WORDS)), an_actor(ANA)
    with pytest.raises(type(failure)):
        async with drafted("comment", CASE, view, desk=house.desk, by=by):
            raise failure
    assert await house.desk.drafts.kept("comment", CASE, by=by) == {"text": WORDS}
    begin()
    async with drafted("comment", CASE, view, desk=house.desk, by=by):
        pass
    assert await house.desk.drafts.kept("comment", CASE, by=by) == {"text": WORDS}
    await settle(view, is_used=True, desk=house.desk, by=by)  # once the person has their answer
    assert await house.desk.drafts.kept("comment", CASE, by=by) == {}


COLOURS = (("red", "Red"), ("blue", "Blue"))
FIELDS = {
    "words": (lambda: kit.words("words", "W", most=5), "12345678", "initial_value", "1234…"),
    "free": (lambda: kit.number("free", "N", most=9), "7", "initial_value", "7"),
    "radio": (lambda: kit.radio("radio", "R", COLOURS), "blue", "initial_option", "blue"),
    "menu": (lambda: kit.menu("menu", "M", COLOURS), "red", "initial_option", "red"),
    "gone": (lambda: kit.menu("gone", "M", COLOURS), "green", "initial_option", None),
    "several": (
        lambda: kit.several("several", "S", COLOURS),
        "red,blue",
        "initial_options",
        ["red", "blue"],
    ),
    "person": (lambda: kit.person("person", "P"), ELI, "initial_user", ELI),
    "people": (
        lambda: kit.people("people", "P"),
        f"{CLEO},{OTTO}",
        "initial_users",
        [CLEO, OTTO],
    ),
    "duty_channel": (
        lambda: _duty_channel(workspace_settings(duty_channel=None)),
        "C1",
        "initial_conversation",
        "C1",
    ),
    "moment": (lambda: kit.moment("moment", "T"), "1750000000", "initial_date_time", 1750000000),
    "looked_up": (
        lambda: kit.looked_up("looked_up", "L", Options.CASES),
        CASE,
        "initial_option",
        None,
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_every_kind_of_field_is_filled_again(name):
    draws, kept, first, expected = FIELDS[name]
    view = kit.modal("A form", section("Text"), draws(), submit=(Modal.CASE, "Go"))
    element = offered(view, {name: kept, "unknown": LEA}).to_dict()["blocks"][1]["element"]
    found = element.get(first)
    if isinstance(found, dict):
        found = found["value"]
    elif isinstance(found, list):
        found = [each["value"] if isinstance(each, dict) else each for each in found]
    assert found == expected
    assert first not in offered(kit.modal("A form", draws()), {}).to_dict()["blocks"][0]["element"]
