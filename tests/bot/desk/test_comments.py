"""What is said, who may say it, and what follows."""

import asyncio
from typing import Any

import pytest

from policy.cases import CaseState, NextStep, OpenQuestion
from policy.comments import CHASE_GAP, CommentKind, Visibility
from policy.ids import Ts
from policy.notices import CommentAdded, Person, Thread
from policy.refusals import CaseIsClosed, NoSuchCase, NotYours, Unreadable
from policy.roles import Side
from tests.support.builders import ANA, CLEO, ELI, HELP, MORNING, ZOE, an_actor, utc
from tests.support.houses import outside

CHASE = {"kind": CommentKind.CHASE}
QUESTION = {"is_question": True}
STEP = NextStep(text="Patch 4.2 on the test system", due_at=utc("2025-06-04T08:00Z"))


async def test_a_comment_is_kept_and_appears_in_the_thread(house):
    case = await house.opens()
    said = await house.desk.comments.add(case.id, "  It is worse now. ", by=an_actor())
    assert (said.comment.text, said.comment.side) == ("It is worse now.", Side.CUSTOMER)
    assert said.file.case.version > case.version
    (notice,) = await house.owed()
    assert notice.to == Thread(case=case.id)
    assert notice.fact == CommentAdded(
        comment=said.comment.id,
        author=ANA,
        side=Side.CUSTOMER,
        kind=CommentKind.COMMENT,
        text="It is worse now.",
    )
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert file.comments == (said.comment,)
    assert await house.story(case.id) == ["cases.opened", "comments.added"]


@pytest.mark.parametrize(
    ("by", "facts", "refusal"),
    [
        (CLEO, CHASE, NotYours),  # of the account, but not a requester
        (ELI, CHASE, NotYours),
        (ANA, QUESTION, NotYours),
        (ANA, {"next_step": STEP}, NotYours),
        (ANA, {"visibility": Visibility.INTERNAL}, NotYours),
        (ANA, {"kind": CommentKind.UPDATE}, NotYours),
    ],
)
async def test_who_may_not_say_it_says_nothing(house, by, facts, refusal):
    case = await house.opens()
    with pytest.raises(refusal):
        await house.desk.comments.add(case.id, "Any news?", by=an_actor(by), **facts)
    assert await house.story(case.id) == ["cases.opened"]
    assert await house.owed() == []


@pytest.mark.parametrize("text", ["", "  \n", "x" * 3001])
async def test_no_text_and_too_much_of_it_are_refused_under_the_field(house, text):
    case = await house.opens()
    with pytest.raises(Unreadable) as refused:
        await house.desk.comments.add(case.id, text, by=an_actor())
    assert refused.value.field == "text"


async def test_a_stranger_learns_nothing_of_the_case(house):
    case = await house.opens()
    with pytest.raises(NoSuchCase):
        await house.desk.comments.add(case.id, "Hello?", by=outside(ZOE))


async def test_on_a_closed_case_only_notes_among_ourselves_are_made(house):
    case = await house.opens()
    await house.desk.cases.close(case.id, by=an_actor())
    with pytest.raises(CaseIsClosed):
        await house.desk.comments.add(case.id, "Not solved!", by=an_actor())
    note = await house.desk.comments.add(
        case.id, "They will be back.", visibility=Visibility.INTERNAL, by=an_actor(ELI)
    )
    assert note.comment.side is Side.SUPPORT


async def test_a_note_is_read_by_support_alone_and_posted_nowhere(house):
    case = await house.opens()
    said = await house.desk.comments.add(
        case.id, "Looks like their proxy.", visibility=Visibility.INTERNAL, by=an_actor(ELI)
    )
    assert await house.owed() == []
    assert (await house.case(case.id)).version == case.version
    for by, comments in ((ELI, (said.comment,)), (ANA, ())):
        file = await house.desk.cases.read(case.id, by=an_actor(by))
        assert file is not None
        assert file.comments == comments


async def test_chases_count_once_an_hour_and_the_person_learns_when_again(house):
    case = await house.opens()
    chased = []
    for minutes in (0, 59, 1, 60):
        house.clock.moves(minutes=minutes)
        said = await house.desk.comments.add(
            case.id, f"Any news after {minutes}?", by=an_actor(), **CHASE
        )
        chased.append((said.counts, said.file.said.chases, said.counts_again_at))
    assert chased == [
        (True, 1, utc("2025-06-02T09:00Z")),
        (False, 1, utc("2025-06-02T09:00Z")),
        (True, 2, utc("2025-06-02T10:00Z")),
        (True, 3, utc("2025-06-02T11:00Z")),
    ]
    facts = [notice.fact for notice in await house.owed(CommentAdded)]
    assert [fact.counts for fact in facts] == [True, False, True, True]


async def test_of_two_chases_in_one_second_one_counts_and_only_that_one_says_so(house):
    case = await house.opens(contact=CLEO)
    chased = await asyncio.gather(
        *(
            house.desk.comments.add(case.id, text, by=an_actor(by), **CHASE)
            for by, text in ((ANA, "Any news?"), (CLEO, "Is somebody on it?"))
        )
    )
    assert sorted(each.counts for each in chased) == [False, True]
    facts = [notice.fact for notice in await house.owed(CommentAdded)]
    assert sorted(fact.counts for fact in facts) == [False, True]


async def test_a_public_reply_of_support_sets_the_count_back(house):
    case = await house.opens()
    await house.desk.comments.add(case.id, "Any news?", by=an_actor(), **CHASE)
    said = await house.desk.comments.add(case.id, "We are on it.", by=an_actor(ELI))
    assert (said.file.said.chases, said.file.said.last_side) == (0, Side.SUPPORT)
    assert said.counts is False


async def test_a_reporter_chases_for_the_customer(house):
    case = await house.opens(ELI, contact=CLEO)
    said = await house.desk.comments.add(case.id, "They ask again.", by=an_actor(ELI), **CHASE)
    assert (said.comment.side, said.counts) == (Side.CUSTOMER, True)


async def test_a_question_of_ours_makes_the_case_wait_and_the_answer_ends_that(house):
    case = await house.opens()
    asked = await house.desk.comments.add(case.id, "Which version?", by=an_actor(ELI), **QUESTION)
    assert asked.file.case.state is CaseState.WAITING_CUSTOMER
    question = OpenQuestion(text="Which version?", asked_by=ELI, asked_at=MORNING)
    assert (await house.case(case.id)).question == question
    notice, private = await house.owed(CommentAdded)
    assert [notice.to, private.to] == [Thread(case=case.id), Person(user=ANA)]
    assert isinstance(notice.fact, CommentAdded)
    assert notice.fact.is_question
    answered = await house.desk.comments.add(case.id, "4.1", by=an_actor(CLEO))
    assert answered.file.case.state is CaseState.IN_PROGRESS
    assert (await house.case(case.id)).question is None
    change = (await house.entries(case.id))[-1].change
    assert change.before is not None
    assert change.before["state"] == "waiting_customer"


async def test_an_agreed_next_step_is_kept_with_the_case(house):
    case = await house.opens()
    await house.desk.comments.add(case.id, "We will patch it.", next_step=STEP, by=an_actor(ELI))
    assert (await house.case(case.id)).next_step == STEP


async def test_a_button_pressed_twice_adds_one_comment(house):
    case = await house.opens()
    first, second = await asyncio.gather(
        *(house.desk.comments.add(case.id, "Any news?", by=an_actor(), **CHASE) for _ in "12")
    )
    assert first == second
    assert first.counts
    assert len(await house.owed()) == 1
    house.clock.moves(seconds=61)
    again = await house.desk.comments.add(case.id, "Any news?", by=an_actor(), **CHASE)
    assert again.comment.id != first.comment.id


@pytest.mark.parametrize(
    ("by", "side"), [(ANA, Side.CUSTOMER), (CLEO, Side.CUSTOMER), (ELI, Side.SUPPORT)]
)
async def test_a_reply_in_the_thread_is_a_comment_of_its_authors_side(house, by, side):
    case = await house.opens()
    thread = await house.posts_card(case.id)
    heard = await house.desk.comments.hear(
        HELP, thread, Ts("1748851300.000200"), "Seen on the test system too.", by=an_actor(by)
    )
    assert heard
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    (comment,) = file.comments
    assert (comment.author, comment.side) == (by, side)
    assert comment.source == "CHELP:1748851300.000200"
    assert await house.owed() == []  # it stands there already


async def test_a_message_heard_before_is_not_heard_twice(house):
    case = await house.opens()
    thread = await house.posts_card(case.id)
    heard = await asyncio.gather(
        *(
            house.desk.comments.hear(
                HELP, thread, Ts("1748851300.000200"), "Hello?", by=an_actor()
            )
            for _ in range(3)
        )
    )
    assert heard == [True, True, True]
    assert await house.story(case.id) == ["cases.opened", "comments.added"]


async def test_a_thread_of_no_case_is_not_ours(house):
    await house.opens()
    assert not await house.desk.comments.hear(HELP, Ts("1.1"), Ts("1.2"), "Lunch?", by=an_actor())


async def test_an_answer_in_the_thread_ends_the_waiting(house):
    case = await house.opens()
    thread = await house.posts_card(case.id)
    await house.desk.comments.add(case.id, "Which version?", by=an_actor(ELI), **QUESTION)
    await house.desk.comments.hear(HELP, thread, Ts("1.2"), "4.1", by=an_actor())
    assert (await house.case(case.id)).state is CaseState.IN_PROGRESS


async def test_a_reply_of_any_length_is_heard_as_far_as_a_comment_goes(house):
    case = await house.opens()
    thread = await house.posts_card(case.id)
    await house.desk.comments.hear(HELP, thread, Ts("1.2"), "x" * 12000, by=an_actor())
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    assert len(file.comments[0].text) == 3000


AT = Ts("1748851300.000200")
FILES = ("https://acme.slack.com/files/UANA/F1/log.txt",)


async def heard(house, text="It fails since noon.", **more):
    case = await house.opens()
    thread = await house.posts_card(case.id)
    await house.desk.comments.hear(HELP, thread, AT, text, by=an_actor(), **more)
    return case


async def read(house, case):
    file = await house.desk.cases.read(case.id, by=an_actor())
    assert file is not None
    return file.comments


async def test_a_comment_follows_what_becomes_of_its_message(house):
    case = await heard(house)
    reword = house.desk.comments.reword
    for _ in "12":
        assert await reword(HELP, AT, "It fails since ten.", by=an_actor())
    (comment,) = await read(house, case)
    assert comment.text == "It fails since ten."
    change = (await house.entries(case.id))[-1].change
    assert (change.what, change.before, change.after) == (
        "comments.edited",
        {"comment": comment.id, "text": "It fails since noon."},
        {"text": "It fails since ten."},
    )
    assert await reword(HELP, AT, "", by=an_actor())
    (comment,) = await read(house, case)
    assert comment.is_deleted
    told = ["cases.opened", "comments.added", "comments.edited", "comments.deleted"]
    assert await house.story(case.id) == told


async def test_a_message_that_is_no_comment_is_not_followed(house):
    case = await heard(house)
    assert not await house.desk.comments.reword(HELP, Ts("1.3"), "Lunch?", by=an_actor())
    assert await house.story(case.id) == ["cases.opened", "comments.added"]


async def test_files_are_linked_and_not_copied(house):
    case = await heard(house, "", links=FILES)
    (comment,) = await read(house, case)
    assert (comment.text, comment.links, comment.is_deleted) == ("", FILES, False)


async def test_a_message_that_is_added_to_a_case_is_linked_in_the_thread(house):
    case = await house.opens()
    said = await house.desk.comments.add(case.id, "Seen here.", links=FILES, by=an_actor())
    assert said.comment.links == FILES
    (notice,) = await house.owed(CommentAdded)
    assert isinstance(notice.fact, CommentAdded)
    assert notice.fact.links == FILES


async def test_a_reader_learns_from_when_asking_counts_again(house):
    case = await house.opens()
    assert (await house.desk.cases.read(case.id, by=an_actor())).chase_counts_at is None
    said = await house.desk.comments.add(case.id, "Any news?", by=an_actor(), **CHASE)
    assert said.file.chase_counts_at == house.clock() + CHASE_GAP
    house.clock.moves(minutes=60)
    assert (await house.desk.cases.read(case.id, by=an_actor())).chase_counts_at is None


@pytest.mark.parametrize("more", [QUESTION, {"next_step": STEP}], ids=["question", "step"])
async def test_the_same_words_sent_again_as_something_more_are_more(house, more: dict[str, Any]):
    case = await house.opens()
    await house.desk.comments.add(case.id, "Which version?", by=an_actor(ELI))
    for _ in range(2):
        await house.desk.comments.add(case.id, "Which version?", by=an_actor(ELI), **more)
    after = await house.case(case.id)
    assert (after.question is not None, after.next_step is not None) == (
        more is QUESTION,
        more is not QUESTION,
    )
    assert (await house.told(CommentAdded)).count(Thread(case=case.id)) == 2
