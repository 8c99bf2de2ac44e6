"""What can be measured from outside; `/metrics` shows it in Prometheus' format."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

RELEASE = "release"
"""The part that is not well where another release's tables are in the database."""


class Answering:
    """What people did, and how fast they were answered."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.deliveries = Counter(
            "caseflag_deliveries",
            "What Slack delivered to us, by kind and answer",
            ("kind", "status"),
            registry=registry,
        )
        self.ack_seconds = Histogram(
            "caseflag_ack_seconds",
            "How long Slack waited for our answer; it waits three seconds at most",
            ("kind",),
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
            registry=registry,
        )
        self.listener_errors = Counter(
            "caseflag_listener_errors",
            "What people did that failed because of us, by listener",
            ("listener",),
            registry=registry,
        )


class Telling:
    """What became of notices."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.sent = Counter(
            "caseflag_notices_sent", "Notices delivered", ("fact",), registry=registry
        )
        self.dead = Counter(
            "caseflag_notices_dead",
            "Notices given up, by Slack's reason; each one wants a person's look",
            ("error",),
            registry=registry,
        )
        self.retries = Counter(
            "caseflag_notice_retries",
            "Notices put back to be tried again, by the reason",
            ("why",),
            registry=registry,
        )
        self.lag = Histogram(
            "caseflag_notice_lag_seconds",
            "How long after it was due a notice was delivered; a crossing from its very moment",
            ("fact",),
            buckets=(1, 2, 5, 10, 30, 60, 300, 900, 3600, 86400),
            registry=registry,
        )
        self.rungs = Counter(
            "caseflag_rungs",
            "Steps of insistence that reached somebody, by the promise and how late it was",
            ("promise", "percent"),
            registry=registry,
        )


class Asking:
    """What we asked of Slack and of the database."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.troubles = Counter(
            "caseflag_slack_troubles",
            "Calls that Slack did not answer with ok, by what we made of it",
            ("trouble", "error"),
            registry=registry,
        )
        self.calls = Histogram(
            "caseflag_slack_call_seconds",
            "How long Slack took to answer, by method and what it answered",
            ("method", "result"),
            buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
            registry=registry,
        )
        self.database_seconds = Histogram(
            "caseflag_database_seconds",
            "How long a statement took",
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5),
            registry=registry,
        )


class Waiting:
    """What waits, and for how long."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.depth = Gauge(
            "caseflag_outbox_depth",
            "Notices that may be sent and are not yet, by what they tell",
            ("fact",),
            registry=registry,
        )
        self.age = Gauge(
            "caseflag_outbox_age_seconds",
            "How long the oldest of them has been waiting",
            ("fact",),
            registry=registry,
        )
        self.oldest_pending = Gauge(
            "caseflag_outbox_oldest_pending_seconds",
            "How long the oldest notice that could be sent has been waiting",
            registry=registry,
        )
        self.crossings_lag = Gauge(
            "caseflag_crossings_lag_seconds",
            "How long a crossing has been due without being announced",
            registry=registry,
        )
        self.overdue = Gauge(
            "caseflag_overdue",
            "1 while something has been due for a minute, and a look at once did not help",
            registry=registry,
        )
        self.since_tick = Gauge(
            "caseflag_seconds_since_last_tick",
            "How long ago the scheduler last looked for what is due",
            registry=registry,
        )


class Metrics(Answering, Telling, Asking, Waiting):
    """The numbers of one running Caseflag: a registry of its own, so that two never mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for part in (Answering, Telling, Asking, Waiting):
            part.__init__(self, self.registry)

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

    def is_well(self, part: str) -> bool:
        """Tell whether a part has said nothing else."""
        return self.parts.get(part, "ok") == "ok"
