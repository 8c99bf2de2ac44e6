"""What Slack remembers for us in a modal: typed, packed and unpacked here only.

It carries ids and answers, never state: the server decides what is true.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from typing_extensions import override

from policy.cases import Severity
from policy.comments import CommentKind
from policy.guidance.gates import Reply
from policy.guidance.walk import Answer
from policy.hours import Span
from policy.ids import (
    AccountId,
    AnswerId,
    CaseId,
    ChannelId,
    EscalationId,
    RequestId,
    ShiftId,
    Tier,
)
from policy.roles import Actor
from policy.thresholds import ThresholdTable

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a modal was opened: a submission does not say."""

    here: ChannelId | None = None

    def pack(self) -> str:
        """Return it as a modal's `private_metadata`."""
        kept = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpack(cls, packed: str) -> Self:
        """Return what was packed."""
        return cls(**cls._revived(json.loads(packed)))

    @classmethod
    def _revived(cls, kept: dict[str, Any]) -> dict[str, Any]:
        return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePath(Place):
    """A modal about one case."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPath(CasePath):
    """A comment being written."""

    kind: CommentKind = CommentKind.COMMENT

    @classmethod
    @override
    def _revived(cls, kept: dict[str, Any]) -> dict[str, Any]:
        return {**kept, "kind": CommentKind(kept["kind"])}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPath(Place):
    """A case being opened, perhaps to go on from a closed one."""

    continues: CaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePath(Place):
    """A message that is being added to a case."""

    links: tuple[str, ...] = ()

    @classmethod
    @override
    def _revived(cls, kept: dict[str, Any]) -> dict[str, Any]:
        return {**kept, "links": tuple(kept.get("links", ()))}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPath(Place):
    """The answer to one severity request."""

    request: RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPath(Place):
    """A form about one escalation."""

    escalation: EscalationId


@dataclass(frozen=True, slots=True, kw_only=True)
class PickPath(Place):
    """A case being picked for a command's verb, and what was typed behind the verb."""

    verb: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPath(Place):
    """A page of a list: how it was filtered, as it is typed, and the words it was searched by."""

    typed: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPath(Place):
    """An account being changed."""

    account: AccountId
    shown: tuple[ChannelId, ...] = ()
    """The linked channels that the form shows: no other can be unlinked by it."""

    @classmethod
    @override
    def _revived(cls, kept: dict[str, Any]) -> dict[str, Any]:
        return {**kept, "shown": tuple(map(ChannelId, kept.get("shown", ())))}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPath(Place):
    """A channel being linked to an account."""

    channel: ChannelId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePath(Place):
    """A threshold table that is being drawn up: nothing counts before it is published."""

    version: int
    """Against which version."""
    tiers: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    """The waits in minutes, the worst severity first."""
    why: str

    @classmethod
    @override
    def _revived(cls, kept: dict[str, Any]) -> dict[str, Any]:
        rows = tuple(tuple(row) for row in kept["rows"])
        return {"why": "", **kept, "tiers": tuple(kept["tiers"]), "rows": rows}

    @classmethod
    def of(cls, table: ThresholdTable) -> Self:
        """Return how a table is remembered."""
        rows = tuple(tuple(each // MINUTE for each in table.rows[of]) for of in Severity)
        return cls(version=table.version, tiers=table.tiers, rows=rows, why=table.why)

    def table(self) -> ThresholdTable:
        """Return the table."""
        rows = {
            severity: tuple(MINUTE * each for each in row)
            for severity, row in zip(Severity, self.rows, strict=True)
        }
        tiers = tuple(map(Tier, self.tiers))
        return ThresholdTable(version=self.version, tiers=tiers, rows=rows, why=self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPath(Place):
    """A shift of the week being changed, or a new one."""

    shift: ShiftId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanValue:
    """A span of time, as the value of a button or an option; in whole seconds."""

    span: Span

    def pack(self) -> str:
        """Return it as text."""
        return "-".join(str(int(at.timestamp())) for at in (self.span.start_at, self.span.end_at))

    @classmethod
    def unpack(cls, packed: str) -> Self:
        """Return what was packed."""
        start, end = (datetime.fromtimestamp(int(at), UTC) for at in packed.split("-"))
        return cls(span=Span(start_at=start, end_at=end))


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidancePath(CasePath):
    """A run of the guidance, and the forms it leads to."""

    answers: tuple[Answer, ...] = ()
    undone: tuple[Answer, ...] = ()
    """Answers taken back by *Back*, in the order in which they would come again."""
    reply: Reply | None = None
    """What was said to our open question (G6)."""
    against: str = ""
    """The reason given against the advice."""

    @classmethod
    @override
    def _revived(cls, kept: dict[str, Any]) -> dict[str, Any]:
        return {
            **kept,
            "answers": _answers(kept.get("answers", ())),
            "undone": _answers(kept.get("undone", ())),
            "reply": Reply(kept["reply"]) if "reply" in kept else None,
        }

    def answered(self, answer: Answer) -> Self:
        """Return the path one answer further; the same answer as before keeps those behind it."""
        same = bool(self.undone) and self.undone[0].choice == answer.choice
        undone = self.undone[1:] if same else ()
        return replace(self, answers=(*self.answers, answer), undone=undone)

    def back(self) -> Self:
        """Return the path one answer shorter; the answer is kept to be offered again."""
        undone = (*self.answers[-1:], *self.undone)
        return replace(self, answers=self.answers[:-1], undone=undone)


def placed(actor: Actor, body: Mapping[str, Any]) -> Actor:
    """Return the actor in the channel that the payload's modal was opened in, where it has one."""
    packed = (body.get("view") or {}).get("private_metadata")
    if actor.here or not packed:
        return actor
    here = json.loads(packed).get("here")
    return replace(actor, here=ChannelId(here) if here else None)


def _answers(kept: Any) -> tuple[Answer, ...]:
    return tuple(Answer(choice=AnswerId(each["choice"]), text=each["text"]) for each in kept)
