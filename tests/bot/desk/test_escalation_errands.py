"""A redirect does what it advises, in the requester's own words; a granted dispute is taken up."""

import pytest

from policy.cases import Severity
from policy.comments import TEXT_LIMIT, Visibility
from policy.escalations import E, RedirectTarget
from policy.ids import CaseId
from policy.notices import CommentAdded, EscalationPulled, EscalationRedirected, SeverityRequested
from policy.refusals import CaseIsClosed, Unreadable
from policy.roles import Side
from tests.bot.desk.nights import CONDUCT, Night, a_night
from tests.support.builders import ANA, DUTY, HELP, LEA, MONA, WORKSPACE, an_actor
from tests.support.houses import House

T = RedirectTarget
SAID = "Nobody can sign in since this morning, and orders are lost."


async def comments(house: House, case: CaseId):
    async with house.database.reading() as work:
        return await work.comments.of(WORKSPACE, case, internal=True)


async def redirected(night: Night) -> EscalationRedirected:
    fact, *_ = [each.fact for each in await night.house.owed(EscalationRedirected)]
    assert isinstance(fact, EscalationRedirected)
    return fact


async def test_a_redirect_to_a_comment_says_it_on_the_case_for_its_requester(house):
    night = await a_night(house)
    await night.requested()
    await night.redirects()
    said = (await comments(house, night.case))[-1]
    assert (said.author, said.side, said.visibility) == (ANA, Side.CUSTOMER, Visibility.PUBLIC)
    assert said.text.startswith(SAID)
    assert len(await house.owed(CommentAdded)) == 1
    assert (await redirected(night)).is_carried_out


async def test_a_redirect_to_another_case_says_it_there(house):
    night = await a_night(house)
    other = await house.opens(title="Invoices are empty")
    await night.requested()
    await night.redirects(target=T.OTHER_CASE, other=other.id)
    assert (await comments(house, other.id))[-1].text.startswith(SAID)
    assert await comments(house, night.case) == []
    assert (await redirected(night)).case == other.id


async def test_a_redirect_to_a_severity_asks_for_it_in_the_requesters_name(house):
    night = await a_night(house, Severity.S3)
    await night.requested(alternate=None)
    await night.redirects(target=T.SEVERITY_REQUEST, severity=Severity.S2)
    thread, _ = await house.owed(SeverityRequested)
    assert isinstance(thread.fact, SeverityRequested)
    assert (thread.fact.by, thread.fact.severity) == (ANA, Severity.S2)
    assert (await house.case(night.case)).severity is Severity.S3


async def test_a_severity_that_is_asked_for_already_is_not_asked_for_twice(house):
    night = await a_night(house, Severity.S3)
    await house.desk.severities.change(night.case, Severity.S2, "It fails hourly.", by=an_actor())
    await night.requested(alternate=None)
    await night.redirects(target=T.SEVERITY_REQUEST, severity=Severity.S2)
    assert len(await house.owed(SeverityRequested)) == 2


async def test_a_redirect_to_a_new_case_opens_it_beside_the_old_one(house):
    night = await a_night(house)
    await night.requested()
    await night.redirects(target=T.NEW_CASE)
    opened = (await redirected(night)).case
    assert opened is not None
    case = await house.case(opened)
    assert (case.requester, case.channel, case.account) == (ANA, HELP, "acme")
    assert case.description.startswith(SAID)
    assert "cases.opened" in await house.story(opened)
    assert await house.card(opened) is not None


async def test_of_a_confidential_one_nothing_is_carried_out(house):
    night = await a_night(house)
    await night.requested(**CONDUCT)
    await night.redirects(LEA)
    assert await comments(house, night.case) == []
    assert not (await redirected(night)).is_carried_out


@pytest.mark.parametrize(
    ("target", "more", "refusal"),
    [
        (T.OTHER_CASE, {}, Unreadable),
        (T.OTHER_CASE, {"other": CaseId("CASE-1")}, Unreadable),
        (T.OTHER_CASE, {"other": CaseId("CASE-99")}, Unreadable),
        (T.OTHER_CASE, {"other": CaseId("nonsense")}, Unreadable),
        (T.SEVERITY_REQUEST, {}, Unreadable),
        (T.SEVERITY_REQUEST, {"severity": Severity.S1}, Unreadable),
    ],
)
async def test_a_redirect_that_cannot_be_carried_out_leaves_nothing(house, target, more, refusal):
    night = await a_night(house)
    before = await night.requested()
    owed, story = await house.owed(), await house.story(night.case)
    with pytest.raises(refusal):
        await night.redirects(target=target, **more)
    assert await night.kept() == before
    assert (await house.owed(), await house.story(night.case)) == (owed, story)
    assert await night.waiting() == {"acknowledge"}


async def test_a_granted_dispute_is_taken_up_by_its_lead_with_the_same_words(house):
    night = await a_night(house)
    first = await night.disputed()
    await night.settles(granted=True)
    file = await house.desk.cases.read(night.case, by=an_actor())
    assert file is not None
    taken = file.escalation
    assert taken is not None
    assert (taken.owner, taken.state, taken.uses_right) == (LEA, E.ACKNOWLEDGED, False)
    assert taken.request == first.request
    assert await house.owed(EscalationPulled)


async def test_a_refused_dispute_ends_there(house):
    night = await a_night(house)
    await night.disputed()
    await night.settles(granted=False)
    assert await house.owed(EscalationPulled) == []


@pytest.mark.parametrize("meanwhile", ["escalated again", "closed"])
async def test_a_granted_dispute_is_not_taken_up_where_nobody_waits_for_it(house, meanwhile):
    night = await a_night(house)
    disputed = await night.disputed()
    if meanwhile == "closed":
        await house.desk.cases.close(night.case, by=an_actor())
    else:
        await night.requested()
    await house.desk.escalations.settle(
        disputed.id, granted=True, answer="You were right about this.", by=an_actor(LEA, DUTY)
    )
    assert await house.owed(EscalationPulled) == []


async def test_a_closed_case_is_not_pulled(house):
    night = await a_night(house)
    await house.desk.cases.close(night.case, by=an_actor())
    with pytest.raises(CaseIsClosed):
        await house.desk.escalations.pull(
            night.case, "Their board meets tomorrow.", by=an_actor(MONA)
        )


@pytest.mark.parametrize("target", [T.COMMENT, T.OTHER_CASE, T.NEW_CASE])
async def test_a_long_escalation_is_redirected_with_as_many_words_as_a_comment_holds(
    house, target
):
    night = await a_night(house)
    other = await house.opens(title="Invoices are empty")
    await night.requested(impact="Nobody can sign in. " * 99, changed="It is worse now. " * 80)
    named = {"other": other.id} if target is T.OTHER_CASE else {}
    await night.redirects(target=target, **named)
    of = (await redirected(night)).case or night.case
    said = [each.text for each in await comments(house, of)]
    (text,) = said or [(await house.case(of)).description]
    assert len(text) <= TEXT_LIMIT
    assert text.startswith("Nobody can sign in. ")
    assert text.endswith("…")
