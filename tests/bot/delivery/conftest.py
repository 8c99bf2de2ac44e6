"""Caseflag in a Slack of its own, driven from inside, watched from outside."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import aiohttp
import pytest

from policy.cases import Case, CaseRequest, Severity
from policy.ids import AccountId, ChannelId, UserId
from policy.notices import Address, ChannelUnusable, Fact, Notice
from policy.roles import Actor
from tests.support.app import TEAM, Caseflag, a_caseflag
from tests.support.waiting import Commits

ANA, ELI = UserId("U0ANA"), UserId("U0ELI")
ACME, DUTY = ChannelId("C0ACME"), ChannelId("C0DUTY")


@dataclass(frozen=True)
class Delivery:
    """What tests of delivery do with it."""

    caseflag: Caseflag

    @property
    def desk(self):
        return self.caseflag.app.parts.desk

    @property
    def database(self):
        return self.caseflag.app.parts.database

    @property
    def health(self):
        return self.caseflag.app.parts.health

    @property
    def metrics(self):
        return self.caseflag.app.parts.metrics.text().decode()

    def now(self):
        return self.caseflag.app.parts.clock()

    def faults(self, method: str, fault: str, **more: Any) -> None:
        self.caseflag.bench.faults.order({"method": method, "fault": fault, **more})

    async def admin(self, what: str, **wish: Any) -> None:
        """Do what an administrator of Slack can do."""
        ana = await self.caseflag.person("ana").arrives()
        await ana._server.post(f"admin/{what}", wish)

    async def opens(self, title="Login is down", severity=Severity.S3, here=ACME) -> Case:
        request = CaseRequest(
            account=AccountId("acme"),
            title=title,
            description="Nobody can sign in since nine this morning.",
            severity=severity,
            business_impact="Everything stands still.",
            despite_warning=True,
        )
        case = await self.desk.cases.open(request, by=Actor(workspace=TEAM, user=ANA, here=here))
        assert isinstance(case, Case)
        return case

    async def comments(self, case: Case, text: str) -> None:
        await self.desk.comments.add(case.id, text, by=Actor(workspace=TEAM, user=ANA))

    async def owes(self, key: str, to: Address, *, urgency=3, fact: Fact | None = None, **more):
        """Owe notices as a use case would; the fact is one that needs no case."""
        more |= {"urgency": urgency} | ({"fact": fact} if fact else {})
        notice = self.a_notice(key, to, at=self.now(), **more)
        async with self.database.begin() as work:
            work.outbox.owe(notice)
            await work.commit()
        self.caseflag.app.parts.bell.ring()

    @staticmethod
    def a_notice(key: str, to: Address, **facts: Any) -> Notice:
        """Return a notice that needs no case."""
        fact = ChannelUnusable(channel=ChannelId("C0GONE"), error=key)
        known = {"workspace": TEAM, "key": key, "to": to, "fact": fact, "urgency": 3}
        return Notice(**(known | facts))

    async def story(self, key: str):
        async with self.database.reading() as work:
            return await work.stories.of(TEAM, key)

    async def card(self, case: Case):
        async with self.database.reading() as work:
            return await work.cards.of(TEAM, "case", case.id)

    async def moves(self, **by: float) -> None:
        await self.caseflag.clock.moves(**by)

    @cached_property
    def commits(self) -> Commits:
        """What a test waits for."""
        return Commits(self.database)

    async def becomes(self, key: str, state: str):
        """Wait until a notice's story has come to this."""
        return await self.tells(key, lambda story: story.state == state)

    async def fails(self, key: str, *, times: int = 1):
        """Wait until attempts to send it have failed."""
        return await self.tells(key, lambda story: len(story.errors) >= times)

    async def tells(self, key: str, fits):
        """Wait until the story of a notice fits."""
        return await self.commits.until(
            lambda: self.story(key), lambda story: story is not None and fits(story)
        )

    async def shows(self, case: Case, fits):
        """Wait until a case's card fits."""
        return await self.commits.until(lambda: self.card(case), fits)

    async def ready(self):
        """Ask the doors how it is."""
        return await self.asked(self.caseflag.app.port)

    @staticmethod
    async def asked(port):
        url = f"http://127.0.0.1:{port}/readyz"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, (await answer.json())["checks"]


@pytest.fixture
async def delivery(sqlite_url):
    async with a_caseflag(sqlite_url) as running:
        yield Delivery(running)


@pytest.fixture
def ana(delivery):
    return delivery.caseflag.person("ana")


@pytest.fixture
def ben(delivery):
    return delivery.caseflag.person("ben")


@pytest.fixture
def adam(delivery):
    return delivery.caseflag.person("adam")


@pytest.fixture
def mona(delivery):
    return delivery.caseflag.person("mona")
