"""Whoever may not, or comes too late, is refused, and nothing at all has happened then."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.escalations import ClosedAs, Trend
from policy.refusals import (
    AgreementMissing,
    EscalationIsOver,
    EscalationMoved,
    GivenAlready,
    NotYours,
    OutOfTime,
    OwnCase,
    ReinstatedAlready,
    Stale,
    Unreadable,
)
from tests.bot.desk.nights import CONDUCT, WORDS, Night, a_night
from tests.support.builders import (
    ADA,
    ANA,
    CLEO,
    DUTY,
    ELI,
    EVA,
    LEA,
    MONA,
    OTTO,
    WORKSPACE,
    an_actor,
)
from tests.support.houses import House

Deed = Callable[[Night], Awaitable[object]]

REFUSED: dict[str, tuple[Deed, Deed, type[Exception]]] = {
    "a customer acknowledges": (
        lambda night: night.requested(),
        lambda night: night.desk.acknowledge(night.id, by=an_actor(ANA)),
        NotYours,
    ),
    "an engineer declines": (
        lambda night: night.requested(),
        lambda night: night.declines(EVA),
        NotYours,
    ),
    "another customer withdraws": (
        lambda night: night.requested(),
        lambda night: night.withdraws(CLEO),
        NotYours,
    ),
    "it is withdrawn when somebody has it": (
        lambda night: night.acknowledged(),
        lambda night: night.withdraws(),
        EscalationMoved,
    ),
    "another manager starts": (
        lambda night: night.acknowledged(),
        lambda night: night.starts(OTTO),
        NotYours,
    ),
    "it is started twice": (
        lambda night: night.active(),
        lambda night: night.starts(),
        EscalationMoved,
    ),
    "an update is promised too late": (
        lambda night: night.active(),
        lambda night: night.desk.update(
            night.id, WORDS, Trend.SAME, night.now() + timedelta(hours=3), by=an_actor(MONA)
        ),
        OutOfTime,
    ),
    "it is handed to somebody who answers none": (
        lambda night: night.active(),
        lambda night: night.hands_over(EVA),
        Unreadable,
    ),
    "it is handed to oneself": (
        lambda night: night.active(),
        lambda night: night.hands_over(MONA),
        Unreadable,
    ),
    "somebody accepts who was not asked": (
        lambda night: night.offered(OTTO),
        lambda night: night.desk.accept(night.id, by=an_actor(LEA)),
        NotYours,
    ),
    "nothing was offered": (
        lambda night: night.active(),
        lambda night: night.desk.keep(night.id, by=an_actor(MONA)),
        Stale,
    ),
    "it is not paused": (
        lambda night: night.active(),
        lambda night: night.desk.resume(night.id, by=an_actor(MONA)),
        Stale,
    ),
    "it is paused for a month": (
        lambda night: night.active(),
        lambda night: night.pauses(days=30),
        OutOfTime,
    ),
    "it is closed without being asked": (
        lambda night: night.active(),
        lambda night: night.de_escalates(),
        AgreementMissing,
    ),
    "a manager overrides": (
        lambda night: night.active(),
        lambda night: night.de_escalates(override="They never answer anyway."),
        NotYours,
    ),
    "it is asked again too soon": (
        lambda night: night.proposed(),
        lambda night: night.desk.prompt(night.id, by=an_actor(MONA)),
        AgreementMissing,
    ),
    "a manager agrees for the customer": (
        lambda night: night.proposed(),
        lambda night: night.desk.agree(night.id, by=an_actor(MONA)),
        NotYours,
    ),
    "nobody was asked to agree": (
        lambda night: night.active(),
        lambda night: night.desk.agree(night.id, by=an_actor(ANA)),
        Stale,
    ),
    "the owner rates": (
        lambda night: night.closed(),
        lambda night: night.rates(MONA),
        NotYours,
    ),
    "there is no such score": (
        lambda night: night.closed(),
        lambda night: night.desk.rate(night.id, 6, by=an_actor(ANA)),
        Unreadable,
    ),
    "another manager reviews": (
        lambda night: night.closed(),
        lambda night: night.reviews(OTTO),
        NotYours,
    ),
    "it is worked on after its end": (
        lambda night: night.closed(),
        lambda night: night.updates(),
        EscalationIsOver,
    ),
    "a manager settles": (
        lambda night: night.appealed(),
        lambda night: night.settles(granted=True, by=OTTO),
        NotYours,
    ),
    "nobody appealed": (
        lambda night: night.declined(),
        lambda night: night.settles(granted=True),
        Stale,
    ),
    "a manager gives back": (
        lambda night: night.active(),
        lambda night: night.gives_back(OTTO),
        NotYours,
    ),
    "an action is promised for yesterday": (
        lambda night: night.active(),
        lambda night: night.promises.make(
            night.id, "Send the logs.", ELI, night.now() - timedelta(days=1), by=an_actor(MONA)
        ),
        OutOfTime,
    ),
    "a pull says nothing": (
        lambda night: night.house.opens(title="Another one"),
        lambda night: night.desk.pull(night.case, "Because.", by=an_actor(MONA)),
        Unreadable,
    ),
}


async def everything(house: House, night: Night) -> tuple[object, ...]:
    """Return all that could have changed."""
    async with house.database.reading() as work:
        kept = await work.escalations.all_of(WORKSPACE, night.case)
        promises = await work.promises.open_in(WORKSPACE)
    return kept, promises, await house.owed(), await house.story(night.case)


@pytest.mark.parametrize(("before", "does", "refusal"), REFUSED.values(), ids=REFUSED)
async def test_a_refusal_leaves_nothing(house, before, does, refusal):
    night = await a_night(house)
    await before(night)
    known = await everything(house, night)
    house.wakes.clear()
    with pytest.raises(refusal):
        await does(night)
    assert await everything(house, night) == known
    assert house.wakes == []


DECIDES: dict[str, tuple[Deed, Deed]] = {
    "acknowledge": (
        lambda night: night.requested(),
        lambda night: night.desk.acknowledge(night.id, by=an_actor(ELI)),
    ),
    "redirect": (lambda night: night.requested(), lambda night: night.redirects(ELI)),
    "decline": (lambda night: night.requested(), lambda night: night.declines(ELI)),
    "settle": (
        lambda night: night.appealed(),
        lambda night: night.settles(granted=True, by=ELI),
    ),
    "pull": (
        lambda night: night.house.opens(title="Another one"),
        lambda night: night.desk.pull(night.case, WORDS, by=an_actor(ELI)),
    ),
    "close": (
        lambda night: night.active(),
        lambda night: night.de_escalates(ELI, override="I know that it is solved."),
    ),
    "reinstate": (
        lambda night: night.closed(),
        lambda night: night.desk.reinstate(night.id, WORDS, by=an_actor(ELI)),
    ),
}


@pytest.mark.parametrize(("before", "does"), DECIDES.values(), ids=DECIDES)
async def test_the_cases_engineer_never_decides_not_even_as_a_lead(house, before, does):
    night = await a_night(house)
    await before(night)
    settings = await house.desk.settings.read(by=an_actor(ADA))
    await house.desk.settings.change(replace(settings, leads=(LEA, ELI)), by=an_actor(ADA))
    with pytest.raises(OwnCase):
        await does(night)


async def test_the_right_is_reinstated_once_per_case(house):
    night = await a_night(house)
    await night.appealed()
    await night.settles(granted=True)
    await night.closed()
    with pytest.raises(ReinstatedAlready):
        await night.desk.reinstate(night.id, WORDS, by=an_actor(LEA))


async def test_a_rating_is_given_once(house):
    night = await a_night(house)
    await night.closed()
    await night.rates()
    with pytest.raises(GivenAlready):
        await night.rates()


async def test_a_judgement_is_stored_with_the_run_that_led_here(house):
    night = await a_night(house)
    await night.closed()
    judged = await night.judges()
    (run,) = await house.runs()
    assert run.judged == judged.judged
    assert run.judged is not None
    assert run.judged.by == MONA


async def test_a_case_that_was_pulled_has_no_advice_to_judge(house):
    night = await a_night(house)
    night.escalation = await night.desk.pull(night.case, WORDS, by=an_actor(MONA, DUTY))
    with pytest.raises(Stale):
        await night.judges()


async def test_what_is_pulled_leaves_the_right_and_can_be_escalated_afterwards(house):
    night = await a_night(house)
    night.escalation = await night.desk.pull(night.case, WORDS, by=an_actor(MONA, DUTY))
    await night.starts()
    await night.de_escalates(LEA, override="It was taken up by mistake.")
    again = await night.requested()
    assert again.uses_right


async def test_a_requester_who_does_not_answer_is_asked_twice_and_then_it_may_be_closed(house):
    night = await a_night(house)
    proposed = await night.proposed()
    assert proposed.proposal is not None
    house.clock.moves(hours=2)
    assert await house.desk.escalations.prompt_due(house.clock()) == 1
    assert await house.desk.escalations.prompt_due(house.clock()) == 0
    assert "escalations.closing_prompted" in await house.story(night.case)
    with pytest.raises(AgreementMissing):
        await night.de_escalates()
    house.clock.moves(hours=2)
    closed = await night.de_escalates()
    assert closed.ending is not None
    assert closed.ending.outcome is ClosedAs.SOLVED


async def test_nobody_is_asked_while_it_is_paused(house):
    night = await a_night(house)
    await night.active()
    await night.pauses(hours=12)
    await night.proposes()
    house.clock.moves(hours=3)
    assert await house.desk.escalations.prompt_due(house.clock()) == 0
    house.clock.moves(hours=9)
    assert await house.desk.escalations.prompt_due(house.clock()) == 1


@pytest.mark.parametrize("actor", [ELI, OTTO])
async def test_of_a_confidential_one_nobody_is_asked_to_act_who_may_not_know_of_it(house, actor):
    night = await a_night(house)
    await night.acknowledged(LEA, **CONDUCT)
    with pytest.raises(Unreadable):
        await night.starts(LEA, actor=actor)
    await night.starts(LEA)
    with pytest.raises(Unreadable):
        await night.promises_something(actor, by=LEA)


async def test_a_case_that_becomes_less_severe_has_its_ladder_in_duty_hours(house):
    night = await a_night(house)
    await night.requested()
    async with house.database.reading() as work:
        before = await work.promises.next_rung_at()
    await house.desk.severities.change(
        night.case, Severity.S3, "There is a workaround by now.", by=an_actor(EVA)
    )
    async with house.database.reading() as work:
        after = await work.promises.next_rung_at()
    assert before is not None
    assert after is not None
    assert before < after  # it is Sunday
