"""Opening, reading, taking, closing and reopening cases."""

import asyncio

import pytest

from bot.desk import Desk
from policy.accounts import Account
from policy.casefile import Doubted, Similar
from policy.cases import Case, CaseState, Severity
from policy.ids import AccountId, CaseId, ChannelId, Tier, UserId
from policy.lists import CaseFilter
from policy.notices import (
    Administrators,
    CaseClosed,
    CaseReopened,
    CaseTaken,
    Missing,
    SetupMissing,
    Thread,
    TierUnknown,
)
from policy.opening import UNASSIGNED
from policy.refusals import (
    AlreadyInState,
    EscalationIsOpen,
    NoAccount,
    NoLongerReopenable,
    NoSuchCase,
    NotYours,
)
from policy.thresholds import TITANIUM
from tests.support.builders import (
    ACME,
    ADA,
    ANA,
    CLEO,
    ELI,
    GLOBEX,
    HELP,
    MORNING,
    WORKSPACE,
    ZOE,
    a_case_request,
    an_account,
    an_actor,
)
from tests.support.houses import outside

THEIRS = ChannelId("CGLOBEX")
MINE = CaseFilter(mine=True)


async def mine(house, by=ANA):
    """Count the cases on the first page of somebody's own."""
    return len((await house.desk.lists.page(MINE, 1, by=an_actor(by))).files)


async def test_an_opened_case_has_its_facts_its_card_and_its_history(house):
    case = await house.opens(severity=Severity.S2, business_impact="Orders are lost.")
    assert await house.case(case.id) == case
    assert (case.id, case.account, case.requester, case.contact) == ("CASE-1", ACME, ANA, ANA)
    assert (case.channel, case.opened_at, case.reporter) == (HELP, MORNING, None)
    card = await house.card(case.id)
    assert card is not None
    assert (card.channel, card.ts) == (HELP, None)
    assert await house.story(case.id) == ["cases.opened"]
    assert len(house.wakes) == 1


async def test_cases_are_numbered_one_after_the_other(house):
    assert [(await house.opens(title=f"Problem {each}")).id for each in "abc"] == [
        "CASE-1",
        "CASE-2",
        "CASE-3",
    ]


async def test_who_opens_for_a_customer_is_the_reporter(house):
    case = await house.opens(ELI, contact=CLEO)
    assert (case.requester, case.contact, case.reporter) == (CLEO, CLEO, ELI)


@pytest.mark.parametrize(
    ("by", "here", "account", "expected"),
    [
        (ANA, HELP, None, ACME),  # the channel's
        (ZOE, HELP, None, ACME),  # whoever is in a customer's channel belongs to the customer
        (ANA, None, None, ACME),  # the only one she is named in
        (ANA, None, ACME, ACME),
        (ELI, None, ACME, ACME),
        (ELI, HELP, None, ACME),
        (ZOE, None, None, UNASSIGNED),
    ],
)
async def test_the_account_is_the_one_named_the_channels_or_the_persons(
    house, by, here, account, expected
):
    case = await house.opens(by, here, account=account)
    assert case.account == expected


@pytest.mark.parametrize(
    ("by", "account"),
    [(ELI, None), (ZOE, ACME), (ANA, GLOBEX), (ELI, AccountId("nobody's"))],
)
async def test_an_account_that_is_not_the_persons_is_refused_under_its_field(house, by, account):
    await globex(house)
    with pytest.raises(NoAccount) as refused:
        await house.desk.cases.open(a_case_request(account=account), by=an_actor(by, None))
    assert refused.value.field == "account"
    assert await mine(house, by) == 0


async def test_who_belongs_to_nobody_gets_the_default_tier_and_administrators_are_told_once(house):
    first = await house.opens(ZOE, None, account=None, title="Invoices are blank")
    await house.opens(ZOE, None, account=None, title="Export hangs")
    assert (first.account_name, first.tier, first.channel) == ("Unassigned", "Gold", ZOE)
    (notice,) = await house.owed(SetupMissing)
    assert notice.to == Administrators()
    assert notice.fact == SetupMissing(missing=Missing.ACCOUNT, user=ZOE)


async def test_people_who_belong_to_nobody_do_not_see_one_another(house):
    await house.opens(ZOE, None, account=None)
    other = an_actor(UserId("UYAN"), None)
    opened = await house.desk.cases.open(a_case_request(account=None), by=other)
    assert isinstance(opened, Case)  # alike, and yet nothing is offered
    with pytest.raises(NoSuchCase):
        await house.desk.cases.read(CaseId("CASE-1"), by=other)


@pytest.mark.parametrize(
    ("by", "here", "expected"),
    [
        (ANA, HELP, HELP),
        (ANA, ChannelId("CGENERAL"), ChannelId("CGENERAL")),
        (ANA, None, HELP),  # the account's channel
        (ELI, THEIRS, HELP),  # never in another customer's channel
    ],
)
async def test_the_card_stands_where_the_case_was_opened_or_with_its_account(
    house, by, here, expected
):
    await globex(house)
    case = await house.opens(by, here)
    assert case.channel == expected


async def test_an_account_without_a_channel_has_its_cards_with_the_person(house):
    await house.desk.imports.account(
        Account(workspace=WORKSPACE, id=GLOBEX, name="Globex", tier=TITANIUM)
    )
    case = await house.opens(ELI, None, account=GLOBEX)
    assert case.channel == ELI


async def test_an_unknown_tier_never_blocks_and_is_told_to_administrators_once(house):
    await house.desk.imports.account(an_account(tier=Tier("Bronze")))
    case = await house.opens()
    await house.opens(title="Something else entirely")
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert not file.explanation.is_tier_known
    (notice,) = await house.owed(TierUnknown)
    assert notice.fact == TierUnknown(account=ACME, name="Acme", tier=Tier("Bronze"))


@pytest.mark.parametrize(
    "doubt", [{"production_down": False}, {"has_workaround": True, "production_down": True}]
)
async def test_an_s1_that_contradicts_itself_is_doubted_once(house, doubt):
    request = a_case_request(severity=Severity.S1, **doubt)
    assert await house.desk.cases.open(request, by=an_actor()) == Doubted()
    assert await mine(house) == 0
    assert (await house.opens(severity=Severity.S1, **doubt)).severity is Severity.S1


async def test_a_similar_open_case_of_the_day_is_offered_instead(house):
    first = await house.opens(title="Login is down")
    house.clock.moves(hours=2)
    again = a_case_request(title="the login is DOWN again")
    assert await house.desk.cases.open(again, by=an_actor(CLEO)) == Similar(cases=(first,))
    assert (await house.opens(CLEO, title="the login is DOWN again")).id == "CASE-2"


@pytest.mark.parametrize("why", ["a day later", "after closing", "of another account"])
async def test_nothing_similar_is_offered(house, why):
    first = await house.opens()
    by = an_actor()
    house.clock.moves(hours=1)
    if why == "a day later":
        house.clock.moves(hours=24)
    elif why == "after closing":
        await house.desk.cases.close(first.id, by=an_actor())
    else:
        await globex(house)
        by = an_actor(ZOE, THEIRS)
    account = GLOBEX if why == "of another account" else ACME
    opened = await house.desk.cases.open(a_case_request(account=account), by=by)
    assert isinstance(opened, Case)


@pytest.mark.parametrize("despite_warning", [False, True])
async def test_a_form_sent_twice_opens_one_case(house, despite_warning):
    request = a_case_request(despite_warning=despite_warning)
    first, second = await asyncio.gather(
        *(house.desk.cases.open(request, by=an_actor()) for _ in range(2))
    )
    house.clock.moves(seconds=3)
    third = await house.desk.cases.open(request, by=an_actor())
    assert first == second == third
    assert await mine(house) == 1
    assert (await house.opens(title="Another thing")).id == "CASE-2"


async def test_the_form_offers_a_customer_their_accounts_and_support_all(house):
    await globex(house)
    for by, here, offered, default in (
        (ANA, HELP, ["Acme"], "Acme"),
        (ANA, None, ["Acme"], "Acme"),
        (ELI, None, ["Acme", "Globex"], None),
        (ELI, THEIRS, ["Acme", "Globex"], "Globex"),
        (UserId("UYAN"), None, [], None),
    ):
        opening = await house.desk.cases.opening(by=an_actor(by, here))
        assert [each.name for each in opening.accounts] == offered
        assert (opening.default.name if opening.default else None) == default
        assert opening.reader.user == by


@pytest.mark.parametrize("case", ["CASE-1", "CASE-99", "nonsense"])
async def test_no_such_case_and_not_for_you_are_one_answer(house, case):
    await house.opens()
    actions = house.desk.cases.read, house.desk.cases.take, house.desk.cases.close
    for act in (*actions, house.desk.cases.reopen):
        with pytest.raises(NoSuchCase) as refused:
            await act(CaseId(case), by=outside(ZOE))
        assert vars(refused.value) == {"case": case}
    assert await house.story(CaseId("CASE-1")) == ["cases.opened"]


async def test_a_case_is_read_outside_of_any_channel_too(house):
    case = await house.opens()
    file = await house.desk.cases.read(case.id, by=an_actor(ANA, None))
    assert file is not None
    assert file.case == case


async def test_ids_are_never_given_twice(house):
    desk = Desk.over(house.database, house.clock, house.directory)
    case = await house.opens()
    said = [await desk.comments.add(case.id, text, by=an_actor()) for text in ("One.", "Two.")]
    assert len({each.comment.id for each in said}) == 2


@pytest.mark.parametrize("by", [ANA, CLEO, ELI, ADA])
async def test_requester_account_and_support_read_a_case(house, by):
    case = await house.opens()
    file = await house.desk.cases.read(case.id, by=outside(by))
    assert file is not None
    assert file.case == case
    assert file.reader is not None
    assert file.reader.user == by


async def test_without_a_number_it_is_the_case_last_spoken_of_here(house):
    first, second = await house.opens(), await house.opens(title="Export hangs")
    assert await named(house, ANA) == second.id
    assert await named(house, ELI) is None
    house.clock.moves(minutes=1)
    await house.desk.cases.read(first.id, by=an_actor(ELI))
    assert await named(house, ELI) == first.id  # before it is noted for the others
    await house.desk.cases.spoke_of(first.id, by=an_actor(ELI))
    assert await named(house, ELI) == first.id
    await house.desk.comments.add(first.id, "Any news?", by=an_actor())
    assert await named(house, ANA) == first.id
    assert await house.desk.cases.read(None, by=an_actor(ANA, None)) is None


async def test_what_was_read_here_is_known_to_other_replicas_once_it_is_noted(house):
    case = await house.opens()
    other = Desk.over(house.database, house.clock, house.directory)
    by = an_actor(ELI)
    await house.desk.cases.read(case.id, by=by)
    assert await other.cases.read(None, by=by) is None
    await house.desk.cases.spoke_of(case.id, by=by)
    found = await other.cases.read(None, by=by)
    assert found
    assert found.case.id == case.id
    second = await house.opens(title="Export hangs")
    house.clock.moves(minutes=1)
    await other.cases.read(second.id, by=by)
    await other.cases.spoke_of(second.id, by=by)
    assert await named(house, ELI) == second.id  # nothing older is left in memory


async def test_what_could_not_be_noted_is_not_what_one_speaks_of_for_ever(house):
    first, second = await house.opens(), await house.opens(title="Export hangs")
    by = an_actor(ELI)
    await house.desk.cases.read(first.id, by=by)
    noting = asyncio.create_task(house.desk.cases.spoke_of(first.id, by=by))
    await asyncio.sleep(0)
    noting.cancel()
    await asyncio.wait([noting])
    await house.desk.comments.add(second.id, "I look at it.", by=by)
    assert await named(house, ELI) == second.id


async def test_my_cases_come_in_pages_of_ten(house):
    for number in range(12):
        house.clock.moves(minutes=1)
        await house.opens(title=f"Problem number {number} of many")
    pages = [await house.desk.lists.page(MINE, page, by=an_actor()) for page in (1, 2)]
    assert [len(each.files) for each in pages] == [10, 2]
    assert [each.has_more for each in pages] == [True, False]
    assert await mine(house, CLEO) == 0


async def test_the_picker_finds_by_number_and_title_what_the_person_may_see(house):
    case = await house.opens()
    await house.opens(title="Export hangs")
    for typed, by, expected in (
        ("login", an_actor(), [case.id]),
        ("case-1", an_actor(CLEO), [case.id]),
        ("", an_actor(ELI), ["CASE-2", "CASE-1"]),
        ("", outside(ZOE), []),
    ):
        found = await house.desk.cases.pickable(typed, by=by)
        assert sorted(each.id for each in found) == sorted(expected)


async def test_taking_a_case_makes_an_engineer_and_progress(house):
    case = await house.opens()
    file = await house.desk.cases.take(case.id, by=an_actor(ELI))
    assert (file.case.engineer, file.case.state) == (ELI, CaseState.IN_PROGRESS)
    assert file.case.version > case.version
    assert await house.case(case.id) == file.case
    assert await house.told(CaseTaken) == [Thread(case=case.id)]
    entry = (await house.entries(case.id))[-1].change
    assert (entry.what, entry.by) == ("cases.taken", ELI)
    assert entry.before == {"state": "new", "engineer": None}
    assert entry.after == {"state": "in_progress", "engineer": ELI}
    with pytest.raises(AlreadyInState):
        await house.desk.cases.take(case.id, by=an_actor(ELI))


async def test_a_customer_takes_no_case(house):
    case = await house.opens()
    with pytest.raises(NotYours):
        await house.desk.cases.take(case.id, by=an_actor(ANA))
    assert await house.case(case.id) == case


async def test_roles_count_when_the_action_runs(house):
    case = await house.opens()
    settings = await house.desk.settings.read(by=an_actor(ADA))
    await house.desk.settings.change(
        settings.__class__(
            workspace=WORKSPACE, administrators=(ADA,), engineers=("SENG",), version=1
        ),
        by=an_actor(ADA),
    )
    with pytest.raises(NotYours):
        await house.desk.cases.take(case.id, by=an_actor(ELI))
    house.directory.knows("SENG", ELI)
    file = await house.desk.cases.take(case.id, by=an_actor(ELI))
    assert file.case.engineer == ELI


async def test_closing_and_reopening_are_told_and_kept(house):
    case = await house.opens()
    closed = await house.desk.cases.close(case.id, by=an_actor())
    assert (closed.case.state, closed.case.closed_at) == (CaseState.CLOSED, MORNING)
    house.clock.moves(days=14)
    reopened = await house.desk.cases.reopen(case.id, by=an_actor())
    assert (reopened.case.state, reopened.case.closed_at) == (CaseState.IN_PROGRESS, None)
    assert reopened.case.opened_at == MORNING
    assert await house.story(case.id) == ["cases.opened", "cases.closed", "cases.reopened"]
    for kind in (CaseClosed, CaseReopened):
        assert await house.told(kind) == [Thread(case=case.id)]


async def test_each_time_a_case_is_closed_it_is_told(house):
    case = await house.opens()
    for _ in range(2):
        await house.desk.cases.close(case.id, by=an_actor())
        await house.desk.cases.reopen(case.id, by=an_actor())
    assert len(await house.owed(CaseClosed)) == len(await house.owed(CaseReopened)) == 2


async def test_a_case_is_reopened_for_fourteen_days(house):
    case = await house.opens()
    await house.desk.cases.close(case.id, by=an_actor())
    house.clock.moves(days=14, seconds=1)
    with pytest.raises(NoLongerReopenable):
        await house.desk.cases.reopen(case.id, by=an_actor())
    assert (await house.case(case.id)).state is CaseState.CLOSED


async def test_a_case_stays_open_while_its_escalation_does(house):
    case = await house.opens()
    house.clock.moves(days=6)
    await house.escalates(case.id)
    for by in (ANA, ELI):
        with pytest.raises(EscalationIsOpen):
            await house.desk.cases.close(case.id, by=an_actor(by))


async def globex(house):
    account = Account(
        workspace=WORKSPACE,
        id=GLOBEX,
        name="Globex",
        tier=TITANIUM,
        channels=frozenset({THEIRS}),
        contacts=frozenset({ZOE}),
    )
    await house.desk.imports.account(account)


async def named(house, user):
    file = await house.desk.cases.read(None, by=an_actor(user))
    return file.case.id if file else None
