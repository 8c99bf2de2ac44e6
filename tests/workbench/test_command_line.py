"""`python -m workbench`: seeds, an app beside it, signals, the trace."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from tests.workbench.apps import APP_TOKEN, SECRET, TOKEN, a_manifest, a_seed
from workbench import serving
from workbench.cli import child_environment, main
from workbench.seed import BadSeed, read_seed, seed_for, workspaces_from
from workbench.state.clock import Clock

ROOT = Path(__file__).parents[2]
CHILD = """
import os, signal, sys, urllib.request
print("child", os.environ["SLACK_API_URL"], flush=True)
request = urllib.request.Request(os.environ["SLACK_API_URL"] + "auth.test", method="POST")
request.add_header("Authorization", "Bearer " + os.environ["SLACK_BOT_TOKEN"])
print(urllib.request.urlopen(request).read().decode(), flush=True)
def stop(*_):
    print("child stops", flush=True)
    sys.exit(7)
signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
print("ready", flush=True)
signal.pause()
"""


@pytest.fixture
def seed_file(tmp_path):
    seed = a_seed()
    (tmp_path / "manifest.json").write_text(json.dumps(seed["apps"][0]["manifest"]))
    seed["apps"][0]["manifest"] = "manifest.json"
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(seed))
    return path


async def started(*args):
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "workbench",
        "--port",
        "0",
        *(str(arg) for arg in args),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )


async def read_until(process, word):
    lines: list[str] = []
    while not lines or word not in lines[-1]:
        line = await asyncio.wait_for(process.stdout.readline(), 20)
        assert line, (lines, await process.stderr.read())
        lines.append(line.decode())
    return lines


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
async def test_an_app_runs_beside_it_and_both_stop_together(seed_file, tmp_path, number):
    trace = tmp_path / "trace.jsonl"
    process = await started(
        "--seed", seed_file, "--trace", trace, "--", sys.executable, "-c", CHILD
    )
    lines = await read_until(process, "ready")
    assert lines[0].startswith("The workbench is at http://127.0.0.1:")
    assert json.loads(lines[2])["user_id"] == "UTINY"
    process.send_signal(number)
    out, err = await asyncio.wait_for(process.communicate(), 20)
    assert (out.decode(), err.decode()) == ("child stops\n", "")
    assert process.returncode == 7
    (entry,) = [json.loads(line) for line in trace.read_text().splitlines()]
    assert (entry["direction"], entry["kind"], entry["method"]) == ("from_app", "api", "auth.test")
    assert set(entry) == {
        *("direction", "kind", "method", "payload", "response"),
        *("n", "at", "status", "ms", "findings", "headers"),
    }
    assert entry["response"]["user_id"] == "UTINY"


async def test_when_the_app_dies_the_workbench_says_so_and_stops(seed_file):
    died = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    process = await started("--seed", seed_file, "--", sys.executable, "-c", died)
    _, err = await asyncio.wait_for(process.communicate(), 20)
    assert "has ended by itself (-9); the workbench stops." in err.decode()
    assert process.returncode == 128 + signal.SIGKILL


async def test_without_an_app_it_runs_until_it_is_told_to_stop():
    process = await started()
    (line,) = await read_until(process, "workbench is at")
    url = line.split()[-1] + "workbench/state"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert (await response.json())["me"] == "U0ANA"
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "cannot read the seed"),
        ('{"apps": [{"name": "Tiny", "manifest": "nowhere.json"}]}', "cannot read the manifest"),
        ('{"team": {"id": "T1"}}', "the seed lacks 'name'"),
        ('{"channels": [{"id": "C1", "name": "x", "members": ["U404"]}]}', "who is no user"),
    ],
    ids=["no JSON", "no manifest", "half a team", "a stranger"],
)
def test_a_bad_seed_is_told_in_one_line(tmp_path, content, complaint):
    path = tmp_path / "seed.json"
    path.write_text(content)
    told = CliRunner().invoke(main, ["--port", "0", "--seed", str(path)])
    assert complaint in told.output
    assert "Traceback" not in told.output
    assert told.exit_code == 1


def test_a_program_that_is_not_there_is_told_too():
    told = CliRunner().invoke(main, ["--port", "0", "--", "/nothing/here"])
    assert told.exit_code == 1


def test_the_workbench_ends_with_its_apps_status(seed_file):
    ends = [sys.executable, "-c", "raise SystemExit(4)"]
    told = CliRunner().invoke(main, ["--port", "0", "--seed", str(seed_file), "--", *ends])
    assert told.exit_code == 4
    assert "has ended by itself (4)" in told.output


def test_a_seed_finds_the_manifest_beside_it(seed_file):
    space = workspaces_from(read_seed(seed_file), Clock()).first
    app = space.apps["A1"]
    assert [command.command for command in app.commands] == ["/tiny", "/plain"]
    assert app.has_home
    assert "app_home_opened" in app.events
    with pytest.raises(BadSeed):
        read_seed(seed_file.parent / "nowhere.json")


async def test_an_app_finds_the_workbench_in_its_environment():
    given = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
    async with serving(a_seed()) as bench:
        environment = child_environment(bench)
        assert (given | {"SLACK_API_URL": bench.api_url}).items() <= environment.items()
        assert "SLACK_APP_TOKEN" not in environment
    async with serving(a_seed(manifest=a_manifest(socket_mode_enabled=True))) as bench:
        assert child_environment(bench)["SLACK_APP_TOKEN"] == APP_TOKEN


async def test_scopes_come_from_the_manifest_unless_the_seed_names_some():
    manifest = {**a_manifest(), "oauth_config": {"scopes": {"bot": ["commands"]}}}
    async with serving(a_seed(manifest=manifest)) as bench:
        assert bench.state.tokens[TOKEN].scopes == ("commands",)
    async with serving(a_seed(manifest=manifest, scopes=["chat:write"])) as bench:
        assert bench.state.tokens[TOKEN].scopes == ("chat:write",)


async def test_an_app_without_tokens_of_its_own_is_given_some():
    seed = a_seed(bot_token=None, app_token=None, signing_secret=None)
    async with serving(seed) as bench:
        assert bench.token().startswith("xoxb-")
        assert len(bench.app.signing_secret) == 32
        bench.state.tokens.clear()
        with pytest.raises(LookupError):
            bench.token()


async def test_the_log_keeps_the_newest_entries(bench, monkeypatch):
    monkeypatch.setattr("workbench.traffic.KEPT", 10)
    async with aiohttp.ClientSession() as session:
        for _ in range(12):
            await session.get(f"{bench.url}/api/api.test")
    assert len(bench.traffic.entries) <= 11
    assert bench.traffic.entries[-1].n == 12


async def test_an_apps_manifest_is_enough_of_a_seed(tmp_path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(a_manifest()))
    process = await started("--manifest", manifest)
    (line,) = await read_until(process, "The workbench is at")
    url = line.split()[-1]
    async with aiohttp.ClientSession() as http, http.get(f"{url}workbench/state") as response:
        (app,) = (await response.json())["apps"]
    assert [each["command"] for each in app["commands"]] == ["/tiny", "/plain"]
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 20) == 0


def test_a_manifest_that_cannot_be_read_is_told(tmp_path):
    told = CliRunner().invoke(main, ["--manifest", str(tmp_path / "nowhere.json")])
    assert "cannot read the manifest" in told.output


async def test_without_a_seed_there_is_an_app_that_hears_and_is_heard():
    async with serving(seed_for(None)) as bench:
        assert bench.app.addresses.events == "http://127.0.0.1:3000/slack/events"
        assert child_environment(bench)["SLACK_BOT_TOKEN"] == bench.token()
