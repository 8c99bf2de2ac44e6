"""Everything that passed between Slack and the apps, and what was odd about it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.state.shapes import Json

KEPT = 5_000


@dataclass(slots=True, kw_only=True)
class Entry:
    """One delivery or one call, with its answer."""

    direction: str
    kind: str
    method: str
    payload: Any
    at: float
    n: int = 0
    response: Any = None
    status: int | None = None
    ms: float = 0.0
    findings: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)  # as an app got them over HTTP

    def shape(self) -> Json:
        """Return the entry as the inspector and the trace show it."""
        return {
            "n": self.n,
            "at": self.at,
            "direction": self.direction,
            "kind": self.kind,
            "method": self.method,
            "payload": self.payload,
            "response": self.response,
            "status": self.status,
            "ms": round(self.ms, 1),
            "findings": self.findings,
            "headers": self.headers,
        }


class Traffic:
    """The log of all traffic; the newest entries are kept, a trace file keeps all."""

    def __init__(self, trace: Path | None = None) -> None:
        self.entries: list[Entry] = []
        self._count = 0
        self._listeners: list[Callable[[Entry], None]] = []
        self._file = trace.open("a", encoding="utf-8") if trace else None

    def listen(self, listener: Callable[[Entry], None]) -> None:
        """Tell this listener of every entry from now on."""
        self._listeners.append(listener)

    def add(self, entry: Entry) -> None:
        """Keep an entry that is complete."""
        self._count += 1
        entry.n = self._count
        self.entries.append(entry)
        if len(self.entries) > KEPT:
            del self.entries[: KEPT // 10]
        if self._file:
            self._file.write(json.dumps(entry.shape(), ensure_ascii=False, default=str) + "\n")
            self._file.flush()
        for listener in self._listeners:
            listener(entry)

    def after(self, n: int) -> list[Entry]:
        """Return what came after the n-th entry."""
        return [entry for entry in self.entries if entry.n > n]

    def close(self) -> None:
        """Close the trace file."""
        if self._file:
            self._file.close()
            self._file = None
