"""Lists: a page of the cases somebody wants to see, read without looking at all the others.

Each way in (a person's cases, an account's, a severity's) is walked along its own index, newest
first, and no further than the page reaches; what the ways find is then one page. What is searched
by words comes by number, the highest first.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    TextClause,
    and_,
    false,
    or_,
    select,
    true,
    union_all,
)

from bot.storage.cases.rows import IS_OPEN, OF_A_CASE, case_of, cases
from bot.storage.cases.search import NEWEST_FIRST, visible
from bot.storage.cases.words import with_words
from bot.storage.escalations.rows import escalations
from bot.storage.transaction import Transaction
from policy.cases import Case, CaseState, Severity
from policy.escalations import RESTORES_RIGHT
from policy.ids import UserId
from policy.lists import CaseFilter
from policy.roles import Role, Side, Standing
from policy.thresholds import ThresholdTable

WAITING = (CaseState.WAITING_CUSTOMER, CaseState.WAITING_THIRD_PARTY)
THEIRS = (cases.c.requester, cases.c.contact, cases.c.reporter)
CONFIDENTIAL = escalations.c.request["confidential"].as_boolean()


class Lists:
    """Pages of cases, the newest first."""

    def __init__(self, transaction: Transaction) -> None:
        self._on = transaction

    async def page(
        self,
        who: Standing,
        wanted: CaseFilter,
        table: ThresholdTable,
        *,
        now: datetime,
        offset: int,
        limit: int,
    ) -> list[Case]:
        """Return a stretch of the cases that the person wants to see, and may."""
        within = and_(
            cases.c.workspace == who.actor.workspace,
            visible(who),
            *_conditions(who, wanted, table, now=now),
        )
        reach = offset + limit
        if words := wanted.words:
            query = with_words(
                within, words, who, reach=reach, is_postgresql=self._on.is_postgresql
            )
        else:
            query = _by_ways(within, _ways(who, wanted), reach)
        rows = await self._on.all(query.offset(offset).limit(limit))
        return [case_of(row) for row in rows]


def _by_ways(
    within: ColumnElement[bool], ways: list[ColumnElement[bool]], reach: int
) -> Select[Any]:
    """Walk each way no further than the page reaches, and sort what they found."""
    if len(ways) == 1:
        return select(*OF_A_CASE).where(within, ways[0]).order_by(*NEWEST_FIRST)
    walks = (
        select(cases.c.number).where(within, way).order_by(*NEWEST_FIRST).limit(reach).subquery()
        for way in ways
    )
    found = union_all(*(select(walk.c.number) for walk in walks)).subquery()
    return (
        select(*OF_A_CASE)
        .where(within, cases.c.number.in_(select(found.c.number)))
        .order_by(*NEWEST_FIRST)
    )


def _ways(who: Standing, wanted: CaseFilter) -> list[ColumnElement[bool]]:
    """Return by whom the cases are looked for: the narrowest that was asked for, or is allowed."""
    if wanted.owner:
        return [cases.c.engineer == wanted.owner, _answered_for(who, wanted.owner)]
    if wanted.engineer:
        return [cases.c.engineer == wanted.engineer]
    if wanted.mine:
        return [each == who.user for each in (*THEIRS, cases.c.engineer)]
    accounts = [cases.c.account == each for each in sorted(who.accounts)]
    if wanted.account:
        return accounts or [cases.c.account.in_([])]
    if who.side is Side.SUPPORT:
        return [cases.c.severity == each for each in wanted.severities] or [true()]
    return [*(each == who.user for each in THEIRS), *accounts]


def _conditions(
    who: Standing, wanted: CaseFilter, table: ThresholdTable, *, now: datetime
) -> list[ColumnElement[bool] | TextClause]:
    theirs = or_(*(each == who.user for each in (*THEIRS, cases.c.engineer)))
    rows = (
        (wanted.is_open or wanted.is_waiting or wanted.is_available, IS_OPEN),
        (wanted.is_waiting, cases.c.state.in_(WAITING)),
        (wanted.is_available, _available(table, now=now)),
        (wanted.severities, cases.c.severity.in_(wanted.severities)),
        (wanted.owner, or_(*_ways(who, CaseFilter(owner=wanted.owner)))),
        (wanted.engineer, cases.c.engineer == wanted.engineer),
        (wanted.mine, theirs),
        (wanted.account, cases.c.account.in_(sorted(who.accounts))),
    )
    return [condition for is_wanted, condition in rows if is_wanted]


def _answered_for(who: Standing, owner: UserId | None) -> ColumnElement[bool]:
    """Tell whether the owner answers for the case's escalation, as far as one may know of it."""
    theirs = select(escalations.c.case_number).where(
        escalations.c.workspace == who.actor.workspace,
        escalations.c.owner == owner,
        escalations.c.state.not_in(sorted(RESTORES_RIGHT)),
    )
    known = theirs.where(
        or_(true() if who.has(Role.LEAD) else false(), escalations.c.submitted_by == who.user)
    )
    return or_(
        cases.c.number.in_(theirs.where(CONFIDENTIAL.is_not(true()))),
        and_(cases.c.number.in_(known), cases.c.engineer.is_distinct_from(who.user)),
    )


def _available(table: ThresholdTable, *, now: datetime) -> ColumnElement[bool]:
    """Say `policy.thresholds.is_available` in the words of the database."""

    def passed(severity: Severity) -> Iterable[ColumnElement[bool]]:
        row = table.rows[severity]
        of = cases.c.severity == severity
        for tier, wait in zip(table.tiers, row, strict=True):
            yield and_(of, cases.c.tier == tier, cases.c.opened_at <= now - wait)
        unknown = cases.c.tier.not_in(table.tiers)
        yield and_(of, unknown, cases.c.opened_at <= now - max(row))

    soonest = now - min(min(row) for row in table.rows.values())
    any_of = or_(*(each for severity in Severity for each in passed(severity)))
    return and_(cases.c.opened_at <= soonest, any_of)
