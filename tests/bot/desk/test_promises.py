"""The ledger: what is promised, by whom it may be seen, and what becomes of it."""

from dataclasses import replace

import pytest

from policy.cases import Severity
from policy.notices import (
    ActionKept,
    ActionPromised,
    EscalationThread,
    Person,
    PromiseHastened,
    PromiseWaits,
)
from policy.promises import Kind
from policy.refusals import NoSuchCase, NotYours, Stale
from policy.thresholds import TITANIUM
from tests.bot.desk.nights import CONDUCT, HOUR, WORDS, a_night
from tests.support.builders import ADA, ANA, CLEO, ELI, EVA, LEA, MONA, OTTO, an_actor
from tests.support.houses import outside


async def test_who_is_to_act_hears_of_it_and_the_duty_side_that_it_was_done(house):
    night = await a_night(house)
    await night.active()
    promise = await night.promises_something(ELI)
    assert (promise.kind, promise.owner) == (Kind.ACTION, ELI)
    assert await house.told(ActionPromised) == [Person(user=ELI)]
    done = await night.promises.keep(promise.id, by=an_actor(ELI))
    assert done.kept_at == night.now()
    assert await house.told(ActionKept) == [EscalationThread(escalation=night.id)]
    assert (await house.story(night.case))[-2:] == ["promises.made", "promises.kept"]
    with pytest.raises(Stale):
        await night.promises.keep(promise.id, by=an_actor(ELI))


async def test_what_one_promises_oneself_one_knows(house):
    night = await a_night(house)
    await night.active()
    await night.promises_something(MONA)
    assert await house.told(ActionPromised) == []


async def test_an_action_is_said_to_be_done_by_whoever_does_it_or_the_owner(house):
    night = await a_night(house)
    await night.active()
    promise = await night.promises_something(ELI)
    with pytest.raises(NotYours):
        await night.promises.keep(promise.id, by=an_actor(EVA))
    await night.promises.keep(promise.id, by=an_actor(MONA))


async def test_nobody_says_that_an_update_was_given_but_by_giving_it(house):
    night = await a_night(house)
    await night.active()
    (update,) = [each for each in await night.ledger() if each.kind is Kind.UPDATE]
    with pytest.raises(Stale):
        await night.promises.keep(update.id, by=an_actor(MONA))


@pytest.mark.parametrize(
    ("by", "shows_targets", "kinds"),
    [
        (ELI, False, {Kind.ACKNOWLEDGE, Kind.CONTACT, Kind.UPDATE, Kind.ACTION}),
        (ANA, False, {Kind.UPDATE}),
        (ANA, True, {Kind.ACKNOWLEDGE, Kind.CONTACT, Kind.UPDATE}),
    ],
)
async def test_the_customer_side_sees_what_was_promised_to_it(house, by, shows_targets, kinds):
    decided = await house.desk.settings.read(by=an_actor(ADA))
    await house.desk.settings.change(
        replace(decided, shows_targets=shows_targets), by=an_actor(ADA)
    )
    night = await a_night(house)
    await night.active()
    ledger = await night.promises.of(night.id, by=an_actor(by))
    assert {each.kind for each in (*ledger.open, *ledger.kept, *ledger.missed)} == kinds
    file = await night.desk.file(night.id, by=an_actor(by))
    assert file.ledger == ledger


async def test_a_promise_that_was_missed_stays_so(house):
    night = await a_night(house)
    await night.active()
    house.clock.moves(hours=1, minutes=1)
    await night.updates()
    ledger = await night.promises.of(night.id, by=an_actor(MONA))
    (missed,) = [each for each in ledger.missed if each.kind is Kind.UPDATE]
    assert missed.kept_at is not None


async def test_who_accepts_a_hand_over_has_its_promises(house):
    night = await a_night(house)
    await night.offered(OTTO)
    await night.desk.accept(night.id, by=an_actor(OTTO))
    owners = {each.kind: each.owner for each in await night.ledger() if each.is_open}
    assert owners == {Kind.UPDATE: OTTO, Kind.ACTION: MONA}


async def test_an_owner_who_answers_in_the_thread_has_made_contact(house):
    night = await a_night(house)
    await night.acknowledged()
    await house.desk.comments.add(night.case, "I am on it, Ana.", by=an_actor(ELI))
    assert (await night.kept()).contacted_at is None
    thread = await house.posts_card(night.case)
    await house.desk.comments.hear(
        (await house.case(night.case)).channel, thread, "1.2", "I call you now.", by=an_actor(MONA)
    )
    assert (await night.kept()).contacted_at == night.now()
    assert await night.waiting() == set()
    before = await night.kept()
    await house.desk.comments.add(night.case, "As I said on the phone.", by=an_actor(MONA))
    assert await night.kept() == before


async def test_an_update_is_said_on_the_case_and_ends_the_chases(house):
    night = await a_night(house)
    await night.active()
    await night.updates()
    file = await house.desk.cases.read(night.case, by=an_actor(ANA))
    assert file is not None
    assert file.said.last_reply == "Half of them can sign in."


async def test_the_ledger_of_a_confidential_one_is_nobodys_who_may_not_know(house):
    night = await a_night(house)
    await night.active(LEA, **CONDUCT)
    promise = await night.promises_something(LEA, by=LEA)
    for by in (MONA, ELI, CLEO):
        with pytest.raises(NoSuchCase):
            await night.promises.of(night.id, by=an_actor(by))
        with pytest.raises(NoSuchCase):
            await night.promises.keep(promise.id, by=an_actor(by))
    assert (await night.promises.of(night.id, by=outside(ANA))).open
    await night.promises.keep(promise.id, by=an_actor(LEA))
    assert await house.owed(ActionKept) == []


async def test_what_is_owed_follows_a_severity_that_rises_and_its_owner_hears(house):
    night = await a_night(house, Severity.S3)
    await night.acknowledged()
    (before,) = await night.ledger_open()
    await house.desk.severities.change(night.case, Severity.S1, WORDS, by=an_actor(ELI))
    (after,) = await night.ledger_open()
    assert (after.id, after.due_at) == (before.id, night.now() + HOUR)
    assert (await night.kept()).contact_due_at == after.due_at
    fact = PromiseHastened(
        escalation=night.id,
        promise=after.id,
        kind=Kind.CONTACT,
        owner=MONA,
        severity=Severity.S1,
        before=before.due_at,
        due_at=after.due_at,
    )
    told = await house.owed(PromiseHastened)
    assert {each.to for each in told} == {
        EscalationThread(escalation=night.id),
        Person(user=MONA),
    }
    assert {each.fact for each in told} == {fact}
    house.clock.moves(minutes=48)
    await night.promises.climb(night.now())
    assert Person(user=MONA) in await house.told(PromiseWaits)


async def test_a_lower_severity_puts_nothing_off(house):
    night = await a_night(house)
    await night.active()
    before = await night.ledger_open()
    await house.desk.severities.change(night.case, Severity.S4, WORDS, by=an_actor(ELI))
    assert [(each.id, each.due_at) for each in await night.ledger_open()] == [
        (each.id, each.due_at) for each in before
    ]
    assert await house.owed(PromiseHastened) == []


async def test_whoever_raises_it_knows_and_of_a_confidential_one_nobody_else_hears(house):
    night = await a_night(house, Severity.S3)
    await night.acknowledged(LEA, **CONDUCT)
    await house.desk.severities.change(night.case, Severity.S1, WORDS, by=an_actor(LEA))
    assert (await night.kept()).contact_due_at == night.now() + HOUR
    assert await house.owed(PromiseHastened) == []


async def test_what_nobody_has_yet_follows_the_tier_too(house):
    night = await a_night(house)
    await night.requested()
    await house.desk.accounts.link("Acme", TITANIUM, by=an_actor(ADA))
    assert (await night.kept()).acknowledge_due_at == night.now() + HOUR / 4
    assert await house.told(PromiseHastened) == [EscalationThread(escalation=night.id)]
