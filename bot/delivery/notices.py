"""Sends one notice: is it still true, where does it go, was it posted already; then posts it."""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.clock import Clock
from bot.delivery.elsewhere import Setting, each_administrator, instead, unusable
from bot.delivery.errors import ACTIONS, Refused, Trouble, backoff, soon
from bot.delivery.gathering import drawn, gathered, whole
from bot.delivery.pace import Pace
from bot.delivery.paging import Paging
from bot.delivery.places import (
    Destination,
    EachAdministrator,
    NotYet,
    Nowhere,
    Paged,
    Place,
    destination,
)
from bot.delivery.present import is_confidential, named, present_of
from bot.delivery.redrawing import shown_anew
from bot.delivery.slack import Posted, Slack
from bot.desk.casefiles import settings_of
from bot.desk.duty import present
from bot.desk.people import People, Roster
from bot.logs import bound
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.outbox.rows import Claimed
from policy.cases import Case
from policy.history import SYSTEM
from policy.home import LOOKED_AT_FOR
from policy.ids import EscalationId, UserId, WorkspaceId
from policy.notices import (
    Crossed,
    CrossedForDuty,
    EscalationWaits,
    Notice,
    Pager,
    Person,
    PromiseWaits,
)
from policy.promises import Kind
from policy.roles import Actor, Role
from policy.timeliness import Drop, Present, Tell, Wait, timeliness

log = logging.getLogger(__name__)

PATIENT_FOR = 6
"""Attempts that a notice waits for its card: about two minutes."""
STILL_THERE = frozenset({"messages_tab_disabled", "user_not_visible", "user_not_in_channel"})
"""Codes of people who cannot be written to, but are no less there for that."""
Lose = Callable[[WorkspaceId, EscalationId, UserId], Awaitable[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A claimed notice beside the state it speaks of."""

    claimed: Claimed
    present: Present
    to: Destination

    @property
    def notice(self) -> Notice:
        """What is to be told."""
        return self.claimed.notice

    @property
    def lane(self) -> str:
        """The channel it goes through: the card's, where that card is still to be posted."""
        if isinstance(self.to, Place):
            return self.to.channel
        if isinstance(self.to, Paged):
            return self.to.service
        case = self.present.case
        return case.channel if case and isinstance(self.to, NotYet) else self.notice.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What becomes of a claimed notice; every end is recorded where it was claimed."""

    database: Database
    slack: Slack
    people: People
    clock: Clock
    metrics: Metrics
    pace: Pace
    paging: Paging
    lose: Lose | None = None
    """Hears that whoever answers for an escalation cannot be reached any more."""

    async def errand(self, claimed: Claimed) -> Errand:
        """Read what the notice speaks of, and where it goes, as they are now."""
        notice = claimed.notice
        async with self.database.reading() as work:
            present = await present_of(work, notice)
            settings = await settings_of(work, notice.workspace)
            to = await destination(work, notice, present.case, settings)
        return Errand(claimed=claimed, present=present, to=to)

    async def run(self, claimed: Claimed) -> None:
        """Send it, if it is still true; what it speaks of is read anew for that.

        Raises:
            Refused: only when nothing at all can be sent, because the app is not let in.
        """
        notice = claimed.notice
        bound(workspace=notice.workspace, case=notice.case, notice=notice.key)
        errand = await self.errand(claimed)
        if claimed.posted:
            await shown_anew(
                self.database, self.slack, self.clock, claimed, errand.present, claimed.posted
            )
            return
        match timeliness(errand.notice, errand.present, now=self.clock()):
            case Drop(why=why):
                await self._cancelled(errand, why)
            case Wait(until=until):
                await self._later(claimed, until, "not true yet")
            case Tell() if not await gathered(self.database, claimed, now=self.clock()):
                await self._told(errand)
            case Tell():
                log.info("much was told in this hour: it stands in the digest")

    async def put_back(self, claimed: Claimed, seconds: float) -> None:
        """Leave the notice to whoever claims it then; nothing was tried."""
        at = self.clock() + timedelta(seconds=seconds)
        async with self.database.begin() as work:
            await work.outbox.later(claimed, at, "", tried=False)
            await work.commit()

    async def _told(self, errand: Errand) -> None:
        match errand.to:
            case Place() as place:
                await self._posted(errand, place)
            case NotYet():
                await self._without_card(errand)
            case Nowhere(why=why):
                await self._replaced(errand, Trouble.CHANNEL_GONE, why)
            case EachAdministrator():
                roster = await self._roster(errand.notice.workspace)
                told = each_administrator(errand.notice, roster)
                await self._exchanged(errand, told, "told each in person")
            case Paged(service=service):
                await self.paging.send(errand.claimed, service, errand.present.case)
            case _:
                assert_never(errand.to)

    async def _without_card(self, errand: Errand) -> None:
        attempt, why = errand.claimed.attempt, "its card has not been posted yet"
        if attempt > PATIENT_FOR:
            await self._replaced(errand, Trouble.CHANNEL_GONE, why)
        else:
            await self._later(errand.claimed, self.clock() + soon(attempt), why)

    async def _posted(self, errand: Errand, place: Place) -> None:
        try:
            posted = await self._found(errand, place) or await self._post(errand, place)
        except Refused as refused:
            await self._refused(errand, place, refused)
            return
        async with self.database.begin() as work:
            await work.outbox.sent(errand.claimed, posted.channel, posted.ts)
            await work.commit()
        self._measure(errand.notice)

    def _measure(self, notice: Notice) -> None:
        kind, now = type(notice.fact).__name__, self.clock()
        match notice.fact:
            case Crossed(crossing=crossing) | CrossedForDuty(crossing=crossing):
                due = crossing.crossed_at
            case _:
                due = notice.not_before or notice.at
        self.metrics.sent.labels(kind).inc()
        self.metrics.lag.labels(kind).observe(max(0.0, (now - due).total_seconds()))
        if isinstance(notice.fact, EscalationWaits):
            self.metrics.rungs.labels(Kind.ACKNOWLEDGE, "under 100").inc()
        if isinstance(notice.fact, PromiseWaits):
            late = notice.fact.percent
            self.metrics.rungs.labels(notice.fact.kind, "daily" if late is None else late).inc()

    async def _found(self, errand: Errand, place: Place) -> Posted | None:
        if not errand.claimed.is_doubtful:
            return None
        notice = errand.notice
        return await self.slack.found(
            place.channel, notice.key, thread=place.thread, since=notice.at
        )

    async def _post(self, errand: Errand, place: Place) -> Posted:
        notice = errand.notice
        message = await drawn(self.database, notice, errand.present, now=self.clock())
        return await self.slack.post(place.channel, message, key=notice.key, thread=place.thread)

    async def _refused(self, errand: Errand, place: Place, refused: Refused) -> None:
        log.warning("notice %s: %s", errand.notice.key, refused)
        self.pace.hold(place.channel, refused.retry_after, now=time.monotonic())
        trouble = _to(place, refused.trouble)
        match trouble:
            case Trouble.WAIT | Trouble.LOST | Trouble.RIGHTS_MISSING | Trouble.UNAUTHORISED:
                at = self.clock() + backoff(errand.claimed.attempt, refused)
                doubtful = trouble is Trouble.LOST
                await self._later(errand.claimed, at, refused.code, doubtful=doubtful)
            case Trouble.THREAD_GONE | Trouble.CHANNEL_GONE | Trouble.PERSON_GONE:
                await self._replaced(errand, trouble, refused.code, place)
            case Trouble.MESSAGE_GONE | Trouble.OUR_BUG:
                await self._dead(errand, refused.code)
        if trouble is Trouble.UNAUTHORISED:
            raise refused

    async def _replaced(
        self, errand: Errand, trouble: Trouble, code: str, place: Place | None = None
    ) -> None:
        now = self.clock()
        roster = await self._roster(errand.notice.workspace)
        setting = Setting(
            case=errand.present.case,
            roster=roster,
            now=now,
            leads_only=is_confidential(errand.present),
            duty=await self._duty(roster, errand.present.case, now),
        )
        found = instead(await whole(self.database, errand.notice), trouble, setting)
        if place is not None and trouble is Trouble.CHANNEL_GONE:
            told = unusable(errand.notice.workspace, place.channel, code, now=now)
            found += (told,) if told else ()
            await self._alarm(roster)
        await self._exchanged(errand, found, f"{code}: {ACTIONS[trouble]}")
        if trouble is Trouble.PERSON_GONE and code not in STILL_THERE:
            await self._lost(errand.notice)

    async def _lost(self, notice: Notice) -> None:
        """Let an escalation go back to duty whose owner is gone."""
        escalation = named(notice)
        if self.lose and escalation and isinstance(notice.to, Person):
            await self.lose(notice.workspace, escalation, notice.to.user)

    async def _exchanged(self, errand: Errand, by: tuple[Notice, ...], why: str) -> None:
        attempt, is_one = errand.claimed.attempt, isinstance(errand.notice.to, Person | Pager)
        if by:
            async with self.database.begin() as work:
                work.outbox.owe(*by)
                await work.outbox.cancelled(errand.claimed, why)
                await work.commit()
        elif is_one or attempt > PATIENT_FOR:
            await self._dead(errand, f"{why}; nobody else is left to tell")
        else:
            at, why = self.clock() + soon(attempt), "nobody is known yet who could be told"
            await self._later(errand.claimed, at, why)

    async def _later(
        self, claimed: Claimed, at: datetime, why: str, *, doubtful: bool = False
    ) -> None:
        self.metrics.retries.labels(why).inc()
        async with self.database.begin() as work:
            await work.outbox.later(claimed, at, why, doubtful=doubtful)
            await work.commit()

    async def _cancelled(self, errand: Errand, why: str) -> None:
        async with self.database.begin() as work:
            await work.outbox.cancelled(errand.claimed, why)
            await work.commit()

    async def _dead(self, errand: Errand, why: str) -> None:
        log.error("notice %s was given up: %s", errand.notice.key, why)
        self.metrics.dead.labels(why.partition(":")[0]).inc()
        async with self.database.begin() as work:
            await work.outbox.dead(errand.claimed, why)
            await work.commit()
        await self._alarm(await self._roster(errand.notice.workspace))

    async def _alarm(self, roster: Roster) -> None:
        """Let administrators who look at their homes see that something wants them."""
        people = roster.people.get(Role.ADMINISTRATOR, frozenset())
        async with self.database.begin() as work:
            since = self.clock() - LOOKED_AT_FOR
            await work.homes.outdate(roster.settings.workspace, people, since)
            await work.commit()

    async def _duty(self, roster: Roster, case: Case | None, now: datetime) -> tuple[UserId, ...]:
        engineer = frozenset({case.engineer} if case and case.engineer else ())
        async with self.database.reading() as work:
            return (await present(work, roster, unavailable=engineer, now=now)).people

    async def _roster(self, workspace: WorkspaceId) -> Roster:
        _, roster = await self.people.known(Actor(workspace=workspace, user=SYSTEM))
        return roster


def _to(place: Place, trouble: Trouble) -> Trouble:
    """Return what is gone: the channel that a person's id stands for is the person."""
    is_gone = trouble is Trouble.CHANNEL_GONE and place.is_person
    return Trouble.PERSON_GONE if is_gone else trouble
