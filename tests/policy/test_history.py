"""The history's chain: whatever is changed in it shows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.cases import CaseState, NextStep, Severity
from policy.history import GENESIS, Change, Entry, broken_at, chained, difference, written
from policy.ids import CaseId, UserId
from tests.support.builders import ANA, CLEO, ELI, MORNING, WORKSPACE, a_case, utc

NOW = utc("2025-06-10T12:00:00Z")
values = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20))
facts = st.none() | st.dictionaries(st.text(max_size=8), values, max_size=4)


def a_chain(*changes):
    entries: list[Entry] = []
    for before, after in changes:
        change = Change(
            workspace=WORKSPACE,
            case=CaseId("CASE-1"),
            at=NOW,
            by=UserId("UANA"),
            what="cases.changed",
            before=before,
            after=after,
        )
        entries.append(
            chained(change, entries[-1] if entries else None, salt=f"{len(entries):032x}")
        )
    return entries


THREE = a_chain((None, {"severity": "S2"}), ({"severity": "S2"}, {"severity": "S1"}), (None, None))


def test_the_first_entry_hangs_on_nothing():
    assert (THREE[0].number, THREE[0].previous) == (1, GENESIS)
    assert broken_at([]) is None


@given(changes=st.lists(st.tuples(facts, facts), max_size=6))
def test_a_chain_that_nobody_touched_verifies(changes):
    assert broken_at(a_chain(*changes)) is None


@pytest.mark.parametrize(
    ("tampered", "number"),
    [
        ([replace(THREE[0], change=replace(THREE[0].change, by="UBEN")), *THREE[1:]], 1),
        ([THREE[0], replace(THREE[1], digest="0" * 64), THREE[2]], 2),
        ([THREE[0], THREE[2]], 2),
        ([THREE[1], THREE[2]], 1),
        ([THREE[0], THREE[1], replace(THREE[2], chain="0" * 64)], 3),
        ([THREE[0], THREE[2], THREE[1]], 2),
    ],
    ids=["words", "digest", "missing", "first missing", "chain", "order"],
)
def test_whatever_is_changed_shows(tampered, number):
    assert broken_at(tampered) == number


def test_erased_words_leave_a_chain_that_verifies():
    silent = replace(THREE[1].change, before=None, after=None)
    erased = replace(THREE[1], change=silent, salt="")
    assert broken_at([THREE[0], erased, THREE[2]]) is None


def test_only_what_differs_is_entered_and_never_the_version():
    before, after = difference(a_case(), a_case(severity=Severity.S1, engineer=ELI, version=7))
    assert before == {"severity": "S3", "engineer": None}
    assert after == {"severity": "S1", "engineer": ELI}
    assert difference(a_case(), a_case(version=9)) == ({}, {})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (CaseState.NEW, "new"),
        (None, None),
        (True, True),
        (3, 3),
        ("text", "text"),
        (MORNING, "2025-06-02T08:00:00+00:00"),
        (frozenset({CLEO, ANA}), "UANA, UCLEO"),
        (
            NextStep(text="Patch", due_at=MORNING),
            '{"due_at": "2025-06-02T08:00:00+00:00", "text": "Patch"}',
        ),
    ],
)
def test_whatever_a_field_holds_is_kept_as_a_plain_value(value, expected):
    assert written(value) == expected
