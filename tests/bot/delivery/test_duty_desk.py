"""What the duty desk sees: both cards, the board, the brief; and what a pinned board survives."""

import pytest

from bot.storage.outbox.rows import NoticeState
from policy.cases import Severity
from policy.escalations import E, EscalationRequest, Reason
from policy.guidance.walk import Answer
from policy.ids import AnswerId, UserId
from policy.notices import Person
from policy.roles import Actor
from tests.bot.delivery.conftest import ANA
from tests.support.app import TEAM

MONA, LEA = UserId("U0MONA"), UserId("U0LEA")
AFTER = {NoticeState.SENT, NoticeState.PENDING}
BLOCKED = ("this", "blocked", "none")
CONDUCT = ("this", "fell_short", "conduct")


async def escalates(delivery, *choices):
    """Escalate an S1 that has become available."""
    case = await delivery.opens(severity=Severity.S1)
    await delivery.moves(hours=4, seconds=1)
    return await delivery.desk.escalations.submit(
        case.id,
        EscalationRequest(
            reason=Reason.SERVICE_QUALITY,
            impact="Nobody can pay, and the shops call us.",
            changed="He hung up on our trainee, twice.",
            wanted="A plan with dates.",
            contact=ANA,
            alternate=UserId("U0BEN"),
        ),
        answers=tuple(Answer(choice=AnswerId(each)) for each in choices or BLOCKED),
        by=Actor(workspace=TEAM, user=ANA),
    )


async def acknowledges(delivery, escalation, by=MONA):
    await delivery.desk.escalations.acknowledge(escalation.id, by=Actor(workspace=TEAM, user=by))


async def pinned(mona):
    """Return the texts of what is pinned in the duty channel."""
    answer = await mona.messages("duty-desk")
    return [each["text"] for each in answer if each.get("pinned_to")]


async def shown(delivery, kind, subject, version):
    """Wait until a card shows this version."""

    async def look():
        async with delivery.database.reading() as work:
            return await work.cards.of(TEAM, kind, subject)

    return await delivery.commits.until(
        look, lambda card: card and card.ts and card.shown_version >= version
    )


async def test_the_board_is_posted_once_pinned_and_edited_in_place(delivery, mona):
    escalation = await escalates(delivery)
    await mona.sees("Open escalations: 1", channel="duty-desk")
    (board,) = await delivery.commits.until(lambda: pinned(mona), bool)  # a moment after it stands
    assert "Open escalations" in board
    await delivery.desk.escalations.withdraw(escalation.id, by=Actor(workspace=TEAM, user=ANA))
    await mona.sees("Open escalations: 0", channel="duty-desk")
    texts = [each["text"] for each in await mona.messages("duty-desk")]
    assert sum("Open escalations" in each for each in texts) == 1


async def test_a_board_that_may_not_be_pinned_stands_there_all_the_same(delivery, mona, caplog):
    delivery.faults("pins.add", "error:missing_scope")
    await escalates(delivery)
    await mona.sees("Open escalations: 1", channel="duty-desk")
    await shown(delivery, "board", "C0DUTY", 1)
    assert "cannot be pinned" in caplog.text
    assert await pinned(mona) == []


async def test_a_pin_that_slack_puts_off_is_made_up_for_without_a_second_board(delivery, mona):
    delivery.faults("pins.add", "ratelimited", retry_after=1)
    await escalates(delivery)
    await delivery.commits.until(lambda: pinned(mona), bool)
    texts = [each["text"] for each in await mona.messages("duty-desk")]
    assert sum("Open escalations" in each for each in texts) == 1


async def test_requester_and_owner_read_who_has_it_and_the_owner_the_brief(delivery, ana, mona):
    escalation = await escalates(delivery)
    await ana.sees("Your escalation of")
    await acknowledges(delivery, escalation)
    await mona.sees("you answer for the escalation now")
    for kind in ("escalation", "request"):
        await shown(delivery, kind, escalation.id, 2)


@pytest.mark.parametrize("channel", ["duty-desk", "acme-support"])
async def test_of_a_confidential_one_no_channel_reads_a_word(delivery, mona, channel):
    escalation = await escalates(delivery, *CONDUCT)
    await acknowledges(delivery, escalation, by=LEA)
    card = await shown(delivery, "escalation", escalation.id, 2)
    assert card.channel.startswith("D")
    said = str(await mona.messages(channel))
    assert not any(each in said for each in ("Nobody can pay", "hung up", "A plan", LEA))
    async with delivery.database.reading() as work:
        assert await work.cards.of(TEAM, "board", "C0DUTY") is None


async def test_an_owner_who_is_gone_gives_it_back_to_duty(delivery):
    escalation = await escalates(delivery)
    await delivery.admin("users", id=MONA, deleted=True)
    await acknowledges(delivery, escalation)

    async def look():
        async with delivery.database.reading() as work:
            return await work.escalations.get(TEAM, escalation.id)

    found = await delivery.commits.until(
        look, lambda it: it.state is E.REQUESTED and it.version > 2
    )
    assert found.owner is None


async def asked_for(delivery, mona):
    """Return the message that asks Mona to acknowledge, and the key it is recorded under."""
    asked = await mona.message("has escalated", channel="caseflag")

    async def recorded():
        async with delivery.database.reading() as work:
            stories = await work.stories.latest(TEAM, "EscalationWaits", 9)
        return [each.key for each in stories if each.ts == asked["ts"]]

    [key] = await delivery.commits.until(recorded, bool)
    return asked, key


async def test_a_button_that_came_too_late_tells_and_its_message_is_refreshed(delivery, mona):
    escalation = await escalates(delivery)
    asked, _ = await asked_for(delivery, mona)
    await acknowledges(delivery, escalation, by=UserId("U0OTTO"))
    await mona.presses("Acknowledge", in_=asked)
    await mona.sees("@otto acknowledged it just before you.")
    await mona.sees("The escalation is acknowledged; @otto answers for it", channel="caseflag")
    (now,) = [each for each in await mona.messages("caseflag") if each["ts"] == asked["ts"]]
    assert [each["type"] for each in now["blocks"]] == ["section"]


@pytest.mark.parametrize(
    ("fault", "tries_again"), [("error:message_not_found", False), ("error:internal_error", True)]
)
async def test_a_message_that_cannot_be_refreshed_is_tried_again_or_left(
    delivery, mona, fault, tries_again
):
    escalation = await escalates(delivery)
    asked, key = await asked_for(delivery, mona)
    await acknowledges(delivery, escalation, by=UserId("U0OTTO"))
    delivery.faults("chat.update", fault, times=20)
    await mona.presses("Acknowledge", in_=asked)
    await mona.sees("@otto acknowledged it just before you.")
    story = await delivery.tells(key, lambda it: it.attempts > 1 and it.state in AFTER)
    assert bool(story.errors) is tries_again


async def test_a_step_of_insistence_that_reached_somebody_is_counted(delivery):
    await escalates(delivery)
    await delivery.moves(minutes=16)

    async def insisted():
        async with delivery.database.reading() as work:
            return await work.stories.latest(TEAM, "PromiseWaits", 1)

    [told] = await delivery.commits.until(insisted, bool)
    await delivery.becomes(told.key, "sent")
    await delivery.owes("tests.last:1", Person(user=UserId("U0ADAM")), urgency=5)
    await delivery.becomes("tests.last:1", "sent")  # whatever was sent before is counted
    for percent in ("under 100", "100"):
        line = f'caseflag_rungs_total{{percent="{percent}",promise="acknowledge"}}'
        assert line in delivery.metrics
