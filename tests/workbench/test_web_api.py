"""The Web API's door: every form of a call, tokens, scopes, and errors as Slack sends them."""

import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import APP_TOKEN, TOKEN, client_of
from workbench.state.apps import TokenState


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]
ARGS = {"channel": "CGENERAL", "text": "Hello", "blocks": json.dumps(BLOCKS)}


def multipart(args):
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in args.items():
        form.add_field(name, value)
    return form


@pytest.mark.parametrize(
    ("verb", "options"),
    [
        ("GET", {"params": ARGS}),
        ("POST", {"params": ARGS}),
        ("POST", {"data": ARGS}),
        ("POST", {"data": multipart}),
        ("POST", {"json": ARGS}),
        ("POST", {"json": ARGS | {"blocks": BLOCKS}}),
    ],
    ids=["GET query", "POST query", "form", "multipart", "JSON with text", "JSON"],
)
async def test_a_call_is_taken_in_every_form(bench, http, verb, options):
    if callable(options.get("data")):
        options = {"data": options["data"](ARGS)}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{bench.api_url}chat.postMessage"
    async with http.request(verb, url, headers=headers, **options) as response:
        answer = await response.json()
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["text"]["text"] == "Hello"


async def test_the_token_may_stand_among_the_arguments(bench, http):
    async with http.post(f"{bench.api_url}auth.test", data={"token": TOKEN}) as response:
        assert (await response.json())["user_id"] == "UTINY"


async def test_json_is_no_form_for_methods_that_slack_reads_from_queries_only(bench, http):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{bench.api_url}users.info"
    async with http.post(url, headers=headers, json={"user": "UANA"}) as response:
        assert (await response.json())["error"] == "user_not_found"


@pytest.mark.parametrize(
    ("raw", "content_type", "error"),
    [
        (b"{", "application/json; charset=utf-8", "invalid_json"),
        (b"[1]", "application/json; charset=utf-8", "json_not_object"),
        (b"<x/>", "text/xml", "invalid_post_type"),
    ],
)
async def test_a_body_that_is_not_what_it_says_is_refused(bench, http, raw, content_type, error):
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": content_type}
    async with http.post(f"{bench.api_url}auth.test", headers=headers, data=raw) as response:
        assert response.status == 200
        assert await response.json() == {"ok": False, "error": error}


async def test_json_without_a_charset_is_warned_of(bench, http):
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    async with http.post(f"{bench.api_url}auth.test", headers=headers, data=b"{}") as response:
        answer = await response.json()
    assert answer["warning"] == "missing_charset"
    assert answer["response_metadata"] == {"warnings": ["missing_charset"]}


async def test_an_unknown_method_is_said_to_be_one(client):
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.api_call("chat.shout")


async def test_who_calls_is_told_with_the_scopes_that_bolt_reads(bench, client):
    answer = await client.auth_test()
    assert answer.data == {
        "ok": True,
        "url": "https://acme.slack.com/",
        "team": "Acme",
        "user": "tiny",
        "team_id": "T1",
        "user_id": "UTINY",
        "bot_id": "B1",
        "is_enterprise_install": False,
    }
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_the_arguments_of_a_trial_come_back(bench, http):
    async with http.post(f"{bench.api_url}api.test", data={"a": "1"}) as response:
        assert await response.json() == {"ok": True, "args": {"a": "1"}}
    async with http.post(f"{bench.api_url}api.test", data={"error": "my_error"}) as response:
        answer = {"ok": False, "error": "my_error", "args": {"error": "my_error"}}
        assert await response.json() == answer


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-stranger", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type")],
)
async def test_a_call_needs_the_right_token(bench, token, error):
    with pytest.raises(SlackApiError) as refused:
        await client_of(bench, token).team_info()
    assert refused.value.response["error"] == error


@pytest.mark.parametrize(
    "state", [TokenState.REVOKED, TokenState.EXPIRED, TokenState.INACTIVE], ids=str
)
async def test_a_dead_token_says_how_it_died(bench, client, state):
    bench.state.tokens[TOKEN].state = state
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    assert refused.value.response["error"] == state.value


async def test_a_revoked_token_is_dead_at_once(client):
    assert (await client.auth_revoke(test=True))["revoked"] is False
    assert (await client.auth_revoke())["revoked"] is True
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()


@pytest.mark.parametrize(
    ("method", "args", "needed"),
    [
        ("chat.postMessage", {"channel": "CGENERAL", "text": "Hi"}, "chat:write"),
        ("users.info", {"user": "UANA"}, "users:read"),
        ("users.lookupByEmail", {"email": "ana@example.com"}, "users:read.email"),
        ("usergroups.list", {}, "usergroups:read"),
        ("team.info", {}, "team:read"),
        ("conversations.info", {"channel": "CGENERAL"}, "channels:read"),
        ("conversations.history", {"channel": "CGENERAL"}, "channels:history"),
    ],
)
async def test_a_missing_scope_is_named(bench, client, method, args, needed):
    bench.state.tokens[TOKEN].scopes = ("commands", "im:read", "im:history")
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, params=args)
    answer = refused.value.response
    assert answer["error"] == "missing_scope"
    assert needed in answer["needed"].split(",")
    assert answer["provided"] == "commands,im:read,im:history"


async def test_the_team_and_the_bot_are_told_of(client):
    assert (await client.team_info())["team"]["domain"] == "acme"
    bot = (await client.bots_info(bot="B1"))["bot"]
    assert (bot["name"], bot["app_id"], bot["user_id"]) == ("Tiny", "A1", "UTINY")
    with pytest.raises(SlackApiError, match="bot_not_found"):
        await client.bots_info(bot="B404")
    with pytest.raises(SlackApiError, match="team_not_found"):
        await client.team_info(team="T404")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"client_id": "no", "client_secret": "shh"}, "invalid_client_id"),
        ({"client_id": "1.2", "client_secret": "no"}, "bad_client_secret"),
    ],
)
async def test_only_its_owner_uninstalls_an_app(client, given, error):
    with pytest.raises(SlackApiError, match=error):
        await client.apps_uninstall(**given)


async def test_uninstalling_kills_the_token(client):
    await client.apps_uninstall(client_id="1.2", client_secret="shh")
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()


async def test_every_call_is_in_the_log_without_its_token(bench, client):
    await client.auth_test()
    (entry,) = bench.traffic.entries
    assert (entry.direction, entry.kind, entry.method) == ("from_app", "api", "auth.test")
    assert entry.response["user_id"] == "UTINY"
    assert TOKEN not in json.dumps(entry.shape())
