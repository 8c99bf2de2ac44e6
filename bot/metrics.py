"""What can be measured from outside; `/metrics` shows it in Prometheus' format."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """The numbers of one running Caseflag: a registry of its own, so that two never mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.deliveries = Counter(
            "caseflag_deliveries",
            "What Slack delivered to us, by kind and answer",
            ("kind", "status"),
            registry=self.registry,
        )
        self.ack_seconds = Histogram(
            "caseflag_ack_seconds",
            "How long Slack waited for our answer; it waits three seconds at most",
            ("kind",),
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
            registry=self.registry,
        )
        self.sent = Counter(
            "caseflag_notices_sent", "Notices delivered", ("fact",), registry=self.registry
        )
        self.dead = Counter(
            "caseflag_notices_dead",
            "Notices given up, by Slack's reason; each one wants a person's look",
            ("error",),
            registry=self.registry,
        )
        self.troubles = Counter(
            "caseflag_slack_troubles",
            "Calls that Slack did not answer with ok, by what we made of it",
            ("trouble", "error"),
            registry=self.registry,
        )
        self.oldest_pending = Gauge(
            "caseflag_outbox_oldest_pending_seconds",
            "How long the oldest notice that could be sent has been waiting",
            registry=self.registry,
        )
        self.since_tick = Gauge(
            "caseflag_seconds_since_last_tick",
            "How long ago the scheduler last looked for what is due",
            registry=self.registry,
        )

    def text(self) -> bytes:
        """Return everything as Prometheus reads it."""
        return generate_latest(self.registry)


class Health:
    """What each part last said of itself: `ok`, or what is wrong with it; `/readyz` shows it."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    def says(self, part: str, state: str = "ok") -> None:
        """Note how a part is."""
        self.parts[part] = state
