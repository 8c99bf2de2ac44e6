"""How fast we speak: one message a second and channel, after a short burst."""


class Pace:
    """Remembers per channel when it may be spoken in next; moments are monotonic seconds."""

    def __init__(self, *, interval: float = 1.0, burst: int = 3) -> None:
        self._interval = interval
        self._slack = (burst - 1) * interval
        self._due: dict[str, float] = {}

    def wait(self, channel: str, *, now: float) -> float:
        """Return after how many seconds the channel may be spoken in: 0 for now."""
        return max(0.0, self._due.get(channel, now) - self._slack - now)

    def take(self, channel: str, *, now: float) -> None:
        """Count one message."""
        self._forget(now)
        self._due[channel] = max(now, self._due.get(channel, now)) + self._interval

    def hold(self, channel: str, seconds: float, *, now: float) -> None:
        """Keep silent there for so long, as Slack asked; 0 where it did not."""
        if not seconds:
            return
        self._due[channel] = max(self._due.get(channel, now), now + seconds + self._slack)

    def _forget(self, now: float) -> None:
        if len(self._due) > 1000:  # noqa: PLR2004 - only so that it does not grow for ever
            self._due = {channel: due for channel, due in self._due.items() if due > now}
