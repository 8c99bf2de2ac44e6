"""The threshold table as people write it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.forms.thresholds import read, spelled, typed, wait
from handlers.metadata import TablePath
from policy.cases import Severity
from policy.refusals import Amiss
from policy.thresholds import SHIPPED
from tests.handlers.filled import filled, said

H, D = timedelta(hours=1), timedelta(days=1)
WRITTEN = {**typed(SHIPPED), "why": "As it was before."}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("4 h", 4 * H),
        ("4H", 4 * H),
        (" 2 days ", 2 * D),
        ("1 day", D),
        ("1d 12h", 36 * H),
        ("90 min", 1.5 * H),
        ("1 hour 30 minutes", 1.5 * H),
        ("0 h", None),
        ("4", None),
        ("4 weeks", None),
        ("-4 h", None),
        ("400 days", None),
        ("99999999999 h", None),
        ("\u0664 h", None),
        ("", None),
    ],
)
def test_a_wait_is_written_in_days_hours_and_minutes(text, span):
    assert wait(text) == span


@pytest.mark.parametrize("span", [H, 4 * H, D, 2 * D, 28 * H, 1.5 * H])
def test_a_wait_is_read_as_it_is_spelled(span):
    assert wait(spelled(span)) == span


def written(**other):
    return filled(**{name: said(text) for name, text in {**WRITTEN, **other}.items()})


def test_a_table_comes_back_as_it_was_written():
    table = read(written(), 1)
    assert table == replace(SHIPPED, why="As it was before.")
    assert TablePath.unpack(TablePath.of(table).pack()).table() == table


@pytest.mark.parametrize(
    ("other", "amiss"),
    [
        ({"S1": "4 h, 8 h"}, {"S1"}),
        ({"S1": "4 h, 8 h, soon"}, {"S1"}),
        ({"S1": ""}, {"S1"}),
        ({"tiers": "Gold, Gold, Tin"}, {"tiers"}),
        ({"tiers": ", ".join(f"T{n}" for n in range(9))}, {"tiers", "S1", "S2", "S3", "S4"}),
        ({"tiers": f"{'x' * 50}, Platinum, Gold"}, {"tiers"}),
        ({"tiers": ","}, {"S1", "S2", "S3", "S4"}),
        ({"why": "no"}, {"why"}),
        ({"S2": "1 h, 2 days, 2 days"}, {"S2"}),  # shorter than S1's
        ({"S3": "5 days, 3 days, 5 days"}, {"S3"}),  # a higher tier waits longer
        ({"S1": "9 days, 9 days, 9 days"}, {"S2"}),
    ],
)
def test_what_does_not_do_is_told_under_its_field(other, amiss):
    with pytest.raises(Amiss) as refused:
        read(written(**other), 1)
    assert set(refused.value.messages) == amiss


def test_a_tier_more_is_a_column_more():
    rows = {each.value: f"{n} h, {n} h, {n} h, {n} h" for n, each in enumerate(Severity, 1)}
    table = read(written(tiers="Diamond, Titanium, Platinum, Gold", **rows), 3)
    assert (table.version, len(table.tiers)) == (3, 4)
    assert table.rows[Severity.S2] == (2 * H,) * 4
