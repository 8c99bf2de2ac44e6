"""What the duty channel hears of once a day."""

from datetime import datetime

from policy.board import DutyDigest, Line
from policy.hours import Span
from policy.ids import WorkspaceId
from policy.notices import DueToday, Duty, DutyDay, Notice, OpenEscalation
from policy.owed.notice import CAN_WAIT


def day(workspace: WorkspaceId, digest: DutyDigest, *, at: datetime) -> Notice:
    """Return the digest of a day, for the duty channel; another hour may bring the day a second."""
    cases = {each.escalation.id: each.case for each in digest.lines}
    fact = DutyDay(
        day=digest.day,
        crossings=digest.crossings,
        open=tuple(_stands(each) for each in digest.lines),
        due_today=tuple(
            DueToday(
                case=cases[each.escalation].id,
                kind=each.kind,
                owner=each.owner,
                what=each.what,
                due_at=each.due_at,
            )
            for each in digest.due_today
        ),
        gaps=tuple(Span(start_at=each.start_at, end_at=each.end_at) for each in digest.gaps),
    )
    return Notice(
        workspace=workspace,
        key=f"duty.day:{at.isoformat()}:duty",
        to=Duty(),
        fact=fact,
        urgency=CAN_WAIT,
        at=at,
    )


def _stands(line: Line) -> OpenEscalation:
    return OpenEscalation(
        escalation=line.escalation.id,
        case=line.case.id,
        title=line.case.title,
        severity=line.case.severity,
        state=line.escalation.state,
        owner=line.escalation.owner,
        due_at=line.next.due_at if line.next else None,
        late_by=line.overdue.minutes if line.overdue else 0,
    )
