"""The rota: read who is on duty, take a time, swap one, arrange the week, foresee gaps."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.act import Act, Means
from bot.desk.casefiles import settings_of
from bot.desk.duty import bench_of, rota_of
from bot.desk.duty_days import next_at
from bot.desk.holidays import are_known
from policy import rota as rules
from policy.hours import Span
from policy.ids import OverrideId, ShiftId, SwapId, UserId, WorkspaceId
from policy.owed import rota as owed
from policy.refusals import NotYours, Stale, Unreadable
from policy.roles import Actor, Role, Side, Standing
from policy.rota import DutyPage, DutyTimes, Override, Shift, ShiftRequest, Swap
from policy.settings import WorkspaceSettings

SETTLED = timedelta(minutes=15)
"""How long after a change gaps are left untold: whoever arranges a week is still at it."""
HOURLY = timedelta(hours=1)


class Rota:
    """Who answers escalations when."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def read(self, *, by: Actor) -> DutyPage:
        """Return who is on duty now and next, and what the person may do about it."""
        async with self._means.looking(by) as act:
            if act.who.side is not Side.SUPPORT:
                raise NotYours(case=None, need="the support side")
            settings = await settings_of(act.work, act.workspace)
            rota = await rota_of(act.work, settings, now=act.now)
            swaps = await act.work.rota.swaps(act.workspace, since=act.now)
            return DutyPage(
                reader=act.who,
                on=rules.who_is_on(rota, bench_of(act.roster), now=act.now),
                rota=rota,
                gaps=rules.foreseen(rota, now=act.now, unavailable=act.roster.absent),
                swaps=tuple(each for each in swaps if act.who.user in {each.giver, each.taker}),
                times=_times(settings),
                now=act.now,
            )

    async def shift(self, shift: ShiftId, *, by: Actor) -> Shift:
        """Return one row of the week, for whoever arranges it."""
        async with self._means.looking(by) as act:
            _arranges(act)
            return await act.work.rota.shift(act.workspace, shift)

    async def take(self, span: Span, *, by: Actor) -> Override | Swap:
        """Take a time that nobody has; where somebody has it, offer that person to take it."""
        async with self._means.acting(by) as act:
            rota = await rota_of(act.work, act.settings, now=act.now)
            ahead = rules.turns(rota, span.start_at, span.end_at, unavailable=act.roster.absent)
            named = sorted({user for each in ahead for user in each.people} - {by.user})
            if named:
                swap = await self._proposed(act, span, giver=named[0], taker=by.user)
                await act.commit()
                return swap
            taken = rules.taken(
                rota,
                span,
                id=OverrideId(act.means.new_id()),
                by=act.who,
                unavailable=act.roster.absent,
                now=act.now,
            )
            await _overrule(act, taken)
            await act.commit()
        return taken

    async def propose(self, span: Span, taker: UserId, *, by: Actor) -> Swap:
        """Offer somebody to do the person's own duty for a while."""
        async with self._means.acting(by) as act:
            swap = await self._proposed(act, span, giver=by.user, taker=taker)
            await act.commit()
        return swap

    async def answer(self, swap: SwapId, *, accepted: bool, by: Actor) -> Swap:
        """Accept or refuse a swap; the first answer counts."""
        async with self._means.acting(by) as act:
            found = await act.work.rota.swap(act.workspace, swap)
            if accepted:
                id_ = OverrideId(act.means.new_id())
                answer, override = rules.accepted(found, id=id_, by=act.who, now=act.now)
                await act.work.rota.decide(answer)
                await _overrule(act, override)
            else:
                answer = rules.refused(found, by=act.who, now=act.now)
                await act.work.rota.decide(answer)
            act.owe(owed.answered(answer, by=by.user, at=act.now))
            asked = owed.proposed(found)
            await act.work.stories.overtaken(act.workspace, asked.key, act.now)
            await act.commit()
        return answer

    async def arrange(
        self, request: ShiftRequest, shift: ShiftId | None = None, *, by: Actor
    ) -> Shift:
        """Put a shift into the week, or change one."""
        async with self._means.acting(by) as act:
            _arranges(act)
            if shift is not None:
                await act.work.rota.shift(act.workspace, shift)
            new = Shift(
                workspace=act.workspace,
                id=shift or ShiftId(act.means.new_id()),
                zone=request.zone,
                weekday=request.weekday,
                start=request.start,
                end=request.end,
                person=_able(act, request.person, "person"),
                backup=_able(act, request.backup, "backup") if request.backup else None,
                on_holidays=request.on_holidays,
            )
            await act.work.rota.keep(new)
            await _look_ahead(act)
            await act.commit()
        return new

    async def remove(self, shift: ShiftId, *, by: Actor) -> None:
        """Take a shift out of the week."""
        async with self._means.acting(by) as act:
            _arranges(act)
            if not await act.work.rota.drop(act.workspace, shift):
                raise Stale
            await _look_ahead(act)
            await act.commit()

    async def override(
        self, person: UserId, span: Span, *, instead_of: UserId | None = None, by: Actor
    ) -> Override:
        """Arrange that somebody is on duty for a while, whatever the week says."""
        async with self._means.acting(by) as act:
            made = rules.overridden(
                _standing(act, person),
                span,
                id=OverrideId(act.means.new_id()),
                instead_of=instead_of,
                by=act.who,
                now=act.now,
            )
            await _overrule(act, made)
            act.owe(*owed.arranged(made, by=by.user, at=act.now))
            await act.commit()
        return made

    async def revoke(self, override: OverrideId, *, by: Actor) -> Override:
        """Let what was arranged for a while count no more."""
        async with self._means.acting(by) as act:
            _arranges(act)
            gone = await act.work.rota.revoke(act.workspace, override)
            if gone is None:
                raise Stale
            act.owe(*owed.arranged(gone, by=by.user, at=act.now, is_revoked=True))
            await _look_ahead(act)
            await act.commit()
        return gone

    async def keep_times(self, times: DutyTimes, *, by: Actor) -> DutyTimes:
        """Decide when the targets of S3 and S4 run, and when the duty channel hears of its day."""
        if times.holidays and not are_known(times.holidays):
            raise Unreadable(field="holidays", message="Write a country, such as DE or DE-BY.")
        async with self._means.acting(by) as act:
            _arranges(act)
            before = await settings_of(act.work, act.workspace)
            after = replace(
                before,
                duty_hours=times.hours,
                holidays=times.holidays,
                digest_at=times.digest_at,
                version=before.version + 1,
            )
            await act.work.settings.save(after)
            await act.work.duty_days.plan(act.workspace, next_at(after, act.now), now=act.now)
            await act.commit()
        return times

    async def foresee(self, now: datetime) -> int:
        """Tell of gaps ahead that nobody was told of; return how many."""
        async with self._means.database.reading() as work:
            at = await work.rota.next_outlook_at()
        if at is None or at > now:
            return 0
        async with self._means.database.begin() as work:
            due = await work.rota.outlooks(now, again=now + HOURLY)
            await work.commit()
        return sum([await self._foreseen(each, now) for each in due])

    async def _foreseen(self, workspace: WorkspaceId, now: datetime) -> int:
        roster = await self._means.people.roster(workspace)
        async with self._means.database.begin() as work:
            rota = await rota_of(work, roster.settings, now=now)
            ahead = rules.foreseen(rota, now=now, unavailable=roster.absent)
            found = rules.untold(ahead, await work.rota.told(workspace))
            if not found:
                return 0
            await work.rota.tell(workspace, *found, now=now)
            told = (roster.people[Role.LEAD] | roster.people[Role.ADMINISTRATOR]) - roster.absent
            work.outbox.owe(*owed.gaps(workspace, found, told, at=now))
            await work.commit()
        self._means.wake()
        return len(found)

    async def _proposed(self, act: Act, span: Span, *, giver: UserId, taker: UserId) -> Swap:
        swap = rules.proposed(
            await rota_of(act.work, act.settings, now=act.now),
            span,
            id=SwapId(act.means.new_id()),
            giver=giver,
            taker=_standing(act, taker),
            by=act.who,
            now=act.now,
        )
        await act.work.rota.propose(swap)
        act.owe(owed.proposed(swap))
        return swap


def _times(settings: WorkspaceSettings) -> DutyTimes:
    return DutyTimes(
        hours=settings.duty_hours, holidays=settings.holidays, digest_at=settings.digest_at
    )


def _arranges(act: Act) -> None:
    if not rules.may_arrange(act.who):
        raise NotYours(case=None, need="a lead or an administrator")


def _standing(act: Act, user: UserId) -> Standing:
    actor = Actor(workspace=act.workspace, user=user)
    return Standing(actor=actor, roles=act.roster.roles_of(user))


def _able(act: Act, user: UserId, field: str) -> UserId:
    if not _standing(act, user).has(Role.DUTY_MANAGER, Role.LEAD):
        raise Unreadable(field=field, message="Name a duty manager or a lead.")
    return user


async def _overrule(act: Act, override: Override) -> None:
    await act.work.rota.overrule(override)
    await _look_ahead(act)


async def _look_ahead(act: Act) -> None:
    await act.work.rota.look_ahead(act.workspace, act.now + SETTLED)
