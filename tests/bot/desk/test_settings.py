"""What the workspace decides for itself, and who its people are."""

from dataclasses import replace

import pytest

from bot.desk import Desk
from handlers import ports
from policy.ids import WorkspaceId
from policy.refusals import NotYours, Stale, Unreadable
from policy.roles import Actor, Role, Side
from policy.settings import WorkspaceSettings
from tests.support.builders import (
    ACME,
    ADA,
    ANA,
    CLEO,
    ELI,
    GLOBEX,
    HELP,
    LEA,
    MONA,
    WORKSPACE,
    ZOE,
    an_account,
    an_actor,
    workspace_settings,
)
from tests.support.houses import outside


def test_the_desk_answers_all_that_the_conversation_asks(house):
    desk: ports.Desk = house.desk
    assert isinstance(desk, Desk)


async def test_the_first_settings_are_filled_in_once(house):
    assert not await house.desk.settings.fill(WORKSPACE, WorkspaceSettings(workspace=WORKSPACE))
    assert await house.desk.settings.read(by=an_actor(ADA)) == workspace_settings()


async def test_an_administrator_changes_the_settings(house):
    read = await house.desk.settings.read(by=an_actor(ADA))
    changed = await house.desk.settings.change(
        replace(read, urgent_contact="Call 911"), by=an_actor(ADA)
    )
    assert (changed.urgent_contact, changed.version) == ("Call 911", 2)
    assert await house.desk.settings.read(by=an_actor(ADA)) == changed


async def test_of_two_who_change_them_the_second_reads_them_again(house):
    read = await house.desk.settings.read(by=an_actor(ADA))
    await house.desk.settings.change(replace(read, chases_needed=3), by=an_actor(ADA))
    with pytest.raises(Stale):
        await house.desk.settings.change(replace(read, chases_needed=4), by=an_actor(ADA))


@pytest.mark.parametrize("by", [ANA, ELI, LEA, MONA])
async def test_only_administrators_read_or_change_them(house, by):
    with pytest.raises(NotYours):
        await house.desk.settings.read(by=an_actor(by))
    with pytest.raises(NotYours):
        await house.desk.settings.change(workspace_settings(), by=an_actor(by))


async def test_somebody_is_left_to_change_them(house):
    with pytest.raises(Unreadable) as refused:
        await house.desk.settings.change(workspace_settings(administrators=()), by=an_actor(ADA))
    assert refused.value.field == "administrators"


@pytest.mark.parametrize(
    ("by", "roles", "accounts"),
    [
        (outside(ANA), set(), {ACME}),
        (outside(ZOE), set(), set()),
        (an_actor(ZOE, HELP), set(), {ACME}),  # the channel's
        (outside(ELI), {Role.ENGINEER}, set()),
        (outside(ADA), {Role.ADMINISTRATOR}, set()),
        (outside(LEA), {Role.LEAD, Role.DUTY_MANAGER}, set()),  # by her group besides
    ],
)
async def test_people_are_what_lists_groups_and_accounts_make_of_them(house, by, roles, accounts):
    await house.desk.settings.change(
        workspace_settings(duty_managers=(MONA, "SDUTY")), by=an_actor(ADA)
    )
    house.directory.knows("SDUTY", LEA)
    standing = await house.desk.people.standing(by=by)
    assert (standing.roles, standing.accounts) == (roles, accounts)
    assert standing.side is (Side.SUPPORT if roles else Side.CUSTOMER)


async def test_a_person_may_belong_to_two_accounts(house):
    await house.desk.imports.account(
        an_account(id=GLOBEX, name="Globex", channels=frozenset(), contacts=frozenset({ANA}))
    )
    standing = await house.desk.people.standing(by=outside(ANA))
    assert standing.accounts == {ACME, GLOBEX}


async def test_a_workspace_without_settings_has_only_customers(house):
    stranger = Actor(workspace=WorkspaceId("T9"), user=ELI)
    standing = await house.desk.people.standing(by=stranger)
    assert standing.side is Side.CUSTOMER


async def test_drafts_are_kept_for_a_day_each_persons_own(house):
    case = await house.opens()
    typed = {"impact": "Nobody can sign in"}
    drafts = house.desk.drafts
    await drafts.keep("escalation", case.id, {"impact": "older"}, by=an_actor())
    await drafts.keep("escalation", case.id, typed, by=an_actor())
    assert await drafts.kept("escalation", case.id, by=an_actor()) == typed
    assert await drafts.kept("escalation", None, by=an_actor()) == {}
    assert await drafts.kept("escalation", case.id, by=an_actor(CLEO)) == {}
    house.clock.moves(hours=24)
    assert await drafts.kept("escalation", case.id, by=an_actor()) == {}


async def test_a_used_draft_is_forgotten(house):
    await house.desk.drafts.keep("case", None, {"title": "Login"}, by=an_actor())
    await house.desk.drafts.drop("case", None, by=an_actor())
    assert await house.desk.drafts.kept("case", None, by=an_actor()) == {}
