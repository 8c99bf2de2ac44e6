"""Customers, and where they talk to us."""

from dataclasses import replace

import pytest

from policy.cases import Severity
from policy.ids import ChannelId, Tier
from policy.notices import TierUnknown
from policy.refusals import NotYours, Unreadable
from policy.thresholds import GOLD, TITANIUM
from tests.support.builders import ACME, ADA, ANA, ELI, HELP, LEA, WORKSPACE, ZOE, an_actor
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


BY = an_actor(ADA)
FILE = "name,tier,channels,contacts\nAcme,Titanium,,UZOE\nGlobex,Gold,CGLOBEX,\n"


async def test_a_changed_tier_is_kept_with_who_and_when(house):
    before = (await house.desk.accounts.read(ACME, by=BY)).account
    await house.desk.accounts.change(replace(before, tier=TITANIUM, name="Acme Bank"), by=BY)
    file = await house.desk.accounts.read(ACME, by=BY)
    [change] = file.tiers
    assert (change.before, change.after, change.by) == (GOLD, TITANIUM, ADA)
    assert change.at == house.clock()
    assert file.account.name == "Acme Bank"


async def test_a_name_belongs_to_one_account(house):
    await house.desk.accounts.link("Globex", GOLD, by=an_actor(ADA, NEW))
    acme = (await house.desk.accounts.read(ACME, by=BY)).account
    with pytest.raises(Unreadable) as refused:
        await house.desk.accounts.change(replace(acme, name="globex"), by=BY)
    assert refused.value.field == "account"


async def test_accounts_are_listed_page_by_page(house):
    for number in range(10):
        await house.desk.accounts.link(f"Customer {number}", GOLD, by=an_actor(ADA, NEW))
    first, second = [await house.desk.accounts.page(each, by=BY) for each in (1, 2)]
    assert (len(first.accounts), first.has_more) == (10, True)
    assert ([each.name for each in second.accounts], second.has_more) == (["Customer 9"], False)


async def test_a_file_is_tried_then_imported_and_again_changes_nothing(house):
    case = await house.opens()
    tried = await house.desk.accounts.bring_in(FILE, dry=True, by=BY)
    assert (tried.new, tried.changed, tried.is_dry) == (1, 1, True)
    assert (await house.case(case.id)).tier == GOLD
    done = await house.desk.accounts.bring_in(FILE, dry=False, by=BY)
    assert (done.new, done.changed) == (1, 1)
    assert (await house.case(case.id)).tier == TITANIUM
    again = await house.desk.accounts.bring_in_unasked(WORKSPACE, FILE, dry=False)
    assert (again.new, again.changed, again.same) == (0, 0, 2)


async def test_a_file_with_a_problem_changes_nothing(house):
    found = await house.desk.accounts.bring_in(FILE + "X,,,\n", dry=False, by=BY)
    assert {each.line for each in found.problems} == {4}
    assert (await house.desk.accounts.read(ACME, by=BY)).account.tier == GOLD


async def test_a_person_of_two_accounts_is_asked_once(house):
    await house.desk.accounts.bring_in("name,tier,contacts\nGlobex,Gold,UANA\n", dry=False, by=BY)
    by = outside(ANA)
    assert (await house.desk.cases.opening(by=by)).default is None
    await house.opens(by=ANA, here=None, account=ACME)
    remembered = (await house.desk.cases.opening(by=by)).default
    assert remembered is not None
    assert remembered.id == ACME


@pytest.mark.parametrize("user", [ANA, ELI, LEA])
async def test_only_administrators_manage_accounts(house, user):
    desk, by = house.desk.accounts, an_actor(user)
    asked = (desk.page(1, by=by), desk.read(ACME, by=by), desk.bring_in(FILE, dry=True, by=by))
    for each in asked:
        with pytest.raises(NotYours):
            await each
