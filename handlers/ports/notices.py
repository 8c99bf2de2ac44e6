"""What became of notices."""

from typing import Protocol

from policy.accounting import Accounting, Told
from policy.roles import Actor


class Notices(Protocol):
    """For administrators and leads."""

    async def account(self, *, by: Actor) -> Accounting:
        """Return how it stands with all of them, and how often managers were told something."""
        ...

    async def story(self, key: str, *, by: Actor) -> Told | None:
        """Return what became of the notice with this key, None where it was never owed."""
        ...

    async def retry(self, key: str, *, by: Actor) -> bool:
        """Let a notice be sent again that was given up; False where none was."""
        ...
