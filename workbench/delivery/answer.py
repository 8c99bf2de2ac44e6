"""What an app answers to a delivery, however it travelled."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from workbench.state.shapes import Json

ACK_SECONDS = 3.0
TIMEOUT = "http_timeout"
CONNECTION_FAILED = "connection_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An app's answer; `failure` is Slack's word for why there is none that counts."""

    body: Json | str | None = None
    status: int | None = None
    failure: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)  # the headers it answers

    @property
    def is_ok(self) -> bool:
        """Tell whether the delivery counts as delivered."""
        return self.failure is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Something to deliver: its kind, the name by which the log knows it, and its payload."""

    kind: str  # command, action, submission, suggestion, shortcut, event
    name: str
    payload: Json
    retry: int = 0
    reason: str | None = None

    @property
    def channel(self) -> str | None:
        """Return the channel it is about, if it is about one."""
        told = self.payload.get("event", self.payload)
        channel = told.get("channel") or told.get("channel_id")
        return channel.get("id") if isinstance(channel, dict) else channel

    @property
    def envelope(self) -> str:
        """Return the type of the Socket Mode envelope that carries it."""
        return {"command": "slash_commands", "event": "events_api"}.get(self.kind, "interactive")


class Tasks:
    """Work that goes on in the background until the workbench stops."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin something nobody waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """End all of it."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
