import json
from pathlib import Path

import pytest

from bot.cli.manifest import COMMANDS, EVENTS, EXAMPLE, SCOPES, SHORTCUTS, manifest, text
from handlers.ids import Command, Event, Shortcut

ROOT = Path(__file__).parents[3]
URL = "https://caseflag.example/slack/events"


def test_the_committed_manifest_is_the_one_that_the_names_make():
    assert (ROOT / "manifest.json").read_text(encoding="utf-8") == text(EXAMPLE)


def test_everything_that_slack_can_name_is_described():
    assert set(COMMANDS) == set(Command)
    assert set(SHORTCUTS) == set(Shortcut)
    assert set(EVENTS) == set(Event)


def test_over_http_everything_comes_to_one_address():
    said = json.dumps(manifest(URL))
    assert said.count(URL) == 4
    assert manifest(URL)["settings"]["socket_mode_enabled"] is False


def test_by_socket_no_address_is_needed():
    assert "url" not in json.dumps(manifest(None))
    assert manifest(None)["settings"]["socket_mode_enabled"] is True


def test_the_manifest_keeps_to_slacks_limits():
    made = manifest(URL)
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    features = made["features"]
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["shortcuts"]) <= 10
    assert all(len(each["description"]) <= 150 for each in features["shortcuts"])
    assert all(len(each["usage_hint"]) <= 1000 for each in features["slash_commands"])


@pytest.mark.parametrize("scope", ["chat:write", "commands", "usergroups:read", "im:history"])
def test_it_asks_for_what_the_app_calls(scope):
    assert scope in manifest(URL)["oauth_config"]["scopes"]["bot"]
    assert SCOPES[scope]
