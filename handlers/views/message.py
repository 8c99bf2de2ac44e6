"""A message, and the few shapes that messages and modals are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    SectionBlock,
)

from handlers.ids import Action
from handlers.views.text import ALONE, clip, mrkdwn, passage, passages, plain

NOTIFICATION = 3900
"""The longest `text` of a message: Slack advises against more than 4,000."""
SECTION = 3000


@dataclass(frozen=True, slots=True)
class Message:
    """A message: `text` says everything needed, for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def saying(text: str, *blocks: Block) -> Message:
    """Return a message; without blocks it is just its text."""
    return Message(clip(text, NOTIFICATION), blocks or (section(text),))


def quoting(text: str, quote: str, *after: Block) -> Message:
    """Return a message that quotes somebody to the end, where there is anything to quote."""
    words = passages(quote, ALONE) if quote else ()
    return saying("\n".join((text, *words)), section(text), *map(section, words), *after)


def below(text: str, quote: str, most: int | None) -> tuple[Block, ...]:
    """Return a text with somebody's words below it: so many of them, or with None all."""
    if not quote:
        return (section(text),)
    begins, *goes_on = passages(quote, ALONE) if most is None else (passage(quote, most),)
    return (section(*filter(None, (text, begins))), *map(section, goes_on))


def header(text: str) -> HeaderBlock:
    """Return a headline."""
    return HeaderBlock(text=plain(text, 150))


def section(*lines: str) -> SectionBlock:
    """Return lines of mrkdwn."""
    return SectionBlock(text=mrkdwn(clip("\n".join(lines), SECTION)))


def facts(pairs: Iterable[tuple[str, str]]) -> SectionBlock:
    """Return up to ten named facts, in two columns."""
    return SectionBlock(fields=[mrkdwn(f"*{name}*\n{value}") for name, value in pairs])


def context(*lines: str) -> ContextBlock:
    """Return small print."""
    return ContextBlock(elements=[mrkdwn(line) for line in lines])


def buttons(*elements: ButtonElement | None) -> tuple[ActionsBlock, ...]:
    """Return a row of those buttons that there are, or nothing."""
    real = [each for each in elements if each]
    return (ActionsBlock(elements=real),) if real else ()


def button(
    text: str, action: Action, value: str = "", *, style: str | None = None
) -> ButtonElement:
    """Return a button; what differs between two presses travels in its value."""
    return ButtonElement(text=plain(text, 75), action_id=action, value=value or None, style=style)


def given(*blocks: Block | Sequence[Block] | None) -> tuple[Block, ...]:
    """Return the blocks there are, in order."""
    found: list[Block] = []
    for each in blocks:
        if isinstance(each, Block):
            found.append(each)
        else:
            found += each or ()
    return tuple(found)
