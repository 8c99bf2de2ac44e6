"""The workspace's settings, read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.forms.reading import Reader
from policy.ids import Tier
from policy.settings import WhoMayEscalate, WorkspaceSettings

ROLES = ("duty_managers", "engineers", "leads", "administrators")
GROUP = re.compile(r"S[A-Z0-9]{2,}")
GROUPS = 200
TIER = (1, 40)
CONTACT = 300
CHASES = 9
DAYS = 365


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
    settings = replace(
        before,
        duty_channel=reader.channel("duty_channel"),
        default_tier=Tier(reader.text("default_tier", least=TIER[0], most=TIER[1])),
        urgent_contact=reader.text("urgent_contact", least=0, most=CONTACT),
        who_may_escalate=reader.chosen("who_may_escalate", WhoMayEscalate),
        shows_targets=reader.ticked("shows_targets"),
        chases_needed=reader.number("chases_needed", least=1, most=CHASES) or before.chases_needed,
        reopenable_for=before.reopenable_for if days is None else timedelta(days=days),
        duty_managers=people["duty_managers"],
        engineers=people["engineers"],
        leads=people["leads"],
        administrators=people["administrators"],
    )
    reader.done()
    return settings


def _people(reader: Reader, role: str) -> tuple[str, ...]:
    said = reader.text(f"{role}_groups", least=0, most=GROUPS)
    groups = [each for each in re.split(r"[,\s]+", said) if each]
    if any(not GROUP.fullmatch(each) for each in groups):
        reader.amiss(f"{role}_groups", "Write user group ids, such as S0123ABCD, with commas.")
    return (*reader.people(role), *groups)
