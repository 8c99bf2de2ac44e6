"""What came of a run: medians and their spread, ratios, and whether each target was reached."""

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from benchmarks.harness import Figures, Measured, Result, Target
from benchmarks.pictures import bars

VERSIONS = (
    "slack-bolt",
    "slack-sdk",
    "aiohttp",
    "SQLAlchemy",
    "aiosqlite",
    "asyncpg",
    "APScheduler",
)
HEAD = """# Speed, measured

`make bench` measures all of this anew, on any machine, and writes this page; `make bench-quick` looks
for two minutes and writes nothing. The arms of each comparison take turns in one run, {rounds} rounds; a
figure is the median of its rounds, with the least and the most in brackets, and a ratio is taken within
a round. Ratios travel from machine to machine; milliseconds do not.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A target, and how far it was reached."""

    target: Target
    values: tuple[float, ...]
    """One for each round that has both figures."""

    @property
    def value(self) -> float | None:
        """The median, None where nothing could be measured."""
        return median(self.values) if self.values else None

    @property
    def word(self) -> str:
        """`reached`, `missed` or `not measured`."""
        if self.value is None:
            return "not measured"
        return "reached" if self.target.is_reached_by(self.value) else "missed"


def verdicts(result: Result) -> tuple[Verdict, ...]:
    """Return how far each target of a comparison was reached."""
    arms = {each.name: each.rounds for each in result.arms}
    return tuple(
        Verdict(target=each, values=_values(each, arms)) for each in result.comparison.targets
    )


def _values(target: Target, arms: Mapping[str, Sequence[Figures]]) -> tuple[float, ...]:
    ours = [each.get(target.figure) for each in arms.get(target.of, ())]
    if target.to is None:
        return tuple(value for value in ours if value is not None)
    figure = target.to_figure or target.figure
    theirs = [each.get(figure) for each in arms.get(target.to, ())]
    return tuple(
        value / to for value, to in zip(ours, theirs, strict=False) if value is not None and to
    )


def machine(now: datetime) -> tuple[str, ...]:
    """Return what it was measured on, and when."""
    return (
        f"{now:%Y-%m-%d %H:%M} UTC",
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        ", ".join(f"{name} {_version(name)}" for name in VERSIONS),
    )


def page(results: Sequence[Result], on: Sequence[str], pictures: Path | None = None) -> str:
    """Return the report; the pictures are written into their directory."""
    rounds = max((len(arm.rounds) for each in results for arm in each.arms), default=0)
    parts = [
        HEAD.format(rounds=rounds),
        "\n".join(f"- {line}" for line in on),
        "",
        _summary(results),
    ]
    ordered = sorted(results, key=lambda one: one.comparison.item)
    parts.extend(_section(each, pictures) for each in ordered)
    return "\n".join(parts).rstrip() + "\n"


def lines(result: Result) -> str:
    """Return the verdicts of one comparison for a terminal."""
    return "\n".join(
        f"  {verdict.word:12} {_of(verdict.target, verdict.value):>16}  {verdict.target.says}"
        for verdict in verdicts(result)
    )


def _summary(results: Sequence[Result]) -> str:
    rows = ["| | target | measured | |", "|---|---|---|---|"]
    for each in sorted(results, key=lambda one: one.comparison.item):
        name = each.comparison.name
        rows += [
            f"| [{each.comparison.item} {name}](#{each.comparison.item}-{name}) | {verdict.target.says} "
            f"| {_of(verdict.target, verdict.value)} | {_marked(verdict.word)} |"
            for verdict in verdicts(each)
        ]
    return "\n".join(rows) + "\n"


def _section(result: Result, pictures: Path | None) -> str:
    known = result.comparison
    parts = [f"## {known.item} {known.name}", "", known.title, ""]
    if pictures is not None:
        name = f"{known.name}.svg"
        (pictures / name).write_text(bars(result), encoding="utf-8")
        parts += [f"![{known.title}]({pictures.name}/{name})", ""]
    parts += [_figures(result), "", *_verdicts(result), ""]
    if known.about:
        parts += [known.about, ""]
    if result.trouble:
        parts += [f"This comparison did not come to its end: {result.trouble}.", ""]
    return "\n".join(parts)


def _figures(result: Result) -> str:
    names = [*dict.fromkeys(name for arm in result.arms for each in arm.rounds for name in each)]
    rows = [f"| | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    for arm in result.arms:
        cells = [spread(arm, name) for name in names] or [""]
        said = f" ({arm.trouble})" if arm.trouble else ""
        rows.append(f"| {arm.name}{said} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _verdicts(result: Result) -> list[str]:
    rows = ["| target | measured | least to most | |", "|---|---:|---|---|"]
    for verdict in verdicts(result):
        low, high = min(verdict.values, default=None), max(verdict.values, default=None)
        span = f"{_of(verdict.target, low)} to {_of(verdict.target, high)}"
        rows.append(
            f"| {verdict.target.says} | {_of(verdict.target, verdict.value)} | {span} "
            f"| {_marked(verdict.word)} |"
        )
    return rows


def spread(arm: Measured, name: str) -> str:
    """Return the median of a figure, and its least and most in brackets."""
    values = [each[name] for each in arm.rounds if name in each]
    if not values:
        return "-"
    if min(values) == max(values):
        return _number(values[0])
    return f"{_number(median(values))} ({_number(min(values))} to {_number(max(values))})"


def _of(target: Target, value: float | None) -> str:
    if value is None:
        return "-"
    if target.to is None:
        return f"{_number(value)} {target.figure.rpartition(' ')[2]}"
    return f"1/{1 / value:.3g}" if 0 < value < 0.5 else f"{value:.3g} x"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _marked(word: str) -> str:
    return word if word == "reached" else f"**{word}**"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _processor() -> str:
    try:
        said = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in said.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()
