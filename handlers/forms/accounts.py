"""The form that links a channel to an account, read."""

from collections.abc import Mapping
from typing import Any

from handlers.forms.reading import Reader
from policy.ids import Tier

NAME = (2, 80)
TIER = (1, 40)


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
