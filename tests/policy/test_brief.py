"""The brief: what the record tells whoever answers, so that nobody asks it again."""

from datetime import timedelta

import pytest

from policy.brief import For, Part, Party, Past, brief
from policy.cases import CaseState, NextStep, OpenQuestion
from policy.comments import CommentKind, Visibility
from policy.history import written
from policy.ids import CommentId, PromiseId, UserId
from policy.promises import Kind, kept
from policy.roles import Side
from policy.thresholds import SHIPPED
from policy.trail import document
from tests.policy.escalating import NOW, PROPOSAL, REQUEST, at
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    EVA,
    MONA,
    MORNING,
    a_case,
    a_comment,
    a_promise,
    a_severity_request,
    an_entry,
    an_escalation_request,
)

H = timedelta(hours=1)
QUESTION = OpenQuestion(text="Which version?", asked_by=ELI, asked_at=MORNING + H)
ACTIVE = at("active")


def said(hours, text="Any news?", side=Side.CUSTOMER, author=ANA, **facts):
    given = {"id": CommentId(f"c{hours}"), "at": MORNING + hours * H}
    return a_comment(**{**given, "text": text, "side": side, "author": author, **facts})


def replied(hours, text="We look into it.", **facts):
    return said(hours, text, Side.SUPPORT, ELI, **facts)


def briefed(case=None, escalation=ACTIVE, **past):
    return brief(case or a_case(), escalation, Past(**past), SHIPPED, now=NOW)


WAITS = [  # the case, the escalation, the past, and who waits for whom, for what, since when
    (a_case(), ACTIVE, {}, []),
    (
        a_case(),
        at("requested"),
        {},
        [(Party.CUSTOMER, Party.DUTY, For.ACKNOWLEDGEMENT, at("requested").submitted_at, "")],
    ),
    (
        a_case(),
        ACTIVE,
        {"comments": (said(1), replied(2), said(3, "It is worse."), said(4))},
        [(Party.CUSTOMER, Party.ENGINEER, For.REPLY, MORNING + 3 * H, "It is worse.")],
    ),
    (a_case(), ACTIVE, {"comments": (said(1), replied(2))}, []),
    (
        a_case(),
        ACTIVE,
        {"comments": (said(1), replied(2, visibility=Visibility.INTERNAL))},
        [(Party.CUSTOMER, Party.ENGINEER, For.REPLY, MORNING + H, "Any news?")],
    ),
    (a_case(), ACTIVE, {"comments": (said(1, side=Side.SYSTEM),)}, []),
    (
        a_case(state=CaseState.WAITING_CUSTOMER, question=QUESTION),
        ACTIVE,
        {},
        [(Party.ENGINEER, Party.CUSTOMER, For.ANSWER, MORNING + H, "Which version?")],
    ),
    (
        a_case(),
        ACTIVE,
        {"requests": (a_severity_request(), a_severity_request(decided_by=ELI))},
        [
            (
                Party.CUSTOMER,
                Party.ENGINEER,
                For.SEVERITY,
                MORNING,
                "The nightly import fails as well now.",
            )
        ],
    ),
    (
        a_case(),
        at("active", proposal=PROPOSAL),
        {},
        [(Party.DUTY, Party.CUSTOMER, For.AGREEMENT, NOW, PROPOSAL.summary)],
    ),
    (
        a_case(state=CaseState.WAITING_THIRD_PARTY),
        ACTIVE,
        {
            "entries": (
                an_entry(
                    "cases.waiting",
                    {"state": "in_progress"},
                    {"state": "waiting_third_party"},
                    at=MORNING + 2 * H,
                ),
            )
        },
        [(Party.ENGINEER, Party.THIRD_PARTY, For.THIRD_PARTY, MORNING + 2 * H, "")],
    ),
    (
        a_case(state=CaseState.WAITING_THIRD_PARTY),
        ACTIVE,
        {},
        [(Party.ENGINEER, Party.THIRD_PARTY, For.THIRD_PARTY, MORNING, "")],
    ),
]


@pytest.mark.parametrize(("case", "escalation", "past", "expected"), WAITS)
def test_the_brief_says_who_waits_for_whom_and_since_when(case, escalation, past, expected):
    found = briefed(case, escalation, **past).waits
    assert [(each.who, each.whom, each.what, each.since, each.words) for each in found] == expected


def test_the_longest_wait_comes_first():
    found = briefed(
        a_case(question=QUESTION),
        comments=(said(0),),
        requests=(a_severity_request(asked_at=NOW),),
    ).waits
    assert [each.what for each in found] == [For.REPLY, For.ANSWER, For.SEVERITY]


def asked_entry(question, before=None):
    return an_entry(
        "comments.added",
        {"question": before},
        {"question": written(question)},
        at=question.asked_at,
    )


def test_what_was_asked_stands_beside_its_answer():
    second = OpenQuestion(text="Which browser?", asked_by=EVA, asked_at=MORNING + 4 * H)
    found = briefed(
        a_case(question=second),
        entries=(
            asked_entry(QUESTION),
            an_entry("comments.added", {"question": written(QUESTION)}, {"question": None}),
            an_entry("comments.added", {"question": None}, {"question": "erased"}),
            asked_entry(second),
        ),
        comments=(
            said(0, "4.2"),
            said(2, kind=CommentKind.CHASE),
            replied(2),
            said(3, "Version 4.2, since May."),
        ),
    ).asked
    assert [(each.question, each.by, each.at) for each in found] == [
        ("Which version?", ELI, MORNING + H),
        ("Which browser?", EVA, MORNING + 4 * H),
    ]
    assert found[0].answer
    assert found[0].answer.text == "Version 4.2, since May."
    assert found[1].answer is None


def test_a_question_of_which_only_the_case_knows_is_not_lost():
    (found,) = briefed(a_case(question=QUESTION)).asked
    assert (found.question, found.answer) == ("Which version?", None)


def test_steps_that_were_agreed_told_and_done_are_not_tried_again():
    step = NextStep(text="A patch on Monday.", due_at=NOW)
    action = a_promise(kind=Kind.ACTION, what="Roll back.", owner=EVA)
    found = briefed(
        entries=(
            an_entry(
                "comments.added",
                {"next_step": None},
                {"next_step": written(step)},
                at=MORNING + 3 * H,
            ),
        ),
        comments=(replied(1, "Restarted.", kind=CommentKind.UPDATE), replied(2)),
        promises=(kept(action, now=MORNING + 2 * H), action, kept(a_promise(), now=NOW)),
    ).tried
    assert [(each.what, each.by, each.at) for each in found] == [
        ("Restarted.", ELI, MORNING + H),
        ("Roll back.", EVA, MORNING + 2 * H),
        ("A patch on Monday.", ELI, MORNING + 3 * H),
    ]


def test_everybody_stands_there_once_with_all_their_parts():
    request = an_escalation_request(alternate=CLEO, followers=(UserId("UFAY"),))
    case = a_case(engineer=ELI, followers=frozenset({CLEO}), reporter=EVA)
    found = briefed(case, at("active", request=request), comments=(replied(1), said(2))).people
    parts = {each.user: each.parts for each in found}
    assert list(parts) == [ANA, CLEO, EVA, ELI, MONA, "UFAY"]
    assert parts[ANA] == (Part.REQUESTER, Part.CONTACT, Part.SUBMITTER, Part.SPOKE)
    assert parts[CLEO] == (Part.ALTERNATE, Part.FOLLOWER)
    assert parts[ELI] == (Part.ENGINEER, Part.SPOKE)
    assert (parts[EVA], parts[MONA]) == ((Part.REPORTER,), (Part.OWNER,))


def test_promises_history_evidence_and_flags_stand_in_it():
    late, ahead = a_promise(), a_promise(id=PromiseId("p2"), due_at=NOW + H)
    lowered = an_entry(
        "severities.changed",
        {"severity": "S2"},
        {"severity": "S3", "why": "It is slow, not down."},
        at=MORNING + 47 * H,
    )
    wished = an_entry("severities.requested", {"severity": "S3"}, {"severity": "S2"})
    moved = an_entry("cases.tier_changed", {"tier": "Gold"}, {"tier": "Titanium"})
    found = briefed(
        promises=(late, ahead),
        entries=(wished, lowered, moved),
        comments=(replied(1), said(2, kind=CommentKind.CHASE)),
        requests=(a_severity_request(),),
    )
    assert (found.ledger.missed, found.ledger.open) == ((late,), (ahead,))
    assert [(each.before, each.after, each.why) for each in found.severities] == [
        ("S2", "S3", "It is slow, not down.")
    ]
    assert [(each.before, each.after) for each in found.tiers] == [("Gold", "Titanium")]
    assert (found.evidence.chases, found.evidence.last_reply) == (1, "We look into it.")
    assert found.requests == (a_severity_request(),)
    assert len(found.flags) == 1
    assert found.escalation.request == REQUEST


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('{"text": "Which?"}', {"text": "Which?"}),
        ('["a list"]', {}),
        ("not json", {}),
        ("", {}),
        (None, {}),
        (True, {}),
    ],
)
def test_a_document_that_was_erased_is_an_empty_one(value, expected):
    assert document(value) == expected
