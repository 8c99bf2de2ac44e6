"""What is told together, because it would have been too much one by one."""

from collections.abc import Sequence

from handlers.views.message import Message, context, saying, section
from handlers.views.text import clip, when
from policy.notices import Gathered

MOST = 40
"""Slack takes 50 blocks."""
LINE = 240
"""So much of each is shown: Slack takes some 13,000 characters in all blocks together."""


def together(fact: Gathered, told: Sequence[Message]) -> Message:
    """Draw a digest: each message with its text, as many as one message holds."""
    head = f"More happened from {when(fact.since)} on than one wants to hear of singly:"
    lines = [f"• {_short(each.text)}" for each in told[:MOST]]
    rest = len(told) - len(lines)
    more = (context(f"And {rest} more: `/case list` shows where they stand."),) if rest else ()
    text = "\n".join([head, *lines])
    return saying(text, section(head), *(section(line) for line in lines), *more)


def _short(text: str) -> str:
    """Return the beginning of a message, and never half a name or half a moment."""
    shown = clip(text, LINE)
    is_half = shown != text and shown.rfind("<") > shown.rfind(">")
    return f"{shown[: shown.rfind('<')].rstrip()}…" if is_half else shown
