"""When two cases' titles speak of the same thing."""

import re
import unicodedata
from functools import lru_cache

ALIKE = 0.5
"""The share of the words of both titles that both must have."""
IDLE = frozenset(
    {
        *(
            "a",
            "an",
            "and",
            "are",
            "at",
            "be",
            "for",
            "from",
            "has",
            "have",
            "i",
            "in",
            "is",
            "it",
        ),
        *(
            "its",
            "me",
            "my",
            "no",
            "not",
            "of",
            "on",
            "or",
            "our",
            "since",
            "that",
            "the",
            "there",
        ),
        *("this", "to", "too", "very", "was", "we", "were", "when", "will", "with", "you"),
        *("can", "cannot", "cant", "does", "doesnt", "isnt"),
    }
)
"""Words that stand in any title and say nothing of the problem."""


@lru_cache(maxsize=4096)  # the same titles are compared again with every case that is opened
def words(title: str) -> frozenset[str]:
    """Return the words of a title that carry its meaning; all of them if none does."""
    plain = unicodedata.normalize("NFKD", title).casefold().replace("'", "").replace("\u2019", "")
    found = frozenset(re.findall(r"[^\W_]+", "".join(c for c in plain if not _is_accent(c))))
    return found - IDLE or found


def is_alike(one: str, other: str) -> bool:
    """Tell whether half or more of the words of two titles stand in both."""
    mine, theirs = words(one), words(other)
    if mine.isdisjoint(theirs):
        return False
    return len(mine & theirs) / len(mine | theirs) >= ALIKE


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) != 0
