"""The threshold table, and what another would mean."""

from collections.abc import Sequence
from typing import Protocol

from policy.ids import CaseId
from policy.laboratory import Preview, WhatIf
from policy.roles import Actor
from policy.thresholds import ThresholdTable


class Thresholds(Protocol):
    """Read the table, try another, publish it, and ask what if."""

    async def versions(self, *, by: Actor) -> Sequence[ThresholdTable]:
        """Return the last tables that were published, the current one first; administrators only."""
        ...

    async def preview(self, table: ThresholdTable, *, by: Actor) -> Preview:
        """Return what publishing the table would do to the open cases; administrators only."""
        ...

    async def publish(self, table: ThresholdTable, *, by: Actor) -> ThresholdTable:
        """Make this the table that counts; every open case's crossing follows.

        `table.version` is the version that it was drawn up against; refused as stale where another
        was published meanwhile.
        """
        ...

    async def what_if(self, case: CaseId, *, by: Actor) -> WhatIf:
        """Return when escalating the case would become available, for each severity and tier."""
        ...
