"""Who may escalate and acknowledge, how soon, and who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import Severity
from policy.escalations import (
    OPEN,
    RESTORES_RIGHT,
    TARGETS,
    EscalationState,
    acknowledged,
    may_escalate,
    submitted,
    target,
)
from policy.ids import EscalationId
from policy.refusals import AlreadyAcknowledged, EscalationIsOver, NotYours, OwnCase
from policy.roles import Role
from policy.rota import on_duty
from policy.settings import WhoMayEscalate, WorkspaceSettings, is_group
from policy.thresholds import GOLD, PLATINUM, TITANIUM
from tests.support.builders import (
    WORKSPACE,
    a_case,
    a_standing,
    an_escalation,
    an_escalation_request,
    utc,
)

NOW = utc("2025-06-10T12:00:00Z")
CASE = a_case(requester="UANA", account="acme", engineer="UELI", severity=Severity.S1, tier=GOLD)
ANA = a_standing("UANA")
BEN = a_standing("UBEN", accounts=frozenset({"acme"}))
MONA = a_standing("UMONA", Role.DUTY_MANAGER)
LEA = a_standing("ULEA", Role.LEAD)


@pytest.mark.parametrize(
    ("severity", "tier", "acknowledge", "contact", "update"),
    [
        ("S1", TITANIUM, "15m", "30m", "1h"),
        ("S1", GOLD, "30m", "60m", "2h"),
        ("S2", TITANIUM, "30m", "2h", "4h"),
        ("S2", PLATINUM, "60m", "4h", "8h"),
        ("S3", TITANIUM, "2h", "8h", "24h"),
        ("S3", GOLD, "4h", "12h", "24h"),
        ("S4", TITANIUM, "4h", "24h", "48h"),
        ("S4", GOLD, "8h", "24h", "48h"),
        ("S1", "Unheard of", "30m", "60m", "2h"),
    ],
)
def test_targets_are_those_of_the_design(severity, tier, acknowledge, contact, update):
    found = target(Severity(severity), tier)
    spans = {"m": "minutes", "h": "hours"}
    wanted = [
        timedelta(**{spans[each[-1]]: int(each[:-1])}) for each in (acknowledge, contact, update)
    ]
    assert [found.acknowledge, found.contact, found.update] == wanted


def test_every_severity_has_targets_and_titanium_never_waits_longer():
    assert set(TARGETS) == set(Severity)
    for titanium, other in TARGETS.values():
        assert titanium.acknowledge <= other.acknowledge
        assert titanium.contact <= other.contact
        assert titanium.update <= other.update


@pytest.mark.parametrize(
    ("who", "setting", "allowed"),
    [
        (ANA, "requester", True),
        (BEN, "requester", False),
        (BEN, "account", True),
        (a_standing("UCARLA", accounts=frozenset({"globex"})), "account", False),
        (MONA, "account", False),
    ],
)
def test_escalating_is_the_requesters_decision_unless_set_otherwise(who, setting, allowed):
    settings = WorkspaceSettings(workspace=WORKSPACE, who_may_escalate=WhoMayEscalate(setting))
    assert may_escalate(CASE, who, settings) is allowed


def test_submitting_uses_the_right_and_starts_the_clock():
    found = submitted(CASE, an_escalation_request(), id=EscalationId("E1"), by=ANA, now=NOW)
    assert found.uses_right
    assert found.state is EscalationState.REQUESTED
    assert found.acknowledge_due_at == NOW + timedelta(minutes=30)


def test_the_one_who_acknowledges_owns_it_and_owes_contact():
    found = acknowledged(an_escalation(), CASE, by=MONA, now=NOW)
    assert (found.owner, found.state) == ("UMONA", EscalationState.ACKNOWLEDGED)
    assert found.contact_due_at == NOW + timedelta(minutes=60)
    assert found.version == an_escalation().version + 1


OWNED = an_escalation(state=EscalationState.ACKNOWLEDGED, owner="UOTTO")
SECRET = an_escalation(request=an_escalation_request(confidential=True))


@pytest.mark.parametrize(
    ("escalation", "case", "who", "refusal"),
    [
        (an_escalation(), CASE, ANA, NotYours),
        (an_escalation(), CASE, a_standing("UELI", Role.ENGINEER), NotYours),
        (an_escalation(), replace(CASE, engineer=MONA.user), MONA, OwnCase),
        (OWNED, CASE, MONA, AlreadyAcknowledged),
        (an_escalation(state=EscalationState.WITHDRAWN), CASE, MONA, EscalationIsOver),
        (
            an_escalation(state=EscalationState.CLOSED, owner="UOTTO"),
            CASE,
            MONA,
            EscalationIsOver,
        ),
        (SECRET, CASE, MONA, NotYours),
    ],
)
def test_acknowledging_is_refused_with_its_reason(escalation, case, who, refusal):
    with pytest.raises(refusal):
        acknowledged(escalation, case, by=who, now=NOW)


def test_leads_acknowledge_confidential_ones():
    assert acknowledged(SECRET, CASE, by=LEA, now=NOW).owner == "ULEA"


def test_an_open_escalation_never_gives_its_right_back():
    assert OPEN.isdisjoint(RESTORES_RIGHT)
    assert {EscalationState.DECLINED, EscalationState.CLOSED}.isdisjoint(RESTORES_RIGHT)


@pytest.mark.parametrize(
    ("managers", "leads", "admins", "unavailable", "expected"),
    [
        (["U2", "U1"], ["U3"], ["U4"], [], ("U1", "U2")),
        (["U1"], ["U3"], ["U4"], ["U1"], ("U3",)),
        ([], [], ["U4"], [], ("U4",)),
        (["U1"], ["U1"], ["U1"], ["U1"], ()),
    ],
)
def test_somebody_hears_of_it_as_long_as_anybody_is_left(
    managers, leads, admins, unavailable, expected
):
    assert on_duty(managers, leads, admins, unavailable=frozenset(unavailable)) == expected


def test_user_groups_are_told_from_people_by_their_id():
    assert is_group("S0DUTY")
    assert not is_group("U0MONA")
