"""What became of notices, asked from a shell: listed, told one by one, tried again."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.clock import SystemClock
from bot.settings import DatabaseSettings
from bot.storage.database import Database, connected
from bot.storage.outbox.rows import NoticeState
from bot.storage.stories import Story

MOST = 100
UNSETTLED = (NoticeState.PENDING, NoticeState.SENDING)


async def listed(settings: DatabaseSettings, state: str | None) -> list[str]:
    """Return lines: how many notices are in each state, then those of one state.

    Without a state, those that were given up: they are what a person has to look at.
    """
    wanted = NoticeState(state) if state else NoticeState.DEAD
    async with connected(settings.database_url, alone=False) as database:
        await database.require_head()
        async with database.reading() as work:
            counted = await work.stories.counted()
            found = await work.stories.listed([wanted], MOST)
    counts = ", ".join(f"{counted.get(each, 0)} {each.value}" for each in NoticeState)
    more = [f"... and {counted[wanted] - MOST} more"] if counted.get(wanted, 0) > MOST else []
    return [counts, *(_line(each) for each in found), *more]


async def shown(settings: DatabaseSettings, key: str) -> list[str]:
    """Return the notice's story as lines; none where it was never owed."""
    async with connected(settings.database_url, alone=False) as database:
        await database.require_head()
        async with database.reading() as work:
            found = await work.stories.keyed(key)
    return [line for each in found for line in told(each)]


async def retried(settings: DatabaseSettings, key: str) -> list[str]:
    """Let the notice be sent again; return a line for each that will be."""
    async with connected(settings.database_url, alone=False) as database:
        await database.require_head()
        return [f"{key} is sent again." for each in await _again(database, key) if each]


async def _again(database: Database, key: str) -> list[bool]:
    clock = SystemClock()
    async with database.begin() as work:
        found = await work.stories.keyed(key)
        again = [await work.stories.retried(each.workspace, key, clock()) for each in found]
        await work.commit()
    return again


def told(story: Story) -> Iterator[str]:
    """Return the story of one notice: due, claimed, tried, and how it ended."""
    yield f"{story.key} ({story.kind or 'forgotten'}, {story.workspace})"
    if story.notice:
        yield f"  happened   {_at(story.notice.at)}"
    yield f"  due        {_at(story.not_before)}"
    if story.claimed_at:
        yield f"  claimed    {_at(story.claimed_at)}, attempt {story.attempts}"
    for each in story.errors:
        yield f"  tried      {each}"
    yield f"  {story.state.value:<10} {_end(story)}".rstrip()


def _end(story: Story) -> str:
    at = f"{_at(story.settled_at)} " if story.settled_at else ""
    if story.told_in:
        return f"{at}in the digest {story.told_in}"
    if story.state is NoticeState.SENT:
        return f"{at}in {story.channel} as {story.ts}"
    if story.state in UNSETTLED:
        return "for now"
    return f"{at}because {_why(story.errors)}"


def _line(story: Story) -> str:
    return f"{_at(story.not_before)}  {story.key}  {_why(story.errors)}".rstrip()


def _why(errors: Sequence[str]) -> str:
    return errors[-1] if errors else ""


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}Z"
