"""What can be typed, told to the person who asked, or who mistyped."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from handlers.views.cases.shown import opening
from handlers.views.message import Message, buttons, saying, section
from handlers.views.text import quoted

MISTYPED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """One thing that can be typed behind the command."""

    word: str
    behind: str = ""
    """What may follow the word."""
    does: str


def usage(known: Iterable[Usage], mistyped: str = "") -> Message:
    """Return everything that can be typed; for a word that is none of it, the nearest first."""
    lines = tuple(_line(each) for each in known)
    first = _nearest(mistyped, [each.word for each in known]) if mistyped else ""
    text = "\n".join(filter(None, (first, *lines)))
    return saying(text, section(text), *buttons(opening()))


def _nearest(mistyped: str, known: list[str]) -> str:
    near = get_close_matches(mistyped.lower(), known, n=1, cutoff=0.5)
    meant = f" Did you mean `/case {near[0]}`?" if near else ""
    return f"I do not know “{quoted(mistyped, MISTYPED)}”.{meant}"


def _line(each: Usage) -> str:
    typed = " ".join(filter(None, ("/case", each.word, each.behind)))
    return f"• `{typed}` {each.does}"
