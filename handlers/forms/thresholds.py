"""The threshold table as people write it: `4 h, 8 h, 8 h`; read."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import Severity
from policy.ids import Tier
from policy.thresholds import ThresholdTable, faults

TIERS, TIER, ROW = 200, 40, 200
MOST_TIERS = 8
WHY = (5, 300)
LONGEST = timedelta(days=366)
UNITS: Mapping[str, timedelta] = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "day": timedelta(days=1),
}
SPELLINGS: Mapping[str, str] = {
    **dict.fromkeys(("m", "min", "minute", "minutes"), "min"),
    **dict.fromkeys(("h", "hour", "hours"), "h"),
    **dict.fromkeys(("d", "day", "days"), "day"),
}
WAIT = re.compile(r"(?:\d{1,5}\s*[a-z]+\s*)+")
PART = re.compile(r"(\d{1,5})\s*([a-z]+)")


def read(view: Mapping[str, Any], version: int) -> ThresholdTable:
    """Return the table that was written, drawn up against this version.

    Raises:
        Unreadable: a wait cannot be read, a row is too short or long, or one waits longer than a
            worse or higher one.
    """
    reader = Reader(view)
    tiers = _tiers(reader)
    rows = {severity: _row(reader, severity, tiers) for severity in Severity}
    why = reader.text("why", least=WHY[0], most=WHY[1])
    reader.done()
    table = ThresholdTable(version=version, tiers=tiers, rows=rows, why=why)
    for fault in faults(table):
        reader.amiss(fault.severity.value, f"{fault.message}.")
    reader.done()
    return table


def wait(text: str) -> timedelta | None:
    """Return how long `4 h`, `2 days` or `1 day 12 h` is; None where it is no such thing."""
    said = text.strip().lower()
    if not (said.isascii() and WAIT.fullmatch(said)):
        return None
    parts = [(int(count), SPELLINGS.get(unit)) for count, unit in PART.findall(said)]
    spans = [count * UNITS[unit] for count, unit in parts if unit]
    total = sum(spans, timedelta())
    return total if len(spans) == len(parts) and timedelta() < total <= LONGEST else None


def spelled(span: timedelta) -> str:
    """Return a wait as it is written."""
    for name in ("day", "h"):
        if not span % UNITS[name]:
            count = span // UNITS[name]
            return f"{count} {name}{'s' if name == 'day' and count > 1 else ''}"
    return f"{span // UNITS['min']} min"


def typed(table: ThresholdTable) -> dict[str, str]:
    """Return a table as its form's fields hold it."""
    rows = {each.value: ", ".join(map(spelled, row)) for each, row in table.rows.items()}
    return {"tiers": ", ".join(table.tiers), "why": table.why, **rows}


def _tiers(reader: Reader) -> tuple[Tier, ...]:
    said = [each.strip() for each in reader.text("tiers", most=TIERS).split(",")]
    tiers = tuple(Tier(each) for each in said if each)
    if len(set(tiers)) != len(tiers):
        reader.amiss("tiers", "Name each tier once.")
    if len(tiers) > MOST_TIERS or any(len(each) > TIER for each in tiers):
        reader.amiss("tiers", f"Name at most {MOST_TIERS} tiers, each of at most {TIER} letters.")
    return tiers


def _row(reader: Reader, severity: Severity, tiers: tuple[Tier, ...]) -> tuple[timedelta, ...]:
    said = [each for each in reader.text(severity.value, most=ROW).split(",") if each.strip()]
    waits = [wait(each) for each in said]
    if None in waits:
        reader.amiss(severity.value, "Write waits such as `4 h` or `2 days`, with commas.")
    elif len(waits) != len(tiers):
        reader.amiss(severity.value, f"Write {len(tiers)} waits, one for each tier.")
    return tuple(each for each in waits if each)
