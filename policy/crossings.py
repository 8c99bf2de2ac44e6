"""Crossings: the moments at which escalating a case becomes available, and how they are told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from policy.cases import Case, Severity
from policy.ids import AccountId, CaseId, ChannelId, Tier, Ts, UserId, WorkspaceId
from policy.thresholds import ThresholdTable, available_at

ON_TIME = timedelta(seconds=60)
"""A crossing told later than this says so."""
STALE_AFTER = timedelta(hours=24)
"""A crossing told later than this is told in a digest."""
WARNED_AFTER = 0.8
"""The part of a threshold after which the engineer is warned, privately."""
COOLDOWN = timedelta(hours=1)
"""However often a severity flips, a case is announced once in this time."""
DIGEST_OVER = 5
"""More than so many for one channel at once become one digest."""
DIGEST_SIZE = 50
"""How many cases one digest names; it counts the others."""
SINGLY_ON_DUTY = frozenset({Severity.S1, Severity.S2})
"""The duty channel hears of these one by one, of the others in its digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """The moment one case passed its threshold, under one version of its clock."""

    workspace: WorkspaceId
    case: CaseId
    title: str
    severity: Severity
    tier: Tier
    account: AccountId
    account_name: str
    requester: UserId
    engineer: UserId | None
    followers: frozenset[UserId] = frozenset()
    channel: ChannelId
    thread: Ts | None
    clock_version: int
    crossed_at: datetime

    @property
    def goes_singly_to_duty(self) -> bool:
        """Whether the duty channel hears of it on its own."""
        return self.severity in SINGLY_ON_DUTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Several crossings that one channel hears of at once; the members never change."""

    channel: ChannelId
    members: tuple[Crossing, ...]


def crossing(case: Case, table: ThresholdTable) -> Crossing:
    """Return the crossing of a case under the current version of its clock."""
    return Crossing(
        workspace=case.workspace,
        case=case.id,
        title=case.title,
        severity=case.severity,
        tier=case.tier,
        account=case.account,
        account_name=case.account_name,
        requester=case.requester,
        engineer=case.engineer,
        followers=case.followers,
        channel=case.channel,
        thread=case.thread,
        clock_version=case.clock_version,
        crossed_at=available_at(case, table),
    )


def announce_at(crossed_at: datetime, last_announced_at: datetime | None) -> datetime:
    """Return when a crossing is told: at once, or after the cooldown of the last one told."""
    if last_announced_at is None:
        return crossed_at
    return max(crossed_at, last_announced_at + COOLDOWN)


def told_at(
    case: Case, table: ThresholdTable, last_announced_at: datetime | None
) -> tuple[datetime, datetime]:
    """Return when a case's crossing is told, and its engineer warned of it before."""
    crossed_at = available_at(case, table)
    opened_at = case.opened_at.astimezone(UTC)
    warned_at = opened_at + (crossed_at - opened_at) * WARNED_AFTER
    return (
        announce_at(crossed_at, last_announced_at),
        announce_at(warned_at.replace(microsecond=0), last_announced_at),
    )


def is_late(crossed_at: datetime, *, now: datetime) -> bool:
    """Tell whether a notice of this crossing has to admit that it comes late."""
    return now - crossed_at > ON_TIME


class Late(StrEnum):
    """Why a crossing is told late."""

    UNNOTICED = "unnoticed"
    """Nobody looked at its moment, or it had been announced just before."""
    UNDELIVERED = "undelivered"
    """It was owed in time, and its place took it only now."""


def late(crossed_at: datetime, *, owed_at: datetime, now: datetime) -> Late | None:
    """Return why a crossing is told late; None where it is not."""
    if not is_late(crossed_at, now=now):
        return None
    return Late.UNDELIVERED if now - owed_at > ON_TIME else Late.UNNOTICED


def gathered(
    due: Iterable[Crossing], *, now: datetime, is_storm: bool = False
) -> tuple[tuple[Crossing, ...], tuple[Digest, ...]]:
    """Return which crossings their channels hear of singly, and which in digests.

    One channel hears of more than `DIGEST_OVER` at once in digests, and of those that are more
    than a day late. In a storm, which comes in parts, it hears of all in digests: those that wait
    for one channel become one. Worst severity first, then oldest first, in both halves.
    """
    by_channel: defaultdict[ChannelId, list[Crossing]] = defaultdict(list)
    for each in sorted(due, key=_urgency):
        by_channel[each.channel].append(each)
    singles: list[Crossing] = []
    digests: list[Digest] = []
    for channel, crossings in by_channel.items():
        alone, together = _parted(crossings, now=now, is_storm=is_storm)
        singles += alone
        digests += (Digest(channel=channel, members=members) for members in together)
    return tuple(sorted(singles, key=_urgency)), tuple(digests)


def gathered_for_duty(
    due: Iterable[Crossing], *, now: datetime, is_storm: bool = False
) -> tuple[tuple[Crossing, ...], tuple[tuple[Crossing, ...], ...]]:
    """Return of which crossings the duty channel hears singly, and of which together.

    The same measure as for every other channel; only the urgent ones are told to it at once. In a
    storm, which comes in parts, it hears of all of them together.
    """
    urgent = sorted((each for each in due if each.goes_singly_to_duty), key=_urgency)
    alone, together = _parted(urgent, now=now, is_storm=is_storm)
    return tuple(alone), tuple(together)


def joined(digests: Iterable[Iterable[Crossing]]) -> tuple[Crossing, ...]:
    """Return what one place hears that is told several digests at once, the worst first."""
    members = {(each.case, each.clock_version): each for digest in digests for each in digest}
    return tuple(sorted(members.values(), key=_urgency))


def _parted(
    crossings: list[Crossing], *, now: datetime, is_storm: bool = False
) -> tuple[list[Crossing], list[tuple[Crossing, ...]]]:
    """Part what one channel is told: one by one, and in groups of a digest's size."""
    stale = [each for each in crossings if now - each.crossed_at > STALE_AFTER]
    fresh = [each for each in crossings if now - each.crossed_at <= STALE_AFTER]
    if is_storm or len(fresh) > DIGEST_OVER:
        fresh, stale = [], crossings
    starts = range(0, len(stale), DIGEST_SIZE)
    return fresh, [tuple(stale[start : start + DIGEST_SIZE]) for start in starts]


def _urgency(each: Crossing) -> tuple[int, datetime, str]:
    return each.severity.rank, each.crossed_at, each.case
