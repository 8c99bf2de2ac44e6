"""Who is on duty: weekly shifts, overrides, swaps, and whoever is left when those name nobody.

`shifts` are the values, `turns` what they come to over time, `present` who is asked at one moment,
`changes` how people change them, `fallback` the lists that stand without a rota.
"""

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
from policy.rota.present import Bench, OnDuty, Source, who_is_on
from policy.rota.shifts import Override, Rota, Shift, Swap, occurrences
from policy.rota.turns import GAPS_AHEAD, Turn, gaps, next_turn, turn_at, turns

__all__ = [
    "GAPS_AHEAD",
    "MOST_AHEAD",
    "Bench",
    "OnDuty",
    "Override",
    "Rota",
    "Shift",
    "Source",
    "Swap",
    "Turn",
    "accepted",
    "gaps",
    "may_arrange",
    "next_turn",
    "occurrences",
    "on_duty",
    "overridden",
    "proposed",
    "refused",
    "taken",
    "turn_at",
    "turns",
    "who_is_on",
]
