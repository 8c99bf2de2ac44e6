"""How often managers are disturbed, and who may ask what became of notices."""

import pytest

from policy.accounting import Pings, may_account, pings
from policy.roles import Role, Standing
from tests.support.builders import ELI, MONA, OTTO, an_actor, utc

NOW = utc("2025-06-09T08:00Z")


@pytest.mark.parametrize(
    ("role", "may"), [(each, each in {Role.ADMINISTRATOR, Role.LEAD}) for each in Role]
)
def test_administrators_and_leads_may_ask(role, may):
    who = Standing(actor=an_actor(), roles=frozenset({role}), accounts=frozenset())
    assert may_account(who) is may


def test_pings_are_counted_by_person_the_most_disturbed_first():
    told = [
        (MONA, utc("2025-06-09T07:00Z")),
        (OTTO, utc("2025-06-08T09:00Z")),
        (OTTO, utc("2025-06-05T09:00Z")),
        (ELI, utc("2025-06-09T07:00Z")),
        (MONA, utc("2025-06-01T09:00Z")),
    ]
    assert pings(told, [MONA, OTTO], now=NOW) == (
        Pings(user=OTTO, day=1, week=2),
        Pings(user=MONA, day=1, week=1),
    )
    assert pings([], [MONA], now=NOW) == (Pings(user=MONA, day=0, week=0),)
