"""The interview: where it stands, and doing what it advises."""

import pytest

from policy.cases import CaseState, NextStep, Severity
from policy.comments import CommentKind
from policy.escalations import Reason
from policy.guidance import gates
from policy.guidance.gates import Reply
from policy.guidance.outcomes import Comment, Escalate
from policy.guidance.questions import Question, Step
from policy.notices import CommentAdded, NextStepDue, Person
from policy.refusals import CaseIsClosed, NoSuchCase, NotYours, Stale, Unreadable
from tests.support.builders import ANA, CLEO, ELI, MORNING, ZOE, an_actor, utc
from tests.support.houses import BLOCKED, answers, outside

UPDATE = answers("this", "update")
UNANSWERED = answers("this", "unanswered")


async def test_looking_stores_nothing(house):
    case = await house.opens()
    position = await look(house, case, UPDATE)
    assert isinstance(position.gate, gates.NotYet)
    assert position.next == Comment(kind=CommentKind.CHASE)
    assert await house.runs() == []
    assert await house.story(case.id) == ["cases.opened"]


@pytest.mark.parametrize("case", ["CASE-1", "CASE-9"])
async def test_who_may_not_see_the_case_gets_the_one_neutral_answer(house, case):
    await house.opens()
    with pytest.raises(NoSuchCase):
        await house.desk.guidance.look(case, (), by=outside(ZOE))


@pytest.mark.parametrize(
    ("by", "expected"),
    [(ANA, gates.AlreadyOpen), (CLEO, gates.AlreadyOpen), (ELI, gates.AlreadyOpen)],
)
async def test_an_open_escalation_is_shown_to_all_who_see_the_case(house, by, expected):
    case = await house.opens()
    house.clock.moves(days=6)
    await house.escalates(case.id)
    position = await look(house, case, (), by=by)
    assert isinstance(position.gate, expected)


async def test_of_a_confidential_escalation_guidance_tells_only_its_requesters(house):
    case = await house.opens()
    await house.desk.cases.take(case.id, by=an_actor(ELI))
    house.clock.moves(days=6)
    await house.escalates(case.id, saying=("this", "fell_short", "conduct"), changed="x" * 20)
    for by, expected in (
        (ANA, gates.AlreadyOpen),
        (CLEO, gates.NotForYou),
        (ELI, gates.NotForYou),
    ):
        position = await look(house, case, (), by=by)
        assert isinstance(position.gate, expected)
        assert (position.file.escalation is None) is (by is not ANA)


async def test_the_record_decides_whether_two_chases_were_made(house):
    case = await house.opens()
    house.clock.moves(days=6)
    for _ in range(2):
        position = await look(house, case, UNANSWERED)
        assert isinstance(position.next, Step)
        assert position.next.question is Question.ASKED
        await house.desk.comments.add(case.id, "News?", kind=CommentKind.CHASE, by=an_actor())
        house.clock.moves(hours=1)
    position = await look(house, case, UNANSWERED)
    assert position.next == Escalate(reason=Reason.NO_RESPONSE)
    assert position.facts.chases == 2


async def test_the_advice_to_chase_chases_and_keeps_the_run(house):
    case = await house.opens()
    said = await house.desk.guidance.comment(case.id, UPDATE, "Any news?", by=an_actor())
    assert (said.comment.kind, said.counts) == (CommentKind.CHASE, True)
    (run,) = await house.runs()
    assert (run.case, run.by, run.outcome, run.override) == (case.id, ANA, "comment:chase", "")
    assert (run.answers, run.at) == (UPDATE, MORNING)
    assert len(await house.owed(CommentAdded)) == 1


async def test_a_button_pressed_twice_keeps_one_run(house):
    case = await house.opens()
    for _ in range(2):
        await house.desk.guidance.comment(case.id, UPDATE, "Any news?", by=an_actor())
        house.clock.moves(seconds=2)
    assert len(await house.runs()) == 1
    assert len(await house.owed()) == 1


async def test_before_its_time_an_escalation_becomes_the_comment_it_can_be(house):
    case = await house.opens()
    said = await house.desk.guidance.comment(
        case.id, answers(*BLOCKED), "We cannot work.", by=an_actor()
    )
    assert said.comment.kind is CommentKind.CHASE


async def test_a_comment_whose_advice_has_become_an_escalation_meanwhile_is_not_lost(house):
    case = await house.opens()
    house.clock.moves(days=6)
    said = await house.desk.guidance.comment(
        case.id, answers(*BLOCKED), "We cannot work.", by=an_actor()
    )
    assert said.comment.kind is CommentKind.CHASE
    assert [run.outcome for run in await house.runs()] == ["escalate:blocked"]


async def test_a_comment_instead_of_the_severity_request_advised_is_a_comment(house):
    case = await house.opens()
    said = await house.desk.guidance.comment(
        case.id, answers("this", "impact", "differs", "engineer"), "It spreads.", by=an_actor()
    )
    assert said.comment.kind is CommentKind.COMMENT
    assert [run.outcome for run in await house.runs()] == ["severity"]


async def test_an_agreed_next_step_brings_a_reminder_at_its_date(house):
    case = await house.opens()
    due_at = utc("2025-06-04T08:00Z")
    await house.desk.comments.add(
        case.id,
        "We will patch it.",
        next_step=NextStep(text="Patch 4.2", due_at=due_at),
        by=an_actor(ELI),
    )
    await house.desk.guidance.comment(
        case.id, answers("this", "blocked", "stands"), "Then we wait.", by=an_actor()
    )
    (notice,) = await house.owed(NextStepDue)
    assert (notice.to, notice.not_before) == (Person(user=ANA), due_at)
    assert notice.fact == NextStepDue(user=ANA, step="Patch 4.2", due_at=due_at)


async def test_answering_our_question_is_a_comment_and_a_run(house):
    case = await house.opens()
    house.clock.moves(days=6)
    await house.desk.comments.add(case.id, "Which version?", is_question=True, by=an_actor(ELI))
    position = await look(house, case, ())
    assert isinstance(position.gate, gates.WaitingForYou)
    said = await house.desk.guidance.comment(case.id, (), "4.1", reply=Reply.ANSWER, by=an_actor())
    assert said.file.case.state is CaseState.IN_PROGRESS
    assert [run.outcome for run in await house.runs()] == ["comment:answer"]
    assert (await look(house, case, ())).gate is None


@pytest.mark.parametrize("choice", ["another", "nothing"])
async def test_who_goes_on_elsewhere_leaves_the_run_behind(house, choice):
    case = await house.opens()
    await house.desk.guidance.leave(case.id, answers(choice), by=an_actor())
    expected = {"another": "other_case", "nothing": "new_case"}[choice]
    assert [run.outcome for run in await house.runs()] == [expected]


async def test_half_an_interview_leaves_nothing(house):
    case = await house.opens()
    for act in (
        house.desk.guidance.leave(case.id, answers("this"), by=an_actor()),
        house.desk.guidance.comment(case.id, answers("this"), "Hello", by=an_actor()),
        house.desk.guidance.comment(case.id, answers("another"), "Hello", by=an_actor()),
    ):
        with pytest.raises(Stale):
            await act
    with pytest.raises(Unreadable):
        await look(house, case, answers("no such answer"))
    assert await house.runs() == []


@pytest.mark.parametrize(
    ("by", "is_closed", "refusal"), [(CLEO, False, NotYours), (ANA, True, CaseIsClosed)]
)
async def test_advice_is_followed_only_by_those_who_may(house, by, is_closed, refusal):
    case = await house.opens()
    if is_closed:
        await house.desk.cases.close(case.id, by=an_actor())
    with pytest.raises(refusal):
        await house.desk.guidance.comment(case.id, UPDATE, "Any news?", by=an_actor(by))
    assert await house.runs() == []


async def test_the_severity_decides_when_the_gate_of_time_opens(house):
    case = await house.opens()
    house.clock.moves(hours=10)
    assert isinstance((await look(house, case, ())).gate, gates.NotYet)
    await house.desk.severities.change(case.id, Severity.S1, "Down.", by=an_actor(ELI))
    assert (await look(house, case, ())).gate is None


async def look(house, case, path, by=ANA):
    return await house.desk.guidance.look(case.id, path, by=an_actor(by))
