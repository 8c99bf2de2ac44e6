"""Lists of cases: which of them somebody wants to see, and the words they are found by."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from policy.casefile import CaseFile
from policy.cases import Severity
from policy.ids import UserId

PAGE = 10
MOST_WORDS = 8
"""How many words of a search count."""
LAST_PAGE = 1000
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases somebody wants to see; of those they may see, all where nothing is said."""

    mine: bool = False
    """Those the person opened, is the contact of, reported, or works on."""
    account: bool = False
    """Those of the accounts the person stands for, and of the one this channel is linked to."""
    is_open: bool = False
    is_waiting: bool = False
    """Those that wait for the customer or a third party."""
    is_available: bool = False
    """Open ones whose threshold has passed."""
    severities: tuple[Severity, ...] = ()
    engineer: UserId | None = None
    """Those that this person works on."""
    owner: UserId | None = None
    """Those that this person works on, or answers for: the owner of the case's escalation."""
    words: tuple[str, ...] = ()
    """Every one of them begins a word of the case itself, or of one comment that may be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of the cases that were wanted, the newest first."""

    wanted: CaseFilter
    files: tuple[CaseFile, ...]
    number: int
    """1 for the first page."""
    has_more: bool
    site: str
    """Where the workspace's messages are addressed, `https://acme.slack.com/`; may be empty."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared, each once, in their order."""
    found = WORD.findall(normalize("NFKC", text).casefold())
    return tuple(dict.fromkeys(found))


def searched(typed: str) -> tuple[str, ...]:
    """Return the words that a search goes by."""
    return words_of(typed)[:MOST_WORDS]


def searchable(*texts: str) -> str:
    """Return the words that a case is found by, as one text."""
    return " ".join(words_of("\n".join(texts)))
