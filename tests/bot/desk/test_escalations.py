"""The one escalation per case: submitted once, acknowledged once, added to."""

import asyncio
from dataclasses import replace

import pytest

from bot.desk.casefiles import file_of
from policy.cases import Severity
from policy.escalations import Escalation, EscalationState, Reason
from policy.guidance.gates import Reply
from policy.ids import CaseId, EscalationId, UserId
from policy.notices import (
    Administrators,
    EscalationAcknowledged,
    EscalationReceived,
    EscalationThread,
    EscalationWaits,
    Missing,
    Person,
    SetupMissing,
    SeverityRequested,
    StatementAdded,
    Thread,
)
from policy.refusals import (
    AlreadyAcknowledged,
    CaseIsClosed,
    EscalationAlreadyOpen,
    EscalationIsOver,
    NoSuchCase,
    NotAvailableYet,
    NotYours,
    OwnCase,
    QuestionIsOpen,
    SolutionNeeded,
    Stale,
    Unreadable,
)
from policy.settings import WhoMayEscalate
from tests.support.builders import (
    ADA,
    ANA,
    CLEO,
    DUTY,
    ELI,
    LEA,
    MONA,
    OTTO,
    WORKSPACE,
    ZOE,
    an_actor,
    an_escalation_request,
    utc,
    workspace_settings,
)
from tests.support.houses import BLOCKED, answers, outside

CONDUCT = {"saying": ("this", "fell_short", "conduct"), "changed": "He hung up on me twice."}
CHASING = ("this", "update")
AGAINST = "My manager promised the board an answer by noon."


@pytest.fixture
async def case(house):
    """A case whose engineer is Eli, and whose escalation has become available."""
    opened = await house.opens()
    await house.desk.cases.take(opened.id, by=an_actor(ELI))
    house.clock.moves(days=6)
    return await house.case(opened.id)


async def test_submitting_uses_the_right_and_starts_the_clock(house, case):
    escalation = await house.escalates(case.id, followers=(CLEO,))
    assert (escalation.state, escalation.submitted_by) == (EscalationState.REQUESTED, ANA)
    assert escalation.acknowledge_due_at == utc("2025-06-09T13:00Z")  # Monday's duty hours
    assert (escalation.uses_right, escalation.flags) == (True, ())
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert file.escalation == escalation
    assert not file.offers_escalation
    assert file.case.version > case.version
    assert file.case.followers == {CLEO}
    card = await house.card(escalation.id)
    assert card is not None
    assert card.channel == DUTY
    entry = (await house.entries(case.id))[-1].change
    assert (entry.what, entry.by) == ("escalations.submitted", ANA)
    (run,) = await house.runs()
    assert (run.id, run.outcome) == (escalation.request.run, "escalate:blocked")


async def test_whoever_is_on_duty_hears_of_it_privately_and_the_thread_learns_it_too(house, case):
    escalation = await house.escalates(case.id)
    assert await house.told(EscalationWaits) == [Person(user=MONA), Person(user=OTTO)]
    (received,) = await house.owed(EscalationReceived)
    assert (received.to, received.case) == (Thread(case=case.id), case.id)
    assert received.fact == EscalationReceived(escalation=escalation.id, by=ANA)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, [MONA, OTTO]),
        ({"duty_managers": (MONA, ELI)}, [MONA]),  # never the case's engineer
        ({"duty_managers": (ANA, OTTO)}, [OTTO]),  # never who submitted it
        ({"duty_managers": ("SDUTY",)}, [MONA]),
        ({"duty_managers": ()}, [LEA]),
        ({"duty_managers": (), "leads": ()}, [ADA]),
    ],
)
async def test_on_duty_is_whom_the_settings_name(house, case, settings, told):
    house.directory.knows("SDUTY", MONA)
    await decide(house, **settings)
    await house.escalates(case.id)
    assert await house.told(EscalationWaits) == [Person(user=user) for user in told]


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({"duty_channel": None}, [Missing.DUTY_CHANNEL]),
        ({"duty_managers": (), "leads": (), "administrators": (ANA,)}, [Missing.DUTY]),
    ],
)
async def test_what_is_not_set_up_is_told_and_stops_nothing(house, case, settings, missing):
    await decide(house, **settings)
    escalation = await house.escalates(case.id)
    found = await house.owed(SetupMissing)
    assert [notice.fact for notice in found] == [
        SetupMissing(missing=each, user=ANA) for each in missing
    ]
    assert {notice.to for notice in found} == {Administrators()}
    has_card = await house.card(escalation.id) is not None
    assert has_card is (Missing.DUTY_CHANNEL not in missing)


async def refuse(house, case, expected, **facts):
    before, owed = await house.case(case.id), await house.owed()
    with pytest.raises(expected) as refused:
        await house.escalates(case.id, **facts)
    assert await house.case(case.id) == before
    assert await house.owed() == owed
    assert await house.runs() == []
    return refused.value


@pytest.mark.parametrize(
    ("by", "expected"), [(CLEO, NotYours), (ELI, NotYours), (UserId("UYAN"), NotYours)]
)
async def test_escalating_is_the_requesters_decision(house, case, by, expected):
    await refuse(house, case, expected, by=by)


async def test_a_stranger_is_told_of_no_such_case(house, case):
    for each in (case.id, CaseId("CASE-99")):
        with pytest.raises(NoSuchCase) as refused:
            await house.desk.escalations.submit(
                each, an_escalation_request(), answers=(), by=outside(ZOE)
            )
        assert vars(refused.value) == {"case": each}


async def test_an_account_member_escalates_where_the_settings_say_so(house, case):
    await decide(house, who_may_escalate=WhoMayEscalate.ACCOUNT)
    escalation = await house.escalates(case.id, CLEO, severity=Severity.S2)
    assert escalation.submitted_by == CLEO


async def test_every_gate_runs_again_where_it_is_saved(house):
    case = await house.opens()
    refusal = await refuse(house, case, NotAvailableYet)
    assert refusal.available_at == utc("2025-06-07T08:00Z")
    house.clock.moves(days=6)
    await house.desk.comments.add(case.id, "Which version?", is_question=True, by=an_actor(ELI))
    await refuse(house, case, QuestionIsOpen)
    await house.desk.cases.close(case.id, by=an_actor())
    await refuse(house, case, CaseIsClosed)


async def test_a_severity_lowered_while_the_form_was_open_answers_not_yet(house):
    case = await house.opens(severity=Severity.S1)
    house.clock.moves(hours=8)
    await house.desk.severities.change(case.id, Severity.S3, "It is one user.", by=an_actor(ELI))
    await refuse(house, case, NotAvailableYet)


async def test_an_escalation_once_submitted_is_not_undone_by_a_lowered_severity(house, case):
    escalation = await house.escalates(case.id)
    await house.desk.severities.change(case.id, Severity.S4, "Cosmetic.", by=an_actor(ELI))
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert file.escalation is not None
    assert file.escalation.id == escalation.id
    assert file.escalation.version > escalation.version  # its card shows the severity


@pytest.mark.parametrize("reply", [Reply.ALREADY_ANSWERED, Reply.CANNOT_ANSWER])
async def test_who_has_replied_to_our_question_goes_on(house, case, reply):
    await house.desk.comments.add(case.id, "Which version?", is_question=True, by=an_actor(ELI))
    escalation = await house.desk.escalations.submit(
        case.id,
        an_escalation_request(),
        answers=answers(*BLOCKED),
        reply=reply,
        by=an_actor(),
    )
    assert escalation.is_open


@pytest.mark.parametrize("saying", [(), ("this",), ("another",), ("nothing",)])
async def test_there_is_no_way_around_the_interview(house, case, saying):
    await refuse(house, case, Stale, saying=saying)


@pytest.mark.parametrize("reason", ["", "too short", " " * 30, "x" * 501])
async def test_against_the_advice_a_reason_is_needed(house, case, reason):
    with pytest.raises(Unreadable) as refused:
        await submit(house, case, CHASING, override=reason)
    assert refused.value.field == "override"
    assert await house.runs() == []


async def test_overridden_advice_is_flagged_and_kept_with_its_reason(house, case):
    escalation = await submit(house, case, CHASING, override=f" {AGAINST} ")
    assert escalation.flags == ("overridden",)
    (run,) = await house.runs()
    assert (run.outcome, run.override) == ("comment:chase", AGAINST)


async def test_what_the_record_cannot_see_is_flagged(house, case):
    escalation = await house.escalates(case.id, saying=("this", "unanswered", "elsewhere"))
    assert escalation.flags == ("asked_elsewhere",)


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("impact", {"impact": "NOBODY can sign in;  the page stays white."}),
        ("changed", {"reason": Reason.SERVICE_QUALITY}),
        ("changed", {"reason": Reason.IMPACT_CHANGED, "changed": " "}),
        ("alternate", {"alternate": ANA}),
    ],
)
async def test_a_form_that_does_not_fit_its_case_is_refused_under_its_field(
    house, case, field, facts
):
    refusal = await refuse(house, case, Unreadable, **facts)
    assert refusal.field == field


async def test_an_s1_needs_somebody_else_to_call(house):
    case = await house.opens(severity=Severity.S1)
    house.clock.moves(hours=8)
    assert (await refuse(house, case, Unreadable)).field == "alternate"
    assert (await house.escalates(case.id, alternate=CLEO)).is_open


async def test_asking_for_a_severity_besides_files_the_request(house, case):
    await house.escalates(case.id, severity=Severity.S1)
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert file.severity_request is not None
    assert file.severity_request.severity is Severity.S1
    assert Thread(case=case.id) in await house.told(SeverityRequested)


@pytest.mark.parametrize("severity", [Severity.S3, Severity.S1])
async def test_no_second_severity_request_is_filed(house, case, severity):
    await house.desk.severities.change(case.id, Severity.S2, "It spreads.", by=an_actor())
    await house.escalates(case.id, severity=severity)
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert file.severity_request is not None
    assert file.severity_request.severity is Severity.S2


async def test_of_two_who_escalate_at_once_one_wins_and_the_other_learns_who_and_when(house, case):
    await decide(house, who_may_escalate=WhoMayEscalate.ACCOUNT)
    found = await asyncio.gather(
        *(house.escalates(case.id, by) for by in (ANA, CLEO)), return_exceptions=True
    )
    (won,) = [each for each in found if isinstance(each, Escalation)]
    (lost,) = [each for each in found if isinstance(each, EscalationAlreadyOpen)]
    assert (lost.by, lost.at) == (won.submitted_by, won.submitted_at)
    assert len(await house.owed(EscalationReceived)) == 1
    assert len(await house.runs()) == 1


async def test_a_form_submitted_twice_is_refused_with_the_persons_own_name(house, case):
    escalation = await house.escalates(case.id)
    with pytest.raises(EscalationAlreadyOpen) as refused:
        await house.escalates(case.id)
    assert (refused.value.by, refused.value.at) == (ANA, escalation.submitted_at)
    assert len(await house.owed(EscalationReceived)) == 1


async def test_a_reopened_case_has_no_second_escalation(house, case):
    escalation = await house.escalates(case.id)
    async with house.database.begin() as work:
        over = replace(escalation, state=EscalationState.CLOSED, version=2)
        await work.escalations.save(over)
        await work.commit()
    await house.desk.cases.close(case.id, by=an_actor())
    await house.desk.cases.reopen(case.id, by=an_actor())
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert not file.offers_escalation


async def test_the_first_to_acknowledge_owns_it_and_the_requester_learns_when(house, case):
    escalation = await house.escalates(case.id)
    before = await house.case(case.id)
    house.clock.moves(minutes=20)
    answer = await house.desk.escalations.acknowledge(escalation.id, by=an_actor(MONA, DUTY))
    assert (answer.state, answer.owner) == (EscalationState.ACKNOWLEDGED, MONA)
    assert answer.contact_due_at == utc("2025-06-10T13:00Z")  # twelve duty hours
    private, thread = await house.owed(EscalationAcknowledged)
    assert (private.to, thread.to) == (Person(user=ANA), Thread(case=case.id))
    assert private.fact == thread.fact
    assert private.fact == EscalationAcknowledged(
        escalation=escalation.id, owner=MONA, contact_due_at=answer.contact_due_at
    )
    assert (await house.case(case.id)).version > before.version
    assert (await house.story(case.id))[-1] == "escalations.acknowledged"


async def test_of_two_who_acknowledge_at_once_one_wins_and_the_other_is_told_who(house, case):
    escalation = await house.escalates(case.id)
    found = await asyncio.gather(
        *(
            house.desk.escalations.acknowledge(escalation.id, by=an_actor(by, DUTY))
            for by in (MONA, OTTO)
        ),
        return_exceptions=True,
    )
    (won,) = [each for each in found if isinstance(each, Escalation)]
    (lost,) = [each for each in found if isinstance(each, AlreadyAcknowledged)]
    assert lost.owner == won.owner
    assert len(await house.owed(EscalationAcknowledged)) == 2


async def test_pressing_acknowledge_twice_is_once(house, case):
    escalation = await house.escalates(case.id)
    first, second = [
        await house.desk.escalations.acknowledge(escalation.id, by=an_actor(MONA, DUTY))
        for _ in range(2)
    ]
    assert first == second
    assert (await house.story(case.id)).count("escalations.acknowledged") == 1


@pytest.mark.parametrize(
    ("by", "expected"), [(ANA, NotYours), (ADA, NotYours), (ELI, NotYours), (ZOE, NoSuchCase)]
)
async def test_only_managers_and_leads_acknowledge(house, case, by, expected):
    escalation = await house.escalates(case.id)
    with pytest.raises(expected):
        await house.desk.escalations.acknowledge(escalation.id, by=outside(by))
    assert (await kept(house, case)).owner is None


async def test_the_cases_engineer_never_acknowledges_not_even_as_a_manager(house, case):
    await decide(house, duty_managers=(MONA, ELI))
    escalation = await house.escalates(case.id)
    with pytest.raises(OwnCase):
        await house.desk.escalations.acknowledge(escalation.id, by=an_actor(ELI, DUTY))


async def test_an_escalation_that_never_was_is_out_of_date(house, case):
    with pytest.raises(Stale):
        await house.desk.escalations.acknowledge(EscalationId("none"), by=an_actor(MONA))


async def test_a_statement_goes_to_the_escalations_thread(house, case):
    escalation = await house.escalates(case.id)
    for by in (ANA, MONA):
        await house.desk.escalations.state(case.id, "  The board asks. ", by=an_actor(by))
    notices = await house.owed(StatementAdded)
    assert [each.to for each in notices] == [EscalationThread(escalation=escalation.id)] * 2
    assert [each.fact.author for each in notices] == [ANA, MONA]
    assert notices[0].fact.text == "The board asks."
    for by, count in ((ANA, 0), (MONA, 2)):
        file = await house.desk.cases.read(case.id, by=an_actor(by))
        assert len(file.comments) == count


@pytest.mark.parametrize(
    ("by", "is_escalated", "expected"), [(CLEO, True, NotYours), (ANA, False, EscalationIsOver)]
)
async def test_statements_need_an_escalation_and_somebody_it_concerns(
    house, case, by, is_escalated, expected
):
    if is_escalated:
        await house.escalates(case.id)
    with pytest.raises(expected):
        await house.desk.escalations.state(case.id, "The board asks.", by=an_actor(by))
    assert await house.owed(StatementAdded) == []


async def test_an_escalation_is_read_with_its_case(house, case):
    escalation = await house.escalates(case.id)
    found, file = await house.desk.escalations.read(escalation.id, by=an_actor(MONA))
    assert (found, file.case.id) == (escalation, case.id)
    with pytest.raises(NoSuchCase):
        await house.desk.escalations.read(escalation.id, by=outside(ZOE))


async def test_a_confidential_escalation_leaves_no_trace_where_others_look(house, case):
    before = await house.case(case.id)
    escalation = await house.escalates(case.id, **CONDUCT, severity=Severity.S1, followers=(CLEO,))
    assert escalation.request.confidential  # the answers decide, not the tick
    assert [notice.to for notice in await house.owed()][-1] == Person(user=LEA)
    assert await house.told(EscalationReceived) == []
    assert await house.told(SeverityRequested) == []
    assert await house.card(escalation.id) is None
    assert await house.case(case.id) == before
    for by, known in ((ANA, True), (LEA, True), (ELI, False), (MONA, False), (CLEO, False)):
        file = await house.desk.cases.read(case.id, by=an_actor(by))
        assert (file.escalation is not None) is known, by
    entry = (await house.entries(case.id))[-1].change
    assert entry.after == {"escalation": escalation.id, "confidential": True}


async def test_only_leads_acknowledge_a_confidential_escalation_and_only_she_is_told(house, case):
    escalation = await house.escalates(case.id, **CONDUCT)
    for by in (MONA, ELI):
        with pytest.raises(NoSuchCase):
            await house.desk.escalations.acknowledge(escalation.id, by=an_actor(by))
        with pytest.raises(NoSuchCase):
            await house.desk.escalations.read(escalation.id, by=an_actor(by))
    before = await house.case(case.id)
    await house.desk.escalations.acknowledge(escalation.id, by=an_actor(LEA))
    assert await house.told(EscalationAcknowledged) == [Person(user=ANA)]
    assert await house.case(case.id) == before


@pytest.mark.parametrize(("facts", "shows_button"), [(CONDUCT, True), ({}, False)])
async def test_the_card_shows_every_escalation_but_a_confidential_one(
    house, case, facts, shows_button
):
    await house.escalates(case.id, **facts)
    async with house.database.reading() as work:
        kept = await work.cases.get(WORKSPACE, case.id)
        card = await file_of(work, kept, now=house.clock())
    assert (card.reader, card.comments) == (None, ())
    assert (card.escalation is None) is card.offers_escalation is shows_button


@pytest.mark.parametrize(("is_owned", "told"), [(False, [LEA]), (True, [LEA])])
async def test_a_confidential_statement_reaches_leads_alone(house, case, is_owned, told):
    escalation = await house.escalates(case.id, **CONDUCT)
    if is_owned:
        await house.desk.escalations.acknowledge(escalation.id, by=an_actor(LEA))
    await house.desk.escalations.state(case.id, "It happened again.", by=an_actor())
    assert await house.told(StatementAdded) == [Person(user=user) for user in told]
    for by, count in ((LEA, 1), (MONA, 0), (ELI, 0)):
        file = await house.desk.cases.read(case.id, by=an_actor(by))
        assert len(file.comments) == count


async def test_without_a_lead_administrators_learn_that_and_nothing_of_the_case(house, case):
    await decide(house, leads=())
    await house.escalates(case.id, **CONDUCT)
    (notice,) = await house.owed(SetupMissing)
    assert (notice.to, notice.case) == (Administrators(), None)
    assert notice.fact == SetupMissing(missing=Missing.LEADS, user=ANA)
    assert await house.owed(EscalationWaits) == []


async def test_an_engineer_who_closes_a_case_learns_nothing_of_a_confidential_escalation(
    house, case
):
    escalation = await house.escalates(case.id, **CONDUCT)
    with pytest.raises(SolutionNeeded):  # as without any
        await house.desk.cases.close(case.id, by=an_actor(ELI))
    answer = await house.desk.escalations.acknowledge(escalation.id, by=an_actor(LEA))
    assert answer.owner == LEA


async def decide(house, **facts):
    settings = workspace_settings(**facts)
    async with house.database.begin() as work:
        await work.settings.save(replace(settings, version=2))
        await work.commit()


async def submit(house, case, saying, *, override):
    return await house.desk.escalations.submit(
        case.id,
        an_escalation_request(),
        answers=answers(*saying),
        override=override,
        by=an_actor(),
    )


async def kept(house, case):
    async with house.database.reading() as work:
        found = await work.escalations.of_case(WORKSPACE, case.id)
    assert found is not None
    return found


async def test_a_statement_that_is_sent_twice_is_told_once(house, case):
    await house.escalates(case.id)
    for _ in range(2):
        await house.desk.escalations.state(case.id, "It is worse now.", by=an_actor())
    assert len(await house.owed(StatementAdded)) == 1
