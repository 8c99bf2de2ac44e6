"""Hearing: how people hear of what, and the digests that some of them chose."""

from datetime import datetime

from bot.desk.act import Means
from policy import hearing as rules
from policy.hearing import Preferences
from policy.roles import Actor

BATCH = 2000


class Hearing:
    """Each person's own choice; nobody else's is ever seen, so no role is asked for."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def read(self, *, by: Actor) -> Preferences:
        """Return how the person hears of what."""
        async with self._means.database.reading() as work:
            return (await work.hearing.chosen(by.workspace, [by.user]))[by.user]

    async def choose(self, chosen: Preferences, *, by: Actor) -> Preferences:
        """Let the person hear of it in this way from now on."""
        async with self._means.database.begin() as work:
            await work.hearing.choose(by.workspace, by.user, chosen)
            await work.commit()
        return chosen

    async def send_digests(self, now: datetime) -> int:
        """Owe the digests that are due, a batch of what they tell; return how much that was."""
        async with self._means.database.begin() as work:
            found = await work.hearing.due(now, BATCH)
            work.outbox.owe(*rules.digests(found, at=now))
            if found:
                await work.commit()
        if found:
            self._means.wake()
        return len(found)
