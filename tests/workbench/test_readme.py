"""The workbench's README stays true: its tests exist, and so do the ways in that it names."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.workbench.apps import a_seed
from workbench import Person, serving
from workbench.cli import main
from workbench.webapi.registry import METHODS

README = (Path(__file__).parents[2] / "workbench" / "README.md").read_text(encoding="utf-8")
HERE = Path(__file__).parent


ROWS = re.search(r"\| Slack does .*?\n\n", README, re.DOTALL)
NAMED = re.compile(r"`((?:page/)?test_\w+\.py(?:::\w+)?)`")


@pytest.mark.parametrize("named", sorted(set(NAMED.findall(README))))
def test_a_test_that_the_readme_names_exists(named):
    file, _, test = named.partition("::")
    assert f"def {test}" in (HERE / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS.group().strip().splitlines()[2:] if ROWS else [])
def test_every_row_of_the_checklist_names_its_test(row):
    assert NAMED.search(row.rpartition("|")[0].rpartition("|")[2])


def test_every_file_of_tests_is_named_in_the_readme():
    ours = {path.name for path in HERE.glob("test_*.py")} - {"test_readme.py", "test_stories.py"}
    assert {name for name in ours if name not in README} == set()


async def test_every_way_in_is_in_the_readme():
    async with serving(a_seed()) as bench:
        paths = {str(each.canonical) for each in bench.web_app().router.resources()}
    named = {path.rpartition("/")[2] for path in paths if path.startswith("/workbench/")}
    assert {
        name for name in named if f"{name}`" not in README and f"{name}?" not in README
    } == set()


def test_every_method_is_in_the_readme():
    listed = README.partition("## The methods it knows")[2].partition("##")[0]
    words = set(re.findall(r"[\w.]+", listed))
    assert {name for name in METHODS if name.partition(".")[2] not in words} == set()


def test_every_option_is_in_the_readme():
    told = CliRunner().invoke(main, ["--help"]).output
    options = set(re.findall(r"--[a-z-]+", told)) - {"--help"}
    assert {option for option in options if option not in README} == set()


def test_every_verb_of_a_person_is_in_the_readme():
    verbs = {name for name in dir(Person) if not name.startswith("_")} - {"id"}
    listed = README.partition("| a person | |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == verbs
