"""What administrators are told of customers."""

from datetime import datetime

from policy.accounts import Account
from policy.cases import Case
from policy.ids import UserId
from policy.notices import Administrators, Missing, Notice, SetupMissing, TierUnknown
from policy.owed.notice import CAN_WAIT, setup


def tier_unknown(account: Account, *, at: datetime) -> Notice:
    """Return that the threshold table does not know an account's tier, for the administrators."""
    return Notice(
        workspace=account.workspace,
        key=f"accounts.tier_unknown:{account.id}.{account.tier}:administrators",
        to=Administrators(),
        fact=TierUnknown(account=account.id, name=account.name, tier=account.tier),
        urgency=CAN_WAIT,
        at=at,
    )


def account_missing(case: Case, user: UserId, *, at: datetime) -> Notice:
    """Return that the person belongs to no account, for the administrators, once a person."""
    key = f"accounts.missing:{user}:administrators"
    fact = SetupMissing(missing=Missing.ACCOUNT, user=user)
    return setup(case.workspace, case.id, key, fact, at=at)
