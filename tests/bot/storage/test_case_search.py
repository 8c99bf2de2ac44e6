"""Cases are found by person, by words, by account and by what was spoken of last."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import CaseState
from policy.ids import AccountId, CaseId, ChannelId, WorkspaceId
from policy.roles import Role
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
    a_case,
    a_comment,
    a_standing,
    an_account,
)

HOUR = timedelta(hours=1)
OTHER = ChannelId("COTHER")


def numbered(number, **facts):
    opened_at = MORNING + number * HOUR
    return a_case(id=CaseId(f"CASE-{number}"), thread=None, opened_at=opened_at, **facts)


CASES = (
    numbered(1, title="Login is down"),
    numbered(2, title="Export fails with 100% CPU", contact=CLEO),
    numbered(3, title="LOGIN is slow", requester=CLEO, contact=CLEO, reporter=ELI),
    numbered(4, title="Ölpreis fehlt", state=CaseState.CLOSED),
    numbered(5, title="ÖLPREIS fehlt wieder", engineer=ELI, requester=CLEO, contact=CLEO),
    numbered(6, title="Not yours", account=GLOBEX, requester=ZOE, contact=ZOE, channel=OTHER),
    numbered(12, title="Twelve", requester=CLEO, contact=CLEO),
)


@pytest.fixture
async def filled(acme):
    async with acme.begin() as work:
        await work.accounts.save(an_account(id=GLOBEX, name="Globex", channels=frozenset()))
        for case in CASES:
            await work.cases.add(case)
        await work.commit()
    return acme


def numbers(cases):
    return [int(case.id.removeprefix("CASE-")) for case in cases]


@pytest.mark.parametrize(
    ("user", "found"),
    [(ANA, [2, 1, 4]), (CLEO, [12, 5, 3, 2]), (ELI, [5, 3]), (ZOE, [6]), ("UNOBODY", [])],
)
async def test_a_person_finds_the_cases_they_opened_or_work_on_open_ones_first(
    filled, user, found
):
    async with filled.reading() as work:
        cases, total = await work.cases.mine(WORKSPACE, user, 0, 10)
    assert (numbers(cases), total) == (found, len(found))


async def test_a_page_of_cases_says_how_many_there_are_in_all(filled):
    async with filled.reading() as work:
        cases, total = await work.cases.mine(WORKSPACE, CLEO, 2, 1)
    assert (numbers(cases), total) == ([3], 4)


ACMES = a_standing(ZOE, accounts=frozenset({ACME}))


@pytest.mark.parametrize(
    ("who", "typed", "found"),
    [
        (a_standing(ANA), "", [12, 5, 3, 2, 1]),
        (a_standing(ANA, accounts=frozenset()), "", [2, 1]),
        (ACMES, "", [12, 6, 5, 3, 2, 1]),
        (a_standing(ELI, Role.ENGINEER), "", [12, 6, 5, 3, 2, 1]),
        (a_standing(ELI, Role.ENGINEER), "login", [3, 1]),
        (a_standing(ELI, Role.ENGINEER), " Log ", [3, 1]),
        (a_standing(ELI, Role.ENGINEER), "ölpreis", [5]),
        (a_standing(ELI, Role.ENGINEER), "100%", [2]),
        (a_standing(ELI, Role.ENGINEER), "%", [2]),
        (a_standing(ELI, Role.ENGINEER), "_", []),
        (a_standing(ELI, Role.ENGINEER), "1", [1, 12, 2]),
        (a_standing(ELI, Role.ENGINEER), "case-12", [12]),
        (a_standing(ELI, Role.ENGINEER), "#3", [3]),
        (a_standing(ANA), "case-6", []),
    ],
)
async def test_a_person_picks_from_the_open_cases_they_may_see(filled, who, typed, found):
    async with filled.reading() as work:
        assert numbers(await work.cases.pickable(WORKSPACE, who, typed, 100)) == found


async def test_no_more_cases_are_offered_than_asked_for(filled):
    async with filled.reading() as work:
        found = await work.cases.pickable(WORKSPACE, a_standing(ELI, Role.ENGINEER), "", 2)
    assert numbers(found) == [12, 6]


@pytest.mark.parametrize(
    ("account", "title", "since", "limit", "found"),
    [
        (ACME, "login", 0, 10, [3, 1]),
        (ACME, "login", 2, 10, [3]),
        (ACME, "login", 0, 3, [3]),  # the newest three alone are looked at
        (ACME, "Login is down", 0, 10, [1]),
        (ACME, "ölpreis fehlt", 0, 10, [5]),  # and not the closed one
        (ACME, "Not yours", 0, 10, []),
        (GLOBEX, "Not yours", 0, 10, [6]),
        (AccountId("none"), "login", 0, 10, []),
    ],
)
async def test_similar_cases_are_open_ones_of_the_account_opened_lately_with_such_a_title(
    filled, account, title, since, limit, found
):
    new = a_case(id=CaseId("CASE-99"), account=account, title=title)
    async with filled.reading() as work:
        cases = await work.cases.similar(new, MORNING + since * HOUR, limit)
    assert numbers(cases) == found


async def test_cases_of_another_workspace_are_similar_to_none_here(filled):
    new = a_case(id=CaseId("CASE-99"), workspace=WorkspaceId("TOTHER"))
    async with filled.reading() as work:
        assert await work.cases.similar(new, MORNING, 10) == []
        here = await work.cases.similar(replace(new, workspace=WORKSPACE), MORNING, 10)
    assert numbers(here) == [1]


async def test_titles_without_a_word_are_similar_where_they_are_the_same(filled):
    async with filled.begin() as work:
        for number, title in ((13, "???"), (14, "!!!"), (15, "???")):
            await work.cases.add(numbered(number, title=title))
        cases = await work.cases.similar(numbered(15, title="???"), MORNING, 10)
    assert numbers(cases) == [13]  # and not itself


@pytest.mark.parametrize(
    ("user", "channel", "latest"),
    [
        (ANA, HELP, "CASE-4"),  # opened
        (ELI, HELP, "CASE-3"),  # reported
        (CLEO, HELP, "CASE-12"),
        (ANA, OTHER, None),
        (ZOE, HELP, None),
    ],
)
async def test_the_latest_case_here_is_the_one_the_person_opened_last(
    filled, user, channel, latest
):
    async with filled.reading() as work:
        assert await work.cases.latest_here(WORKSPACE, channel, user) == latest


async def test_a_comment_makes_its_case_the_latest_one_in_the_cases_channel(filled):
    async with filled.begin() as work:
        await work.comments.add(a_comment(case=CaseId("CASE-1"), at=MORNING + 20 * HOUR))
        await work.commit()
    async with filled.reading() as work:
        assert await work.cases.latest_here(WORKSPACE, HELP, ANA) == "CASE-1"
        assert await work.cases.latest_here(WORKSPACE, OTHER, ANA) is None


async def test_speaking_of_a_case_makes_it_the_latest_one_wherever_it_was_opened(filled):
    async with filled.begin() as work:
        await work.cases.talked(WORKSPACE, HELP, ANA, CaseId("CASE-1"), MORNING + 20 * HOUR)
        await work.cases.talked(WORKSPACE, HELP, ANA, CaseId("CASE-6"), MORNING + 21 * HOUR)
        await work.commit()
    async with filled.reading() as work:
        assert await work.cases.latest_here(WORKSPACE, HELP, ANA) == "CASE-6"
        assert await work.cases.latest_here(WORKSPACE, HELP, CLEO) == "CASE-12"


async def test_a_case_opened_after_the_last_talk_is_the_latest(filled):
    newest = replace(CASES[0], id=CaseId("CASE-13"), opened_at=MORNING + 30 * HOUR)
    async with filled.begin() as work:
        await work.cases.talked(WORKSPACE, HELP, ANA, CaseId("CASE-1"), MORNING + 20 * HOUR)
        await work.cases.add(newest)
        await work.commit()
    async with filled.reading() as work:
        assert await work.cases.latest_here(WORKSPACE, HELP, ANA) == "CASE-13"
