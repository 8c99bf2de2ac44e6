"""Opening, stacking and updating modals: triggers, hashes, ids, and what was typed."""

import pytest

from tests.workbench.asks import error_of, opened
from tests.workbench.blocks import (
    actions,
    button,
    field,
    home,
    modal,
    plain,
    section,
)

BANNER = "We had some trouble connecting"


async def test_a_view_comes_back_with_everything_that_is_unset_as_null(app, client, ana):
    view = await opened(app, client, ana, modal(section("Hello"), submit=None))
    assert view["id"].startswith("V")
    unset = {"close": None, "submit": None, "previous_view_id": None}
    assert unset.items() <= view.items()
    assert view["root_view_id"] == view["id"]
    assert (view["app_id"], view["bot_id"], view["team_id"]) == ("A1", "B1", "T1")
    assert (view["private_metadata"], view["external_id"]) == ("", "")
    assert view["blocks"][0]["block_id"]
    assert view["state"] == {"values": {}}


async def test_a_trigger_opens_once_within_three_seconds(bench, app, client, ana):
    await ana.commands("/tiny")
    trigger = app.payloads[0]["trigger_id"]
    await client.views_open(trigger_id=trigger, view=modal())
    again = await error_of(client.views_open(trigger_id=trigger, view=modal()))
    assert again["error"] == "exchanged_trigger_id"
    await ana.commands("/tiny")
    await bench.advance(3.1)
    late = await error_of(
        client.views_open(trigger_id=app.payloads[1]["trigger_id"], view=modal())
    )
    assert late["error"] == "expired_trigger_id"
    wrong = await error_of(client.views_open(trigger_id="1.2.abc", view=modal()))
    assert wrong["error"] == "invalid_trigger_id"
    none = await error_of(client.api_call("views.open", json={"view": modal()}))
    assert none["error"] == "invalid_arguments"


async def test_a_view_that_slack_refuses_leaves_the_trigger_unused(app, client, ana):
    await ana.commands("/tiny")
    trigger = app.payloads[0]["trigger_id"]
    bad = await error_of(client.views_open(trigger_id=trigger, view=modal(title="x" * 25)))
    assert bad["error"] == "invalid_arguments"
    first, second = bad["response_metadata"]["messages"]
    assert first == "[ERROR] failed to match all allowed schemas [json-pointer:/view]"
    assert second == "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    await client.views_open(trigger_id=trigger, view=modal())


@pytest.mark.parametrize(
    ("view", "error"),
    [
        (home(), "invalid_arguments"),
        (
            modal(*[section("x" * 3000, block_id=f"{n:03}" * 80) for n in range(99)]),
            "view_too_large",
        ),
        (None, "invalid_arguments"),
        ("nonsense", "invalid_arguments"),
    ],
    ids=["a home view", "too large", "none", "no JSON"],
)
async def test_what_is_no_modal(app, client, ana, view, error):
    await ana.commands("/tiny")
    args = {"trigger_id": app.payloads[0]["trigger_id"], "view": view}
    assert (await error_of(client.api_call("views.open", json=args)))["error"] == error


async def test_an_external_id_is_unique_among_open_views(app, client, ana, ben):
    await opened(app, client, ana, modal(external_id="one"))
    await ben.commands("/tiny")
    trigger = app.payloads[-1]["trigger_id"]
    error = await error_of(client.views_open(trigger_id=trigger, view=modal(external_id="one")))
    assert error["error"] == "duplicate_external_id"
    await client.views_update(external_id="one", view=modal(external_id="one", title="Two"))
    await ana.modal(title="Two")


async def test_a_stack_is_three_deep_and_each_view_knows_its_place(app, client, ana):
    pushing = modal(actions(button("More")), submit=None)
    root = await opened(app, client, ana, pushing | {"title": plain("One")})
    ids = [root["id"]]
    for title in ("Two", "Three"):
        await ana.presses("More")
        pushed = await client.views_push(
            trigger_id=app.payloads[-1]["trigger_id"], view=pushing | {"title": plain(title)}
        )
        assert pushed["view"]["root_view_id"] == root["id"]
        assert pushed["view"]["previous_view_id"] == ids[-1]
        ids.append(pushed["view"]["id"])
    await ana.modal(title="Three")
    await ana.presses("More")
    fourth = await error_of(
        client.views_push(trigger_id=app.payloads[-1]["trigger_id"], view=pushing)
    )
    assert fourth["error"] == "push_limit_reached"


async def test_a_push_needs_a_trigger_from_inside_a_modal(app, client, ana):
    await ana.commands("/tiny")
    trigger = app.payloads[-1]["trigger_id"]
    assert (await error_of(client.views_push(trigger_id=trigger, view=modal())))[
        "error"
    ] == "not_found"


async def test_each_person_has_a_stack_of_their_own(app, client, ana, ben):
    await opened(app, client, ana, modal(title="Hers"))
    await opened(app, client, ben, modal(title="His"))
    await ana.modal(title="Hers")
    await ben.closes()
    await ana.modal(title="Hers")


async def test_every_update_has_a_new_hash_and_only_the_newest_counts(app, client, ana):
    view = await opened(app, client, ana, modal())
    updated = await client.views_update(
        view_id=view["id"], hash=view["hash"], view=modal(title="Two")
    )
    assert updated["view"]["hash"] != view["hash"]
    old = await error_of(client.views_update(view_id=view["id"], hash=view["hash"], view=modal()))
    assert old["error"] == "hash_conflict"
    gone = await error_of(client.views_update(view_id="V404", view=modal()))
    assert gone["error"] == "not_found"
    none = await error_of(client.api_call("views.update", json={"view": modal()}))
    assert none["error"] == "invalid_arguments"


async def test_what_was_typed_survives_an_update_where_both_ids_stay(app, client, ana):
    first = {"type": "plain_text_input", "initial_value": "first"}
    view = await opened(
        app,
        client,
        ana,
        modal(
            field("Kept", first),
            field("Reset", first),
            actions(button("Save", "save")),
        ),
    )
    await ana.fills(kept="typed", reset="typed")
    await ana.presses("Save")
    second = {"type": "plain_text_input", "initial_value": "second"}
    await client.views_update(
        view_id=view["id"],
        view=modal(
            field("Kept", second),
            field("Reset", second, block_id="reset-2"),
            actions(button("Save", "save")),
            title="Again",
        ),
    )
    shown = await ana.modal(title="Again")
    assert shown.values == {"Kept": "typed", "Reset": "second"}


async def test_the_current_conversation_is_the_default_where_asked_for(app, client, ana):
    element = {"type": "conversations_select", "default_to_current_conversation": True}
    await ana.commands("/tiny", channel="general")
    await client.views_open(
        trigger_id=app.payloads[-1]["trigger_id"], view=modal(field("Where", element))
    )
    assert (await ana.modal()).values == {"Where": "CGENERAL"}


async def test_a_view_of_somebody_else_cannot_be_used(bench, app, client, ana, ben):
    view = await opened(app, client, ana, modal())
    await ben.arrives()
    answer = await ben._server.post("view/submit", {"view_id": view["id"]})
    assert "sees no view" in answer["error"]
