"""Hours: when the targets of S3 and S4 run."""

from policy.hours import DutyHours
from policy.settings import WorkspaceSettings


def hours_of(settings: WorkspaceSettings) -> DutyHours:
    """Return when duty is at work, as the workspace has decided."""
    return settings.duty_hours
