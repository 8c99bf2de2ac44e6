"""How cases are looked for: by person, by words, by account, by what was spoken of last."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)

from bot.storage.among import among
from bot.storage.cases.rows import IS_OPEN, OF_A_CASE, case_of, cases, talks
from bot.storage.comments import comments
from bot.storage.transaction import Transaction
from policy.cases import Case
from policy.ids import CaseId, ChannelId, UserId, WorkspaceId, case_id, spoken_case
from policy.roles import Side, Standing
from policy.similarity import is_alike

NEWEST_FIRST = (cases.c.opened_at.desc(), cases.c.number.desc())
TITLES_NEAR = (
    select(cases.c.number, cases.c.title)
    .where(
        cases.c.workspace == bindparam("of_workspace"),
        cases.c.account == bindparam("of_account"),
        cases.c.opened_at >= bindparam("since"),
        IS_OPEN,
    )
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most", type_=Integer))
)
NUMBERED = (
    select(*OF_A_CASE)
    .where(
        cases.c.workspace == bindparam("of_workspace"),
        among(cases.c.number, "numbers"),
    )
    .order_by(*NEWEST_FIRST)
)


class Search:
    """Every way in which cases are looked for. What is found to be read is not locked."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def mine(
        self, workspace: WorkspaceId, user: UserId, offset: int, limit: int
    ) -> tuple[list[Case], int]:
        """Return a stretch of the person's cases, open ones first, and how many there are."""
        columns = (cases.c.requester, cases.c.contact, cases.c.reporter, cases.c.engineer)
        # The workspace stands in every branch: only so does SQLite go by one index for each.
        theirs = or_(*((cases.c.workspace == workspace) & (each == user) for each in columns))
        total: int = await self._on.value(select(func.count()).select_from(cases).where(theirs))
        query = (
            select(*OF_A_CASE).where(theirs).order_by(case((IS_OPEN, 0), else_=1), *NEWEST_FIRST)
        )
        return await self._cases(query.offset(offset).limit(limit)), total

    async def pickable(
        self, workspace: WorkspaceId, who: Standing, typed: str, limit: int
    ) -> list[Case]:
        """Return open cases the person may see whose number or title fits, newest first.

        A case whose very number was typed comes first.
        """
        named = spoken_case(typed)
        query = select(*OF_A_CASE).where(
            cases.c.workspace == workspace, IS_OPEN, visible(who), _fits(typed, named)
        )
        if named:
            query = query.order_by(case((_is(named), 0), else_=1))
        return await self._cases(query.order_by(*NEWEST_FIRST).limit(limit))

    async def count(self, workspace: WorkspaceId) -> int:
        """Return how many cases there are."""
        query = select(func.count()).where(cases.c.workspace == workspace)
        found: int = await self._on.value(query)
        return found

    async def numbered(self, workspace: WorkspaceId, after: int, limit: int) -> list[Case]:
        """Return the cases whose numbers follow this one, in their order."""
        query = select(*OF_A_CASE).where(cases.c.workspace == workspace, cases.c.number > after)
        return await self._cases(query.order_by(cases.c.number).limit(limit))

    async def similar(self, case: Case, since: datetime, limit: int) -> list[Case]:
        """Return the account's other open cases, opened since then, that have such a title.

        So many are looked at, the newest first; of most of them the title alone is read.
        """
        of, title = {"of_workspace": case.workspace}, case.title
        near = {"of_account": case.account, "since": since, "most": limit}
        alike = [
            number
            for number, theirs in map(tuple, await self._on.all(TITLES_NEAR, of | near))
            if theirs == title or is_alike(theirs, title)
        ]
        others = [number for number in alike if case_id(number) != case.id]
        if not others:
            return []
        these = of | {"numbers": others}
        return [case_of(row) for row in await self._on.all(NUMBERED, these)]

    async def latest_here(
        self, workspace: WorkspaceId, channel: ChannelId, user: UserId
    ) -> CaseId | None:
        """Return the case that the person opened, commented or spoke of last in the channel."""
        opened = select(cases.c.number, cases.c.opened_at.label("at")).where(
            cases.c.workspace == workspace,
            cases.c.channel == channel,
            or_(cases.c.requester == user, cases.c.reporter == user),
        )
        commented = (
            select(cases.c.number, comments.c.at)
            .join(cases, _case_of_comment())
            .where(
                comments.c.workspace == workspace,
                comments.c.author == user,
                cases.c.channel == channel,
            )
        )
        spoken_of = select(talks.c.case_number.label("number"), talks.c.at).where(
            talks.c.workspace == workspace, talks.c.channel == channel, talks.c.user == user
        )
        found = union_all(*(_last(each) for each in (opened, commented, spoken_of))).subquery()
        number = await self._on.value(
            select(found.c.number).order_by(found.c.at.desc(), found.c.number.desc()).limit(1)
        )
        return case_id(number) if number else None

    async def _cases(self, query: Select[Any]) -> list[Case]:
        return [case_of(row) for row in await self._on.all(query)]


def _last(query: Select[Any]) -> Select[Any]:
    """Return the newest of these alone; SQLite takes a limit within a union only in brackets."""
    moments = query.selected_columns
    newest = query.order_by(moments["at"].desc(), moments["number"].desc()).limit(1).subquery()
    return select(newest)


def _case_of_comment() -> ColumnElement[bool]:
    return (cases.c.workspace == comments.c.workspace) & (cases.c.number == comments.c.case_number)


def visible(who: Standing) -> ColumnElement[bool]:
    """Say `policy.cases.may_see` in the words of the database."""
    if who.side is Side.SUPPORT:
        return true()
    columns = (cases.c.requester, cases.c.contact, cases.c.reporter)
    return or_(*(each == who.user for each in columns), cases.c.account.in_(sorted(who.accounts)))


def _fits(typed: str, named: CaseId | None) -> ColumnElement[bool]:
    by_title = cases.c.folded_title.contains(typed.strip().casefold(), autoescape=True)
    return or_(by_title, _starts_with(named) if named else false())


def _is(named: CaseId) -> ColumnElement[bool]:
    return cases.c.number == int(_digits(named))


def _starts_with(named: CaseId) -> ColumnElement[bool]:
    return cast(cases.c.number, String).startswith(_digits(named))


def _digits(named: CaseId) -> str:
    return named.removeprefix("CASE-")
