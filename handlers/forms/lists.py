"""What is typed behind `/case list` and `/case search`, and the form that filters, read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import Severity
from policy.ids import UserId
from policy.lists import CaseFilter, searched
from policy.refusals import Unreadable

SEARCH = 200
FLAGS: Mapping[str, str] = {
    "mine": "mine",
    "account": "account",
    "open": "is_open",
    "waiting": "is_waiting",
    "available": "is_available",
}
"""What can be typed, and the part of the filter it sets."""
PEOPLE = ("owner", "engineer")
"""What can be typed before a person, each the part of the filter it sets."""
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
SPOKEN = re.compile(r"@([UW][A-Z0-9]{2,})")
PAGES = 4
"""How many digits of a page's number are read."""
MOST = 40


def by_id(text: str) -> str:
    """Return a command's text with people named by their ids, as `@U0ELI`."""
    return MENTION.sub(r"@\1", text)


def understood(typed: str) -> tuple[CaseFilter, int]:
    """Return which cases were asked for, and which page of them; with nothing said one's own.

    Raises:
        Unreadable: a word is no filter.
    """
    wanted, page, words = CaseFilter(), 1, iter(typed.split())
    for word in words:
        name = word.lower()
        if name in FLAGS:
            flag: dict[str, Any] = {FLAGS[name]: True}
            wanted = replace(wanted, **flag)
        elif name.upper() in set(Severity):
            wanted = replace(wanted, severities=(*wanted.severities, Severity(name.upper())))
        elif name in PEOPLE:
            person: dict[str, Any] = {name: _person(name, next(words, ""))}
            wanted = replace(wanted, **person)
        elif name.isascii() and name.isdigit():
            page = max(1, int(name[:PAGES]))
        else:
            raise Unreadable(field=None, message=_unknown(word))
    return (replace(wanted, mine=True) if wanted == CaseFilter() else wanted), page


def spelled(wanted: CaseFilter) -> str:
    """Return a filter as it is typed, without its words."""
    flags = [name for name, part in FLAGS.items() if getattr(wanted, part)]
    severities = [each.value for each in wanted.severities]
    people = [f"{each} @{user}" for each in PEOPLE if (user := getattr(wanted, each))]
    return " ".join((*flags, *severities, *people))


def read(view: Mapping[str, Any]) -> CaseFilter:
    """Return what the form asks for.

    Raises:
        Unreadable: too much was typed.
    """
    reader = Reader(view)
    said = {reader.value("whose"), reader.value("state")}
    flags: dict[str, Any] = {part: name in said for name, part in FLAGS.items()}
    wanted = CaseFilter(
        **flags,
        severities=tuple(map(Severity, filter(None, reader.value("severity").split(",")))),
        owner=reader.person("owner"),
        words=searched(reader.text("words", least=0, most=SEARCH)),
    )
    reader.done()
    return wanted


def with_words(wanted: CaseFilter, words: str) -> CaseFilter:
    """Return the filter with the words it was shown with."""
    return replace(wanted, words=searched(words))


def _person(name: str, word: str) -> UserId:
    named = SPOKEN.fullmatch(word)
    if named is None:
        raise Unreadable(field=None, message=f"Name the {name} as a mention: `{name} @name`.")
    return UserId(named.group(1))


def _unknown(word: str) -> str:
    shown = "".join(each for each in word[:MOST] if each.isalnum())
    return (
        f"I do not know the filter “{shown}”. There are {', '.join(FLAGS)}, S1 to S4, "
        "`owner @name`, `engineer @name` and a page's number; `/case search` looks for words."
    )
