"""Cases come back as they were put, numbered by their workspace, with their crossing's time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from policy.cases import CaseState, NextStep, OpenQuestion, Severity
from policy.ids import AccountId, CaseId, ChannelId, Ts, WorkspaceId
from policy.refusals import NoSuchCase
from policy.thresholds import GOLD, TITANIUM
from tests.support.builders import (
    ACME,
    CLEO,
    ELI,
    HELP,
    MORNING,
    WORKSPACE,
    ZOE,
    a_case,
    an_account,
    utc,
)

NEW = CaseId("")
FULL = a_case(
    severity=Severity.S1,
    state=CaseState.WAITING_CUSTOMER,
    contact=CLEO,
    reporter=ELI,
    engineer=ELI,
    component="Login",
    environment="Production",
    business_impact="Orders are lost.",
    closed_at=utc("2025-06-03T08:00Z"),
    merged_into=CaseId("CASE-7"),
    question=OpenQuestion(text="Which browser?", asked_by=ELI, asked_at=MORNING),
    next_step=NextStep(text="A fix", due_at=utc("2025-06-05T08:00Z")),
    followers=frozenset({CLEO, ZOE}),
    clock_version=3,
    version=9,
)


async def added(database, *cases, silently=False):
    async with database.begin() as work:
        found = [await work.cases.add(case, silently=silently) for case in cases]
        await work.commit()
    return found


async def read(database, case):
    async with database.reading() as work:
        return await work.cases.get(case.workspace, case.id)


@pytest.mark.parametrize(
    "case", [FULL, a_case(), a_case(thread=None)], ids=["full", "new", "bare"]
)
async def test_a_case_comes_back_as_it_was(acme, case):
    [case] = await added(acme, case)
    assert await read(acme, case) == case


async def test_a_saved_case_comes_back_as_it_was_saved(acme):
    await added(acme, a_case())
    async with acme.begin() as work:
        await work.cases.save(FULL)
        await work.commit()
    assert await read(acme, FULL) == FULL


async def test_a_case_that_was_never_added_cannot_be_saved(acme):
    async with acme.begin() as work:
        with pytest.raises(NoSuchCase):
            await work.cases.save(a_case())


@pytest.mark.parametrize("named", ["CASE-2", "CASE-", "nonsense", "CASE-99999999999999999999", ""])
async def test_what_is_no_case_is_not_found(acme, named):
    await added(acme, a_case())
    async with acme.reading() as work:
        assert await work.cases.find(WORKSPACE, CaseId(named)) is None
        with pytest.raises(NoSuchCase):
            await work.cases.get(WORKSPACE, CaseId(named))


async def test_cases_are_numbered_one_after_the_other_in_their_workspace(acme):
    other = WorkspaceId("T2")
    async with acme.begin() as work:
        await work.accounts.save(an_account(workspace=other))
        await work.commit()
    new = a_case(id=NEW, thread=None)
    numbered = await added(acme, new, new, replace(new, workspace=other), new)
    assert [case.id for case in numbered] == ["CASE-1", "CASE-2", "CASE-1", "CASE-3"]


async def test_a_number_given_from_outside_is_never_given_again(acme):
    imported = a_case(id=CaseId("CASE-41"), thread=None)
    numbered = await added(acme, imported, a_case(id=NEW, thread=None))
    assert [case.id for case in numbered] == ["CASE-41", "CASE-42"]


async def test_a_number_that_was_not_committed_is_given_again(acme):
    async with acme.begin() as work:
        await work.cases.add(a_case(id=NEW))
    [case] = await added(acme, a_case(id=NEW))
    assert case.id == "CASE-1"


async def test_cases_opened_at_once_get_a_number_each(doors):
    async def opens(door):
        [case] = await added(door, a_case(id=NEW, thread=None))
        return case.id

    numbers = await asyncio.gather(*(opens(door) for door in doors * 8))
    assert sorted(numbers, key=lambda case: int(case[5:])) == [f"CASE-{n}" for n in range(1, 33)]


async def test_changes_made_at_once_are_all_kept(doors):
    await added(doors[0], a_case())

    async def counts_up(door):
        async with door.begin() as work:
            case = await work.cases.get(WORKSPACE, CaseId("CASE-1"))
            await work.cases.save(replace(case, version=case.version + 1))
            await work.commit()

    await asyncio.gather(*(counts_up(door) for door in doors * 8))
    assert (await read(doors[0], a_case())).version == 33


async def test_a_case_is_found_by_its_thread(acme):
    await added(acme, a_case())
    async with acme.reading() as work:
        assert await work.cases.of_thread(WORKSPACE, HELP, a_case().thread) == a_case()
        assert await work.cases.of_thread(WORKSPACE, HELP, Ts("1.2")) is None
        assert await work.cases.of_thread(WORKSPACE, ChannelId("C0"), a_case().thread) is None


async def test_a_renamed_account_is_renamed_in_its_cases(acme):
    await added(acme, a_case())
    async with acme.begin() as work:
        await work.accounts.save(an_account(name="Acme Holding"))
        await work.commit()
    assert (await read(acme, a_case())).account_name == "Acme Holding"


async def test_the_open_cases_of_an_account_are_found_to_be_changed(acme):
    async with acme.begin() as work:
        await work.accounts.save(an_account(id=AccountId("globex"), name="Globex"))
        await work.commit()
    case = a_case(thread=None)
    await added(
        acme,
        case,
        replace(case, id=CaseId("CASE-2"), state=CaseState.CLOSED),
        replace(case, id=CaseId("CASE-3"), account=AccountId("globex"), account_name="Globex"),
        replace(case, id=CaseId("CASE-4"), state=CaseState.WAITING_CUSTOMER),
    )
    async with acme.begin() as work:
        found = await work.cases.open_of_account(WORKSPACE, ACME)
    assert [each.id for each in found] == ["CASE-1", "CASE-4"]


async def next_due(database):
    async with database.reading() as work:
        return await work.crossings.next_due_at()


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({"severity": Severity.S1, "tier": TITANIUM}, "2025-06-02T12:00Z"),
        ({"severity": Severity.S3, "tier": GOLD}, "2025-06-07T08:00Z"),
        ({"severity": Severity.S4, "tier": "Unheard of"}, "2025-06-09T08:00Z"),
        ({"severity": Severity.S1, "state": CaseState.CLOSED}, None),
        ({"severity": Severity.S1, "state": CaseState.MERGED}, None),
    ],
)
async def test_the_crossing_of_an_open_case_is_due_when_escalating_becomes_available(
    acme, facts, due
):
    await added(acme, a_case(**facts))
    assert await next_due(acme) == (utc(due) if due else None)


async def test_an_imported_case_has_no_crossing_to_announce_until_its_clock_changes(acme):
    await added(acme, a_case(), silently=True)
    assert await next_due(acme) is None
    async with acme.begin() as work:
        await work.cases.save(a_case(severity=Severity.S2, clock_version=2, version=2))
        await work.commit()
    assert await next_due(acme) == MORNING + timedelta(days=2)


@pytest.mark.parametrize(
    ("saved", "due"),
    [
        (a_case(title="Another", version=2), "2025-06-07T08:00Z"),
        (a_case(severity=Severity.S1, clock_version=2, version=2), "2025-06-02T16:00Z"),
        (a_case(state=CaseState.CLOSED, version=2), None),
    ],
    ids=["a title", "a severity", "closed"],
)
async def test_saving_a_case_puts_its_crossing_where_it_belongs(acme, saved, due):
    await added(acme, a_case())
    async with acme.begin() as work:
        await work.cases.save(saved)
        await work.commit()
    assert await next_due(acme) == (utc(due) if due else None)
