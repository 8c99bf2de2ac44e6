"""How a person hears of what."""

from typing import Protocol

from policy.hearing import Preferences
from policy.roles import Actor


class Hearing(Protocol):
    """Each person's own choice."""

    async def read(self, *, by: Actor) -> Preferences:
        """Return how the person hears of what."""
        ...

    async def choose(self, chosen: Preferences, *, by: Actor) -> Preferences:
        """Let the person hear of it in this way from now on."""
        ...
