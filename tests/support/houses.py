"""A desk over a real database, with all that tests look at when it has done something."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bot.desk import Desk
from bot.storage.cards import Card
from bot.storage.database import Database, connected
from policy.cases import Case
from policy.escalations import Escalation
from policy.guidance.walk import Answer, Run
from policy.history import Entry, broken_at
from policy.ids import AnswerId, CaseId, ChannelId, EscalationId, RunId, Ts, UserId
from policy.notices import Address, Fact, Notice
from policy.refusals import Stale
from policy.roles import Actor
from tests.support.builders import (
    ANA,
    DUTY,
    HELP,
    WORKSPACE,
    a_case_request,
    an_account,
    an_actor,
    an_escalation_request,
    workspace_settings,
)
from tests.support.clocks import StandingClock
from tests.support.directories import ToldDirectory

EVER = timedelta(days=3650)
BLOCKED = ("this", "blocked", "none")
"""The answers that lead to an escalation, while no next step is agreed."""


def answers(*choices: str) -> tuple[Answer, ...]:
    """Return a run's answers by their ids; text is typed where it helps."""
    return tuple(Answer(choice=AnswerId(choice), text="By phone on Monday.") for choice in choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A desk with Acme, its people, and ours."""

    desk: Desk
    database: Database
    clock: StandingClock
    directory: ToldDirectory
    wakes: list[None]
    """One for each time that somebody was told to look."""
    ids: list[str]
    """Every id given out so far."""

    async def opens(self, by: UserId = ANA, here: ChannelId | None = HELP, **facts: Any) -> Case:
        """Open a case, whatever makes one hesitate."""
        request = a_case_request(despite_warning=True, **facts)
        opened = await self.desk.cases.open(request, by=an_actor(by, here))
        assert isinstance(opened, Case)
        return opened

    async def escalates(
        self, case: CaseId, by: UserId = ANA, *, saying: tuple[str, ...] = BLOCKED, **facts: Any
    ) -> Escalation:
        """Escalate a case with the answers that lead there."""
        return await self.desk.escalations.submit(
            case, an_escalation_request(**facts), answers=answers(*saying), by=an_actor(by)
        )

    async def posts_card(self, case: CaseId, ts: str = "1748851200.000100") -> Ts:
        """Let the case's card be posted, as delivery does; return its thread."""
        async with self.database.begin() as work:
            card = await work.cards.of(WORKSPACE, "case", case)
            assert card is not None
            await work.cards.shown(card, card.channel, Ts(ts), 1)
            await work.commit()
        return Ts(ts)

    async def case(self, case: CaseId) -> Case:
        """Return the case as it is kept."""
        async with self.database.reading() as work:
            return await work.cases.get(WORKSPACE, case)

    async def card(self, subject: CaseId | EscalationId) -> Card | None:
        """Return the subject's card, if it is to have one."""
        kind = "case" if subject.startswith("CASE-") else "escalation"
        async with self.database.reading() as work:
            return await work.cards.of(WORKSPACE, kind, subject)  # type: ignore[arg-type]

    async def board(self) -> Card | None:
        """Return the duty channel's board, if there is to be one."""
        async with self.database.reading() as work:
            return await work.cards.of(WORKSPACE, "board", DUTY)

    async def entries(self, case: CaseId) -> list[Entry]:
        """Return the case's history, whose chain has to verify."""
        async with self.database.reading() as work:
            found = await work.history.of(WORKSPACE, case)
        assert broken_at(found) is None
        return found

    async def story(self, case: CaseId) -> list[str]:
        """Return what happened to the case, by word and verb."""
        return [entry.change.what for entry in await self.entries(case)]

    async def runs(self) -> list[Run]:
        """Return every run of the guidance that was stored, of all ids ever given out."""
        found = []
        async with self.database.reading() as work:
            for each in self.ids:
                with suppress(Stale):
                    found.append(await work.runs.get(WORKSPACE, RunId(each)))
        return found

    async def owed(self, kind: type[Fact] | None = None) -> list[Notice]:
        """Return the notices owed so far, or those of one kind, the most urgent first."""
        async with self.database.begin() as work:  # left without commit: nothing is claimed
            claimed = await work.outbox.claim(self.clock() + EVER, 5000, timedelta(minutes=1))
        return [
            each.notice for each in claimed if kind is None or isinstance(each.notice.fact, kind)
        ]

    async def told(self, kind: type[Fact]) -> list[Address]:
        """Return where the notices of one kind go."""
        return [notice.to for notice in await self.owed(kind)]


@asynccontextmanager
async def a_house(database_url: str) -> AsyncIterator[House]:
    """Open the database, and settle in: settings, and the account Acme."""
    clock, directory = StandingClock(), ToldDirectory()
    wakes: list[None] = []
    ids: list[str] = []

    def new_id() -> str:
        ids.append(uuid4().hex)
        return ids[-1]

    async with connected(database_url) as database:
        desk = Desk.over(
            database, clock, directory, wake=lambda: wakes.append(None), new_id=new_id
        )
        await desk.settings.fill(WORKSPACE, workspace_settings())
        await desk.imports.account(an_account())
        yield House(
            desk=desk,
            database=database,
            clock=clock,
            directory=directory,
            wakes=wakes,
            ids=ids,
        )


def outside(user: UserId) -> Actor:
    """Return a person who acts where no account is linked."""
    return an_actor(user, ChannelId("CGENERAL"))
