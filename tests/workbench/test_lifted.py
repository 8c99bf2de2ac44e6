"""The package stands on its own: lifted out of here, it runs, and serves another project's tests."""

import ast
import asyncio
import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "workbench"
NEEDS = ("aiohttp", "click")
START = """
import sys
from importlib.machinery import PathFinder
class Bare(PathFinder):  # nothing else is installed
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        found = super().find_spec(name, path, target)
        is_ours = name.partition(".")[0] in {allowed!r}
        return found if is_ours or "site-packages" not in str(found) else None
sys.meta_path[:] = [Bare if each is PathFinder else each for each in sys.meta_path]
import asyncio, json, pathlib, pkgutil, urllib.request
import workbench
for module in pkgutil.walk_packages(workbench.__path__, "workbench."):
    if not module.name.endswith((".pytest_plugin", ".__main__")):
        __import__(module.name)
from workbench.seed import seed_for
async def main():
    async with workbench.serving(seed_for(None)) as bench:
        request = urllib.request.Request(bench.api_url + "auth.test", method="POST")
        request.add_header("Authorization", "Bearer " + bench.token())
        answer = await asyncio.to_thread(lambda: json.load(urllib.request.urlopen(request)))
        page = await asyncio.to_thread(lambda: urllib.request.urlopen(bench.url).read())
        assert b"<html" in page, page
        print(answer["user"], pathlib.Path(workbench.__file__).parent)
asyncio.run(main())
"""
PROJECT = {
    "pytest.ini": """[pytest]
asyncio_mode = auto
asyncio_default_fixture_loop_scope = function
workbench_manifest = manifest.json
""",
    "manifest.json": """
{"display_information": {"name": "Echo"},
 "features": {"slash_commands": [{"command": "/echo", "description": "Say it again"}]},
 "settings": {"interactivity": {"is_enabled": true}}}
""",
    "conftest.py": 'pytest_plugins = ["workbench.pytest_plugin"]\n',
    "app.py": """
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server
from urllib.parse import parse_qs

def echo(environ, start_response):
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0)).decode()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["You said: ".encode() + parse_qs(body)["text"][0].encode()]

make_server("127.0.0.1", int(sys.argv[1]), echo).serve_forever()
""",
    "test_plain.py": """
import json, socket, sys, urllib.request
import pytest

@pytest.fixture
def address():
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    return f"http://127.0.0.1:{port}/", str(port)

def test_an_app_of_its_own_answers(workbench, address):
    url, port = address
    workbench.runs(sys.executable, "app.py", port, at=url)
    ana = workbench.person("ana")
    ana.commands("/echo hello")
    assert "hello" in ana.sees("You said: hello")
    assert [entry["method"] for entry in workbench.traffic()] == ["/echo"]

def test_the_clock_moves_and_calls_go_wrong(workbench):
    before = workbench.bench.clock.now()
    workbench.advance(3600)
    assert workbench.bench.clock.now() - before >= 3600
    workbench.goes_wrong(method="auth.test", fault="error:invalid_auth")
    request = urllib.request.Request(workbench.api_url + "auth.test", method="POST")
    request.add_header("Authorization", "Bearer " + workbench.environment()["SLACK_BOT_TOKEN"])
    assert json.load(urllib.request.urlopen(request))["error"] == "invalid_auth"
    assert json.load(urllib.request.urlopen(request))["ok"] is True
    assert workbench.token() and workbench.app_token() and workbench.signing_secret

def test_what_is_not_there_is_told(workbench):
    with pytest.raises(AssertionError, match="ana sees no button"):
        workbench.person("ana").presses("Go", within=0.01)

def test_an_app_that_ends_is_told(workbench):
    with pytest.raises(AssertionError, match="does not listen"):
        workbench.runs(sys.executable, "-c", "pass", at="http://127.0.0.1:9/")
""",
    "test_async.py": """
async def test_two_people_talk(slack):
    await slack.person("ana").types("general", "Hello")
    await slack.person("ben").sees("Hello", channel="general")
    assert slack.person("ben").name == "ben"
    await slack.advance(60)
    assert slack.url in slack.api_url

async def test_each_test_has_a_workbench_of_its_own(slack):
    await slack.person("ben").never_sees("Hello")
""",
    "test_seed.py": """
import pytest

@pytest.fixture
def workbench_seed():
    return {"users": [{"id": "UZOE", "name": "zoe", "real_name": "Zoe"}],
            "channels": [{"id": "C1", "name": "zoo", "members": ["UZOE"]}]}

def test_a_project_may_say_who_is_there(workbench):
    workbench.person("zoe").types("zoo", "Hello")
""",
}


def allowed():
    """Return the top-level names of what the workbench needs, and of what that needs."""
    wanted, names = list(NEEDS), {"workbench", "attr", "typing_extensions"}
    while wanted:
        name = wanted.pop()
        if name.replace("-", "_") in names:
            continue
        names.add(name.replace("-", "_"))
        try:
            found = [Requirement(each) for each in requires(name) or []]
        except PackageNotFoundError:
            continue
        wanted += [
            each.name for each in found if not each.marker or each.marker.evaluate({"extra": ""})
        ]
    return names


@pytest.fixture
def elsewhere(tmp_path):
    """Return another project's folder, with the package copied into it."""
    shutil.copytree(PACKAGE, tmp_path / "workbench", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


async def ran(folder, *args):
    """Run Python in a folder; return what it says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *args,
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": os.defpath},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 100)
    return out.decode(), err.decode()


async def test_it_starts_with_aiohttp_and_click_and_nothing_else(elsewhere):
    out, err = await ran(elsewhere, "-c", START.format(allowed=allowed()))
    assert out.split() == ["app", str(elsewhere / "workbench")], err


def test_its_code_names_no_other_package():
    named = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                named.add((node.module or "").partition(".")[0])
    assert named - set(sys.stdlib_module_names) == {*NEEDS, "workbench", "pytest"}


async def test_another_projects_tests_use_it_by_its_plugin(elsewhere):
    for name, text in PROJECT.items():
        (elsewhere / name).write_text(text, encoding="utf-8")
    out, err = await ran(elsewhere, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error")
    assert "7 passed" in out, out + err
