"""Where a notice goes: named by role, and found out when it is sent."""

from dataclasses import dataclass
from enum import StrEnum

from policy.ids import CaseId, ChannelId, EscalationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The thread of a case's card: its conversation."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationThread:
    """The thread of an escalation's card in the duty channel."""

    escalation: EscalationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person, privately."""

    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel by its id."""

    channel: ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The duty channel, whichever the settings name when the notice is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrators:
    """Every administrator, privately."""


class PagerService(StrEnum):
    """What pages people beyond Slack."""

    PAGERDUTY = "pagerduty"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """A pager beyond Slack, as the environment configures it."""

    service: PagerService


Address = Thread | EscalationThread | Person | Channel | Duty | Administrators | Pager
