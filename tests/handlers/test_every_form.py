"""Every form keeps what was typed into it when it fails, and offers it when it is opened again."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from typing import Any

import pytest
from slack_sdk.models.views import View

from handlers.forms.reading import written
from handlers.forms.thresholds import typed
from handlers.ids import Action, Modal
from handlers.routes import register
from handlers.views.drafts import AGAIN, filled_again, has_fields
from policy.ids import ChannelId
from policy.rota import ShiftRequest
from policy.thresholds import SHIPPED
from tests.handlers.drawn import views
from tests.handlers.filled import said, ticks
from tests.handlers.talks import a_talk, as_kept
from tests.handlers.test_rota import SHIFT
from tests.support.builders import CLEO, ELI, HELP, LEA, MONA, an_actor

SHORT = "Kp"
FIELDLESS = {Modal.ADVICE_ESCALATION, Modal.ADVICE_SEVERITY, Modal.ADVICE_NEW_CASE, Modal.PUBLISH}
"""Modals that only ask to go on: nothing can be typed into them."""


@cache
def forms() -> dict[str, View]:
    """Return one of each form that has fields, by its name."""
    found: dict[str, View] = {}
    for _, view in views("Words"):
        if isinstance(view, View) and view.callback_id and has_fields(view):
            found.setdefault(view.callback_id, view)
    return found


def option(element: dict[str, Any]) -> dict[str, Any]:
    """Return the last option of a menu, or one that was looked up."""
    looked_up = {"value": "CASE-7", "text": {"type": "plain_text", "text": "CASE-7: Login"}}
    return dict((element.get("options") or [looked_up])[-1])


def typed_into(element: dict[str, Any]) -> dict[str, Any]:
    """Return what Slack says of an input into which something was typed, or chosen in it."""
    values: dict[str, Any] = {
        "plain_text_input": {"value": SHORT},
        "number_input": {"value": "3"},
        "datetimepicker": {"selected_date_time": 1750000000},
        "timepicker": {"selected_time": "07:35"},
        "users_select": {"selected_user": CLEO},
        "multi_users_select": {"selected_users": [CLEO, ELI]},
        "conversations_select": {"selected_conversation": "C0KEPT"},
    }
    kind = element["type"]
    if kind in values:
        return {"type": kind, **values[kind]}
    is_many = kind.startswith("multi_") or kind == "checkboxes"
    one = option(element)
    return {"type": kind, **({"selected_options": [one]} if is_many else {"selected_option": one})}


def inputs(view: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of a view; into one for a file nobody can put it again but the person."""
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    return [block for block in fields if block["element"]["type"] != "file_input"]


def typed_over(view: dict[str, Any]) -> dict[str, Any]:
    """Return a view with something in each of its inputs."""
    values = {each["block_id"]: {"a": typed_into(each["element"])} for each in inputs(view)}
    return {**view, "id": "V1", "state": {"values": values}}


SENT: dict[str, str] = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_date_time": "selected_date_time",
    "initial_time": "selected_time",
}
"""What Slack sends back of what stood in a field at first."""


def untouched(view: dict[str, Any]) -> dict[str, Any]:
    """Return a view as it is sent by somebody who only presses its button."""
    values = {}
    for block in inputs(view):
        element = block["element"]
        found = {sent: element[first] for first, sent in SENT.items() if first in element}
        values[block["block_id"]] = {"a": {"type": element["type"], **found}}
    return {**view, "state": {"values": values}}


@dataclass
class Down:
    """A desk of which nothing answers but the drafts, which are kept here."""

    kept_as: dict[tuple[str, Any], dict[str, str]] = field(default_factory=dict)

    @property
    def drafts(self):
        return self

    async def keep(self, form, case, typed, *, by):
        self.kept_as[form, case] = dict(typed)

    async def kept(self, form, case, *, by):
        return self.kept_as.get((form, case), {})

    async def drop(self, form, case, *, by):
        self.kept_as.pop((form, case), None)

    def __getattr__(self, name):
        raise ConnectionError(name)


def test_every_modal_is_drawn_here_that_something_can_be_typed_into():
    assert set(Modal) - set(forms()) == FIELDLESS


@pytest.mark.parametrize("name", sorted(set(Modal) - FIELDLESS))
async def test_what_was_typed_into_any_form_is_kept_when_it_fails_and_fills_it_again(name):
    desk = Down()
    view = typed_over(as_kept(forms()[name].to_dict()))
    await a_talk(desk, register).sends({"type": "view_submission", "view": view})
    [kept] = desk.kept_as.values()
    assert kept == written(view)
    assert all(kept[block["block_id"].partition(":")[0]] for block in inputs(view))
    again = as_kept(filled_again(deepcopy(forms()[name]), kept).to_dict())
    assert written(untouched(again)) == kept
    assert AGAIN in str(again["blocks"][0])


async def test_a_shift_is_offered_again_until_it_is_saved_and_no_other_is(lea, house):
    monday = await house.desk.rota.arrange(
        ShiftRequest(zone="UTC", weekday=0, start=time(8), end=time(20), person=MONA),
        by=an_actor(LEA),
    )
    await lea.presses(Action.WRITE_SHIFT, monday.id)
    assert set(await lea.submits(**SHIFT | {"zone": said("Moon/Base")})) == {"zone"}
    await lea.presses(Action.WRITE_SHIFT)
    assert "Moon/Base" not in lea.read
    await lea.presses(Action.WRITE_SHIFT, monday.id)
    assert "Moon/Base" in lea.read
    assert AGAIN in lea.read
    assert await lea.submits(**SHIFT) == {}
    await lea.presses(Action.WRITE_SHIFT, monday.id)
    assert AGAIN not in lea.read


async def test_an_account_typed_for_one_channel_is_offered_in_no_other(ada, house):
    await ada.types("account")
    assert set(await ada.submits(account=said(""), tier=said("Palladium"))) == {"account"}
    ada.here = ChannelId("CELSE")
    await ada.types("account")
    assert "Palladium" not in ada.read
    ada.here = HELP
    await ada.types("account")
    assert "Palladium" in ada.read


async def test_what_is_offered_again_is_a_persons_own_and_for_a_day(lea, mona, house):
    await lea.presses(Action.WRITE_SHIFT)
    await lea.submits(**SHIFT | {"zone": said("Moon/Base")})
    await mona.presses(Action.WRITE_SHIFT)
    assert "Moon/Base" not in mona.read
    house.clock.moves(hours=24)
    await lea.presses(Action.WRITE_SHIFT)
    assert "Moon/Base" not in lea.read


async def test_a_table_that_was_only_looked_at_is_offered_until_it_is_published(ada):
    table = {
        **{name: said(text) for name, text in typed(SHIPPED).items()},
        "why": said("Because."),
    }
    await ada.types("thresholds")
    assert await ada.submits(**table) == {}
    preview = ada.top
    await ada.types("thresholds")
    assert "Because." in ada.read
    assert AGAIN in ada.read
    ada.slack.views = [preview]
    assert await ada.submits() == {}
    assert "counts from now on" in ada.read
    await ada.types("thresholds")
    assert AGAIN not in ada.read


async def test_a_list_that_was_only_tried_is_offered_until_it_is_imported(ada):
    await ada.presses(Action.IMPORT_ACCOUNTS)
    assert await ada.submits(file=said("name,tier\nGlobex,Gold\n"), dry=ticks("yes")) == {}
    await ada.presses(Action.IMPORT_ACCOUNTS)
    assert "Globex" in ada.read
    assert await ada.submits(file=said("name,tier\nGlobex,Gold\n"), dry=ticks()) == {}
    await ada.presses(Action.IMPORT_ACCOUNTS)
    assert "Globex" not in ada.read


async def test_a_form_that_follows_the_choice_of_a_case_is_offered_filled_in_too(eli, house):
    case = await house.opens()
    picked = {
        "type": "external_select",
        "selected_option": {"value": case.id, "text": {"type": "plain_text", "text": "Itself"}},
    }
    await eli.types(f"merge {case.id}")
    assert set(await eli.submits(case=picked)) == {"case"}
    await eli.types("merge CASE-99")
    assert eli.top["callback_id"] == Modal.PICK
    assert await eli.submits(case=picked) == {}
    assert eli.top["callback_id"] == Modal.MERGE
    assert "Itself" in eli.read
    assert AGAIN in eli.read


async def test_an_account_that_was_looked_up_is_chosen_again(eli, house):
    account = {
        "type": "external_select",
        "selected_option": {"value": "far", "text": {"type": "plain_text", "text": "Far (Gold)"}},
    }
    await eli.types("open")
    assert await eli.submits(account=account, title=said("No")) != {}
    await eli.types("open")
    assert "Far (Gold)" in eli.read


async def test_nothing_is_kept_where_nothing_was_typed(ana, house):
    case = await house.opens()
    house.clock.moves(days=6)
    await ana.presses(Action.GUIDE, case.id)
    assert await ana.submits() != {}
    await ana.presses(Action.GUIDE, case.id)
    assert AGAIN not in ana.read
