"""A file of customers is read line by line, and everything amiss is told by its line."""

import pytest

from policy.customers import Imported, folded, outcome, read
from tests.support.builders import an_account

HEADING = "name,tier,channels,contacts\n"


def test_a_file_is_read_line_by_line():
    text = HEADING + 'Acme  Bank,Gold,C01 C02,"U01;W02"\n\n"Globex, Inc",Titanium,,\n'
    customers, problems = read(text)
    assert problems == ()
    acme, globex = customers
    assert (acme.name, acme.tier, acme.line) == ("Acme Bank", "Gold", 2)
    assert acme.channels == {"C01", "C02"}
    assert acme.contacts == {"U01", "W02"}
    assert (globex.name, globex.channels) == ("Globex, Inc", frozenset())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [1]),
        ("name\nAcme\n", [1]),
        ("name,tier,colour\nAcme,Gold,red\n", [1]),
        (HEADING + "A,Gold,,\n", [2]),
        (HEADING + "Acme,,,\n", [2]),
        (HEADING + "Acme,Gold\n", [2]),
        (HEADING + "Acme,Gold,general,ana\n", [2, 2]),
        (HEADING + "Acme,Gold,C01,\nOther,Gold,C01,\nACME,Gold,,\n", [3, 4]),
        ("name,tier\n" + "Acme,Gold\n" * 5001, [5001]),
    ],
)
def test_every_problem_is_told_by_its_line(text, lines):
    _, problems = read(text)
    assert [each.line for each in problems] == lines


def test_what_importing_would_do_is_counted():
    known = {folded(each.name): each for each in (an_account(), an_account(name="Globex"))}
    customers, _ = read("name,tier\nACME,Titanium\nGlobex,Gold\nInitech,Gold\n")
    assert outcome(customers, known) == Imported(new=1, changed=1, same=1)
