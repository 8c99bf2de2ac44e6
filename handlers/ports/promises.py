"""The ledger: who said to do what by when, and whether they did."""

from datetime import datetime
from typing import Protocol

from policy.ids import EscalationId, PromiseId, UserId
from policy.promises import Ledger, Promise
from policy.roles import Actor


class Promises(Protocol):
    """Dated commitments of escalations, kept and missed."""

    async def of(self, escalation: EscalationId, *, by: Actor) -> Ledger:
        """Return an escalation's promises, as far as the person may know of them.

        The customer side sees when the next update comes; the targets where the workspace shows
        them; and never what was agreed among ourselves.
        """
        ...

    async def make(
        self,
        escalation: EscalationId,
        action: str,
        actor: UserId,
        due_at: datetime,
        *,
        by: Actor,
    ) -> Promise:
        """Note that somebody will do something by a date; the owner does, and that person hears.

        Raises:
            OutOfTime: the date is past.
        """
        ...

    async def keep(self, promise: PromiseId, *, by: Actor) -> Promise:
        """Note that an action was done, as whoever does it says, or the owner.

        Raises:
            Stale: it is no action item, or no longer open.
        """
        ...
