"""Canvases: made alone or in a channel, once, where the plan allows it."""

import io
import json

import aiohttp
import pytest

from tests.workbench.apps import TOKEN, a_seed, client_of
from tests.workbench.asks import error_of, refused
from workbench import serving

DOCUMENT = {"type": "markdown", "markdown": "# Runbook\n- Restart it"}


@pytest.fixture
async def free():
    """A workspace that nobody pays for."""
    team = {"id": "T1", "name": "Acme", "plan": "free"}
    async with serving({**a_seed(), "team": team}) as bench:
        yield client_of(bench)


async def test_a_canvas_is_kept_with_its_title_and_what_stands_in_it(bench, client):
    made = await client.canvases_create(title="Runbook", document_content=DOCUMENT)
    found = (await client.files_info(file=made["canvas_id"]))["file"]
    assert (found["title"], found["user"]) == ("Runbook", "UTINY")
    assert found["mimetype"] == "application/vnd.slack-docs"
    assert bench.state.files.all[made["canvas_id"]].content == DOCUMENT["markdown"].encode()
    empty = await client.canvases_create()
    assert (await client.files_info(file=empty["canvas_id"]))["file"]["title"] == "Untitled"
    tabbed = await client.canvases_create(title="Tab", channel_id="CGENERAL")
    found = (await client.files_info(file=tabbed["canvas_id"]))["file"]
    assert found["channels"] == ["CGENERAL"]


async def test_a_channel_has_one_canvas_of_its_own(bench, client):
    wish = {"channel_id": "CGENERAL", "document_content": json.dumps(DOCUMENT)}
    made = await client.api_call("conversations.canvases.create", data=wish)
    assert bench.state.channel_canvases == {"CGENERAL": made["canvas_id"]}
    again = client.conversations_canvases_create(channel_id="CGENERAL", document_content=DOCUMENT)
    assert (await error_of(again))["error"] == "channel_canvas_already_exists"


@pytest.mark.parametrize(
    ("document", "detail"),
    [
        ("{", None),
        ([1], "markdown"),
        ({"type": "html", "markdown": "x"}, "markdown"),
        ({"type": "markdown"}, "markdown"),
    ],
    ids=["no JSON", "a list", "another type", "no text"],
)
async def test_a_document_that_is_none_is_refused(client, document, detail):
    answer = await error_of(
        client.api_call("canvases.create", json={"document_content": document})
    )
    assert answer["error"] == "canvas_creation_failed"
    assert detail is None or detail in answer["detail"]


async def test_a_document_has_an_end(bench):
    document = {"type": "markdown", "markdown": "x" * 1_048_577}
    body = io.BytesIO(json.dumps({"document_content": document}).encode())
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    url = f"{bench.api_url}canvases.create"
    async with (
        aiohttp.ClientSession() as http,
        http.post(url, data=body, headers=headers) as response,
    ):
        assert "1048576" in (await response.json())["detail"]


@pytest.mark.parametrize("method", ["canvases.create", "conversations.canvases.create"])
@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("COTHER", "restricted_action"),
        ("COLD", "restricted_action"),
        ("C404", "channel_not_found"),
    ],
    ids=["not a member", "archived", "nowhere"],
)
async def test_a_canvas_stands_only_where_its_author_may_write(client, method, channel, error):
    assert await refused(client, method, channel_id=channel) == error


async def test_canvases_need_their_scope(bench, client):
    bench.state.tokens[TOKEN].scopes = ("files:write",)
    assert await refused(client, "canvases.create") == "missing_scope"


async def test_a_free_workspace_has_one_canvas_for_each_channel_and_no_others(free):
    assert await refused(free, "canvases.create") == "free_teams_cannot_create_standalone_canvases"
    await free.canvases_create(channel_id="CGENERAL")
    for method in ("canvases.create", "conversations.canvases.create"):
        error = await refused(free, method, channel_id="CGENERAL")
        assert error == "free_team_canvas_tab_already_exists"
