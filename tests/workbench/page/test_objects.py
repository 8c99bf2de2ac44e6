"""Work Objects: what a message or a link stands for, and its details beside the conversation."""

import pytest

from tests.workbench.page.support import NOON

pytestmark = pytest.mark.browser

TS = "1748865000.000100"


def an_object(*custom, title="Login is down", **fields):
    """Build an incident, as an app describes it."""
    attributes = {"title": {"text": title}, "display_id": "CASE-7", "product_name": "Desk"}
    payload = {"attributes": attributes, "fields": fields, "custom_fields": list(custom)}
    reference = {"id": "7", "type": "case"}
    kind = "slack#/entities/incident"
    return {
        "entity_type": kind,
        "external_ref": reference,
        "url": "https://a.example/7",
        "entity_payload": payload | {"display_order": ["since"]},
    }


def custom(label, kind, value, **more):
    return {"key": label, "label": label, "type": kind, "value": value} | more


async def terms(pane, name):
    return await pane.locator(name).all_inner_texts()


async def test_a_work_object_is_a_card_and_its_details_stand_beside(fake, page):
    status = {"value": "open", "label": "Status", "tag_color": "red"}
    owner = {"type": "slack#/types/user", "user": {"user_id": "UMONA"}}
    many = [{"type": "string", "value": "login"}, {"type": "string", "value": "sso"}]
    details = an_object(
        custom("since", "slack#/types/timestamp", int(NOON)),
        custom("Room", "slack#/types/channel_id", "C2"),
        custom("Mail", "slack#/types/email", "a@a.example"),
        custom("Tags", "array", many),
        custom("Known", "boolean", True),  # noqa: FBT003 - a value of theirs
        status=status,
        assigned_to=owner,
    )
    await fake.say("A case", ts=TS, metadata={"entities": [an_object(status=status)]})
    link = {"entity": an_object(title="By a link") | {"external_ref": {"id": "8"}}, "id": 1}
    await fake.say("Look", ts="1748865001.000100", attachments=[link])
    card = page.get_by_test_id("object-7")
    assert (await card.inner_text()).split("\n") == [
        *("Desk · Incident · CASE-7", "Login is down", "Status", "open")
    ]
    async with page.expect_response("**/workbench/entity*"):
        await page.get_by_test_id("object-8").get_by_role("button").click()
    async with page.expect_response("**/workbench/entity*"):
        await card.get_by_role("button", name="Login is down").click()
    assert [body["id"] for body in fake.bodies("entity")] == ["8", "7"]
    place = {"app": "A1", "channel": "C1", "message_ts": TS, "external_ref": {"id": "7"}}
    trouble = {
        "status": "custom",
        "custom_title": "Closed",
        "custom_message": "Nobody may see it.",
    }
    await fake.tell("entity", pane=place | {"error": trouble})
    pane = page.get_by_test_id("object-pane")
    await pane.get_by_text("Nobody may see it.").wait_for()
    await fake.tell("entity", pane=place | {"user_auth_url": "https://a.example/in"})
    await pane.get_by_role("link", name="Sign in").wait_for()
    await fake.tell("entity", pane=place | {"metadata": details})
    await pane.get_by_role("heading", name="Login is down").wait_for()
    told = dict(zip(await terms(pane, "dt"), await terms(pane, "dd"), strict=True))
    assert told == {
        "since": "Today at 2:00 PM",
        "Status": "open",
        "Assigned to": "@mona",
        "Room": "#general",
        "Mail": "a@a.example",
        "Tags": "login, sso",
        "Known": "Yes",
    }
    assert next(iter(told)) == "since"
