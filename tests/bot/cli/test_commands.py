"""The command line, as a person types it."""

import json
import sqlite3
from pathlib import Path

import pytest

from bot import cli

CASES = Path("demo/cases.json").resolve()


def test_migrating_twice_is_fine_and_needs_no_slack(types):
    for _ in range(2):
        result = types("migrate")
        assert (result.exit_code, result.output) == (0, "The database is ready.\n")
    assert Path("caseflag.db").exists()


def test_every_problem_of_the_environment_is_told_at_once(types, monkeypatch, capsys):
    types("--help", PORT="many")
    monkeypatch.setattr("sys.argv", ["caseflag", "serve"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "PORT"))


def test_serving_an_unmigrated_database_says_what_to_do(types):
    result = types("serve", SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s")
    assert result.exit_code == 1
    assert "run `caseflag migrate`" in result.output
    assert "Traceback" not in result.output


def test_a_sandbox_is_seeded_once(types):
    types("migrate", CASEFLAG_SANDBOX="true")
    result = types("seed", str(CASES))
    assert result.output == "Seeded 2 accounts and 6 cases.\n"
    assert types("seed", str(CASES)).output == "There are cases already; nothing was seeded.\n"
    with sqlite3.connect("caseflag.db") as database:
        [(count,)] = database.execute("SELECT count(*) FROM cases")
    database.close()
    assert count == len(json.loads(CASES.read_text(encoding="utf-8"))["cases"])


def test_nothing_but_a_sandbox_is_seeded(types):
    types("migrate")
    result = types("seed", str(CASES))
    assert result.exit_code == 1
    assert "CASEFLAG_SANDBOX" in result.output


def test_the_manifest_is_printed_for_either_way(types):
    assert json.loads(types("manifest").output)["settings"]["socket_mode_enabled"] is False
    assert json.loads(types("manifest", "--socket").output)["settings"]["socket_mode_enabled"]
    assert (
        "https://x.example/slack/events"
        in types("manifest", "--url", "https://x.example/slack/events").output
    )


def test_the_doctor_ends_with_what_is_wrong(types):
    result = types(
        "doctor",
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_SIGNING_SECRET="s",
        SLACK_API_URL="http://127.0.0.1:1/",
    )
    assert result.exit_code == 1
    assert "problem  database: not migrated: run `caseflag migrate`." in result.output


@pytest.mark.parametrize("command", ["serve", "work", "migrate", "doctor", "manifest", "seed"])
def test_every_command_says_what_it_is_for(types, command):
    result = types(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3


def test_accounts_are_imported_after_a_dry_run(types, sqlite_url, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("name,tier\nAcme,Gold\n", encoding="utf-8")
    asked = ("import", "accounts", str(file))
    tried = types(*asked, "--workspace", "T1", "--dry-run", DATABASE_URL=sqlite_url)
    assert "Would make 1 new accounts" in tried.output
    assert "Made 1 new accounts" in types(*asked, "--workspace", "T1").output
    assert "leave 1 as is" in types(*asked).output
    file.write_text("name,tier\nA,\n", encoding="utf-8")
    amiss = types(*asked)
    assert amiss.exit_code == 1
    assert "line 2: name: write 2 to 80 characters" in amiss.output


def test_an_import_asks_for_the_workspace_where_it_cannot_know(types, sqlite_url, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("name,tier\nAcme,Gold\n", encoding="utf-8")
    asked = types("import", "accounts", str(file), DATABASE_URL=sqlite_url)
    assert asked.exit_code == 1
    assert "--workspace" in asked.output
