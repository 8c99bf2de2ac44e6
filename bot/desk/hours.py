"""Hours: when the targets of S3 and S4 run."""

from dataclasses import replace
from datetime import datetime

from bot.desk.holidays import public_holidays
from policy.hours import DutyHours
from policy.settings import WorkspaceSettings


def hours_of(settings: WorkspaceSettings, *, now: datetime) -> DutyHours:
    """Return when duty is at work, as the workspace has decided: not on public holidays."""
    return replace(settings.duty_hours, holidays=public_holidays(settings.holidays, now=now))
