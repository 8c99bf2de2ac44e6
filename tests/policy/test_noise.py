"""Nobody is told more than so much in an hour, beyond what cannot wait."""

import pytest

from policy.ids import EscalationId
from policy.noise import MOST_AN_HOUR, gathering, is_too_much
from policy.notices import (
    CaseTaken,
    Duty,
    EscalationWaits,
    Gathered,
    HandOverOffered,
    Notice,
    Person,
)
from tests.support.builders import ANA, ELI, MONA, WORKSPACE, utc

AT = utc("2025-06-02T08:20Z")
TO = Person(user=MONA)


def a_notice(to=TO, fact=None, urgency=3, key="a"):
    fact = fact or CaseTaken(engineer=ELI)
    return Notice(workspace=WORKSPACE, key=key, to=to, fact=fact, urgency=urgency, at=AT)


WAITS = EscalationWaits(escalation=EscalationId("e"), by=ANA, due_at=AT)
OFFER = HandOverOffered(escalation=EscalationId("e"), by=ANA, to=MONA, note="My shift ends.")


@pytest.mark.parametrize(
    ("notice", "told", "expected"),
    [
        (a_notice(), MOST_AN_HOUR - 1, False),
        (a_notice(), MOST_AN_HOUR, True),
        (a_notice(urgency=2), MOST_AN_HOUR, True),
        (a_notice(urgency=1), MOST_AN_HOUR, False),
        (a_notice(to=Duty()), MOST_AN_HOUR, False),
        (a_notice(fact=WAITS), MOST_AN_HOUR, False),
        (a_notice(fact=OFFER), MOST_AN_HOUR, False),
        (a_notice(fact=Gathered(since=AT)), MOST_AN_HOUR, False),
    ],
)
def test_what_is_urgent_or_has_to_be_answered_never_waits(notice, told, expected):
    assert is_too_much(notice, told) is expected


def test_each_hour_of_a_person_has_one_digest_and_it_comes_after_the_hour():
    first = gathering(a_notice(key="a"), TO, now=AT)
    second = gathering(a_notice(key="b"), TO, now=utc("2025-06-02T08:59:59Z"))
    later = gathering(a_notice(), TO, now=utc("2025-06-02T09:00Z"))
    other = gathering(a_notice(), Person(user=ELI), now=AT)
    assert first.key == second.key
    assert len({first.key, later.key, other.key}) == 3
    assert first.not_before == utc("2025-06-02T09:01Z")
    assert first.fact == Gathered(since=utc("2025-06-02T08:00Z"))
