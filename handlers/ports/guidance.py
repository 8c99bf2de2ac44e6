"""The interview, and what helps a person through it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from policy.casefile import CaseFile, Position, Said
from policy.guidance.gates import Reply
from policy.guidance.report import Advice
from policy.guidance.walk import Answer
from policy.ids import CaseId
from policy.roles import Actor


class Guidance(Protocol):
    """The interview. Nothing is stored until the person does what it advises."""

    async def look(
        self, case: CaseId, answers: Sequence[Answer], *, reply: Reply | None = None, by: Actor
    ) -> Position:
        """Return the gate, and the next question or outcome that these answers lead to."""
        ...

    async def comment(
        self,
        case: CaseId,
        answers: Sequence[Answer],
        text: str,
        *,
        reply: Reply | None = None,
        by: Actor,
    ) -> Said:
        """Do what the outcome *comment* advises: post it, or the chase, and remind where agreed.

        With `Reply.ANSWER` the text answers our open question.
        """
        ...

    async def leave(self, case: CaseId, answers: Sequence[Answer], *, by: Actor) -> None:
        """Store the run of a person who goes on with another case, or a new one."""
        ...

    async def advice(self, *, by: Actor) -> Sequence[Advice]:
        """Return how often the advice of each path was judged to be wrong, the worst first.

        Raises:
            NotYours: the person is neither a lead nor an administrator.
        """
        ...


class Crossings(Protocol):
    """Being told that escalating is available."""

    async def remind(self, case: CaseId, *, by: Actor) -> datetime | None:
        """Promise to tell the person, privately, when it is; return when, None if it is already."""
        ...

    async def dismiss(self, case: CaseId, *, by: Actor) -> CaseFile:
        """Note that the requester needs no escalation now; the right stays unused."""
        ...


class Drafts(Protocol):
    """What was typed into a form that could not be saved: kept for 24 hours, offered again."""

    async def keep(
        self, form: str, case: CaseId | None, typed: Mapping[str, str], *, by: Actor
    ) -> None:
        """Keep what a person typed; the newest draft per form and case replaces the one before."""
        ...

    async def kept(self, form: str, case: CaseId | None, *, by: Actor) -> Mapping[str, str]:
        """Return what was kept, field by field; empty when there is nothing."""
        ...

    async def drop(self, form: str, case: CaseId | None, *, by: Actor) -> None:
        """Forget a draft, because it was used."""
        ...
