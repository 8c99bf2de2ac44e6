"""How people hear of what: who is told what, and what a digest gathers."""

from dataclasses import replace

import pytest

from policy import hearing as rules
from policy.cases import proposed as solved
from policy.hearing import Hear, Preferences, Topic
from policy.ids import CaseId
from policy.notices import (
    CasesDigest,
    CaseTaken,
    CommentAdded,
    DigestLine,
    Duty,
    NoteAdded,
    Person,
    What,
)
from policy.owed.cases import taken
from policy.owed.casework import proposed
from policy.owed.comments import commented, noted
from policy.roles import Role
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    EVA,
    MORNING,
    ZOE,
    a_case,
    a_comment,
    a_standing,
    utc,
)

CASE = a_case(engineer=ELI, contact=CLEO, reporter=EVA, followers=frozenset({ZOE}))
SAID = commented(CASE, a_comment())
ASKED = commented(CASE, a_comment(author=ELI), is_question=True)
SOLVED = solved(CASE, a_standing(ELI, Role.ENGINEER), "Sign in again.", now=MORNING)
assert SOLVED.solution
PROPOSED = proposed(SOLVED, SOLVED.solution)


def test_everybody_concerned_may_hear_of_a_case():
    assert rules.audience(CASE) == {ANA, CLEO, EVA, ELI, ZOE}
    assert rules.audience(a_case()) == {ANA}


@pytest.mark.parametrize(
    ("notice", "user", "topic"),
    [
        (SAID, ANA, Topic.NEWS),
        (ASKED, ANA, Topic.ANSWERS),
        (ASKED, CLEO, Topic.ANSWERS),
        (ASKED, EVA, Topic.ANSWERS),  # she reported it for them
        (PROPOSED, ANA, Topic.ANSWERS),
        (ASKED, ELI, Topic.NEWS),
        (SAID, ELI, Topic.NEWS),
        (SAID, ZOE, Topic.FOLLOWED),
        (ASKED, ZOE, Topic.FOLLOWED),
    ],
    ids=str,
)
def test_what_a_notice_is_depends_on_who_reads_it(notice, user, topic):
    assert rules.topic(notice, CASE, user) is topic


@pytest.mark.parametrize(
    ("topic", "hear"),
    [
        (Topic.ANSWERS, Hear.DIRECT),
        (Topic.NEWS, Hear.THREAD),
        (Topic.FOLLOWED, Hear.DIGEST),
    ],
)
def test_whoever_chose_nothing_hears_in_a_sensible_way(topic, hear):
    assert Preferences().on(topic) is hear


def test_what_is_not_for_the_thread_is_nobody_elses_either():
    (note,) = noted(CASE, a_comment(author=EVA))
    assert isinstance(note.fact, NoteAdded)
    assert not rules.is_news(note)
    assert rules.is_news(SAID)
    for_duty = replace(SAID, to=Duty())
    assert not rules.is_news(for_duty)


def test_a_copy_has_a_key_of_its_own():
    copy = rules.directly(SAID, ANA)
    assert (copy.key, copy.to, copy.fact) == (
        SAID.key.replace(":thread", f":{ANA}"),
        Person(user=ANA),
        SAID.fact,
    )


def test_a_digest_counts_by_case_and_thing():
    other = a_case(id=CaseId("CASE-2"), title="Export is slow")
    due = utc("2025-06-03T09:00Z")
    told = (SAID, SAID, taken(CASE, ELI, at=MORNING))
    mentions = [rules.mention(each, CASE, ZOE, due_at=due) for each in told]
    mentions.append(rules.mention(SAID, other, CLEO, due_at=due))
    first, second = rules.digests(mentions, at=due)
    assert (first.to, second.to) == (Person(user=CLEO), Person(user=ZOE))
    assert second.fact == CasesDigest(
        lines=(
            DigestLine(case=CASE.id, title=CASE.title, what=What.SAID, times=2),
            DigestLine(case=CASE.id, title=CASE.title, what=What.STATE, times=1),
        )
    )
    assert first.key != second.key
    assert rules.WHAT[CommentAdded] is What.SAID
    assert rules.WHAT[CaseTaken] is What.STATE
