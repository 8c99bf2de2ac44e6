"""The names of things, each a type of its own."""

from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
"""A Slack team, `T...`; on an organisation-wide installation the enterprise, `E...`."""
UserId = NewType("UserId", str)
GroupId = NewType("GroupId", str)
ChannelId = NewType("ChannelId", str)
Ts = NewType("Ts", str)
"""A Slack message's timestamp: unique in its channel, and text, never a number."""
CaseId = NewType("CaseId", str)
"""`CASE-142`: unique in its workspace, and what people say."""
AccountId = NewType("AccountId", str)
CommentId = NewType("CommentId", str)
EscalationId = NewType("EscalationId", str)
RequestId = NewType("RequestId", str)
"""One severity request."""
RunId = NewType("RunId", str)
"""One run of the guidance."""
AnswerId = NewType("AnswerId", str)
NoticeId = NewType("NoticeId", str)
PromiseId = NewType("PromiseId", str)
ShiftId = NewType("ShiftId", str)
"""One row of the weekly rota."""
OverrideId = NewType("OverrideId", str)
SwapId = NewType("SwapId", str)
Tier = NewType("Tier", str)
"""Titanium, Platinum, Gold: data, not code; an unknown one is legal."""


MOST_DIGITS = 9


def case_id(number: int) -> CaseId:
    """Return what people call the case with this number in its workspace."""
    return CaseId(f"CASE-{number}")


def case_number(case: CaseId) -> int:
    """Return the number in a case's name, the half of its key that the database counts."""
    return int(case.removeprefix("CASE-"))


def spoken_case(text: str) -> CaseId | None:
    """Return the case that somebody named as `CASE-142`, `case-142`, `#142` or `142`, if any."""
    word = text.strip().upper().removeprefix("#").removeprefix("CASE-")
    if not (word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS):
        return None
    return case_id(int(word)) if int(word) else None
