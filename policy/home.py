"""The App Home: what waits for somebody, in the order in which it is urgent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.board import Line
from policy.casefile import CaseFile
from policy.cases import Case, CaseState
from policy.crossings import WARNED_AFTER
from policy.ids import UserId
from policy.roles import Role, Standing
from policy.settings import WorkspaceSettings

SHOWN = 10
"""How many cases stand on one page of a home."""
MOST_QUEUED = 100
"""How many of an engineer's open cases are put in order; the rest is a list's to show."""
RECENT = timedelta(days=7)
LOOKED_AT_FOR = timedelta(days=7)
"""A home that was opened longer ago is drawn when it is opened again."""


class Ailment(StrEnum):
    """What an administrator has to put right."""

    NO_DUTY_CHANNEL = "no_duty_channel"
    NO_DUTY_MANAGERS = "no_duty_managers"
    NO_LEADS = "no_leads"
    NO_ENGINEERS = "no_engineers"
    UNUSABLE_CHANNELS = "unusable_channels"
    """Notices could not be posted where they belong, lately."""
    DEAD_NOTICES = "dead_notices"
    """Notices were given up, lately: nobody was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What went wrong lately, counted."""

    dead_notices: int = 0
    unusable_channels: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What one person sees who opens Caseflag."""

    reader: Standing
    files: tuple[CaseFile, ...]
    """The cases of this page: a customer's newest first, an engineer's most urgent first."""
    page: int
    has_more: bool
    is_queue: bool
    lines: tuple[Line, ...]
    """Open escalations, for whoever may answer them; the most urgent first."""
    ailments: tuple[tuple[Ailment, int], ...]
    """For administrators; with how many of them there are."""
    site: str
    now: datetime


def warning_at(file: CaseFile) -> datetime:
    """Return when most of the case's threshold has passed."""
    return file.explanation.opened_at + file.explanation.threshold * WARNED_AFTER


def is_near(file: CaseFile, *, now: datetime) -> bool:
    """Tell whether escalating becomes available soon: the engineer still has time to prevent it."""
    waits = file.case.is_open and not file.is_available and file.escalation is None
    return waits and now >= warning_at(file)


def queue(files: Iterable[CaseFile], *, now: datetime) -> tuple[CaseFile, ...]:
    """Return an engineer's cases: escalated, available, near, then by severity and age.

    Those that wait for somebody else come after those that wait for the engineer.
    """

    def urgency(file: CaseFile) -> tuple[bool, bool, bool, bool, int, datetime]:
        escalated = file.escalation is not None and file.escalation.is_open
        return (
            not escalated,
            not (file.case.is_open and file.is_available),
            not is_near(file, now=now),
            waits_for_others(file),
            file.case.severity.rank,
            file.explanation.available_at,
        )

    return tuple(sorted(files, key=urgency))


def waits_for_others(file: CaseFile) -> bool:
    """Tell whether the next move is somebody else's than the engineer's."""
    waiting = (
        CaseState.WAITING_CUSTOMER,
        CaseState.WAITING_THIRD_PARTY,
        CaseState.SOLUTION_PROPOSED,
    )
    return file.case.state in waiting


def people_of(*cases: Case) -> frozenset[UserId]:
    """Return whose homes show these cases."""
    people = (
        person
        for case in cases
        for person in (case.requester, case.contact, case.reporter, case.engineer)
    )
    return frozenset(each for each in people if each)


def ailments(settings: WorkspaceSettings, health: Health) -> tuple[tuple[Ailment, int], ...]:
    """Return what an administrator has to put right, and how many of it there are."""
    rows = (
        (Ailment.NO_DUTY_CHANNEL, int(settings.duty_channel is None)),
        (Ailment.NO_DUTY_MANAGERS, int(not settings.duty_managers)),
        (Ailment.NO_LEADS, int(not settings.leads)),
        (Ailment.NO_ENGINEERS, int(not settings.engineers)),
        (Ailment.UNUSABLE_CHANNELS, health.unusable_channels),
        (Ailment.DEAD_NOTICES, health.dead_notices),
    )
    return tuple((ailment, count) for ailment, count in rows if count)


def answers(reader: Standing) -> bool:
    """Tell whether the person answers escalations."""
    return reader.has(Role.DUTY_MANAGER, Role.LEAD)
