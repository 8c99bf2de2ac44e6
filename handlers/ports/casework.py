"""What the support side does with a case, what answers it, and who hears of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from policy.casefile import CaseFile
from policy.cases import ThirdParty
from policy.ids import CaseId, UserId
from policy.roles import Actor


class Working(Protocol):
    """What the support side does."""

    async def assign(
        self, case: CaseId, engineer: UserId, note: str = "", *, by: Actor
    ) -> CaseFile:
        """Give the case to an engineer, as a lead or duty manager, or hand an own one on.

        The note is for that engineer alone.
        """
        ...

    async def wait(self, case: CaseId, third: ThirdParty, text: str, *, by: Actor) -> CaseFile:
        """Let the case wait for somebody else until a date; the text tells the customer.

        To wait for the customer is a comment that asks: `Comments.add(is_question=True)`.
        """
        ...

    async def resume(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Put the case back in progress: it waits for nobody any more."""
        ...

    async def propose(self, case: CaseId, text: str, *, by: Actor) -> CaseFile:
        """Propose what solves the case; accepted or not answered, it closes it."""
        ...

    async def merge(self, case: CaseId, into: CaseId, *, by: Actor) -> CaseFile:
        """Merge a duplicate into another case of the same account; its followers move along."""
        ...


class Answering(Protocol):
    """What the requester answers to a proposed solution."""

    async def accept(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Accept it: the case is closed."""
        ...

    async def reject(self, case: CaseId, reason: str, *, by: Actor) -> CaseFile:
        """Say why it is not solved: the case is in progress again."""
        ...


class Following(Protocol):
    """Who hears of a case, and what it is linked to."""

    async def link(self, case: CaseId, other: CaseId, *, by: Actor) -> CaseFile:
        """Let two cases of the same account name each other."""
        ...

    async def follow(self, case: CaseId, *, follows: bool, by: Actor) -> CaseFile:
        """Let the person hear of the case, or no longer; twice is once."""
        ...

    async def choose_followers(
        self, case: CaseId, chosen: Collection[UserId], *, by: Actor
    ) -> CaseFile:
        """Let these people hear of the case, and nobody who followed it before and is not named."""
        ...

    async def remind(self, case: CaseId, text: str, remind_at: datetime, *, by: Actor) -> CaseFile:
        """Promise to remind the person of the case at a time, privately.

        Raises:
            OutOfTime: the time is not ahead.
        """
        ...


class Casework(Working, Answering, Following, Protocol):
    """Work a case until it is solved, and hear of it."""
