"""Customers, and where they talk to us."""

import pytest

from policy.cases import Severity
from policy.ids import ChannelId, Tier
from policy.notices import TierUnknown
from policy.refusals import NotYours, Unreadable
from policy.thresholds import GOLD, TITANIUM
from tests.support.builders import ADA, ANA, ELI, HELP, LEA, ZOE, an_actor
from tests.support.houses import outside

NEW = ChannelId("CNEW")


async def test_an_administrator_links_a_channel_to_a_new_account(house):
    account = await house.desk.accounts.link(" Globex  Inc ", TITANIUM, by=an_actor(ADA, NEW))
    assert (account.name, account.tier, account.channels) == ("Globex Inc", TITANIUM, {NEW})
    assert await house.desk.accounts.here(by=an_actor(ADA, NEW)) == account
    assert await house.desk.accounts.here(by=an_actor(ADA, None)) is None


async def test_a_known_account_gains_the_channel_and_keeps_its_people(house):
    account = await house.desk.accounts.link("ACME", GOLD, by=an_actor(ADA, NEW))
    assert account.channels == {HELP, NEW}
    kept = await house.desk.accounts.here(by=an_actor(ADA, NEW))
    assert kept is not None
    assert (kept.id, kept.contacts) == (account.id, account.contacts)


async def test_a_channel_belongs_to_one_account(house):
    await house.desk.accounts.link("Globex", GOLD, by=an_actor(ADA, HELP))
    here = await house.desk.accounts.here(by=an_actor(ADA, HELP))
    assert here is not None
    assert here.name == "Globex"


async def test_open_cases_follow_a_changed_tier_and_closed_ones_do_not(house):
    case, other = await house.opens(severity=Severity.S2), await house.opens(title="Export hangs")
    await house.desk.cases.close(other.id, by=an_actor())
    await house.desk.accounts.link("Acme", TITANIUM, by=an_actor(ADA))
    after = await house.case(case.id)
    assert (after.tier, after.clock_version) == (TITANIUM, 2)
    assert (await house.story(case.id))[-1] == "cases.tier_changed"
    assert (await house.case(other.id)).tier == GOLD


async def test_an_unknown_tier_is_taken_and_told(house):
    await house.desk.accounts.link("Acme", Tier("Bronze"), by=an_actor(ADA))
    assert len(await house.owed(TierUnknown)) == 1


@pytest.mark.parametrize("by", [ANA, ELI, LEA])
async def test_only_administrators_link(house, by):
    with pytest.raises(NotYours):
        await house.desk.accounts.link("Acme", TITANIUM, by=an_actor(by))


@pytest.mark.parametrize(
    ("name", "here", "field"), [("  ", HELP, "account"), ("Acme", None, None)]
)
async def test_a_link_needs_a_name_and_a_channel(house, name, here, field):
    with pytest.raises(Unreadable) as refused:
        await house.desk.accounts.link(name, GOLD, by=an_actor(ADA, here))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("typed", "by", "expected"),
    [
        ("ac", an_actor(ELI), ["Acme"]),
        ("x", an_actor(ELI), []),
        ("", outside(ANA), ["Acme"]),
        ("", outside(ZOE), []),
    ],
)
async def test_accounts_are_suggested_to_those_who_may_open_for_them(house, typed, by, expected):
    assert [each.name for each in await house.desk.accounts.suggest(typed, by=by)] == expected
