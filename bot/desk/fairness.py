"""Fair-clock flags: what is done to a case just when it matters is shown to the leads."""

from bot.desk.act import Act
from policy import fairness as rules
from policy.cases import Case
from policy.owed import casework as owed
from policy.roles import Role

LOOKED_AT = 200
"""How many of the last comments may hold the customer's last reply."""


async def flag(act: Act, case: Case) -> None:
    """Owe the leads what the person has just done, if its moment is remarkable."""
    entries = await act.work.history.of(act.workspace, case.id)
    comments = await act.work.comments.of(act.workspace, case.id, LOOKED_AT, internal=False)
    table = await act.work.thresholds.current(act.workspace)
    found = rules.flags(case, entries, comments, table)
    just_now = (each for each in found if (each.at, each.by) == (act.now, act.who.user))
    leads = act.roster.people[Role.LEAD]
    for each in just_now:
        act.owe(*owed.flagged(case, each, leads))
