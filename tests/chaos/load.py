"""What goes on meanwhile: cases that cross, updates, escalations, and people at their forms."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import aiohttp
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import SystemClock
from bot.desk import Desk
from policy.cases import Case, Severity
from policy.escalations import EscalationRequest, Reason
from policy.ids import CaseId, ChannelId, UserId
from policy.refusals import Refusal
from policy.roles import Actor
from policy.thresholds import SHIPPED, is_available
from tests.chaos.replicas import pause
from tests.chaos.town import CUSTOMERS, Customer
from tests.support.app import TEAM
from tests.support.deeds import ABOUT, BLOCKED, answers, asks_guidance, fills_escalation
from tests.support.houses import BLOCKED as BLOCKED_IDS
from tests.support.houses import answers as chosen
from workbench import Person, Workbench

DISTURBED = (SQLAlchemyError, OSError, TimeoutError, aiohttp.ClientError)
"""What happens to whoever works while the database or the door is gone."""
DEEDS = 3
"""What happens to one case, on average."""
SOONEST = timedelta(seconds=3)
MANAGERS = (UserId("U0MONA"), UserId("U0OTTO"))
IMPACT = "Nobody at three sites can sign in, and every order of today is lost."
WANTED = "A plan with dates, from someone who can decide."


@dataclass(slots=True, kw_only=True)
class Acked:
    """What somebody was told had been done; it must be there at the end."""

    cases: set[str] = field(default_factory=set)
    """By title."""
    escalations: set[CaseId] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)
    """By text."""
    refused: Counter[str] = field(default_factory=Counter)
    """How often a rule, or the weather, said no."""

    @property
    def forms(self) -> int:
        """How many forms were acked."""
        return len(self.cases) + len(self.escalations) + len(self.comments)


@dataclass(slots=True, kw_only=True)
class Load:
    """Makes it, at random, as fast as `progress` says."""

    bench: Workbench
    desk: Desk
    clock: SystemClock
    chance: random.Random
    cases: int
    """How many begin elsewhere."""
    crossing: timedelta
    """How soon they cross, at most."""
    progress: Callable[[], float]
    acked: Acked = field(default_factory=Acked)
    imported: list[Case] = field(default_factory=list)

    async def goes_on(self, over: asyncio.Event) -> None:
        """Go on until it is all over; what people have begun they finish."""
        people = [self._person(customer, over) for customer in CUSTOMERS[:3]]
        await asyncio.gather(self._imports(over), self._desk(over), *people)

    async def _imports(self, over: asyncio.Event) -> None:
        number = 0
        while number < self.cases and not over.is_set():
            if number >= self.cases * self.progress() + self.cases / 5:  # a storm to begin with
                await pause(0.2, over)
                continue
            if await self._disturbed(self._import(number)):
                number += 1

    async def _import(self, number: int) -> None:
        """Bring in a case that crosses soon; again, after a lost answer, is nothing."""
        customer = CUSTOMERS[min(int(self.chance.expovariate(0.35)), len(CUSTOMERS) - 1)]
        severity = Severity.S1 if number % 5 == 0 else Severity.S3
        crosses_at = self.clock() + SOONEST + self.chance.random() * self.crossing
        case = customer.case(self._title(number), severity, crosses_at=crosses_at)
        self.imported.append(await self.desk.imports.case(case))

    def _title(self, number: int) -> str:
        words = (f"{self.chance.getrandbits(32):08x}" for _ in range(3))
        return f"{number}: {' '.join(words)}"

    async def _desk(self, over: asyncio.Event) -> None:
        done = 0
        while not over.is_set():
            await pause(0.1 + self.chance.random() / 4, over)
            if self.imported and done < DEEDS * self.cases * self.progress() + DEEDS:
                done += 1
                deed = self.chance.choice((self._comments, self._comments, self._escalates))
                await self._disturbed(deed(self.chance.choice(self.imported)))

    async def _comments(self, case: Case) -> None:
        text = f"Update {self.chance.getrandbits(64):016x}"
        await self.desk.comments.add(case.id, text, by=_who(case.requester, case.channel))
        self.acked.comments.add(text)

    async def _escalates(self, case: Case) -> None:
        """Escalate twice at once, and let two acknowledge at once."""
        if not is_available(case, SHIPPED, now=self.clock()) or case.severity is Severity.S1:
            return
        request = EscalationRequest(
            reason=Reason.BLOCKED, impact=IMPACT, wanted=WANTED, contact=case.contact
        )
        by = _who(case.requester, case.channel)
        submitting = (
            self.desk.escalations.submit(case.id, request, answers=chosen(*BLOCKED_IDS), by=by)
            for _ in range(2)
        )
        tried = await asyncio.gather(*submitting, return_exceptions=True)
        for each in tried:
            if isinstance(each, BaseException):
                self.acked.refused[type(each).__name__] += 1
                continue
            self.acked.escalations.add(case.id)
            acknowledging = (
                self.desk.escalations.acknowledge(each.id, by=_who(user)) for user in MANAGERS
            )
            await asyncio.gather(*acknowledging, return_exceptions=True)

    async def _person(self, customer: Customer, over: asyncio.Event) -> None:
        person = self.bench.person(customer.name)
        while not over.is_set():
            deed = self.chance.choice((self._opens, self._asks_for_more))
            with suppress(AssertionError, *DISTURBED):  # what they see then is Slack's trouble
                await deed(person, customer)
            with suppress(AssertionError, *DISTURBED):
                await person.closes(everything=True)
            await pause(self.chance.random(), over)

    async def _opens(self, person: Person, customer: Customer) -> None:
        title = self._title(0)
        await person.commands("/case open", channel=f"{customer.name}-support")
        await person.modal(title="Open a case")
        await person.chooses("Severity", "S3")
        await person.fill("Title", title)
        await person.fill("What is the problem?", f"It began at noon: {title}.")
        if await person.submits() == {}:
            await person.sees("is open", within=1)  # or a form that asks once more
            self.acked.cases.add(title)

    async def _asks_for_more(self, person: Person, customer: Customer) -> None:
        now = self.clock()
        ready = [
            each
            for each in self.imported
            if each.requester == customer.user
            and each.severity is Severity.S3
            and each.id not in self.acked.escalations
            and is_available(each, SHIPPED, now=now)
        ]
        if not ready:
            return
        case, channel = self.chance.choice(ready), f"{customer.name}-support"
        await asks_guidance(person, case.id, channel=channel)
        await person.sees(ABOUT[0], within=2)
        await answers(person, *BLOCKED)
        await person.presses("Fill in the form")
        await fills_escalation(person)
        if await person.submits() == {}:
            await person.sees("is escalated since", within=1)
            self.acked.escalations.add(case.id)

    async def _disturbed(self, deed: Awaitable[None]) -> bool:
        try:
            await deed
        except Refusal as refusal:
            self.acked.refused[type(refusal).__name__] += 1
        except DISTURBED as error:
            self.acked.refused[type(error).__name__] += 1
            return False
        return True


def _who(user: UserId, here: ChannelId | None = None) -> Actor:
    return Actor(workspace=TEAM, user=user, here=here)
