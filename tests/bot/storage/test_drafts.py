"""A draft is kept until its time is over or it is used."""

from datetime import timedelta

import pytest

from policy.ids import CaseId
from tests.support.builders import ANA, CLEO, MORNING, WORKSPACE

CASE = CaseId("CASE-1")
TYPED = {"impact": "Nobody can sign in.\n<!channel> \U0001f600", "wanted": ""}
UNTIL = MORNING + timedelta(hours=24)
ANAS = (WORKSPACE, ANA, "escalations.submit", CASE)


@pytest.fixture
async def kept(database):
    async with database.begin() as work:
        await work.drafts.keep(*ANAS, TYPED, until=UNTIL)
        await work.commit()
    return database


async def read(database, whose=ANAS, now=MORNING):
    async with database.reading() as work:
        return await work.drafts.kept(*whose, now)


async def test_a_draft_comes_back_as_it_was_typed(kept):
    assert await read(kept) == TYPED


@pytest.mark.parametrize(("late", "typed"), [(-1, TYPED), (0, {}), (3600, {})])
async def test_a_draft_is_kept_until_its_time_is_over(kept, late, typed):
    assert await read(kept, now=UNTIL + timedelta(seconds=late)) == typed


@pytest.mark.parametrize(
    "whose",
    [
        (WORKSPACE, CLEO, "escalations.submit", CASE),
        (WORKSPACE, ANA, "cases.open", CASE),
        (WORKSPACE, ANA, "escalations.submit", CaseId("CASE-2")),
        (WORKSPACE, ANA, "escalations.submit", None),
    ],
)
async def test_a_draft_belongs_to_its_person_form_and_case(kept, whose):
    assert await read(kept, whose) == {}


async def test_a_form_without_a_case_has_a_draft_too(kept):
    whose = (WORKSPACE, ANA, "cases.open", None)
    async with kept.begin() as work:
        await work.drafts.keep(*whose, {"title": "Login"}, until=UNTIL)
        await work.commit()
    assert await read(kept, whose) == {"title": "Login"}
    assert await read(kept) == TYPED


async def test_the_newest_draft_replaces_the_one_before(kept):
    async with kept.begin() as work:
        await work.drafts.keep(*ANAS, {"impact": "Again"}, until=UNTIL + timedelta(hours=1))
        await work.commit()
    assert await read(kept, now=UNTIL) == {"impact": "Again"}


async def test_a_used_draft_is_forgotten(kept):
    async with kept.begin() as work:
        await work.drafts.drop(*ANAS)
        await work.commit()
    assert await read(kept) == {}


async def test_drafts_whose_time_is_over_are_forgotten_together(kept):
    async with kept.begin() as work:
        await work.drafts.keep(WORKSPACE, CLEO, "cases.open", None, {}, until=UNTIL)
        await work.drafts.keep(WORKSPACE, ANA, "cases.open", None, {}, until=MORNING)
        assert await work.drafts.forget_expired(MORNING) == 1
        assert await work.drafts.forget_expired(UNTIL) == 2
        await work.commit()
    assert await read(kept) == {}
