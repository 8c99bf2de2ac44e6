"""What a notice looks like, and the digest of a person who would be told too much in an hour."""

from dataclasses import replace
from datetime import datetime

from bot.clock import real_now
from bot.delivery.elsewhere import INSTEAD
from bot.delivery.present import brief_for, present_of
from bot.storage.database import Database
from bot.storage.outbox.rows import Claimed
from handlers.views import notices as views
from handlers.views.message import Message
from handlers.views.notices.noise import together
from policy import crossings, noise
from policy.notices import CrossedTogether, Gathered, Notice, Person
from policy.timeliness import Drop, Present, timeliness


async def gathered(database: Database, claimed: Claimed, *, now: datetime) -> bool:
    """Put a notice into the digest of its person's hour; False where it is told by itself.

    What may have been posted already is not put anywhere else.
    """
    notice, to = claimed.notice, claimed.notice.to
    if not isinstance(to, Person) or claimed.is_doubtful:
        return False
    async with database.reading() as work:
        since = real_now() - noise.HOUR
        told = await work.stories.told(notice.workspace, to.user, since)
    if not noise.is_too_much(notice, told):
        return False
    digest = noise.gathering(notice, to, now=now)
    async with database.begin() as work:
        work.outbox.owe(digest)
        await work.outbox.cancelled(claimed, noise.WHY, told_in=digest.key)
        await work.commit()
    return True


async def drawn(database: Database, notice: Notice, present: Present, *, now: datetime) -> Message:
    """Draw a notice; a digest with all that stands in it and is still true."""
    if isinstance(notice.fact, Gathered):
        return together(notice.fact, await _members(database, notice, now=now))
    notice = await whole(database, notice)
    async with database.reading() as work:
        brief = await brief_for(work, notice, present, now=now)
    return views.message(notice, present.case, escalation=present.escalation, brief=brief, now=now)


async def whole(database: Database, notice: Notice) -> Notice:
    """Return a digest of crossings with those that it took along; anything else as it is.

    They stand under the key that it had when it was owed, wherever it is told instead.
    """
    if not isinstance(notice.fact, CrossedTogether) or notice.fact.of:
        return notice
    key, _, _ = notice.key.partition(INSTEAD)
    async with database.reading() as work:
        found = await work.stories.gathered(notice.workspace, key)
    facts = (notice.fact, *(each.fact for each in found))
    digests = (each.crossings for each in facts if isinstance(each, CrossedTogether))
    return replace(notice, fact=CrossedTogether(crossings=crossings.joined(digests)))


async def _members(database: Database, digest: Notice, *, now: datetime) -> list[Message]:
    async with database.reading() as work:
        found = await work.stories.gathered(digest.workspace, digest.key)
        pairs = [(each, await present_of(work, each)) for each in found]
    return [
        await drawn(database, notice, present, now=now)
        for notice, present in pairs
        if not isinstance(timeliness(notice, present, now=now), Drop)
    ]
