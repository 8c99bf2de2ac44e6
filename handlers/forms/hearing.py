"""How a person wants to hear of what, read."""

from collections.abc import Mapping
from typing import Any

from handlers.forms.reading import Reader
from policy.hearing import Hear, Preferences


def read(view: Mapping[str, Any]) -> Preferences:
    """Return what was chosen.

    Raises:
        Unreadable: something was not.
    """
    reader = Reader(view)
    chosen = Preferences(
        answers=reader.chosen("answers", Hear),
        news=reader.chosen("news", Hear),
        followed=reader.chosen("followed", Hear),
    )
    reader.done()
    return chosen
