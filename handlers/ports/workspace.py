"""Customers, settings, and who somebody is."""

from collections.abc import Sequence
from typing import Protocol

from policy.accounts import Account
from policy.customers import AccountFile, AccountPage, Imported, Listed
from policy.ids import AccountId, Tier
from policy.roles import Actor, Standing
from policy.settings import UserGroup, WorkspaceSettings


class Accounts(Protocol):
    """Customers, and where they talk to us."""

    async def suggest(self, typed: str, *, by: Actor) -> Sequence[Account]:
        """Return the accounts the person may open a case for whose name fits, at most 100."""
        ...

    async def here(self, *, by: Actor) -> Account | None:
        """Return the account that `by.here` is linked to; administrators only."""
        ...

    async def link(self, name: str, tier: Tier, *, by: Actor) -> Account:
        """Link `by.here` to the account of that name, making or changing it; administrators only.

        Open cases follow a changed tier, and so do their crossings.
        """
        ...

    async def page(self, number: int, *, by: Actor) -> AccountPage:
        """Return one page of the accounts, by name; administrators only."""
        ...

    async def read(self, account: AccountId, *, by: Actor) -> AccountFile:
        """Return an account, with the changes of its tier; administrators only."""
        ...

    async def change(self, account: Account, *, by: Actor) -> Account:
        """Replace an account's name, tier, channels and contacts; administrators only.

        Refused as unreadable where another account has the name.
        """
        ...

    async def bring_in(
        self, text: str, *, what: Listed = Listed.ACCOUNTS, dry: bool, by: Actor
    ) -> Imported:
        """Import a file of accounts or cases, or say what that would do; administrators only."""
        ...

    async def bring_in_file(self, url: str, *, what: Listed, dry: bool, by: Actor) -> Imported:
        """Do the same with a file that stands in Slack; refused as unreadable where it is not."""
        ...


class Settings(Protocol):
    """What the workspace decides for itself."""

    async def read(self, *, by: Actor) -> WorkspaceSettings:
        """Return the settings; administrators only."""
        ...

    async def groups(self, typed: str, *, by: Actor) -> Sequence[UserGroup]:
        """Return the user groups whose name or handle fits; administrators only."""
        ...

    async def change(self, settings: WorkspaceSettings, *, by: Actor) -> WorkspaceSettings:
        """Replace the settings; administrators only."""
        ...


class People(Protocol):
    """Who somebody is."""

    async def standing(self, *, by: Actor) -> Standing:
        """Return the person's roles and accounts at this moment."""
        ...
