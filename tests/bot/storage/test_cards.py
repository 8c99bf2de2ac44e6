"""A card is due until it shows what its subject is, and one at a time shows it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import cards
from bot.storage.engines import addressed
from policy.ids import CaseId, ChannelId, EscalationId, Ts
from tests.support.builders import (
    ANA,
    DUTY,
    HELP,
    MORNING,
    WORKSPACE,
    a_case,
    an_escalation,
)

CASE = CaseId("CASE-1")
ELSEWHERE = ChannelId("CELSE")
LEASE = timedelta(minutes=1)
RAN_OUT = timedelta(seconds=-1)
LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
async def wanted(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case(thread=None))
        await work.cards.want(WORKSPACE, "case", CASE, HELP)
        await work.commit()
    return acme


async def due(database, now=MORNING, limit=10, lease=LEASE):
    async with database.begin() as work:
        cards = await work.cards.due(limit, now, lease)
        await work.commit()
    return cards


async def becomes(database, what, *details):
    async with database.begin() as work:
        await getattr(work.cards, what)(*details)
        await work.commit()


async def save(database, **changes):
    async with database.begin() as work:
        case = await work.cases.get(WORKSPACE, CASE)
        await work.cases.save(replace(case, version=case.version + 1, **changes))
        await work.commit()


async def read(database):
    async with database.reading() as work:
        return await work.cards.of(WORKSPACE, "case", CASE), await work.cases.get(WORKSPACE, CASE)


async def test_a_card_that_was_never_posted_is_due(wanted):
    [card] = await due(wanted)
    assert (card.workspace, card.kind, card.subject) == (WORKSPACE, "case", CASE)
    assert (card.channel, card.ts, card.shown_version, card.failures) == (HELP, None, 0, 0)


async def test_a_card_that_shows_its_subject_is_not_due(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 1)
    assert await due(wanted, LATER) == []
    card, _case = await read(wanted)
    assert (card.channel, card.ts, card.shown_version) == (HELP, "1.1", 1)


async def test_the_first_posting_makes_the_thread_of_the_case_and_no_version_of_it(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "shown", card, ChannelId("CELSE"), Ts("1.1"), 1)
    _card, case = await read(wanted)
    assert (case.channel, case.thread, case.version) == ("CELSE", "1.1", 1)
    async with wanted.reading() as work:
        assert await work.cases.of_thread(WORKSPACE, ChannelId("CELSE"), Ts("1.1")) == case


async def test_the_card_of_an_escalation_is_no_cases_thread(wanted):
    await becomes(wanted, "want", WORKSPACE, "escalation", EscalationId("e1"), DUTY)
    escalation, _case = await due(wanted)
    assert escalation.kind == "escalation", "whoever is on duty looks at them first"
    await becomes(wanted, "shown", escalation, DUTY, Ts("1.1"), 1)
    _card, case = await read(wanted)
    assert case.thread is None


async def test_a_saved_case_has_its_card_out_of_date(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 1)
    await save(wanted, title="Another")
    [card] = await due(wanted)
    assert (card.ts, card.shown_version) == ("1.1", 1)


async def test_what_changed_while_a_card_was_drawn_is_shown_next(wanted):
    [card] = await due(wanted)
    await save(wanted, title="Another")
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 1)
    [card] = await due(wanted)
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 2)
    assert await due(wanted) == []


async def test_a_card_is_one_processs_until_its_lease_runs_out(wanted):
    assert len(await due(wanted, lease=RAN_OUT)) == 1
    assert len(await due(wanted)) == 1
    assert await due(wanted) == []


async def test_replicas_that_look_at_once_never_draw_a_card_twice(wanted, doors):
    async with wanted.begin() as work:
        for number in range(2, 61):
            await work.cards.want(WORKSPACE, "case", CaseId(f"CASE-{number}"), HELP)
        await work.commit()

    async def draws(door):
        mine = []
        while cards := await due(door, limit=3):
            mine += [card.subject for card in cards]
        return mine

    every = await asyncio.gather(*(draws(door) for door in doors * 2))
    drawn = sorted(subject for mine in every for subject in mine)
    assert drawn == sorted(f"CASE-{number}" for number in range(1, 61))


async def test_a_card_that_could_not_be_shown_is_due_later(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "failed", card, LATER, "ratelimited")
    assert await due(wanted, LATER - timedelta(seconds=1)) == []
    [card] = await due(wanted, LATER)
    assert card.failures == 1
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 1)
    card, _case = await read(wanted)
    assert card.failures == 0


async def test_a_lease_that_ran_out_is_a_failure_too(wanted):
    [first] = await due(wanted, lease=RAN_OUT)
    [second] = await due(wanted)
    assert (first.failures, second.failures) == (0, 1)


async def test_leases_of_processes_known_to_be_gone_end_soon(wanted):
    await due(wanted)
    await becomes(wanted, "orphaned", timedelta(seconds=1))
    assert await due(wanted) == []
    await becomes(wanted, "orphaned", timedelta())
    [card] = await due(wanted)
    assert card.failures == 1


async def test_a_postponed_card_is_due_later_and_has_not_failed(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "postponed", card, LATER)
    assert await due(wanted, LATER - timedelta(seconds=1)) == []
    [card] = await due(wanted, LATER)
    assert card.failures == 0


async def test_a_lost_card_is_posted_anew(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 1)
    card, _case = await read(wanted)
    await becomes(wanted, "lost", card)
    [card] = await due(wanted)
    assert (card.ts, card.shown_version) == (None, 0)
    await becomes(wanted, "shown", card, HELP, Ts("2.2"), 1)
    _card, case = await read(wanted)
    assert case.thread == "2.2"


async def test_a_card_wanted_again_stays_where_it_is_and_one_wanted_elsewhere_moves(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 1)
    await becomes(wanted, "want", WORKSPACE, "case", CASE, HELP)
    assert await due(wanted) == []
    await becomes(wanted, "want", WORKSPACE, "case", CASE, DUTY)
    [card] = await due(wanted)
    assert (card.channel, card.ts, card.shown_version) == (DUTY, None, 0)


async def test_what_never_was_to_have_a_card_has_none(wanted):
    async with wanted.reading() as work:
        assert await work.cards.of(WORKSPACE, "case", CaseId("CASE-9")) is None


async def test_a_board_is_out_of_date_whenever_an_escalation_changes(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.cards.want(WORKSPACE, "board", DUTY, DUTY)
        await work.commit()
    [board] = await due(acme)
    await becomes(acme, "shown", board, DUTY, Ts("1.1"), board.wanted_version)
    assert await due(acme) == []
    async with acme.begin() as work:
        await work.escalations.add(an_escalation())
        await work.commit()
    [board] = await due(acme)
    async with acme.begin() as work:
        await work.escalations.save(an_escalation(version=2))
        await work.commit()
    await becomes(acme, "shown", board, DUTY, Ts("1.1"), board.wanted_version)
    [again] = await due(acme)
    assert again.wanted_version == board.wanted_version + 1


async def test_an_escalation_has_a_card_on_either_side(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case())
        await work.escalations.add(an_escalation())
        await work.cards.want(WORKSPACE, "escalation", an_escalation().id, DUTY)
        await work.cards.want(WORKSPACE, "request", an_escalation().id, ChannelId(ANA))
        await work.commit()
    for card in await due(acme):
        await becomes(acme, "shown", card, card.channel, Ts("1.1"), 1)
    async with acme.begin() as work:
        await work.escalations.save(an_escalation(version=2))
        await work.commit()
    found = await due(acme)
    assert {(each.kind, each.wanted_version) for each in found} == {
        ("escalation", 2),
        ("request", 2),
    }


async def test_a_card_is_drawn_anew_where_it_stands(wanted):
    [card] = await due(wanted)
    await becomes(wanted, "shown", card, HELP, Ts("1.1"), 1)
    assert await due(wanted) == []
    await becomes(wanted, "redraw", WORKSPACE, HELP, Ts("9.9"))
    assert await due(wanted) == []
    await becomes(wanted, "redraw", WORKSPACE, HELP, Ts("1.1"))
    [again] = await due(wanted)
    assert (again.ts, again.channel) == ("1.1", HELP)


@pytest.mark.parametrize("came", ["shown", "failed", "postponed", "lost"])
async def test_what_came_of_a_card_that_is_wanted_elsewhere_by_now_does_not_count(wanted, came):
    [card] = await due(wanted)
    await becomes(wanted, "want", WORKSPACE, "case", CASE, ELSEWHERE)
    what = {
        "shown": (card, HELP, Ts("1.1"), 1),
        "failed": (card, LATER, "internal_error"),
        "postponed": (card, LATER),
        "lost": (card,),
    }
    async with wanted.begin() as work:
        if await getattr(work.cards, came)(*what[came]) is not False:
            await work.commit()
    [again] = await due(wanted)
    assert (again.channel, again.ts, again.failures) == (ELSEWHERE, None, 0)
    _card, case = await read(wanted)
    assert case.thread is None


async def test_many_cases_that_changed_each_make_their_own_card_out_of_date(wanted, database_url):
    async with wanted.begin() as work:
        for number in (2, 3):
            other = await work.cases.add(a_case(id=CaseId(f"CASE-{number}"), thread=None))
            await work.cards.want(WORKSPACE, "case", other.id, HELP)
        await work.commit()
    for card in await due(wanted):
        await becomes(wanted, "shown", card, HELP, Ts(f"1.{card.id}"), 1)
    engine = create_async_engine(addressed(database_url))
    async with engine.begin() as connection:  # saving a case would mark its card by itself
        await connection.execute(text("UPDATE cases SET version = 2 * number WHERE number <> 2"))
    await engine.dispose()
    await becomes(wanted, "outdate_cases", WORKSPACE, [CASE, CaseId("CASE-2")])
    assert [(card.subject, card.wanted_version) for card in await due(wanted)] == [(CASE, 2)]


async def test_many_more_cards_than_one_statement_marks_are_marked(wanted, monkeypatch):
    monkeypatch.setattr(cards, "TOGETHER", 1)
    await becomes(wanted, "shown", (await due(wanted))[0], HELP, Ts("1.1"), 0)
    await becomes(wanted, "outdate_cases", WORKSPACE, [CaseId("CASE-7"), CASE])
    assert [card.subject for card in await due(wanted)] == [CASE]
