"""The benchmarks name what they try to reach, and draw what they found; never how fast we are."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.__main__ import gathered
from benchmarks.harness import Arm, Comparison, Measured, Missing, Result, Target, arm, run
from benchmarks.report import page, verdicts

TARGETS = (
    Target(says="half of theirs", figure="p50 ms", of="ours", to="theirs", at_most=0.5),
    Target(says="none lost", figure="lost", of="ours", at_most=0),
    Target(says="many a second", figure="per second", of="theirs", at_least=100),
)
NO_NODE, NO_PAPER = "there is no node", "out of paper"


def a_comparison(build=None):
    return Comparison(
        name="sample", item=1, title="Ours & theirs", about="", targets=TARGETS, build=build
    )


def a_result(**other):
    ours = (
        {"p50 ms": 1.0, "lost": 0.0},
        {"p50 ms": 3.0, "lost": 0.0},
        {"p50 ms": 2.0, "lost": 1.0},
    )
    theirs = ({"p50 ms": 4.0}, {"p50 ms": 4.0}, {"p50 ms": 8.0})
    return Result(
        comparison=a_comparison(),
        arms=(
            Measured(name="ours", rounds=ours),
            Measured(name="theirs", rounds=theirs),
            Measured(name="nobody's", rounds=(), trouble="missing: there is no node"),
        ),
        seconds=1.0,
        **other,
    )


@pytest.mark.parametrize("known", gathered().values(), ids=lambda known: known.name)
def test_every_comparison_names_its_targets_and_the_promise_they_belong_to(known):
    assert known.targets
    assert 1 <= known.item <= 8
    for target in known.targets:
        assert target.says
        assert (target.at_most is None) is not (target.at_least is None)


def test_a_ratio_is_taken_within_its_round_and_the_median_of_the_rounds_counts():
    half, lost, many = verdicts(a_result())
    assert (half.values, half.value, half.word) == ((0.25, 0.75, 0.25), 0.25, "reached")
    assert (lost.value, lost.word) == (0, "reached")
    assert (many.value, many.word) == (None, "not measured")


def test_the_report_says_what_was_found_and_what_is_missing(tmp_path: Path):
    said = page([a_result(trouble="stopped after 240 s")], ["a machine"], tmp_path)
    assert "| ours | 2 (1 to 3) | 0 (0 to 1) |" in said
    assert "| half of theirs | 1/4 | 1/4 to 0.75 x | reached |" in said
    assert "| many a second | - | - to - | **not measured** |" in said
    assert "nobody's (missing: there is no node)" in said
    assert "stopped after 240 s" in said
    drawn = (tmp_path / "sample.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "theirs" in drawn


async def test_an_arm_that_fails_stops_none_of_the_others(tmp_path):
    asked = []

    def without_node():
        raise Missing(NO_NODE)

    async def breaks():
        asked.append("breaks")
        raise RuntimeError(NO_PAPER)

    async def works():
        asked.append("works")
        return {"p50 ms": 1.0}

    async def build(_run):
        away = Arm(name="nobody's", opened=without_node)
        return [away, arm("theirs", breaks), arm("ours", works)]

    found = await run(a_comparison(build), is_quick=False, home=tmp_path)
    assert [each.trouble for each in found.arms] == [
        f"missing: {NO_NODE}",
        f"RuntimeError: {NO_PAPER}",
        "",
    ]
    assert asked == ["breaks", "works", "works", "works"]


async def test_a_comparison_that_cannot_begin_is_reported_too(tmp_path):
    async def build(_run):
        await asyncio.sleep(0)
        raise OSError(NO_PAPER)

    found = await run(a_comparison(build), is_quick=True, home=tmp_path)
    assert (found.arms, found.trouble) == ((), f"OSError: {NO_PAPER}")
