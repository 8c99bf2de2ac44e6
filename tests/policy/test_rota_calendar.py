"""Whom a calendar names."""

import pytest

from policy.rota import named_in
from tests.support.builders import LEA, MONA, OTTO

NAMES = {
    MONA: {"mona", "Mona Lisa", "mona@example.com"},
    OTTO: {"otto", "Otto Ann"},
    LEA: {"", " "},
}


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("On call - Mona Lisa - Duty", {MONA}),
        ("On duty: <@UMONA>", {MONA}),
        ("mailto:MONA@example.com", {MONA}),
        ("Otto Ann, then Mona.", {MONA, OTTO}),
        ("Otto Anna", {OTTO}),  # the handle; Ann is not in Anna
        ("Ottokar and Monalisa", set()),
        ("Nobody", set()),
        ("", set()),
    ],
)
def test_an_entry_names_people_as_a_whole(entry, named):
    assert named_in([entry], NAMES) == named


def test_several_entries_name_several_people():
    assert named_in(["mona", "otto"], NAMES) == {MONA, OTTO}
