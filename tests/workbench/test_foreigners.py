"""Apps that are not ours: Bolt for JavaScript, and the Bolt for Python that has no asyncio.

Both are the same app; each lives through the same story, over HTTP and in Socket Mode.
"""

import sys
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from tests.workbench.apps import a_manifest, a_seed, asked
from tests.workbench.foreign.running import running
from workbench import serving

HERE = Path(__file__).parent / "foreign"
NODE = pytest.mark.node


@pytest.fixture(params=[pytest.param("app.js", marks=NODE), "app.py"])
def command(request):
    """Return how a foreign app is started."""
    program = sys.executable if request.param == "app.py" else request.getfixturevalue("node")
    return program, str(HERE / request.param)


@pytest.mark.parametrize("is_socket_mode", [False, True], ids=["http", "socket"])
async def test_a_foreign_app_lives_through_a_whole_story(command, is_socket_mode):
    seed = a_seed(manifest=a_manifest(socket_mode_enabled=is_socket_mode))
    async with serving(seed) as bench, running(bench, *command):
        ana, ben = bench.person("ana"), bench.person("ben")
        await _commands_and_fills_a_form(ana)
        await _takes_what_was_posted(ana, ben)
        await _uses_shortcuts_and_home(ana, ben)
        await _writes_and_is_answered(ana)
        assert [each.findings for each in bench.traffic.entries if each.findings] == []


async def _commands_and_fills_a_form(ana):
    await ana.commands("/tiny hello @ben", channel="general")
    await ana.sees("You said: hello @ben")
    await ana.commands("/tiny open", channel="general")
    await ana.modal(title="A form")
    assert await ana.submits() == {
        "Title": "Please complete this required field.",
        "Fruit": "Please complete this required field.",
    }
    await ana.fill("Title", "no")
    assert await ana.suggestions("Fruit", "ap") == ["Apple", "Apricot"]
    await ana.chooses("Fruit", "Banana")
    assert await ana.submits() == {"Title": "Not that."}
    await ana.fill("Title", "Breakfast")
    assert await ana.submits() == {}
    await ana.modal(title="Thank you")
    await ana.closes()
    await ana.commands("/tiny open", channel="general")
    await ana.closes(everything=True)
    await ana.sees("You closed the form.", channel="@tiny")


async def _takes_what_was_posted(ana, ben):
    await ben.sees("Breakfast with Banana for @ana", channel="general")
    await ben.presses("Take it")
    await ben.sees("You took number 7.")
    await ana.sees("@ben took it", channel="general")
    await ana.never_sees("number 7")


async def _uses_shortcuts_and_home(ana, ben):
    await ana.shortcut("Open it")
    await ana.modal(title="Thank you")
    await ana.closes()
    said = await ben.types("general", "Keep this in mind")
    await ana.shortcut_on({**said, "channel": "CGENERAL"}, "Keep it")
    await ana.sees("Kept: Keep this in mind")
    await ana.goes_home()
    await ana.sees("Welcome home.")


async def _writes_and_is_answered(ana):
    said = await ana.types("general", "ping, is anybody there?")
    await ana.sees("pong for @ana")
    thread = await ana.thread("general", said["ts"])
    assert [each["text"] for each in thread] == ["ping, is anybody there?", "pong for <@UANA>"]
    await ana.types("general", "Bring me the notes")
    brought = await ana.message("Here they are", channel="general")
    assert [file["name"] for file in brought["files"]] == ["notes.txt"]


@NODE
async def test_a_foreign_app_is_installed_from_its_own_page(node):
    async with serving(a_seed()) as bench, running(bench, node, str(HERE / "install.js")):
        door = str(bench.app.addresses.events).removesuffix("/slack/events")
        bench.app.redirect_urls = (f"{door}/slack/oauth_redirect",)
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=URL(door))
        async with aiohttp.ClientSession(cookie_jar=jar) as http:
            async with http.get(f"{door}/slack/install", allow_redirects=False) as response:
                asks = URL(response.headers["Location"])
            form = {**asks.query, "user": "UANA", "decision": "allow"}
            async with http.post(asks.with_query(None), data=form) as response:
                assert response.status == 200, await response.text()
        ana = bench.person("ana")
        await ana.commands("/tiny", channel="general")
        await ana.sees("Installed by UANA in T1")


async def test_a_foreign_app_refuses_what_is_not_slacks(command):
    async with serving(a_seed()) as bench, running(bench, *command):
        answers = {
            what: await asked(bench, "admin/probe", what=what)
            for what in ("url_verification", "wrong_signature", "old_timestamp", "unsigned")
        }
    assert answers["url_verification"]["status"] == 200
    assert "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" in str(answers)
    assert {what: answer["status"] for what, answer in answers.items() if answer["status"] != 200} == {
        "wrong_signature": 401, "old_timestamp": 401, "unsigned": 401,
    }  # fmt: skip
