"""What the documents say is what the code does."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.commands.verbs import USAGE
from policy.cases import TRANSITIONS, CaseState, Severity
from policy.escalations import TARGETS
from policy.thresholds import SHIPPED

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
UNITS = {"min": "minutes", "h": "hours", "day": "days", "days": "days"}


def rows(heading):
    """Return the rows of the README's table whose first heading cells are these, as cells."""
    table = README[README.index(f"| {heading}") :].split("\n\n")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]
    ]


def span(text):
    count, unit = text.split()
    return timedelta(**{UNITS[unit]: int(count)})


def test_the_readmes_thresholds_are_those_that_ship():
    told = {row[0]: tuple(span(cell) for cell in row[1:]) for row in rows("severity | Titanium")}
    assert told == {severity.value: waits for severity, waits in SHIPPED.rows.items()}


def test_the_readmes_targets_are_those_of_the_rules():
    for name, acknowledge, contact in rows("severity | acknowledge"):
        targets = TARGETS[Severity(name)]
        assert [span(each) for each in acknowledge.split(" / ")] == [
            t.acknowledge for t in targets
        ]
        assert [span(each) for each in contact.split(" / ")] == [t.contact for t in targets]


def test_the_readmes_states_are_those_of_the_rules():
    told = {row[0]: {each.strip() for each in row[1].split(",")} for row in rows("from | to")}
    spoken = {
        state.value.replace("_", " "): {goal.value.replace("_", " ") for goal in goals}
        for state, goals in TRANSITIONS.items()
        if state is not CaseState.MERGED
    }
    assert told == spoken


def test_the_readme_names_everything_that_can_be_typed():
    told = [word for row in rows("who | `/case") for word in re.findall(r"`(\w+)`", row[1])]
    assert sorted(told) == sorted(usage.word for usage in USAGE)


def test_the_readme_is_short_enough_to_be_read():
    assert len(README.splitlines()) <= 150


DOCUMENTS = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_in_a_document_leads_somewhere(document):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text())
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []


def test_every_promise_names_a_test_that_exists():
    promised = re.findall(
        r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/guarantees.md").read_text()
    )
    assert promised
    for path, name in promised:
        assert f"def {name}(" in (ROOT / path).read_text(), f"{path}::{name}"


@pytest.mark.parametrize("record", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda p: p.name)
def test_a_decision_fits_on_a_page(record):
    text = record.read_text()
    assert len(text.splitlines()) <= 40
    assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequence"))


def test_the_demos_files_can_be_read():
    for path in sorted((ROOT / "demo").glob("*.json")):
        assert json.loads(path.read_text())
