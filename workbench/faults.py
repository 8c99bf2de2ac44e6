"""Faults on order: what goes wrong with the next calls, or with some of them."""

import secrets
from dataclasses import dataclass
from typing import Final

from workbench.state.shapes import Json

KINDS: Final = ("ratelimited", "500", "503", "timeout", "reset", "lost_answer", "slow")


class BadFault(Exception):
    """What was ordered is no fault; the message says why."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """One thing that will go wrong, for a method and perhaps a channel, so often or so likely."""

    method: str
    fault: str
    channel: str | None = None
    times: int | None = None
    probability: float | None = None
    retry_after: int = 2  # also how many seconds a slow answer takes

    @property
    def error(self) -> str | None:
        """Return the error code that is answered, when that is the fault."""
        return self.fault.removeprefix("error:") if self.fault.startswith("error:") else None

    def strikes(self, method: str, channel: str | None) -> bool:
        """Tell whether this call is hit, and count it."""
        if self.method not in {method, "*"} or self.channel not in {None, channel}:
            return False
        if self.probability is not None:
            return secrets.randbelow(1_000_000) < self.probability * 1_000_000
        if not self.times:
            return False
        self.times -= 1
        return True


class Faults:
    """The faults that are on order."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, wish: Json) -> Fault:
        """Take an order as it stands in the control API.

        Raises:
            BadFault: a key or the kind is unknown.
        """
        try:
            fault = Fault(**wish)
        except TypeError as error:
            raise BadFault(str(error)) from error
        if fault.fault not in KINDS and not fault.fault.startswith("error:"):
            message = f"unknown fault {fault.fault!r}: one of {', '.join(KINDS)}, error:<code>"
            raise BadFault(message)
        if fault.times is None and fault.probability is None:
            fault.times = 1
        self._ordered.append(fault)
        return fault

    def strike(self, method: str, channel: str | None) -> Fault | None:
        """Return what goes wrong with this call, if anything."""
        for fault in self._ordered:
            if fault.strikes(method, channel):
                return fault
        return None

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._ordered.clear()
