"""Lists of cases, and what is found by words."""

from typing import Protocol

from policy.lists import CaseFilter, Listing
from policy.roles import Actor


class Lists(Protocol):
    """Look cases up."""

    async def page(self, wanted: CaseFilter, number: int, *, by: Actor) -> Listing:
        """Return one page of the cases that were wanted, of those the person may see."""
        ...
