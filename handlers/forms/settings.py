"""The workspace's settings, read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import Patience
from policy.ids import Tier
from policy.settings import WhoMayEscalate, WorkspaceSettings, is_group

ROLES = ("duty_managers", "engineers", "leads", "administrators")
TIER = (1, 40)
CONTACT = 300
CHASES = 9
DAYS = 365
SILENT, WARNED = (2, 90), (1, 30)
"""How many days of silence close a case, and how many before that its requester is told."""


def read(view: Mapping[str, Any], before: WorkspaceSettings) -> WorkspaceSettings:
    """Return the settings as they shall be.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    people = {role: _people(reader, role) for role in ROLES}
    if not people["administrators"]:
        reader.amiss("administrators", "Somebody has to be able to change this again.")
    days = reader.number("reopenable_days", most=DAYS)
    patience = _patience(reader, before.patience)
    settings = replace(
        before,
        duty_channel=reader.channel("duty_channel"),
        default_tier=Tier(reader.text("default_tier", least=TIER[0], most=TIER[1])),
        urgent_contact=reader.text("urgent_contact", least=0, most=CONTACT),
        who_may_escalate=reader.chosen("who_may_escalate", WhoMayEscalate),
        shows_targets=reader.ticked("shows_targets"),
        chases_needed=reader.number("chases_needed", least=1, most=CHASES) or before.chases_needed,
        reopenable_for=before.reopenable_for if days is None else timedelta(days=days),
        silent_for=patience.silent_for,
        warned_for=patience.warned_for,
        duty_managers=people["duty_managers"],
        engineers=people["engineers"],
        leads=people["leads"],
        administrators=people["administrators"],
    )
    reader.done()
    return settings


def _patience(reader: Reader, before: Patience) -> Patience:
    silent = reader.number("silent_days", least=SILENT[0], most=SILENT[1])
    warned = reader.number("warned_days", least=WARNED[0], most=WARNED[1])
    found = Patience(
        silent_for=before.silent_for if silent is None else timedelta(days=silent),
        warned_for=before.warned_for if warned is None else timedelta(days=warned),
    )
    if found.warned_for >= found.silent_for:
        reader.amiss("warned_days", "Write fewer days than those of silence.")
    return found


def _people(reader: Reader, role: str) -> tuple[str, ...]:
    groups = filter(is_group, reader.value(f"{role}_groups").split(","))
    return (*reader.people(role), *groups)
