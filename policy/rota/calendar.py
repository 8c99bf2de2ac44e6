"""Whom a calendar names: by their Slack id, or by a name or address that Slack knows them by."""

import re
from collections.abc import Iterable, Mapping

from policy.ids import UserId

APART = re.compile(r"[^\w.@+'-]+")


def named_in(entries: Iterable[str], names: Mapping[UserId, Iterable[str]]) -> frozenset[UserId]:
    """Return which of these people the entries name, each as a whole: Ann is not in Anna."""
    texts = [_spaced(entry) for entry in entries]
    return frozenset(
        user
        for user, known in names.items()
        if any(_spaced(name) in text for name in (user, *known) if name.strip() for text in texts)
    )


def _spaced(text: str) -> str:
    words = (word.strip("@.'-+") for word in APART.split(text.casefold()))
    return f" {' '.join(filter(None, words))} "
