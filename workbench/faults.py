"""Faults on order: what goes wrong with the next calls, or with some of them."""

import secrets
from dataclasses import asdict, dataclass
from typing import Final

from workbench.state.shapes import Json

OF_CALLS: Final = (
    "ratelimited", "500", "503", "timeout", "reset", "lost_answer", "slow", "late",
)  # fmt: skip
OF_DELIVERIES: Final = (
    "duplicate", "duplicate_other_id", "reordered", "dropped", "lost_answer", "slow",
)  # fmt: skip
DELIVERIES: Final = ("event", "command", "action", "submission", "suggestion", "shortcut")


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
    retry_after: int = 2  # also how many seconds a slow answer takes, or a late call

    @property
    def error(self) -> str | None:
        """Return the error code that is answered, when that is the fault."""
        return self.fault.removeprefix("error:") if self.fault.startswith("error:") else None

    @property
    def is_of_deliveries(self) -> bool:
        """Tell whether it hits what apps are sent, and not what they call."""
        return self.method.partition("/")[0] in DELIVERIES

    def strikes(self, methods: set[str], channel: str | None) -> bool:
        """Tell whether what goes by these names is hit, and count it."""
        if self.method not in methods or self.channel not in {None, channel}:
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
        kinds = OF_DELIVERIES if fault.is_of_deliveries else (*OF_CALLS, "error:<code>")
        if fault.fault not in kinds and (fault.is_of_deliveries or not fault.error):
            message = f"unknown fault {fault.fault!r}: one of {', '.join(kinds)}"
            raise BadFault(message)
        if fault.times is None and fault.probability is None:
            fault.times = 1
        self._ordered.append(fault)
        return fault

    def strike(self, method: str, channel: str | None) -> Fault | None:
        """Return what goes wrong with this call, if anything."""
        return self._first({method, "*"}, channel, self._ordered)

    def delivery(
        self, kind: str, name: str, channel: str | None, *, only: tuple[str, ...]
    ) -> Fault | None:
        """Return what goes wrong with this delivery, if it is one of these faults."""
        wanted = [each for each in self._ordered if each.is_of_deliveries and each.fault in only]
        return self._first({kind, f"{kind}/{name}"}, channel, wanted)

    def _first(self, methods: set[str], channel: str | None, among: list[Fault]) -> Fault | None:
        return next((each for each in among if each.strikes(methods, channel)), None)

    def shapes(self) -> list[Json]:
        """Return what may still go wrong, in the words of the control API."""
        waiting = [each for each in self._ordered if each.times is None or each.times > 0]
        return [
            {key: value for key, value in asdict(each).items() if value is not None}
            for each in waiting
        ]

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._ordered.clear()
