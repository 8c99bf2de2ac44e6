"""A case as it is read: its facts beside what the record makes of them."""

from datetime import datetime

from bot.storage.work import Work
from policy.casefile import CaseFile
from policy.cases import Case, is_support
from policy.comments import Comment, Visibility, counts, counts_again_at
from policy.escalations import Escalation, may_know
from policy.guidance.gates import Record
from policy.ids import WorkspaceId
from policy.roles import Standing
from policy.settings import WorkspaceSettings
from policy.thresholds import ThresholdTable, explain, is_available

COMMENTS_SHOWN = 20


async def settings_of(work: Work, workspace: WorkspaceId) -> WorkspaceSettings:
    """Return what the workspace has decided; the defaults before it has."""
    return await work.settings.get(workspace) or WorkspaceSettings(workspace=workspace)


async def record_of(work: Work, case: Case, settings: WorkspaceSettings) -> Record:
    """Return what the record knows about a case, the gates' ground."""
    return Record(
        case=case,
        said=await work.comments.conversation(case.workspace, case.id),
        escalation=await work.escalations.of_case(case.workspace, case.id),
        table=await work.thresholds.current(case.workspace),
        settings=settings,
    )


async def file_of(
    work: Work,
    case: Case,
    *,
    who: Standing | None = None,
    table: ThresholdTable | None = None,
    record: Record | None = None,
    now: datetime,
) -> CaseFile:
    """Return the case as `who` reads it, or as its card shows it to everybody in its channel.

    With a `record`, what stands in it is not read again.
    """
    table = table or await work.thresholds.current(case.workspace)
    if record is None:
        escalation = await work.escalations.of_case(case.workspace, case.id)
        said = await work.comments.conversation(case.workspace, case.id)
    else:
        escalation, said = record.escalation, record.said
    known = escalation if escalation and may_know(escalation, case, who) else None
    return CaseFile(
        case=case,
        said=said,
        explanation=explain(case, table),
        is_available=is_available(case, table, now=now),
        escalation=known,
        severity_request=await work.severities.open_of(case.workspace, case.id),
        reader=who,
        chase_counts_at=None if counts(said.last_chase_at, now=now) else counts_again_at(said),
        comments=await _comments(work, case, known, who),
    )


async def _comments(
    work: Work, case: Case, known: Escalation | None, who: Standing | None
) -> tuple[Comment, ...]:
    if who is None:
        return ()
    found = await work.comments.of(
        case.workspace, case.id, limit=COMMENTS_SHOWN, internal=is_support(who)
    )
    return tuple(each for each in found if is_known(each, known))


def is_known(comment: Comment, known: Escalation | None) -> bool:
    """Tell whether somebody may read a comment who knows of this escalation, or of none.

    What was said to an earlier one stays with those who knew of that.
    """
    if comment.visibility is not Visibility.ESCALATION:
        return True
    return known is not None and comment.at >= known.submitted_at
