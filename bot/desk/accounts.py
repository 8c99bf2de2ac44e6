"""Accounts: suggest, list, link, change and import them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.desk.act import Act, Means
from bot.desk.cases import MOST_OFFERED, linked_account
from bot.desk.customers import Told, brought_in, kept, unheard
from bot.desk.imports import Imports
from policy.accounts import Account
from policy.customers import PAGE, AccountFile, AccountPage, Imported, Listed
from policy.history import SYSTEM
from policy.ids import AccountId, ChannelId, Tier, WorkspaceId
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
            before = await act.work.accounts.named(act.workspace, _named(name))
            account = _linked(act, before, _named(name), tier, by.here)
            await kept(act, account, before)
            await act.commit()
        return account

    async def page(self, number: int, *, by: Actor) -> AccountPage:
        """Return one page of the accounts, by name; administrators only."""
        number = max(number, 1)
        async with self._means.looking(by) as act:
            _administer(act)
            start = (number - 1) * PAGE
            found = await act.work.accounts.all_for(act.workspace, act.who, "", start + PAGE + 1)
        return AccountPage(
            accounts=tuple(found[start : start + PAGE]),
            number=number,
            has_more=len(found) > start + PAGE,
        )

    async def read(self, account: AccountId, *, by: Actor) -> AccountFile:
        """Return an account, with the changes of its tier; administrators only."""
        async with self._means.looking(by) as act:
            _administer(act)
            return AccountFile(
                account=await act.work.accounts.get(act.workspace, account),
                tiers=await act.work.account_trail.tiers(act.workspace, account),
            )

    async def change(self, account: Account, *, by: Actor) -> Account:
        """Replace an account's name, tier, channels and contacts; administrators only.

        Raises:
            Unreadable: another account has this name.
        """
        async with self._means.acting(by) as act:
            _administer(act)
            before = await act.work.accounts.get(act.workspace, account.id)
            other = await act.work.accounts.named(act.workspace, account.name)
            if other is not None and other.id != account.id:
                raise Unreadable(field="account", message="Another account has this name.")
            await kept(act, account, before)
            await act.commit()
        return account

    async def bring_in(
        self, text: str, *, what: Listed = Listed.ACCOUNTS, dry: bool, by: Actor
    ) -> Imported:
        """Import a file of accounts or cases, or say what that would do; administrators only."""
        async with self._means.acting(by) as act:
            _administer(act)
            if what is Listed.ACCOUNTS:
                return await _brought_in(act, text, dry=dry)
        return await Imports(self._means).cases(by.workspace, text, dry=dry)

    async def bring_in_file(self, url: str, *, what: Listed, dry: bool, by: Actor) -> Imported:
        """Do the same with a file that stands in Slack."""
        async with self._means.looking(by) as act:
            _administer(act)
        text = await self._means.files.text(url)
        return await self.bring_in(text, what=what, dry=dry, by=by)

    async def bring_in_unasked(
        self, workspace: WorkspaceId, text: str, *, dry: bool, told: Told = unheard
    ) -> Imported:
        """Do the same for whoever sits at the machine itself."""
        async with self._means.acting(Actor(workspace=workspace, user=SYSTEM)) as act:
            return await _brought_in(act, text, dry=dry, told=told)


async def _brought_in(act: Act, text: str, *, dry: bool, told: Told = unheard) -> Imported:
    found = await brought_in(act, text, dry=dry, told=told)
    if not (dry or found.problems):
        await act.commit()
    return found


def _administer(act: Act) -> None:
    if not act.who.has(Role.ADMINISTRATOR):
        raise NotYours(case=None, need="an administrator")


def _named(name: str) -> str:
    named = " ".join(name.split())
    if not named:
        raise Unreadable(field="account", message="Write the account's name.")
    return named


def _linked(
    act: Act, known: Account | None, name: str, tier: Tier, here: ChannelId | None
) -> Account:
    if here is None:
        raise Unreadable(field=None, message="Do this in the channel that is to be linked.")
    new = AccountId(act.means.new_id())
    found = known or Account(workspace=act.workspace, id=new, name=name, tier=tier)
    return replace(found, tier=tier, channels=found.channels | {here})
