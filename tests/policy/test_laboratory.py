"""What a change would mean is told before it is made."""

from dataclasses import replace
from datetime import timedelta

from policy.casefile import CaseFile
from policy.cases import Severity
from policy.comments import Conversation
from policy.ids import CaseId
from policy.laboratory import NAMED, preview, what_if
from policy.thresholds import SHIPPED, D, H, explain
from tests.support.builders import MORNING, a_case

SHORTER = replace(
    SHIPPED, version=2, rows=dict.fromkeys(Severity, (1 * H, 2 * H, 3 * H)), why="Quicker"
)
S1, S3 = Severity.S1, Severity.S3


def test_a_preview_tells_what_would_become_available_and_what_would_not_any_more():
    now = MORNING + 4 * H
    young = [a_case(id=CaseId(f"CASE-{n}"), opened_at=MORNING + 2 * H) for n in (1, 2)]
    old = [a_case(id=CaseId("CASE-3")), a_case(id=CaseId("CASE-4"), severity=S1)]
    closer = preview([*young, *old], SHIPPED, SHORTER, now=now)
    assert [each.id for each in closer.becoming.first] == ["CASE-4", "CASE-3"]
    assert (closer.becoming.count, closer.ceasing.count) == (2, 0)
    further = preview([*young, *old], SHORTER, SHIPPED, now=now)
    assert [each.id for each in further.ceasing.first] == ["CASE-4", "CASE-3"]
    assert further.becoming.count == 0


def test_a_preview_counts_all_and_names_the_worst():
    many = [a_case(id=CaseId(f"CASE-{n}"), opened_at=MORNING - n * H) for n in range(30)]
    found = preview(many, SHIPPED, SHORTER, now=MORNING + 4 * H)
    assert found.becoming.count == 30
    assert len(found.becoming.first) == NAMED
    assert found.becoming.first[0].id == "CASE-29"


def test_what_if_tells_every_severity_and_tier():
    case = a_case()
    file = CaseFile(
        case=case, said=Conversation(), explanation=explain(case, SHIPPED), is_available=False
    )
    found = what_if(file, SHIPPED, now=MORNING)
    assert found.times[S1] == (MORNING + 4 * H, MORNING + 8 * H, MORNING + 8 * H)
    assert found.times[S3] == (MORNING + 3 * D, MORNING + 5 * D, MORNING + 5 * D)
    assert set(found.times) == set(Severity)
    assert found.now + timedelta(0) == MORNING
