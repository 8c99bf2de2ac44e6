"""Who is told instead, as a table."""

from dataclasses import replace

import pytest

from bot.delivery.elsewhere import Setting, each_administrator, instead, unusable
from bot.delivery.errors import Trouble
from bot.desk.people import Roster
from policy.crossings import crossing
from policy.ids import CaseId, ChannelId, EscalationId, PromiseId, UserId, WorkspaceId
from policy.notices import (
    Administrators,
    CaseTaken,
    Channel,
    CrossedTogether,
    Duty,
    EscalationThread,
    EscalationWaits,
    NoteAdded,
    Notice,
    Person,
    PromiseWaits,
    Thread,
)
from policy.owed.crossings import crossed_together
from policy.promises import Kind
from policy.roles import Role
from policy.settings import WorkspaceSettings
from policy.thresholds import SHIPPED
from tests.support.builders import a_case, utc

T1 = WorkspaceId("T1")
ANA, BEN, ELI, MONA, LEA, ADAM = map(UserId, ("U0ANA", "U0BEN", "U0ELI", "U0M", "U0LEA", "U0ADAM"))
C1 = ChannelId("C1")
NOW = utc("2025-06-02T08:00Z")
CASE = replace(a_case(), requester=ANA, contact=BEN, reporter=None, engineer=ELI, channel=C1)
THREAD = Thread(case=CASE.id)
ESCALATED = EscalationThread(escalation=EscalationId("e"))
GONE, NO_REPLIES = Trouble.CHANNEL_GONE, Trouble.THREAD_GONE


def a_roster(**people):
    named = {Role[role.upper()]: frozenset(users) for role, users in people.items()}
    return Roster(settings=WorkspaceSettings(workspace=T1), people=named)


ALL = a_roster(engineer={ELI}, duty_manager={MONA}, lead={LEA}, administrator={ADAM})


def a_notice(to, *, case=CASE.id, key="words.verb:1"):
    fact = CaseTaken(engineer=ELI)
    return Notice(workspace=T1, key=key, case=case, to=to, fact=fact, urgency=3, at=NOW)


@pytest.mark.parametrize(
    ("to", "trouble", "expected"),
    [
        (THREAD, NO_REPLIES, [Channel(channel=C1)]),
        (THREAD, GONE, [Person(user=ANA), Person(user=ELI)]),
        (Channel(channel=C1), GONE, [Person(user=ANA), Person(user=ELI)]),
        (ESCALATED, NO_REPLIES, [Duty()]),
        (ESCALATED, GONE, [Person(user=MONA)]),
        (Duty(), GONE, [Person(user=MONA)]),
        (Person(user=ANA), Trouble.PERSON_GONE, [Person(user=BEN)]),
        (Person(user=BEN), Trouble.PERSON_GONE, [Person(user=ANA)]),
        (Person(user=MONA), Trouble.PERSON_GONE, []),
        (Administrators(), GONE, []),
    ],
)
def test_each_place_has_another_one(to, trouble, expected):
    found = instead(a_notice(to), trouble, Setting(case=CASE, roster=ALL, now=NOW))
    assert [each.to for each in found] == expected
    assert len({each.key for each in found} | {"words.verb:1"}) == len(found) + 1


@pytest.mark.parametrize(
    ("to", "trouble", "facts", "expected"),
    [
        (ESCALATED, GONE, {}, [Person(user=LEA)]),
        (Duty(), GONE, {}, [Person(user=LEA)]),
        (Duty(), GONE, {"engineer": LEA}, []),
        (Person(user=ANA), Trouble.PERSON_GONE, {}, [Person(user=BEN)]),
        (Person(user=ANA), Trouble.PERSON_GONE, {"contact": ELI}, []),
    ],
)
def test_what_is_confidential_goes_to_leads_alone_and_never_to_the_engineer(
    to, trouble, facts, expected
):
    setting = Setting(case=replace(CASE, **facts), roster=ALL, now=NOW, leads_only=True)
    assert [each.to for each in instead(a_notice(to), trouble, setting)] == expected


NOTE = NoteAdded(author=MONA, text="They have not paid since May.")
WAITS = EscalationWaits(escalation=EscalationId("e"), by=ANA, due_at=NOW)
LATE = PromiseWaits(
    escalation=EscalationId("e"),
    promise=PromiseId("p"),
    kind=Kind.ACKNOWLEDGE,
    owner=None,
    what="",
    due_at=NOW,
    percent=400,
)


@pytest.mark.parametrize("fact", [NOTE, WAITS, LATE], ids=["note", "waits", "late"])
def test_what_an_engineer_hears_goes_to_no_customer_though_the_engineer_reported_the_case(fact):
    case = replace(CASE, reporter=ELI)
    notice = replace(a_notice(Person(user=ELI)), fact=fact)
    assert instead(notice, Trouble.PERSON_GONE, Setting(case=case, roster=ALL, now=NOW)) == ()


def test_what_the_administrators_channel_is_told_goes_to_administrators_and_no_customer():
    notice = replace(a_notice(Channel(channel=ChannelId("CADMIN"))), fact=LATE)
    found = instead(notice, GONE, Setting(case=CASE, roster=ALL, now=NOW))
    assert [each.to for each in found] == [Administrators()]


def a_crossing(number, requester, engineer=None):
    facts = {"id": CaseId(f"CASE-{number}"), "requester": requester, "engineer": engineer}
    return crossing(replace(CASE, **facts), SHIPPED)


def test_a_digest_without_its_channel_tells_each_of_those_concerned_of_their_own():
    crossings = (a_crossing(1, ANA), a_crossing(2, BEN, ELI), a_crossing(3, ANA, ANA))
    digest = crossed_together(crossings, Channel(channel=C1), at=NOW)
    setting = Setting(case=None, roster=ALL, now=NOW)
    found = {each.fact: each for each in instead(digest, GONE, setting)}
    theirs = {
        fact.of: [each.case for each in fact.crossings]
        for fact in found
        if isinstance(fact, CrossedTogether) and found[fact].to == Person(user=fact.of or ANA)
    }
    assert theirs == {ANA: ["CASE-1", "CASE-3"], BEN: ["CASE-2"], ELI: ["CASE-2"]}
    of_ana = found[CrossedTogether(crossings=(crossings[0], crossings[2]), of=ANA)]
    on_duty = instead(of_ana, Trouble.PERSON_GONE, setting)
    assert [(each.to, each.fact) for each in on_duty] == [(Person(user=MONA), of_ana.fact)]
    assert instead(on_duty[0], Trouble.PERSON_GONE, setting) == ()


def test_a_digest_does_not_come_back_to_who_cannot_be_reached_though_on_duty():
    digest = crossed_together((a_crossing(1, ANA, MONA),), Channel(channel=C1), at=NOW)
    setting = Setting(case=None, roster=ALL, now=NOW)
    of_mona = next(each for each in instead(digest, GONE, setting) if each.to == Person(user=MONA))
    assert instead(of_mona, Trouble.PERSON_GONE, setting) == ()


def test_who_was_tried_is_not_tried_again():
    notice = a_notice(Person(user=BEN), key=f"words.verb:1:{ANA}>{ANA}>{BEN}")
    assert instead(notice, Trouble.PERSON_GONE, Setting(case=CASE, roster=ALL, now=NOW)) == ()


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({"duty_manager": {MONA, ELI}, "lead": {LEA}}, [MONA]),  # never the case's engineer
        ({"duty_manager": {ELI}, "lead": {LEA}}, [LEA]),
        ({"administrator": {ADAM}}, [ADAM]),
        ({}, []),
    ],
)
def test_the_duty_channels_notices_go_to_whoever_is_on_duty(people, expected):
    setting = Setting(case=CASE, roster=a_roster(**people), now=NOW)
    found = instead(a_notice(Duty()), GONE, setting)
    assert [each.to for each in found] == [Person(user=user) for user in expected]


def test_without_a_case_a_channels_notices_go_to_whoever_is_on_duty():
    setting = Setting(case=None, roster=ALL, now=NOW)
    found = instead(a_notice(Channel(channel=C1), case=None), GONE, setting)
    assert [each.to for each in found] == [Person(user=MONA)]
    assert instead(a_notice(Person(user=ANA), case=None), Trouble.PERSON_GONE, setting) == ()


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({"administrator": {ADAM, LEA}, "lead": {MONA}}, [ADAM, LEA]),
        ({"administrator": set(), "lead": {LEA}}, [LEA]),
        ({"duty_manager": {MONA}}, [MONA]),
        ({}, []),
    ],
)
def test_administrators_are_told_each_and_without_any_the_next_best(people, expected):
    found = each_administrator(a_notice(Administrators()), a_roster(**people))
    assert [each.to for each in found] == [Person(user=user) for user in sorted(expected)]


@pytest.mark.parametrize(("gone", "expected"), [({ADAM}, LEA), ({LEA}, ADAM)])
def test_an_administrator_who_has_left_is_nobody_to_tell(gone, expected):
    named = a_roster(administrator={ADAM}, lead={LEA})
    roster = replace(named, gone=frozenset(gone))
    (found,) = each_administrator(a_notice(Administrators()), roster)
    assert found.to == Person(user=expected)


def test_administrators_hear_of_a_channel_once_a_day_whatever_is_wrong_with_it():
    first = unusable(T1, C1, "is_archived", now=NOW)
    again = unusable(T1, C1, "is_inactive", now=NOW)
    tomorrow = unusable(T1, C1, "is_archived", now=utc("2025-06-03T08:00Z"))
    assert first is not None
    assert again is not None
    assert tomorrow is not None
    assert (first.key == again.key, first.key == tomorrow.key) == (True, False)
    assert unusable(T1, ANA, "channel_not_found", now=NOW) is None
