"""Cases are imported, exported and looked through at the machine itself."""

import csv
import json
import sqlite3

import pytest

from tests.policy.test_imports import GOOD, a_file

ACCOUNTS = "name,tier,channels\nAcme,Gold,C0ACME\n"


@pytest.fixture
def house(types, sqlite_url, tmp_path):
    """Give Acme, and a way to import a file of cases."""
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    asked = ("import", "accounts", "accounts.csv", "--workspace", "T1")
    assert types(*asked, DATABASE_URL=sqlite_url).exit_code == 0

    def imports(*lines, words=()):
        (tmp_path / "cases.csv").write_text(a_file(*lines), encoding="utf-8")
        return types("import", "cases", "cases.csv", *words)

    return imports


def test_cases_are_imported_once_by_their_reference(house):
    second = GOOD.replace("A-1", "A-2")
    assert "Would make 1 new cases" in house(GOOD, words=["--dry-run"]).output
    assert "Made 1 new cases, change 0, leave 0 as is." in house(GOOD).output
    assert "Made 1 new cases, change 0, leave 1 as is." in house(GOOD, second).output
    amiss = house(GOOD.replace("Acme", "Globex"), second.replace("s2", "S9"))
    assert amiss.exit_code == 1
    assert "line 2: account: there is none named “Globex”" in amiss.output
    assert "line 3: severity" in amiss.output


def test_what_was_imported_leaves_as_json_and_csv(house, types, tmp_path):
    house(GOOD.replace("Login is down", "=HYPERLINK(1)"), GOOD.replace("A-1", "A-2"))
    assert "Exported 2 cases." in types("export", "--out", "all.json").output
    first, second = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert first["case"]["opened_at"] == "2025-05-01T08:00:00+00:00"
    assert [each["what"] for each in second["history"]] == ["cases.imported"]
    assert second["history"][0]["after"]["reference"] == "A-2"
    assert second["history_verifies"] is True
    types("export", "case-1", "--csv", "--public", "--out", "one.csv")
    with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["id"], row["title"], row["history"]) == ("CASE-1", "'=HYPERLINK(1)", "")


@pytest.mark.parametrize("case", ["CASE-9", "nonsense"])
def test_a_case_that_there_is_not_is_told(house, types, case):
    asked = types("export", case)
    assert asked.exit_code == 1
    assert f"There is no {case}." in asked.output


def test_without_cases_there_is_an_empty_list(house, types, tmp_path):
    types("export", "--out", "all.json")
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8")) == []


def test_a_history_that_somebody_changed_does_not_verify(house, types, sqlite_url):
    house(GOOD, GOOD.replace("A-1", "A-2"))
    fine = types("history", "verify")
    assert (fine.exit_code, "Verified 2 cases." in fine.output) == (0, True)
    with sqlite3.connect(sqlite_url.partition(":///")[2]) as database:
        database.execute("UPDATE history SET what = 'cases.opened' WHERE case_number = 2")
    database.close()
    broken = types("history", "verify")
    assert broken.exit_code == 1
    assert "CASE-2: entry 1 does not verify." in broken.output
    assert "Verified 1 case." in broken.output
    assert types("history", "verify", "CASE-1").exit_code == 0
