"""The form that links a channel to an account, read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers.forms.reading import Reader
from policy.accounts import Account
from policy.customers import Listed
from policy.ids import ChannelId, Tier

NAME = (2, 80)
TIER = (1, 40)
FILE = 3000
"""The most characters of a file that is pasted."""


def read(view: Mapping[str, Any]) -> tuple[str, Tier]:
    """Return the account's name and tier.

    Raises:
        Unreadable: one of them is missing, or too long.
    """
    reader = Reader(view)
    name = " ".join(reader.text("account", least=NAME[0], most=NAME[1]).split())
    tier = " ".join(reader.text("tier", least=TIER[0], most=TIER[1]).split())
    reader.done()
    return name, Tier(tier)


CHANNELS = ("channels", "channels_2", "channels_3", "channels_4", "channels_5")
"""The fields in which linked channels stand, as many in each as Slack takes."""


def changed(view: Mapping[str, Any], account: Account, shown: Iterable[ChannelId]) -> Account:
    """Return the account as the form has it; channels that were shown and unticked are unlinked.

    Raises:
        Unreadable: its name or tier is missing, or too long.
    """
    name, tier = read(view)
    reader = Reader(view)
    ticked = {ChannelId(each) for name in CHANNELS for each in reader.value(name).split(",")}
    return replace(
        account,
        name=name,
        tier=tier,
        channels=account.channels - (frozenset(shown) - ticked),
        contacts=frozenset(reader.people("contacts")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A list that somebody brings along, and whether it is only tried."""

    what: Listed
    text: str
    url: str
    """Where it stands in Slack; empty where it was pasted."""
    dry: bool


def brought(view: Mapping[str, Any]) -> Brought:
    """Return the list that was uploaded, or pasted.

    Raises:
        Unreadable: there is none, or too much was pasted.
    """
    reader = Reader(view)
    what = reader.choice("what", Listed, default=Listed.ACCOUNTS) or Listed.ACCOUNTS
    url = reader.value("upload")
    text = reader.text("file", least=0, most=FILE)
    if not (url or text):
        reader.amiss("file", "Paste lines here, or choose a file.")
    dry = reader.ticked("dry")
    reader.done()
    return Brought(what=what, text=text, url=url, dry=dry)
