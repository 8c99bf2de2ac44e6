"""What began elsewhere keeps its true dates, and tells nobody of what is long past."""

import logging

import pytest

from policy.cases import CaseState, Severity
from policy.comments import CommentKind
from policy.history import SYSTEM
from tests.support.builders import ACME, ELI, MORNING, a_case, a_comment, an_account, utc
from tests.support.houses import outside


@pytest.fixture
def old():
    return a_case(opened_at=utc("2025-05-01T08:00Z"), thread=None, engineer=ELI)


async def test_an_old_case_counts_by_its_true_date_and_announces_nothing(house, old):
    case = await house.desk.imports.case(old)
    assert (case.id, case.opened_at) == ("CASE-1", old.opened_at)
    assert await house.desk.crossings.announce(house.clock()) == 0
    assert await house.owed() == []
    file = await house.desk.cases.read(case.id, by=outside(ELI))
    assert file is not None
    assert file.offers_escalation
    (entry,) = await house.entries(case.id)
    assert (entry.change.what, entry.change.by) == ("cases.imported", SYSTEM)
    assert await house.card(case.id) is not None


async def test_a_crossing_that_is_still_ahead_is_announced_in_its_time(house):
    await house.desk.imports.case(a_case(opened_at=utc("2025-05-29T08:00Z"), thread=None))
    assert await house.desk.crossings.announce(house.clock()) == 0
    house.clock.moves(days=1)
    assert await house.desk.crossings.announce(house.clock()) == 1


async def test_a_case_opened_in_the_future_is_opened_now_and_logged(house, caplog):
    with caplog.at_level(logging.WARNING):
        case = await house.desk.imports.case(a_case(opened_at=utc("2026-01-01T00:00Z")))
    assert case.opened_at == MORNING
    assert "opened in the future" in caplog.text


async def test_comments_come_along_in_their_order_and_count(house, old):
    said = [
        a_comment(kind=CommentKind.CHASE, at=utc(f"2025-05-0{day}T08:00Z"), text=f"Day {day}")
        for day in (2, 3)
    ]
    case = await house.desk.imports.case(old, said)
    file = await house.desk.cases.read(case.id, by=outside(ELI))
    assert file is not None
    assert [each.text for each in file.comments] == ["Day 2", "Day 3"]
    assert file.said.chases == 2


async def test_importing_again_is_nothing(house, old):
    first = await house.desk.imports.case(old)
    assert await house.desk.imports.case(old) == first
    assert (await house.desk.imports.case(a_case(severity=Severity.S1))).id == "CASE-2"


async def test_a_closed_case_stays_closed(house, old):
    closed = a_case(state=CaseState.CLOSED, closed_at=MORNING, opened_at=old.opened_at)
    case = await house.desk.imports.case(closed)
    assert (await house.case(case.id)).state is CaseState.CLOSED
    assert await house.desk.imports.case(closed) == case


async def test_an_account_of_a_known_name_is_changed_and_keeps_its_id(house):
    account = await house.desk.imports.account(an_account(id="other", name="acme"))
    assert account.id == ACME
