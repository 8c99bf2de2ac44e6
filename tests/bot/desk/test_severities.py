"""Asking for another severity, and answering."""

import asyncio

import pytest

from policy.cases import CaseState, Severity
from policy.comments import CommentKind
from policy.ids import RequestId
from policy.notices import Duty, SeverityDecided, SeverityRequested, Thread
from policy.refusals import (
    CaseIsClosed,
    NoSuchCase,
    NotYours,
    RequestIsDecided,
    RequestIsOpen,
    SameSeverity,
    Stale,
    Unreadable,
)
from tests.support.builders import (
    ADA,
    ANA,
    CLEO,
    ELI,
    EVA,
    LEA,
    MONA,
    MORNING,
    ZOE,
    an_actor,
    utc,
)
from tests.support.houses import answers, outside

WHY = "The nightly import fails as well now."


async def test_the_preview_shows_each_severitys_moment(house):
    case = await house.opens()
    assert await house.desk.severities.preview(case.id, by=an_actor()) == {
        Severity.S1: utc("2025-06-02T16:00Z"),
        Severity.S2: utc("2025-06-04T08:00Z"),
        Severity.S3: utc("2025-06-07T08:00Z"),
        Severity.S4: utc("2025-06-09T08:00Z"),
    }


async def test_a_requester_asks_and_the_thread_hears_with_the_reason(house):
    case = await house.opens()
    request = await asks(house, case)
    assert request.is_open
    assert (await house.case(case.id)).severity is Severity.S3
    fact = SeverityRequested(
        request=request.id, by=ANA, before=Severity.S3, severity=Severity.S2, why=WHY
    )
    thread, duty = await house.owed()
    assert (thread.to, thread.fact, thread.not_before) == (Thread(case=case.id), fact, None)
    assert (duty.to, duty.fact, duty.not_before) == (Duty(), fact, utc("2025-06-02T16:00Z"))
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert file.severity_request == request
    assert [each.kind for each in file.comments] == [CommentKind.SEVERITY_REQUEST]
    assert await house.story(case.id) == [
        "cases.opened",
        "comments.added",
        "severities.requested",
    ]


async def test_an_s1_that_nobody_answers_reaches_the_duty_channel_within_the_hour(house):
    case = await house.opens()
    await asks(house, case, Severity.S1)
    unanswered = [each for each in await house.owed() if each.to == Duty()]
    assert [each.not_before for each in unanswered] == [utc("2025-06-02T09:00Z")]


@pytest.mark.parametrize(
    ("by", "severity", "refusal"),
    [
        (CLEO, Severity.S2, NotYours),
        (ADA, Severity.S2, NotYours),  # administrators decide no severity
        (ANA, Severity.S3, SameSeverity),
        (ELI, Severity.S3, SameSeverity),
    ],
)
async def test_what_cannot_be_asked_leaves_nothing_behind(house, by, severity, refusal):
    case = await house.opens()
    with pytest.raises(refusal):
        await house.desk.severities.change(case.id, severity, WHY, by=an_actor(by))
    assert await house.case(case.id) == case
    assert await house.owed() == []


async def test_a_closed_case_keeps_its_severity(house):
    case = await house.opens()
    await house.desk.cases.close(case.id, by=an_actor())
    for by in (ANA, ELI):
        with pytest.raises(CaseIsClosed):
            await house.desk.severities.change(case.id, Severity.S1, WHY, by=an_actor(by))


async def test_one_request_waits_at_a_time_and_the_same_one_twice_is_once(house):
    case = await house.opens()
    first, second = await asyncio.gather(asks(house, case), asks(house, case))
    assert first == second
    with pytest.raises(RequestIsOpen):
        await asks(house, case, Severity.S1)
    assert len(await house.owed()) == 2


@pytest.mark.parametrize("by", [ELI, MONA, LEA])
async def test_support_changes_a_severity_at_once(house, by):
    case = await house.opens()
    house.clock.moves(hours=10)
    change = await house.desk.severities.change(case.id, Severity.S1, WHY, by=an_actor(by))
    assert (change.granted, change.decided_by) == (True, by)
    after = await house.case(case.id)
    assert (after.severity, after.clock_version) == (Severity.S1, 2)
    (notice,) = await house.owed()
    assert notice.to == Thread(case=case.id)
    assert notice.fact == SeverityDecided(
        by=by,
        before=Severity.S3,
        severity=Severity.S1,
        granted=True,
        reason=WHY,
        available_at=utc("2025-06-02T16:00Z"),
    )
    entry = (await house.entries(case.id))[-1].change
    assert (entry.before, entry.after) == (
        {"severity": "S3", "clock_version": 1},
        {"severity": "S1", "clock_version": 2, "why": WHY},
    )


async def test_lowering_a_severity_needs_a_reason(house):
    case = await house.opens(severity=Severity.S1)
    with pytest.raises(Unreadable) as refused:
        await house.desk.severities.change(case.id, Severity.S4, " ", by=an_actor(ELI))
    assert refused.value.field == "why"
    assert await house.case(case.id) == case


@pytest.mark.parametrize("granted", [True, False])
async def test_the_answer_is_told_and_only_a_grant_moves_the_clock(house, granted):
    case = await house.opens()
    request = await asks(house, case)
    answer = await decides(house, request, granted=granted)
    after = await house.case(case.id)
    assert (answer.granted, answer.decided_by, answer.decided_at) == (granted, ELI, MORNING)
    assert after.severity is (Severity.S2 if granted else Severity.S3)
    assert after.clock_version == (2 if granted else 1)
    (notice,) = await house.owed(SeverityDecided)
    assert isinstance(notice.fact, SeverityDecided)
    expected = "2025-06-04T08:00Z" if granted else "2025-06-07T08:00Z"
    assert (notice.fact.granted, notice.fact.available_at) == (granted, utc(expected))
    verb = "granted" if granted else "refused"
    assert (await house.story(case.id))[-1] == f"severities.{verb}"


async def test_of_two_answers_the_first_counts_and_the_other_learns_whose(house):
    case = await house.opens()
    request = await asks(house, case)
    found = await asyncio.gather(
        decides(house, request, granted=True, by=ELI),
        decides(house, request, granted=False, by=EVA),
        return_exceptions=True,
    )
    (refused,) = [each for each in found if isinstance(each, RequestIsDecided)]
    (answer,) = [each for each in found if not isinstance(each, BaseException)]
    assert refused.by == answer.decided_by
    assert len(await house.owed(SeverityDecided)) == 1


@pytest.mark.parametrize(("by", "refusal"), [(ANA, NotYours), (CLEO, NotYours), (ADA, NotYours)])
async def test_only_engineers_managers_and_leads_answer(house, by, refusal):
    case = await house.opens()
    request = await asks(house, case)
    with pytest.raises(refusal):
        await decides(house, request, granted=True, by=by)
    with pytest.raises(NoSuchCase):
        await house.desk.severities.decide(request.id, granted=True, by=outside(ZOE))


async def test_a_request_of_a_closed_case_and_one_that_never_was_have_no_answer(house):
    case = await house.opens()
    request = await asks(house, case)
    await house.desk.cases.close(case.id, by=an_actor())
    with pytest.raises(CaseIsClosed):
        await decides(house, request, granted=True)
    with pytest.raises(Stale):
        await house.desk.severities.decide(RequestId("none"), granted=True, by=an_actor(ELI))


@pytest.mark.parametrize(("severity", "granted"), [(Severity.S2, True), (Severity.S1, False)])
async def test_a_change_by_support_answers_the_request_that_waits(house, severity, granted):
    case = await house.opens()
    request = await asks(house, case)
    change = await house.desk.severities.change(case.id, severity, WHY, by=an_actor(ELI))
    async with house.database.reading() as work:
        kept = await work.severities.get(case.workspace, request.id)
        assert await work.severities.open_of(case.workspace, case.id) is None
    assert (kept.granted, kept.decided_by) == (granted, ELI)
    assert (change.id == request.id) is granted
    assert (await house.case(case.id)).severity is severity


async def test_a_customer_who_asks_has_answered_our_question(house):
    case = await house.opens()
    await house.desk.comments.add(case.id, "Which one?", is_question=True, by=an_actor(ELI))
    await asks(house, case)
    assert (await house.case(case.id)).state is CaseState.IN_PROGRESS


async def test_the_run_that_advised_it_is_kept_once(house):
    case = await house.opens()
    run = answers("this", "impact", "differs", "engineer")
    for _ in range(2):
        await house.desk.severities.change(case.id, Severity.S2, WHY, answers=run, by=an_actor())
    assert [each.outcome for each in await house.runs()] == ["severity"]
    with pytest.raises(Stale):  # half an interview advises nothing
        await house.desk.severities.change(
            case.id, Severity.S1, WHY, answers=run[:2], by=an_actor(ELI)
        )


async def asks(house, case, severity=Severity.S2):
    return await house.desk.severities.change(case.id, severity, WHY, by=an_actor())


async def decides(house, request, *, granted, by=ELI):
    return await house.desk.severities.decide(
        request.id, granted=granted, reason="Agreed on the phone.", by=an_actor(by)
    )
