"""Cases as a file lists them: read line by line, with everything that is amiss."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from policy.accounts import Account, card_channel
from policy.cases import Case, CaseState, Severity
from policy.customers import CHANNEL, USER, Problem, folded
from policy.ids import CaseId, ChannelId, UserId

NEEDED = ("reference", "account", "title", "description", "severity", "requester", "opened_at")
COLUMNS = (
    *NEEDED,
    *("contact", "engineer", "state", "closed_at", "component", "environment"),
    *("business_impact", "channel"),
)
WORDS: Mapping[str, tuple[int, int]] = {
    "reference": (1, 64),
    "account": (2, 80),
    "title": (5, 120),
    "description": (1, 3000),
    "component": (0, 80),
    "environment": (0, 80),
    "business_impact": (0, 1000),
}
"""The columns of words, each with the fewest and the most characters it takes."""
IDS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("requester", "contact", "engineer"), USER),
    "channel": CHANNEL,
}
STATES = (CaseState.NEW, CaseState.IN_PROGRESS, CaseState.CLOSED)
"""The states that need no more than a name: whoever waits for something says so in Slack."""

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One case of a file; nothing is amiss in it."""

    line: int
    reference: str
    """What it is called where it comes from."""
    account: str
    said: Said

    def case(self, account: Account) -> Case:
        """Return the case, as old as it says; its number comes with the import."""
        said = self.said
        requester, engineer = UserId(said["requester"]), said.get("engineer", "")
        state = CaseState(said.get("state") or _assumed(engineer))
        channel = said.get("channel", "")
        return Case(
            workspace=account.workspace,
            id=CaseId(""),
            account=account.id,
            account_name=account.name,
            tier=account.tier,
            title=said["title"],
            description=said["description"],
            severity=Severity(said["severity"].upper()),
            state=state,
            requester=requester,
            contact=UserId(said.get("contact", "") or requester),
            engineer=UserId(engineer) if engineer else None,
            component=said.get("component", ""),
            environment=said.get("environment", ""),
            business_impact=said.get("business_impact", ""),
            channel=ChannelId(channel)
            if channel
            else card_channel(account, None, linked=None, user=requester),
            opened_at=_moment(said["opened_at"]),
            closed_at=_moment(said["closed_at"]) if state is CaseState.CLOSED else None,
        )


def read(text: str) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Return the cases of a file with a heading, and every problem by its line."""
    rows = csv.reader(text.strip().splitlines(keepends=True), skipinitialspace=True)
    heading = [each.strip().lower() for each in next(rows, [])]
    if not set(NEEDED) <= set(heading) or not set(heading) <= set(COLUMNS):
        message = f"the first line has to name the columns: {', '.join(COLUMNS)}"
        return (), (Problem(line=1, message=message),)
    lines: list[Line] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    start = rows.line_num + 1
    for row in rows:
        number, start = start, rows.line_num + 1  # a cell may go over several lines
        if not any(each.strip() for each in row):
            continue
        said = dict(zip(heading, (each.strip() for each in row), strict=False))
        amiss = [*_amiss(said, row, heading), *_again(said, seen)]
        problems += (Problem(line=number, message=each) for each in amiss)
        if not amiss:
            seen[said["reference"]] = number
            lines.append(_line(said, number))
    return tuple(lines), tuple(problems)


def unknown(lines: Sequence[Line], accounts: Mapping[str, Account]) -> tuple[Problem, ...]:
    """Return which lines name no account; `accounts` are the known ones by folded name."""
    return tuple(
        Problem(line=each.line, message=f"account: there is none named “{each.account}”")
        for each in lines
        if folded(each.account) not in accounts
    )


def _line(said: Said, number: int) -> Line:
    return Line(line=number, reference=said["reference"], account=said["account"], said=said)


def _assumed(engineer: str) -> CaseState:
    return CaseState.IN_PROGRESS if engineer else CaseState.NEW


def _amiss(said: Said, row: list[str], heading: list[str]) -> Iterator[str]:
    if len(row) != len(heading):
        yield f"has {len(row)} columns instead of {len(heading)}"
    for column, (least, most) in WORDS.items():
        if not least <= len(said.get(column, "")) <= most:
            yield f"{column}: write {least} to {most} characters"
    for column, pattern in IDS.items():
        found = said.get(column, "")
        if (found or column in NEEDED) and not pattern.fullmatch(found):
            yield f"{column}: “{found[:20]}” is no id"
    yield from _unfit(said)


def _unfit(said: Said) -> Iterator[str]:
    if said.get("severity", "").upper() not in set(Severity):
        yield "severity: write S1, S2, S3 or S4"
    state = said.get("state", "")
    if state and state not in STATES:
        yield f"state: write {', '.join(STATES)}, or nothing"
    moments = ["opened_at"] + (["closed_at"] if state == CaseState.CLOSED else [])
    for column in moments:
        if not _is_moment(said.get(column, "")):
            yield f"{column}: write a moment with its zone, such as 2025-06-02T08:00Z"


def _again(said: Said, seen: Mapping[str, int]) -> Iterator[str]:
    if (reference := said.get("reference", "")) in seen:
        yield f"reference: the same as in line {seen[reference]}"


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).utcoffset() is not None
    except ValueError:
        return False


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
