"""Tells pagers what they are owed: tried until it is taken, no longer true, or a day old."""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.errors import Refused, Trouble, backoff
from bot.delivery.pace import Pace
from bot.delivery.pagers import Pagers
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.outbox.rows import Claimed
from policy.cases import Case
from policy.ids import ChannelId, Ts
from policy.notices import PagerService
from policy.owed import paging as owed

log = logging.getLogger(__name__)

TELL_AT = 6
"""After how many tries in vain administrators hear of it: about two minutes."""
PATIENT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """What becomes of a claimed notice for a pager."""

    database: Database
    pagers: Pagers
    clock: Clock
    pace: Pace
    metrics: Metrics

    async def send(self, claimed: Claimed, service: PagerService, case: Case | None) -> None:
        """Tell the pager, and record how that ended."""
        if service not in self.pagers.services:
            await self._cancelled(claimed, f"{service.value} is not configured any more")
            return
        try:
            await self.pagers.page(service, claimed.notice, case)
        except Refused as refused:
            await self._refused(claimed, service, refused)
            return
        async with self.database.begin() as work:
            at = Ts(f"{self.clock().timestamp():.6f}")
            await work.outbox.sent(claimed, ChannelId(service.value), at)
            await work.commit()
        self.metrics.sent.labels(type(claimed.notice.fact).__name__).inc()

    async def _refused(self, claimed: Claimed, service: PagerService, refused: Refused) -> None:
        log.warning("page %s: %s says %s", claimed.notice.key, service.value, refused.code)
        self.pace.hold(service.value, refused.retry_after, now=time.monotonic())
        now = self.clock()
        is_hopeless = refused.trouble is Trouble.OUR_BUG
        is_over = is_hopeless or now - claimed.notice.at > PATIENT_FOR
        async with self.database.begin() as work:
            if is_over:
                await work.outbox.dead(claimed, refused.code)
            else:
                at = now + backoff(claimed.attempt, refused)
                await work.outbox.later(claimed, at, refused.code)
            if is_over or claimed.attempt >= TELL_AT:
                told = owed.unusable(claimed.notice.workspace, service, refused.code, at=now)
                work.outbox.owe(told)
            await work.commit()
        if is_over:
            self.metrics.dead.labels(refused.code).inc()

    async def _cancelled(self, claimed: Claimed, why: str) -> None:
        async with self.database.begin() as work:
            await work.outbox.cancelled(claimed, why)
            await work.commit()
