"""Turns: what came of a later act in a modal is never drawn over.

Slack refuses what was drawn from a drawing that is not the newest, so the hash in a payload does
for acts far apart. Of two quick ones both payloads name the same drawing; then the later act wins.
"""

import asyncio
from collections import OrderedDict
from contextvars import ContextVar
from itertools import count
from weakref import WeakValueDictionary

MOST = 1000
"""So many drawings are remembered; an act in an older one is drawn where nothing else was."""
_acts = count(1)
_act: ContextVar[int] = ContextVar("act")
_followed: OrderedDict[str, tuple[str, int]] = OrderedDict()
"""By the hash of a drawing that of the next, and which act drew that."""
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


def newest(drawn: str, by: int) -> str | None:
    """Return the newest drawing that followed this one; None where a later act drew it."""
    while found := _followed.get(drawn):
        drawn, other = found
        if other > by:
            return None
    return drawn


def drew(over: str, drawn: str, by: int) -> None:
    """Note what an act has drawn over which drawing."""
    _followed[over] = (drawn, by)
    if len(_followed) > MOST:
        _followed.popitem(last=False)
