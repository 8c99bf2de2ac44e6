"""Caseflag in a Slack of its own, driven from inside, watched from outside."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from policy.cases import Case, CaseRequest, Severity
from policy.ids import AccountId, ChannelId, UserId
from policy.notices import Address, ChannelUnusable, Fact, Notice
from policy.roles import Actor
from tests.support.app import TEAM, Caseflag, a_caseflag

PATIENCE = 20
"""Seconds; a busy machine sends late, and a wait that ends costs nothing."""
ANA, ELI = UserId("U0ANA"), UserId("U0ELI")
ACME, DUTY = ChannelId("C0ACME"), ChannelId("C0DUTY")


@dataclass(frozen=True, slots=True)
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

    async def becomes(self, key: str, state: str):
        """Wait until a notice's story has come to this; each look is a read of the database."""
        async with asyncio.timeout(PATIENCE):
            while (story := await self.story(key)) is None or story.state != state:
                pass
        return story

    async def fails(self, key: str):
        """Wait until an attempt to send it has failed."""
        async with asyncio.timeout(PATIENCE):
            while (story := await self.story(key)) is None or not story.errors:
                pass
        return story

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
