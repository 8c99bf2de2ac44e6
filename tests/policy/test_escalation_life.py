"""Laws of an escalation's life, whatever anybody does at any time."""

from collections import Counter
from datetime import timedelta
from inspect import signature
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from policy import escalations as rules
from policy import promises
from policy.escalations import ENDED, ROWS, Escalation, EscalationState, Event
from policy.ids import EscalationId
from policy.promises import Kind, Promise
from policy.refusals import Refusal
from policy.roles import Role
from tests.policy.escalating import CASE, DEEDS, NOW, PEOPLE, REQUEST, WHY, H
from tests.support.builders import ELI, a_standing

PERSONS: dict[str, Any] = {
    **PEOPLE,
    "eli": a_standing(ELI, Role.ENGINEER, Role.DUTY_MANAGER, Role.LEAD),
    "nobody": None,
}
CHANGES_OWNER = {Event.ACKNOWLEDGE, Event.ACCEPT, Event.RETURN}
SHORT_CUTS = {Event.DECLINE, Event.REDIRECT, Event.WITHDRAW, Event.RETURN, Event.DE_ESCALATE}
E = EscalationState


class Life(RuleBasedStateMachine):
    """One case, its escalations and promises, and people who do what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.escalations: dict[EscalationId, Escalation] = {}
        self.promises: dict[str, Promise] = {}
        self.submissions = 0

    @initialize(is_worked_on=st.booleans())
    def begins(self, is_worked_on):
        self.submits("ana")
        for event in (Event.ACKNOWLEDGE, Event.START) if is_worked_on else ():
            (newest,) = self.escalations.values()
            self.does(event, "mona", "otto", is_worked_on, newest)

    @rule(minutes=st.integers(1, 300))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(who=st.sampled_from(["ana", "eli"]))
    def submits(self, who):
        """Submit, as gates and indexes allow: none is open, and the right is unused."""
        if any(each.is_open or each.holds_right for each in self.escalations.values()):
            return
        by = PERSONS[who]
        made = rules.submitted(CASE, REQUEST, id=self.fresh(), by=by, now=self.now)
        self.submissions += 1
        self.keep(Event.SUBMIT, made)

    @rule(who=st.sampled_from(sorted(PEOPLE)))
    def pulls(self, who):
        if any(each.is_open for each in self.escalations.values()):
            return
        try:
            by = PERSONS[who]
            made = rules.pulled(CASE, reason=WHY, id=self.fresh(), by=by, now=self.now)
        except Refusal:
            return
        self.keep(Event.PULL, made)

    @rule(
        event=st.sampled_from(sorted(DEEDS)),
        who=st.sampled_from(sorted(PERSONS)),
        to=st.sampled_from(sorted(PEOPLE)),
        which=st.integers(0, 2),
        yes=st.booleans(),
    )
    def somebody_does(self, event, who, to, which, yes):
        """Let anybody do anything to any of the case's escalations."""
        known = list(self.escalations.values())
        self.does(event, who, to, yes, known[-1 - which % len(known)])

    @rule(
        turns=st.lists(st.tuples(st.integers(0, 999), st.booleans()), min_size=3, max_size=9),
        to=st.sampled_from(sorted(PEOPLE)),
    )
    def people_do_what_they_may(self, turns, to):
        """Let people do what the table allows, so that lives run deep."""
        for turn, yes in turns:
            newest = list(self.escalations.values())[-1]
            possible = [each for each in sorted(DEEDS) if newest.state in ROWS[each].start]
            onward = [each for each in possible if turn % 8 == 0 or each not in SHORT_CUTS]
            first = turn % len(onward) if onward else 0
            for event in onward[first:] + onward[:first]:
                if who := self.allowed(event, newest):
                    self.does(event, who[turn % len(who)], to, yes, newest)
                    break
            self.now += H

    def allowed(self, event, escalation):
        return [name for name, by in PERSONS.items() if rules.may(event, escalation, CASE, by)]

    def does(self, event, who, to, yes, before):
        known = list(self.escalations.values())
        deed, given = DEEDS[event]
        earlier = tuple(each for each in known if each.id != before.id)
        moments = {name: self.now + H for name in ("next_update_at", "until") if name in given}
        offered: dict[str, Any] = {
            "now": self.now,
            "to": PEOPLE[to],
            "granted": yes,
            "earlier": earlier,
            "override": WHY if yes else "",
            **moments,
        }
        wanted = set(signature(deed).parameters)
        others = {name: value for name, value in offered.items() if name in wanted}
        try:
            after = deed(before, CASE, by=PERSONS[who], **{**given, **others})
        except Refusal:
            return
        if after is not before:
            self.follows(event, before, after)
            self.keep(event, after)

    def follows(self, event, before, after):
        """Hold one change to the table."""
        row = ROWS[event]
        assert before.state in row.start
        assert after.state == (row.to or before.state)
        assert after.version == before.version + 1
        assert before.state not in ENDED or after.state == before.state
        assert before.owner == after.owner or event in CHANGES_OWNER
        assert before.uses_right or not after.uses_right

    def keep(self, event, escalation):
        self.escalations[escalation.id] = escalation
        own = [each for each in self.promises.values() if each.escalation == escalation.id]
        changed = promises.after(event, escalation, CASE, own, now=self.now)
        for each in changed:
            known = self.promises.get(each.id)
            assert known is None or (known.is_open and known.due_at == each.due_at)
            self.promises[each.id] = each

    def fresh(self):
        return EscalationId(f"E{len(self.escalations)}")

    @invariant()
    def it_has_one_owner_once_it_is_acknowledged(self):
        for each in self.escalations.values():
            if each.is_open:
                assert (each.owner is None) == (each.state is E.REQUESTED)
                assert each.owner not in {ELI, "UANA", "UCLEO", "UADA"}
                assert each.hand_over is None or each.hand_over.to != each.owner

    @invariant()
    def the_right_is_used_once_unless_it_is_restored(self):
        known = list(self.escalations.values())
        restored = [
            each
            for each in known
            if not each.pulled
            and (each.state in {E.WITHDRAWN, E.REDIRECTED} or each.reinstatement)
        ]
        assert sum(each.holds_right for each in known) <= 1
        assert self.submissions <= 1 + len(restored)
        assert sum(each.reinstatement is not None for each in known) <= 1

    @invariant()
    def what_has_ended_waits_for_nothing(self):
        for each in self.escalations.values():
            if not each.is_open:
                waiting = each.hand_over, each.pause, each.proposal, each.next_update_due_at
                assert waiting == (None, None, None, None)
                assert not self.open_of(each)

    @invariant()
    def somebody_has_always_promised_what_comes_next(self):
        for each in (known for known in self.escalations.values() if known.is_open):
            kinds = Counter(promise.kind for promise in self.open_of(each))
            expected = {E.REQUESTED: Kind.ACKNOWLEDGE, E.ACTIVE: Kind.UPDATE}.get(each.state)
            assert expected is None or kinds[expected] == 1
            if each.state is E.MONITORING:
                assert kinds[Kind.WATCH] == 1 or each.proposal is not None
            assert all(count == 1 for kind, count in kinds.items() if kind is not Kind.ACTION)
            own = {p.owner for p in self.open_of(each) if p.kind is not Kind.ACTION}
            assert own <= {each.owner}

    def open_of(self, escalation):
        return [
            each
            for each in self.promises.values()
            if each.escalation == escalation.id and each.is_open
        ]


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)


@pytest.mark.parametrize("seed", range(4))
def test_many_lives_hold_to_the_laws_to_their_end(seed):
    chance, life = Random(seed), Life()  # noqa: S311 - chance, not secrets
    life.begins(is_worked_on=False)
    for _ in range(60):
        life.submits("ana") if chance.random() < 0.5 else life.pulls("lea")
        turns = [(chance.randrange(1000), chance.random() < 0.5) for _ in range(6)]
        life.people_do_what_they_may(turns, chance.choice(["otto", "petra", "lea"]))
        life.it_has_one_owner_once_it_is_acknowledged()
        life.the_right_is_used_once_unless_it_is_restored()
        life.what_has_ended_waits_for_nothing()
        life.somebody_has_always_promised_what_comes_next()
