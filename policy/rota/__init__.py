"""Who is on duty: weekly shifts, overrides, swaps, and whoever is left when those name nobody.

`shifts` are the values, `turns` what they come to over time, `present` who is asked at one moment,
`changes` how people change them, `fallback` the lists that stand without a rota.
"""

from policy.rota.calendar import named_in
from policy.rota.changes import (
    MOST_AHEAD,
    accepted,
    may_arrange,
    overridden,
    proposed,
    refused,
    taken,
)
from policy.rota.fallback import on_duty
from policy.rota.foreseen import NO_END, foreseen, untold
from policy.rota.page import DutyPage, DutyTimes, ShiftRequest
from policy.rota.present import Bench, OnDuty, Source, who_is_on
from policy.rota.shifts import Override, Rota, Shift, Swap, occurrences
from policy.rota.turns import GAPS_AHEAD, Turn, gaps, next_turn, turn_at, turns

__all__ = [
    "GAPS_AHEAD",
    "MOST_AHEAD",
    "NO_END",
    "Bench",
    "DutyPage",
    "DutyTimes",
    "OnDuty",
    "Override",
    "Rota",
    "Shift",
    "ShiftRequest",
    "Source",
    "Swap",
    "Turn",
    "accepted",
    "foreseen",
    "gaps",
    "may_arrange",
    "named_in",
    "next_turn",
    "occurrences",
    "on_duty",
    "overridden",
    "proposed",
    "refused",
    "taken",
    "turn_at",
    "turns",
    "untold",
    "who_is_on",
]
