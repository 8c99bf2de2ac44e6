"""Opening a case: whose it is, where its card stands, and which others are like it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from policy.accounts import Account, account_of, card_channel
from policy.cases import Case, CaseRequest, may_see
from policy.ids import AccountId, CaseId, Tier
from policy.refusals import NoAccount
from policy.roles import Side, Standing
from policy.similarity import is_alike

UNASSIGNED = AccountId("unassigned")
UNASSIGNED_NAME = "Unassigned"
"""The account of people whom nobody has put into one."""
TWIN_WITHIN = timedelta(seconds=60)
"""The same words by the same person in this time are one form, heard twice."""


def default_account(
    known: Sequence[Account],
    linked: Account | None,
    who: Standing,
    *,
    chosen: AccountId | None = None,
) -> Account | None:
    """Return the account to assume: the channel's, else the only one the person is named in.

    A person of several is asked once: then it is the one they `chosen` last.
    """
    remembered = next((each for each in known if each.id == chosen), None)
    return linked or account_of(known, who.user, who.actor.here) or remembered


def chosen_account(
    account: AccountId | None,
    known: Sequence[Account],
    linked: Account | None,
    who: Standing,
) -> Account | None:
    """Return the account that a case is opened for; None where nobody has set one up yet.

    Raises:
        NoAccount: the person named none of theirs, or has to choose.
    """
    if account is None:
        found = default_account(known, linked, who)
        if found is None and known:
            raise NoAccount
        return found
    for each in known:
        if each.id == account:
            return each
    raise NoAccount


def unassigned(who: Standing, tier: Tier) -> Account:
    """Return the account that holds the cases of people who belong to none."""
    return Account(workspace=who.actor.workspace, id=UNASSIGNED, name=UNASSIGNED_NAME, tier=tier)


def opened(
    request: CaseRequest,
    account: Account,
    who: Standing,
    *,
    linked: Account | None,
    now: datetime,
) -> Case:
    """Return the case as it begins; its number comes from whoever keeps it.

    Who opens one for a customer, from the support side, is its reporter.
    """
    contact = request.contact or who.user
    is_reporter = who.side is Side.SUPPORT
    return Case(
        workspace=account.workspace,
        id=CaseId(""),
        account=account.id,
        account_name=account.name,
        tier=account.tier,
        title=request.title,
        description=request.description,
        severity=request.severity,
        requester=contact if is_reporter else who.user,
        contact=contact,
        reporter=who.user if is_reporter else None,
        component=request.component,
        environment=request.environment,
        business_impact=request.business_impact,
        channel=card_channel(account, who.actor.here, linked=linked, user=who.user),
        opened_at=now,
    )


def twin_of(case: Case, others: Iterable[Case]) -> Case | None:
    """Return the case that was opened by the very same form, sent twice."""
    return next(
        (each for each in others if _typed(each) == _typed(case) and _near(each, case)), None
    )


def similar_to(case: Case, others: Iterable[Case], who: Standing) -> tuple[Case, ...]:
    """Return which of the account's open cases speak of the same, as far as the person sees them."""
    return tuple(
        each
        for each in others
        if each.id != case.id and may_see(each, who) and is_alike(each.title, case.title)
    )


def _typed(case: Case) -> tuple[object, ...]:
    return case.requester, case.reporter, case.title, case.description, case.severity


def _near(one: Case, other: Case) -> bool:
    return one.id != other.id and abs(one.opened_at - other.opened_at) <= TWIN_WITHIN
