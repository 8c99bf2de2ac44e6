"""Turns: what came of a later act in a modal is never drawn over.

Slack refuses what was drawn from a drawing that is not the newest, so the hash in a payload does
for acts far apart. Of two quick ones both payloads name the same drawing; then the later act wins.
"""

import asyncio
from collections import OrderedDict
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from weakref import WeakValueDictionary

MOST = 1000
"""So many modals are remembered; in an older one Slack's hash alone decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How a modal was drawn last by this process."""

    by: int
    """Which act drew it."""
    hash: str
    replaced: frozenset[str]
    """The drawings that went before it."""


_acts = count(1)
_act: ContextVar[int] = ContextVar("act")
_drawn: OrderedDict[str, Drawn] = OrderedDict()
_drawing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


def begin() -> None:
    """Begin a delivery: what somebody does now is later than all that was done before."""
    _act.set(next(_acts))


def act() -> int:
    """Return the number of the act that this delivery tells of."""
    return _act.get()


def drawing(view: str) -> asyncio.Lock:
    """Return what lets one at a time draw this modal."""
    return _drawing.setdefault(view, asyncio.Lock())


def newest(view: str, known: str, by: int) -> str | None:
    """Return which drawing an act that knows one may draw over; None where a later act drew."""
    last = _drawn.get(view)
    if last is None:
        return known
    if last.by > by:
        return None
    return last.hash if known in last.replaced else known


def drew(view: str, over: str, drawn: str, by: int) -> None:
    """Note what an act has drawn over which drawing."""
    last = _drawn.pop(view, None)
    before = last.replaced if last and last.hash == over else frozenset[str]()
    _drawn[view] = Drawn(by=by, hash=drawn, replaced=before | {over})
    if len(_drawn) > MOST:
        _drawn.popitem(last=False)
