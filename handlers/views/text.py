"""People's words, moments and names as Slack's mrkdwn: escaped, shortened, and never a ping."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from slack_sdk.models.blocks import MarkdownTextObject, PlainTextObject

from handlers.forms.words import legible
from policy.history import SYSTEM
from policy.ids import UserId

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
ADDRESS = re.compile(r"https?://[^\s<>|]{4,500}")
NOTHING = "-"
TITLE, PASSAGE = 120, 1200
"""How much of somebody's words a line and a passage show, in characters as Slack counts them."""
PART, WHOLE = 1400, 3600
"""How many characters of a long text stand in one section, and how many are shown of it at most:
all that a form takes, with room for what has to be escaped in it."""
HELD = 2700
"""What a section holds of a text at most, escaped, beside who says it and of what."""
ALONE = 8000
"""How much is shown of a text that has a message to itself: more than any form takes, escaped."""
LONGEST = 10 * PART
"""More than a part takes, whatever has to be escaped in it."""
LINKED = 2500
"""How many characters of links stand in one section: half a link leads nowhere."""


def clip(text: str, most: int) -> str:
    """Return at most so many characters, the last one `…` where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def quoted(text: str, most: int = TITLE) -> str:
    """Return somebody's words as one line of mrkdwn."""
    return _escaped(" ".join(legible(text).split()), most) or NOTHING


def passage(text: str, most: int = PASSAGE) -> str:
    """Return somebody's words as a quotation of several lines of mrkdwn."""
    lines = map(str.rstrip, legible(text).splitlines())
    said = "\n".join(filter(None, lines)) or NOTHING
    return _escaped(said, most, newline="\n> ", start="> ")


def passages(text: str, most: int = WHOLE) -> tuple[str, ...]:
    """Return somebody's words to their end as quotations, each for a section of its own."""
    shown, left = list[str](), most
    for each in _parted(legible(text)):
        shown += [passage(each, min(left, HELD))] if left > 0 else []
        left -= len(shown[-1])
    return tuple(shown)


def _parted(text: str) -> Iterator[str]:
    """Yield a text in parts that a section holds, however much has to be escaped in them."""
    while True:
        most = PART
        while len(passage(text[:most], LONGEST)) > HELD:
            most = most * 3 // 4
        if len(text) <= most:
            yield text
            return
        end = max(text.rfind(" ", 1, most), text.rfind("\n", 1, most))
        end = end if end > 0 else most
        yield text[:end]
        text = text[end:].lstrip()


def plain(text: str, most: int) -> PlainTextObject:
    """Return words where Slack takes no mrkdwn: headers, titles, labels, options."""
    return PlainTextObject(text=clip(" ".join(legible(text).split()), most) or NOTHING, emoji=True)


def mrkdwn(text: str) -> MarkdownTextObject:
    """Return mrkdwn in which Slack finds no links or names of its own accord."""
    return MarkdownTextObject(text=text, verbatim=True)


def who(user: UserId) -> str:
    """Return how a person is named."""
    return "Caseflag" if user == SYSTEM else f"<@{user}>"


def links(addresses: Iterable[str]) -> str:
    """Return where files and messages stand in Slack, to be pressed; nothing but web addresses."""
    found = [each for each in addresses if ADDRESS.fullmatch(each)]
    named = [
        f"<{each.replace('&', '&amp;')}|{_kind(each)} {number}>"
        for number, each in enumerate(found, start=1)
    ]
    held = [
        each
        for each, length in zip(named, accumulate(map(len, named)), strict=True)
        if length <= LINKED
    ]
    more = [f"{len(named) - len(held)} more in the thread"] if len(held) < len(named) else []
    return " · ".join((*held, *more))


def when(moment: datetime) -> str:
    """Return a moment in the reader's own time zone."""
    return _date(moment, "{date_short_pretty} at {time}")


def ago(moment: datetime) -> str:
    """Return how far a moment lies from when it is read: `in 3 hours`, `2 days ago`."""
    return _date(moment, "{ago}")


def lasts(span: timedelta) -> str:
    """Return how long something takes: `45 min`, `4 h`, `3 days`."""
    for unit, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "h")):
        if span >= unit and not span % unit:
            count = span // unit
            return f"{count} {name}{'s' if name == 'day' and count > 1 else ''}"
    return f"{span // timedelta(minutes=1)} min"


def _kind(address: str) -> str:
    return "File" if "/files/" in address else "Message"


def _date(moment: datetime, pattern: str) -> str:
    spelled = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"<!date^{int(moment.timestamp())}^{pattern}|{spelled}>"


def _escaped(text: str, most: int, *, newline: str = "\n", start: str = "") -> str:
    entities = str.maketrans({**ENTITIES, "\n": newline})
    room = text[: most + 1]  # whatever comes after that is not shown
    whole = start + room.translate(entities)
    if len(whole) <= most:
        return whole

    def length(characters: int) -> int:
        return len(start + room[:characters].translate(entities))

    shown = bisect_left(range(len(room[:most])), most, key=length) - 1  # never half an entity
    return (start + room[:shown].translate(entities)).rstrip() + "…"
