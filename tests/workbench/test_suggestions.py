"""External selects: what is typed, asked, offered and chosen."""

import pytest
from aiohttp import web

from tests.workbench.apps import asked
from tests.workbench.asks import posted
from tests.workbench.blocks import (
    actions,
    button,
    field,
    modal,
    options,
    plain,
)
from workbench import Trouble

A, B = ({"text": {**plain(text), "emoji": True}, "value": text.lower()} for text in "AB")


EXTERNAL = {"type": "external_select", "action_id": "it", "min_query_length": 2}


async def test_suggestions_come_from_the_app_and_one_of_them_is_chosen(app, client, ana):
    await posted(client, actions(EXTERNAL, block_id="row"))
    app.answers = [{"options": options("Alpha", "Beta")}] * 2
    assert await ana.suggestions("it", "al") == ["Alpha", "Beta"]
    asked = app.payloads[0]
    assert (asked["type"], asked["value"], asked["action_id"], asked["block_id"]) == (
        "block_suggestion",
        "al",
        "it",
        "row",
    )
    assert asked["channel"]["id"] == "CGENERAL"
    await ana.chooses("it", "Beta")
    chosen = app.payloads[2]["actions"][0]["selected_option"]
    assert chosen["value"] == "beta"


async def test_too_short_a_query_asks_nobody(app, client, ana):
    await posted(client, actions(EXTERNAL))
    assert await ana.suggestions("it", "a") == []
    assert app.payloads == []


async def test_how_much_is_enough_where_nothing_says_can_be_switched(bench, app, client, ana):
    await asked(bench, "admin/quirks", min_query_length=1)
    await posted(client, actions({"type": "external_select", "action_id": "it"}))
    app.answers = [{"options": options("Alpha")}]
    assert await ana.suggestions("it", "a") == ["Alpha"]
    assert (await ana._server.get("state"))["min_query_length"] == 1


async def test_suggestions_in_a_modal_carry_its_view(app, client, ana):
    await ana.commands("/tiny")
    view = modal(field("Which", {**EXTERNAL, "action_id": "which"}))
    await client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=view)
    await ana.modal()
    group = {"label": plain("Greek"), "options": options("Alpha")}
    app.answers = [{"option_groups": [group]}]
    assert await ana.suggestions("Which", "al") == ["Alpha"]
    assert app.payloads[1]["view"]["callback_id"] == "form"


@pytest.mark.parametrize(
    ("answer", "count"),
    [({"options": options(*"ABC") * 40}, 100), ({}, 0), (web.Response(text="?"), 0)],
    ids=["more than a hundred", "nothing", "nonsense"],
)
async def test_at_most_a_hundred_suggestions_are_offered(app, client, ana, answer, count):
    await posted(client, actions(EXTERNAL))
    app.answers = [answer]
    assert len(await ana.suggestions("it", "al")) == count


async def test_suggestions_that_fail_are_told_as_trouble(app, client, ana):
    await posted(client, actions(EXTERNAL, button("Go")))
    app.answers = [500]
    with pytest.raises(Trouble):
        await ana.suggestions("it", "al")
    with pytest.raises(Trouble, match="only an external select"):
        await ana.suggestions("press", "al")
