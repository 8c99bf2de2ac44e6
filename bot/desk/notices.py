"""Notices, as whoever answers for the app asks what became of them."""

from datetime import timedelta

from bot.clock import real_now
from bot.desk.act import Act, Means
from bot.storage.outbox.rows import NoticeState
from bot.storage.stories import Story
from policy import accounting as rules
from policy.accounting import Accounting, Fate, Told
from policy.ids import ChannelId, Ts
from policy.refusals import NotYours
from policy.roles import Actor, Role

MOST = 10
WEEK = timedelta(days=7)


class Notices:
    """What was owed, and whether it was told."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def account(self, *, by: Actor) -> Accounting:
        """Return how it stands with all of them, and how often managers were told something."""
        async with self._means.looking(by) as act:
            _require(act)
            stories = act.work.stories
            counted = await stories.counted(act.workspace)
            dead = await stories.listed([NoticeState.DEAD], MOST, workspace=act.workspace)
            now = real_now()
            told = await stories.pings(act.workspace, now - WEEK)
            managers = act.roster.people.get(Role.DUTY_MANAGER, frozenset())
        return Accounting(
            counted={Fate(state.value): number for state, number in counted.items()},
            dead=tuple(map(_told, dead)),
            pings=rules.pings(told, managers, now=now),
        )

    async def story(self, key: str, *, by: Actor) -> Told | None:
        """Return what became of the notice with this key, None where it was never owed."""
        async with self._means.looking(by) as act:
            _require(act)
            found = await act.work.stories.of(act.workspace, key)
        return _told(found) if found else None

    async def retry(self, key: str, *, by: Actor) -> bool:
        """Let a notice be sent again that was given up; False where none was."""
        async with self._means.acting(by) as act:
            _require(act)
            is_again = await act.work.stories.retried(act.workspace, key, act.now)
            await act.commit()
        return is_again

    async def refresh(self, channel: ChannelId, ts: Ts, *, by: Actor) -> bool:
        """Let the message that stands there be shown as things are now; False where none is ours."""
        async with self._means.acting(by) as act:
            is_ours = await act.work.cards.redraw(
                act.workspace, channel, ts
            ) or await act.work.stories.outdated(act.workspace, channel, ts, act.now)
            await act.commit()
        return is_ours


def _require(act: Act) -> None:
    if not rules.may_account(act.who):
        raise NotYours(case=None, need="an administrator or a lead")


def _told(story: Story) -> Told:
    return Told(
        key=story.key,
        fate=Fate(story.state.value),
        due_at=story.not_before,
        claimed_at=story.claimed_at,
        attempts=story.attempts,
        settled_at=story.settled_at,
        reasons=story.errors,
        told_in=story.told_in,
    )
