"""Accounts come back as they were, found by name, channel and contact."""

import pytest

from policy.ids import AccountId, ChannelId
from policy.refusals import NoAccount
from policy.roles import Role
from policy.thresholds import TITANIUM
from tests.support.builders import (
    ACME,
    ANA,
    CLEO,
    ELI,
    GLOBEX,
    HELP,
    MORNING,
    WORKSPACE,
    ZOE,
    a_standing,
    an_account,
)

GLOBE = an_account(
    id=GLOBEX,
    name="Globex Öl & Gas",
    tier=TITANIUM,
    channels=frozenset({ChannelId("CGLOBE"), ChannelId("CGLOBE2")}),
    contacts=frozenset({ZOE, ANA}),
)
EMPTY = an_account(id=AccountId("new"), name="New", channels=frozenset(), contacts=frozenset())


async def save(database, *accounts):
    async with database.begin() as work:
        for account in accounts:
            await work.accounts.save(account)
        await work.commit()


@pytest.mark.parametrize("account", [an_account(), GLOBE, EMPTY], ids=lambda each: each.name)
async def test_an_account_comes_back_as_it_was(database, account):
    await save(database, account)
    async with database.reading() as work:
        assert await work.accounts.get(WORKSPACE, account.id) == account


async def test_a_saved_account_replaces_the_one_before(database):
    await save(database, an_account(), GLOBE)
    changed = an_account(
        name="Acme Ltd",
        tier=TITANIUM,
        channels=frozenset({ChannelId("CNEW")}),
        contacts=frozenset({CLEO, ZOE}),
    )
    await save(database, changed)
    async with database.reading() as work:
        assert await work.accounts.get(WORKSPACE, ACME) == changed
        assert await work.accounts.get(WORKSPACE, GLOBEX) == GLOBE


async def test_an_unknown_account_is_refused(database):
    async with database.reading() as work:
        with pytest.raises(NoAccount):
            await work.accounts.get(WORKSPACE, ACME)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Globex Öl & Gas", GLOBE),
        (" globex  öl & GAS ", GLOBE),
        ("ACME", an_account()),
        ("Glob", None),
    ],
)
async def test_an_account_is_found_by_its_name_however_it_is_written(database, name, found):
    await save(database, an_account(), GLOBE)
    async with database.reading() as work:
        assert await work.accounts.named(WORKSPACE, name) == found


async def test_a_channel_belongs_to_the_account_it_was_linked_to_last(database):
    await save(database, an_account(), GLOBE)
    await save(database, an_account(id=GLOBEX, name=GLOBE.name, channels=frozenset({HELP})))
    async with database.reading() as work:
        assert (await work.accounts.of_channel(WORKSPACE, HELP)).id == GLOBEX
        assert (await work.accounts.get(WORKSPACE, ACME)).channels == frozenset()
        assert await work.accounts.of_channel(WORKSPACE, ChannelId("CGLOBE")) is None


@pytest.mark.parametrize(
    ("user", "found"), [(ANA, [ACME, GLOBEX]), (CLEO, [ACME]), (ZOE, [GLOBEX]), (ELI, [])]
)
async def test_a_person_belongs_to_the_accounts_that_name_them(database, user, found):
    await save(database, GLOBE, an_account())
    async with database.reading() as work:
        anywhere = await work.standings.ground(WORKSPACE, user, None, since=MORNING)
        here = await work.standings.ground(WORKSPACE, user, HELP, since=MORNING)
    assert anywhere.accounts == set(found)
    assert here.accounts == {*found, ACME}


@pytest.mark.parametrize(
    ("who", "typed", "found"),
    [
        (a_standing(ELI, Role.ENGINEER), "", [ACME, GLOBEX, "new"]),
        (a_standing(ELI, Role.ENGINEER), "ÖL", [GLOBEX]),
        (a_standing(ELI, Role.ENGINEER), "%", []),
        (a_standing(ANA), "", [ACME]),
        (a_standing(ANA), "glob", []),
        (a_standing(ANA, accounts=frozenset()), "", []),
    ],
)
async def test_a_person_may_open_cases_for_their_accounts_and_support_for_all(
    database, who, typed, found
):
    await save(database, GLOBE, an_account(), EMPTY)
    async with database.reading() as work:
        accounts = await work.accounts.all_for(WORKSPACE, who, typed, 100)
        first = await work.accounts.all_for(WORKSPACE, who, typed, 1)
    assert [each.id for each in accounts] == found
    assert [each.id for each in first] == found[:1]
