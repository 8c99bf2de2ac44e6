"""One person's act: one unit of work, from the look at who acts to its one commit."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from bot.clock import Clock
from bot.desk.casefiles import file_of, record_of
from bot.desk.people import People, Roster
from bot.desk.spreading import spread
from bot.storage.database import Database
from bot.storage.work import Work
from policy.casefile import CaseFile
from policy.cases import Case, may_see
from policy.guidance.gates import Record
from policy.history import Change, Value, difference
from policy.home import LOOKED_AT_FOR, people_of
from policy.ids import CaseId, UserId, WorkspaceId
from policy.notices import Notice, PagerService
from policy.refusals import NoSuchCase, Unreadable
from policy.roles import Actor, Standing
from policy.settings import WorkspaceSettings


class Files(Protocol):
    """What Slack keeps for people."""

    async def text(self, url: str, /) -> str:
        """Return what a file says.

        Raises:
            Unreadable: it cannot be read, or is no text.
        """
        ...


class NoFiles:
    """Where there is no Slack to ask."""

    async def text(self, _url: str) -> str:
        """Read nothing."""
        raise Unreadable(field="upload", message="There are no files here.")


NO_FILES = NoFiles()


def fresh_id() -> str:
    """Return an id that nothing else has."""
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every use case stands on."""

    database: Database
    clock: Clock
    people: People
    wake: Callable[[], None]
    """Tells whoever delivers that there is something to look at."""
    new_id: Callable[[], str] = fresh_id
    pagers: frozenset[PagerService] = frozenset()
    """What is told of escalations besides Slack."""
    site: str = ""
    """Where the workspace's messages are addressed."""
    files: Files = NO_FILES
    """What people bring along in forms."""

    @asynccontextmanager
    async def acting(self, by: Actor) -> AsyncIterator["Act"]:
        """Begin a unit of work that may change things; leaving without `commit()` undoes it."""
        who, roster = await self.people.known(by)
        async with self.database.begin() as work:
            yield Act(work=work, who=who, roster=roster, now=self.clock(), means=self)

    @asynccontextmanager
    async def looking(self, by: Actor) -> AsyncIterator["Act"]:
        """Begin a unit of work that only reads."""
        who, roster = await self.people.known(by)
        async with self.database.reading() as work:
            yield Act(work=work, who=who, roster=roster, now=self.clock(), means=self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one person does at one moment."""

    work: Work
    who: Standing
    roster: Roster
    now: datetime
    means: Means
    touched: set[UserId] = field(default_factory=set)
    """Whose cases were changed: their homes show it."""

    @property
    def workspace(self) -> WorkspaceId:
        """Where it happens."""
        return self.who.actor.workspace

    @property
    def settings(self) -> WorkspaceSettings:
        """What the workspace had decided when the person was looked up."""
        return self.roster.settings

    async def case(self, case: CaseId) -> Case:
        """Return a case that the person may see.

        Raises:
            NoSuchCase: there is none, or it is not for this person: one answer for both (G1).
        """
        found = await self.work.cases.find(self.workspace, case)
        if found is None or not may_see(found, self.who):
            raise NoSuchCase(case=case)
        return found

    async def record(self, case: Case) -> Record:
        """Return what the record knows about a case, the gates' ground."""
        return await record_of(self.work, case, self.settings)

    async def file(self, case: Case, record: Record | None = None) -> CaseFile:
        """Return the case as this person reads it; what its `record` says is not read again."""
        return await file_of(self.work, case, who=self.who, record=record, now=self.now)

    async def changed(self, before: Case, after: Case, what: str, **besides: Value) -> Case:
        """Save a case, and enter in its history what became of it."""
        was, became = difference(before, after)
        await self.work.cases.save(after)
        self.touched.update(people_of(before, after))
        await self.note(after.id, what, was, {**became, **besides})
        return after

    async def note(
        self,
        case: CaseId,
        what: str,
        before: dict[str, Value] | None = None,
        after: dict[str, Value] | None = None,
    ) -> None:
        """Enter in a case's history what happened."""
        await self.work.history.append(self._change(case, what, before, after))

    async def begin(self, case: CaseId, what: str, after: dict[str, Value]) -> None:
        """Enter what happened as the first in the history of a case that this act adds."""
        await self.work.history.begin(self._change(case, what, None, after))

    def _change(
        self,
        case: CaseId,
        what: str,
        before: dict[str, Value] | None,
        after: dict[str, Value] | None,
    ) -> Change:
        return Change(
            workspace=self.workspace,
            case=case,
            at=self.now,
            by=self.who.user,
            what=what,
            before=before or None,
            after=after or None,
        )

    async def spoke_of(self, case: CaseId) -> None:
        """Note which case the person spoke of last in this channel."""
        if here := self.who.actor.here:
            await self.work.cases.talked(self.workspace, here, self.who.user, case, self.now)

    def owe(self, *notices: Notice) -> None:
        """Owe notices; one with a known key is owed already."""
        self.work.outbox.owe(*notices)

    async def redraw_escalation(self, case: Case) -> None:
        """Let the escalation's card, which shows its case, be drawn anew."""
        escalation = await self.work.escalations.of_case(self.workspace, case.id)
        if escalation is not None and escalation.is_open:
            await self.work.escalations.save(replace(escalation, version=escalation.version + 1))

    async def commit(self) -> None:
        """Make it so, all of it at once, and let whoever delivers have a look."""
        await spread(self.work, self.work.outbox.owed, by=self.who.user, now=self.now)
        concerned = {self.who.user, *self.touched}
        if self.workspace in self.work.cards.boards:
            concerned |= self.roster.answering
        await self.work.homes.outdate(self.workspace, concerned, self.now - LOOKED_AT_FOR)
        await self.work.commit()
        self.means.wake()
