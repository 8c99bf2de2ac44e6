"""Promises: dated commitments, kept or missed, and the ladder that insists on them.

`promise` is the value, `ledger` says which event makes and keeps which, `ladder` who is told when.
"""

from policy.promises.ladder import (
    LADDERS,
    REPEATS,
    Call,
    Rung,
    Step,
    climbed,
    is_waited_for,
    next_rung_at,
    rungs,
    rungs_due,
    told,
)
from policy.promises.ledger import (
    ENTRIES,
    Entry,
    Ledger,
    after,
    done,
    hastened,
    ledger,
    promised,
    shown_to,
)
from policy.promises.promise import Kind, Promise, kept, lapsed, released

__all__ = [
    "ENTRIES",
    "LADDERS",
    "REPEATS",
    "Call",
    "Entry",
    "Kind",
    "Ledger",
    "Promise",
    "Rung",
    "Step",
    "after",
    "climbed",
    "done",
    "hastened",
    "is_waited_for",
    "kept",
    "lapsed",
    "ledger",
    "next_rung_at",
    "promised",
    "released",
    "rungs",
    "rungs_due",
    "shown_to",
    "told",
]
