"""What became of notices, and of the messages that tell them."""

from typing import Protocol

from policy.accounting import Accounting, Told
from policy.ids import ChannelId, Ts
from policy.roles import Actor


class Notices(Protocol):
    """For administrators and leads; whoever presses a button in a message may have it refreshed."""

    async def account(self, *, by: Actor) -> Accounting:
        """Return how it stands with all of them, and how often managers were told something."""
        ...

    async def story(self, key: str, *, by: Actor) -> Told | None:
        """Return what became of the notice with this key, None where it was never owed."""
        ...

    async def retry(self, key: str, *, by: Actor) -> bool:
        """Let a notice be sent again that was given up; False where none was."""
        ...

    async def refresh(self, channel: ChannelId, ts: Ts, *, by: Actor) -> bool:
        """Let the message that stands there be shown as things are now; False where none is ours."""
        ...
