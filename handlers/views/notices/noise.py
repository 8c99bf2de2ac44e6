"""What is told together, because it would have been too much one by one."""

from collections.abc import Sequence

from handlers.views.message import Message, context, saying, section
from handlers.views.text import when
from policy.notices import Gathered

MOST = 40
"""Slack takes 50 blocks."""


def together(fact: Gathered, told: Sequence[Message]) -> Message:
    """Draw a digest: each message with its text, as many as one message holds."""
    head = f"More happened from {when(fact.since)} on than one wants to hear of singly:"
    lines = [f"• {each.text}" for each in told[:MOST]]
    rest = len(told) - len(lines)
    more = (context(f"And {rest} more: `/case list` shows where they stand."),) if rest else ()
    text = "\n".join([head, *lines])
    return saying(text, section(head), *(section(line) for line in lines), *more)
