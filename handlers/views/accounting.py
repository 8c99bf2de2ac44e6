"""What became of notices, as sentences."""

from collections.abc import Iterator

from handlers.views.message import Message, saying
from handlers.views.text import quoted, when, who
from policy.accounting import Accounting, Fate, Pings, Told


def account(told: Accounting) -> Message:
    """Draw how it stands with all of them."""
    counts = ", ".join(f"{told.counted.get(fate, 0)} {fate.value}" for fate in Fate)
    return saying("\n".join([f"*Notices*: {counts}.", *_dead(told.dead), *_pings(told.pings)]))


def story(key: str, told: Told | None) -> Message:
    """Draw the story of one notice."""
    if told is None:
        return saying(f"Nobody was ever owed {quoted(key)}.")
    return saying("\n".join([f"*{quoted(told.key)}*", *_story(told)]))


def retried(key: str, *, is_again: bool) -> Message:
    """Say whether it is sent again."""
    if is_again:
        return saying(f"{quoted(key)} is sent again; it is looked for before it is repeated.")
    return saying(f"{quoted(key)} was not given up, so it is not sent again.")


def _dead(dead: tuple[Told, ...]) -> Iterator[str]:
    if not dead:
        yield "None was given up."
        return
    yield "Given up; `/case notices KEY` tells why, `/case notices retry KEY` sends it again:"
    for each in dead:
        yield f"• {quoted(each.key)}: {quoted(each.reasons[-1]) if each.reasons else 'no reason'}"


def _pings(pings: tuple[Pings, ...]) -> Iterator[str]:
    if pings:
        yield "Told privately, per duty manager, in a day and in a week:"
    for each in pings:
        yield f"• {who(each.user)}: {each.day} / {each.week}"


def _story(told: Told) -> Iterator[str]:
    yield f"due {when(told.due_at)}"
    if told.claimed_at:
        yield f"claimed {when(told.claimed_at)}, attempt {told.attempts}"
    for reason in told.reasons:
        yield f"tried: {quoted(reason)}"
    at = f" {when(told.settled_at)}" if told.settled_at else ""
    digest = f", in the digest {quoted(told.told_in)}" if told.told_in else ""
    yield f"{told.fate.value}{at}{digest}"
