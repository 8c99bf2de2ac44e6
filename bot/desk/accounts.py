"""Accounts: suggest them, find the channel's, link a channel to one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.act import Act, Means
from bot.desk.cases import MOST_OFFERED, linked_account
from bot.desk.crossings import move_reminders
from policy import cases as casework
from policy.accounts import Account
from policy.ids import AccountId, ChannelId, Tier
from policy.owed import accounts as owed
from policy.refusals import NotYours, Unreadable
from policy.roles import Actor, Role


class Accounts:
    """Customers, and where they talk to us."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def suggest(self, typed: str, *, by: Actor) -> Sequence[Account]:
        """Return the accounts the person may open a case for whose name fits, at most 100."""
        async with self._means.looking(by) as act:
            return await act.work.accounts.all_for(act.workspace, act.who, typed, MOST_OFFERED)

    async def here(self, *, by: Actor) -> Account | None:
        """Return the account that `by.here` is linked to; administrators only."""
        async with self._means.looking(by) as act:
            _administer(act)
            return await linked_account(act)

    async def link(self, name: str, tier: Tier, *, by: Actor) -> Account:
        """Link `by.here` to the account of that name, making or changing it; administrators only.

        Open cases follow a changed tier, and so do their crossings.
        """
        async with self._means.acting(by) as act:
            _administer(act)
            account = await _linked(act, _named(name), tier, by.here)
            await _follow(act, account)
            await act.work.accounts.save(account)
            table = await act.work.thresholds.current(act.workspace)
            if not table.knows(tier):
                act.owe(owed.tier_unknown(account, at=act.now))
            await act.commit()
        return account


def _administer(act: Act) -> None:
    if not act.who.has(Role.ADMINISTRATOR):
        raise NotYours(case=None, need="an administrator")


def _named(name: str) -> str:
    named = " ".join(name.split())
    if not named:
        raise Unreadable(field="account", message="Write the account's name.")
    return named


async def _linked(act: Act, name: str, tier: Tier, here: ChannelId | None) -> Account:
    if here is None:
        raise Unreadable(field=None, message="Do this in the channel that is to be linked.")
    found = await act.work.accounts.named(act.workspace, name)
    if found is None:
        new = AccountId(act.means.new_id())
        found = Account(workspace=act.workspace, id=new, name=name, tier=tier)
    return replace(found, tier=tier, channels=found.channels | {here})


async def _follow(act: Act, account: Account) -> None:
    """Put the account's open cases under its tier, and their crossings where that puts them."""
    for case in await act.work.cases.open_of_account(act.workspace, account.id):
        if case.tier != account.tier:
            after = casework.with_tier(case, account.tier)
            await act.changed(case, after, "cases.tier_changed")
            await act.redraw_escalation(after)
            await move_reminders(act, after)
