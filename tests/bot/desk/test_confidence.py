"""A confidential escalation: every surface is tried by those who must not learn of it."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.drawings import drawn
from bot.desk.boards import lines_of
from policy.board import Listing, board
from policy.exports import public
from policy.ids import UserId
from policy.lists import CaseFilter
from policy.notices import DutyDay, Person
from policy.refusals import Refusal
from tests.bot.desk.nights import CONDUCT, Night, a_night
from tests.support.builders import ADA, ANA, CLEO, ELI, LEA, MONA, OTTO, WORKSPACE, an_actor

SAID = "He shouted at our trainee"
"""What only those who asked, and the leads, may read."""
WITHIN = timedelta(minutes=1)
Look = Callable[[Night, UserId], Awaitable[Any]]


def listed(**wanted: Any) -> Look:
    return lambda night, by: night.house.desk.lists.page(
        CaseFilter(**wanted), 1, by=an_actor(by, None)
    )


def escalations(listing: Listing) -> Look:
    return lambda night, by: night.desk.listed(listing, by=an_actor(by))


async def exported(night: Night, _by: UserId) -> Any:
    return public(await night.house.desk.exports.one(WORKSPACE, night.case))


async def what_history_tells(night: Night, _by: UserId) -> Any:
    """Of the escalation it says that it moved, and which one: nothing else."""
    changes = [each.change for each in await night.house.entries(night.case)]
    return [replace(each, after=None) for each in changes if each.what.startswith("escalations.")]


SURFACES: dict[str, Look] = {
    "the case": lambda night, by: night.house.desk.cases.read(night.case, by=an_actor(by)),
    "a list of open cases": listed(is_open=True),
    "a list of available ones": listed(is_available=True),
    "a list by whoever answers": listed(owner=LEA),
    "a search": listed(words=("trainee",)),
    "the home": lambda night, by: night.house.desk.homes.open(0, by=an_actor(by, None)),
    "the picker": lambda night, by: night.house.desk.cases.pickable("", by=an_actor(by)),
    "the interview": lambda night, by: night.house.desk.guidance.look(
        night.case, (), by=an_actor(by)
    ),
    "open escalations": escalations(Listing.OPEN),
    "one's own": escalations(Listing.MINE),
    "overdue ones": escalations(Listing.OVERDUE),
    "the escalation": lambda night, by: night.desk.read(night.id, by=an_actor(by)),
    "its file": lambda night, by: night.desk.file(night.id, by=an_actor(by)),
    "the brief": lambda night, by: night.desk.brief(night.id, by=an_actor(by)),
    "its promises": lambda night, by: night.promises.of(night.id, by=an_actor(by)),
    "the advice": lambda night, by: night.house.desk.guidance.advice(by=an_actor(by)),
    "who is on duty": lambda night, by: night.house.desk.rota.read(by=an_actor(by)),
    "notices": lambda night, by: night.house.desk.notices.account(by=an_actor(by)),
    "an export": exported,
    "the history": what_history_tells,
}


@pytest.fixture
async def secret(house):
    """A confidential escalation that is worked on, and late."""
    night = await a_night(house)
    await night.requested(**CONDUCT)
    await night.desk.acknowledge(night.id, by=an_actor(LEA))
    await night.starts(LEA)
    house.clock.moves(hours=9)
    await night.promises.climb(night.now())
    return night


async def test_nobody_else_reads_a_word_of_it_anywhere(secret):
    for name, look in SURFACES.items():
        for by in (MONA, OTTO, ELI, CLEO, ADA):
            answer = None
            with suppress(Refusal):
                answer = await look(secret, by)
            said = repr(answer)
            assert SAID not in said, (name, by)
            if look is not what_history_tells:
                assert secret.id not in said, (name, by)


async def test_those_who_may_know_do(secret):
    for by in (ANA, LEA):
        file = await secret.desk.file(secret.id, by=an_actor(by))
        assert SAID in repr(file), by


async def test_no_card_board_or_day_of_the_duty_channel_shows_it(secret):
    house = secret.house
    async with house.database.begin() as work:
        cards = await work.cards.due(99, house.clock(), WITHIN)
        shown = [
            (each, repr((await drawn(work, each, now=house.clock())).message.blocks))
            for each in cards
        ]
    everybody = [said for each, said in shown if each.channel not in {LEA, ANA}]
    assert everybody  # the case's own card, at least
    assert not any(SAID in said or secret.id in said for said in everybody)
    assert {each.kind for each, _ in shown if each.channel == LEA} == {"escalation"}
    async with house.database.reading() as work:
        lines = await lines_of(work, WORKSPACE, now=house.clock())
    assert [each.escalation.id for each in lines] == [secret.id]
    assert board(lines) == ()  # counted for those who may know, and on no board
    house.clock.moves(days=1)
    await house.desk.duty_days.tell(house.clock())
    await house.desk.duty_days.tell(house.clock() + timedelta(days=1))
    for day in await house.owed(DutyDay):
        assert secret.id not in repr(day.fact)
        assert SAID not in repr(day.fact)


async def test_whoever_is_told_of_it_is_a_lead_or_asked_for_it(secret):
    told = [
        each
        for each in await secret.house.owed()
        if SAID in repr(each.fact) or getattr(each.fact, "escalation", None) == secret.id
    ]
    assert told
    assert {each.to for each in told} <= {Person(user=LEA), Person(user=ANA)}
