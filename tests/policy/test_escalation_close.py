"""The end of an escalation: agreed, unanswered or overridden, and looked back upon."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.escalations import (
    PROMPTS,
    Agreement,
    Cause,
    ClosedAs,
    Event,
    Judgement,
    may_close_unanswered,
)
from policy.refusals import AgreementMissing, GivenAlready, NotYours, Stale, Unreadable
from tests.policy.escalating import NOW, PEOPLE, PROPOSAL, REQUEST, WHY, H, at, do
from tests.support.builders import ANA, LEA, MONA

MONA_, ANA_ = PEOPLE["mona"], PEOPLE["ana"]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("state", ["active", "monitoring"])
def test_the_requesters_agreement_closes_it_as_proposed(state):
    asked = do(Event.PROPOSE, at(state), MONA_, outcome=ClosedAs.WORKAROUND)
    assert (asked.proposal.prompts, asked.proposal.answer_due_at) == (1, NOW + 2 * H)
    found = do(Event.AGREE, asked, ANA_)
    assert (found.state, found.holds_right) == ("closed", True)
    assert (found.ending.outcome, found.ending.agreement) == ("workaround", Agreement.REQUESTER)
    assert (found.ending.by, found.ending.summary) == (ANA, WHY)


def test_an_objection_leaves_it_open():
    found = do(Event.OBJECT, at("active", proposal=PROPOSAL), ANA_)
    assert (found.state, found.proposal) == ("active", None)


@pytest.mark.parametrize("event", ["object", "agree", "prompt"])
def test_what_nobody_asked_is_not_answered(event):
    by = MONA_ if event == "prompt" else ANA_
    with pytest.raises(Stale):
        do(Event(event), at("active"), by)


def test_after_two_prompts_silence_counts_as_agreement():
    first = do(Event.PROPOSE, at("active"), MONA_)
    with pytest.raises(AgreementMissing):  # not twice in a minute
        do(Event.PROMPT, first, None, now=NOW + 2 * H - SECOND)
    second = do(Event.PROMPT, first, None, now=NOW + 2 * H)
    assert (second.proposal.prompts, second.proposal.answer_due_at) == (PROMPTS, NOW + 4 * H)
    with pytest.raises(Stale):
        do(Event.PROMPT, second, None, now=NOW + 9 * H)
    for found, moment in ((first, NOW + 9 * H), (second, NOW + 4 * H - SECOND)):
        assert not may_close_unanswered(found, now=moment)
        with pytest.raises(AgreementMissing) as refused:
            do(Event.DE_ESCALATE, found, MONA_, now=moment)
        assert refused.value.prompts == found.proposal.prompts
    closed = do(Event.DE_ESCALATE, second, MONA_, now=NOW + 4 * H)
    assert (closed.ending.agreement, closed.ending.override) == (Agreement.SILENCE, "")


def test_nobody_closes_it_without_asking():
    with pytest.raises(AgreementMissing) as refused:
        do(Event.DE_ESCALATE, at("active"), MONA_)
    assert (refused.value.prompts, refused.value.answer_due_at) == (0, None)
    assert not may_close_unanswered(at("active"), now=NOW)


def test_only_a_lead_does_not_wait_and_says_why():
    with pytest.raises(NotYours) as refused:
        do(Event.DE_ESCALATE, at("active"), MONA_, override=WHY)
    assert refused.value.need == "a lead"
    with pytest.raises(Unreadable):
        do(Event.DE_ESCALATE, at("active"), PEOPLE["lea"], override="Because.")
    found = do(Event.DE_ESCALATE, at("active"), PEOPLE["lea"], override=WHY)
    assert (found.ending.agreement, found.ending.override) == (Agreement.LEAD, WHY)


@pytest.mark.parametrize("score", [0, 6])
def test_a_rating_is_one_to_five(score):
    with pytest.raises(Unreadable):
        do(Event.RATE, at("closed"), ANA_, score=score)


@pytest.mark.parametrize(
    ("event", "who", "field", "by"),
    [
        ("rate", "ana", "rating", ANA),
        ("review", "mona", "review", MONA),
        ("judge", "lea", "judged", LEA),
    ],
)
def test_both_sides_look_back_once(event, who, field, by):
    found = do(Event(event), at("closed"), PEOPLE[who])
    assert getattr(found, field).by == by
    with pytest.raises(GivenAlready) as refused:
        do(Event(event), found, PEOPLE[who])
    assert (refused.value.by, refused.value.at) == (by, NOW)


def test_what_is_given_is_kept():
    rated = do(Event.RATE, at("closed"), ANA_, score=2, text=" Slow. ")
    assert (rated.rating.score, rated.rating.text) == (2, "Slow.")
    reviewed = do(Event.REVIEW, at("closed"), MONA_, cause=Cause.MISSED_PROMISE, text=" Late. ")
    assert (reviewed.review.preventable, reviewed.review.cause) == (True, "missed_promise")
    assert reviewed.review.text == "Late."
    judged = do(Event.JUDGE, at("active"), MONA_, judgement=Judgement.SHOULD_HAVE_BEEN_A_COMMENT)
    assert judged.judged.judgement == "should_have_been_a_comment"


def test_advice_is_judged_only_where_there_was_some():
    with pytest.raises(Stale):
        do(Event.JUDGE, at("closed", request=replace(REQUEST, run=None)), MONA_)
