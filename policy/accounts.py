"""Accounts: customers, their tier, and the people and channels that belong to them."""

from collections.abc import Iterable
from dataclasses import dataclass

from policy.ids import AccountId, ChannelId, Tier, UserId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A customer."""

    workspace: WorkspaceId
    id: AccountId
    name: str
    tier: Tier
    channels: frozenset[ChannelId] = frozenset()
    contacts: frozenset[UserId] = frozenset()


def account_of(
    accounts: Iterable[Account], user: UserId, here: ChannelId | None
) -> Account | None:
    """Return the account to assume for a person: the channel's, else the only one named in.

    None where nothing decides it; the form then asks.
    """
    known = tuple(accounts)
    by_channel = [each for each in known if here in each.channels]
    if by_channel:
        return by_channel[0]
    by_contact = [each for each in known if user in each.contacts]
    return by_contact[0] if len(by_contact) == 1 else None


def card_channel(
    account: Account, here: ChannelId | None, *, linked: Account | None, user: UserId
) -> ChannelId:
    """Return where a case's card stands: here, else in the account's channel, else with the person.

    `linked` is the account that the channel belongs to; another customer's channel never shows it.
    """
    if here is not None and (linked is None or linked.id == account.id):
        return here
    return min(account.channels, default=ChannelId(user))
