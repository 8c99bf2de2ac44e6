"""How often Slack lets an app call, told by the workbench's clock."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Tier(Enum):
    """Calls a minute per method, workspace and app."""

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100
    SPECIAL = 600

    @property
    def per_second(self) -> float:
        """Return how fast an empty bucket fills again."""
        return self.value / 60


POSTS_PER_CHANNEL: Final = 1.0
POSTS_BURST: Final = 4


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


class Limits:
    """Token buckets, one per method, workspace and app; posts have one per channel, too."""

    def __init__(self, *, is_enforced: bool = True) -> None:
        self.is_enforced = is_enforced
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def call(self, method: str, tier: Tier, *, team: str, app: str, now: float) -> int | None:
        """Count a call; return after how many seconds to come back when it is one too many."""
        key = (method, team, app)
        return self._take(key, capacity=tier.value, per_second=tier.per_second, now=now)

    def post(self, channel: str, *, app: str, now: float) -> int | None:
        """Count a message; return after how many seconds to come back when it is one too many."""
        return self._take(
            ("post", channel, app), capacity=POSTS_BURST, per_second=POSTS_PER_CHANNEL, now=now
        )

    def respond(self, address: str, *, now: float) -> int | None:
        """Count an answer to a response address, in the same way."""
        return self._take(
            ("respond", address), capacity=POSTS_BURST, per_second=POSTS_PER_CHANNEL, now=now
        )

    def _take(
        self, key: tuple[str, ...], *, capacity: int, per_second: float, now: float
    ) -> int | None:
        if not self.is_enforced:
            return None
        bucket = self._buckets.setdefault(key, _Bucket(capacity, now))
        bucket.level = min(capacity, bucket.level + (now - bucket.at) * per_second)
        bucket.at = now
        if bucket.level < 1:
            return max(1, math.ceil((1 - bucket.level) / per_second))
        bucket.level -= 1
        return None
