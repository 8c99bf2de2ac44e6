"""Installing an app: the page, the code, the tokens, their renewal, and whole organisations."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.workbench.apps import SECRET, a_manifest, a_seed, asked, client_of, door, recording
from tests.workbench.blocks import home, section
from workbench import serving

# slack-sdk names the client by a class that aiohttp has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

BACK = "http://127.0.0.1:9/back"
ASKED = {"client_id": "1.2", "scope": "chat:write,users:read", "state": "s", "redirect_uri": BACK}


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


async def decided(bench, http, decision="allow", **more):
    """Decide on the page, and return what the app is told."""
    form = {**ASKED, "user": "UANA", "decision": decision, **more}
    url = f"{bench.url}/oauth/v2/authorize"
    async with http.post(url, data=form, allow_redirects=False) as response:
        if response.status != 302:
            return await response.text()
        told = parse_qs(urlsplit(response.headers["Location"]).query)
        return {name: values[0] for name, values in told.items()}


async def exchanged(bench, code, **more):
    client = AsyncWebClient(base_url=bench.api_url)
    given = {"client_id": "1.2", "client_secret": "shh", "code": code, **more}
    return await client.oauth_v2_access(**given)


async def test_the_page_says_who_asks_for_what(bench, http):
    async with http.get(f"{bench.url}/oauth/v2/authorize", params=ASKED) as response:
        page = await response.text()
    assert "Tiny wants to access Acme" in page
    assert "<li>chat:write</li><li>users:read</li>" in page
    assert "Ana Lima" in page
    assert "Gone Long" not in page


@pytest.mark.parametrize(
    ("more", "error"),
    [({"client_id": "no"}, "invalid_client_id"), ({"redirect_uri": ""}, "bad_redirect_uri")],
)
async def test_the_page_refuses_strangers(bench, http, more, error):
    async with http.get(f"{bench.url}/oauth/v2/authorize", params=ASKED | more) as response:
        assert (response.status, await response.text()) == (400, error)
    assert await decided(bench, http, **more) == error


async def test_only_addresses_of_the_manifest_are_come_back_to(http):
    manifest = {**a_manifest(), "oauth_config": {"redirect_urls": ["http://127.0.0.1:9/back"]}}
    async with serving(a_seed(manifest=manifest)) as bench:
        told = await decided(bench, http, redirect_uri="http://elsewhere/")
        assert told == "bad_redirect_uri"
        assert set(await decided(bench, http, redirect_uri="")) == {"code", "state"}


async def test_who_says_no_is_heard(bench, http):
    assert await decided(bench, http, "deny") == {"error": "access_denied", "state": "s"}
    assert "no active user" in await decided(bench, http, user="UGONE")


async def test_a_code_is_exchanged_for_a_token_that_works(bench, http):
    told = await decided(bench, http, user_scope="chat:write")
    assert told["state"] == "s"
    answer = await exchanged(bench, told["code"], redirect_uri=BACK)
    assert (answer["app_id"], answer["bot_user_id"], answer["token_type"]) == (
        "A1",
        "UTINY",
        "bot",
    )
    assert answer["scope"] == "chat:write,users:read"
    assert (answer["team"], answer["enterprise"]) == ({"id": "T1", "name": "Acme"}, None)
    assert answer["is_enterprise_install"] is False
    client = client_of(bench, answer["access_token"])
    assert (await client.auth_test()).headers["x-oauth-scopes"] == "chat:write,users:read"
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.team_info()
    person = answer["authed_user"]
    assert (person["id"], person["token_type"]) == ("UANA", "user")
    posted = await client_of(bench, person["access_token"]).chat_postMessage(
        channel="CGENERAL", text="In her name"
    )
    assert posted["message"]["user"] == "UANA"
    assert "bot_id" not in posted["message"]
    (entry,) = [each for each in bench.traffic.entries if each.method == "oauth.v2.access"]
    assert entry.response["access_token"] == "(hidden)"
    assert entry.response["authed_user"]["access_token"] == "(hidden)"


async def test_a_code_is_good_once_and_for_ten_minutes(bench, http):
    code = (await decided(bench, http))["code"]
    with pytest.raises(SlackApiError, match="bad_redirect_uri"):
        await exchanged(bench, code, redirect_uri="http://elsewhere/")
    await exchanged(bench, code)
    with pytest.raises(SlackApiError, match="code_already_used"):
        await exchanged(bench, code)
    late = (await decided(bench, http))["code"]
    await bench.advance(601)
    for bad in (late, "invented"):
        with pytest.raises(SlackApiError, match="invalid_code"):
            await exchanged(bench, bad)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"client_id": "no"}, "invalid_client_id"),
        ({"client_secret": "no"}, "bad_client_secret"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "no"}, "invalid_refresh_token"),
    ],
)
async def test_only_its_owner_exchanges_a_code(bench, http, more, error):
    code = (await decided(bench, http))["code"]
    with pytest.raises(SlackApiError, match=error):
        await exchanged(bench, code, **more)


async def test_an_installation_needs_scopes(bench, http):
    code = (await decided(bench, http, scope=""))["code"]
    with pytest.raises(SlackApiError, match="no_scopes"):
        await exchanged(bench, code)


async def test_a_token_that_rotates_dies_after_twelve_hours_and_is_renewed_once(http):
    manifest = a_manifest(token_rotation_enabled=True)
    async with serving(a_seed(manifest=manifest, bot_token=None)) as bench:
        first = await exchanged(bench, (await decided(bench, http))["code"])
        assert first["access_token"].startswith("xoxe.xoxb-")
        assert first["expires_in"] == 43_200
        await bench.advance(43_201)
        with pytest.raises(SlackApiError, match="token_expired"):
            await client_of(bench, first["access_token"]).auth_test()
        renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
        second = await exchanged(bench, "", **renewal)
        await client_of(bench, second["access_token"]).auth_test()
        with pytest.raises(SlackApiError, match="invalid_refresh_token"):
            await exchanged(bench, "", **renewal)


async def test_two_tokens_are_active_at_most(http):
    manifest = a_manifest(token_rotation_enabled=True)
    async with serving(a_seed(manifest=manifest)) as bench:
        tokens = [
            (await exchanged(bench, (await decided(bench, http))["code"]))["access_token"]
            for _ in range(3)
        ]
        with pytest.raises(SlackApiError, match="token_revoked"):
            await client_of(bench, tokens[0]).auth_test()
        for token in tokens[1:]:
            await client_of(bench, token).auth_test()


async def test_an_uninstalled_app_can_be_installed_again(bench, http, client):
    await asked(bench, "admin/uninstall")
    with pytest.raises(SlackApiError, match="account_inactive"):
        await client.auth_test()
    answer = await exchanged(bench, (await decided(bench, http))["code"])
    await client_of(bench, answer["access_token"]).auth_test()
    assert bench.app.is_installed


async def test_in_a_whole_organisation_there_is_no_team(http):
    seed = a_seed(org_wide=True)
    seed["team"]["enterprise"] = {"id": "E1", "name": "Everything"}
    async with serving(seed) as bench, recording(bench) as app:
        ana = bench.person("ana")
        answer = await exchanged(bench, (await decided(bench, http))["code"])
        assert (answer["team"], answer["enterprise"]["id"]) == (None, "E1")
        assert answer["is_enterprise_install"] is True
        assert (await client_of(bench).auth_test())["enterprise_id"] == "E1"
        await ana.commands("/tiny")
        command = app.payloads[0]
        assert (command["is_enterprise_install"], command["enterprise_id"]) == ("true", "E1")
        await ana.shortcut("Open it")
        shortcut = app.payloads[1]
        assert (shortcut["team"], shortcut["enterprise"]["id"]) == (None, "E1")
        assert (shortcut["user"]["team_id"], shortcut["is_enterprise_install"]) == ("T1", True)
        await ana.goes_home()
        (event,) = await app.hears_events(1)
        (authorization,) = event["authorizations"]
        assert (authorization["enterprise_id"], authorization["team_id"]) == ("E1", None)
        assert authorization["is_enterprise_install"] is True


async def test_bolt_installs_itself_and_acts_with_what_it_was_given(bench, http, tmp_path):
    settings = AsyncOAuthSettings(
        client_id="1.2",
        client_secret="shh",
        scopes=["chat:write", "commands"],
        installation_store=FileInstallationStore(base_dir=str(tmp_path)),
        state_validation_enabled=False,
        authorization_url=f"{bench.url}/oauth/v2/authorize",
    )
    client = AsyncWebClient(base_url=bench.api_url)
    app = AsyncApp(client=client, signing_secret=SECRET, oauth_settings=settings)

    @app.event("app_home_opened")
    async def opened(event, client):
        await client.views_publish(user_id=event["user"], view=home(section("Installed")))

    async with door(bench, app.web_app()):
        base = bench.app.addresses.events.removesuffix("/slack/events")
        settings.redirect_uri = f"{base}/slack/oauth_redirect"
        told = await decided(
            bench, http, scope="chat:write,commands", redirect_uri=settings.redirect_uri
        )
        async with http.get(f"{base}/slack/oauth_redirect", params=told) as response:
            assert response.status == 200
        ana = bench.person("ana")
        await ana.goes_home()
        await ana.sees("Installed")
