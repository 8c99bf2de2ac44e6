"""`/case notices`: what became of what people had to be told."""

from datetime import timedelta

import pytest

from handlers.notices import tell
from handlers.views.accounting import account, story
from handlers.views.message import saying
from handlers.views.notices import message
from handlers.views.notices.noise import LINE, MOST, together
from policy.accounting import Accounting, Fate, Told
from policy.crossings import crossing
from policy.ids import CaseId, ChannelId, Ts
from policy.notices import Duty, Gathered, Person
from policy.owed.crossings import crossed, crossed_for_duty, crossed_together
from policy.refusals import NotYours
from policy.thresholds import SHIPPED
from tests.bot.storage.test_outbox import LEASE, a_notice
from tests.support.builders import ADA, ANA, LEA, MONA, MORNING, a_case, an_actor
from tests.support.houses import EVER

NO_CASE = CaseId("")


async def asked(house, text="", by=ADA):
    return (await tell(NO_CASE, text, house.desk, an_actor(by))).text


@pytest.fixture
async def told(house):
    """One notice given up, one in a digest, one told to Mona, one to come."""
    async with house.database.begin() as work:
        work.outbox.owe(
            a_notice("dead"),
            a_notice("digested"),
            a_notice("to mona", to=Person(user=MONA)),
            a_notice("to come", not_before=MORNING + EVER),
        )
        await work.outbox.settle()
        for each in await work.outbox.claim(house.clock() + timedelta(days=1), 9, LEASE):
            match each.notice.key:
                case "dead":
                    await work.outbox.dead(each, "invalid_blocks")
                case "digested":
                    await work.outbox.cancelled(each, "much", told_in="a digest")
                case _:
                    await work.outbox.sent(each, ChannelId("D1"), Ts("1.1"))
        await work.commit()


@pytest.mark.parametrize("by", [ADA, LEA])
async def test_who_answers_for_it_reads_how_it_stands(house, told, by):
    said = await asked(house, by=by)
    assert "1 pending, 0 sending, 1 sent, 1 dead, 1 cancelled" in said
    assert "• dead: invalid_blocks" in said
    assert f"• <@{MONA}>: 1 / 1" in said


async def test_without_anything_given_up_that_is_said(house):
    assert "None was given up." in await asked(house)


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("dead", ("due", "claimed", "attempt 1", "tried: invalid_blocks", "dead")),
        ("digested", ("cancelled", "in the digest a digest")),
        ("to come", ("due", "pending")),
        ("nothing", ("Nobody was ever owed nothing.",)),
    ],
)
async def test_each_has_a_story(house, told, key, parts):
    said = await asked(house, key)
    assert all(part in said for part in parts)


async def test_what_was_given_up_can_be_sent_again(house, told):
    assert "dead is sent again" in await asked(house, "retry dead")
    assert "pending" in await asked(house, "dead")
    assert "was not given up" in await asked(house, "retry dead")


@pytest.mark.parametrize("text", ["", "dead", "retry dead"])
async def test_nobody_else_may_ask(house, told, text):
    with pytest.raises(NotYours) as refused:
        await asked(house, text, by=ANA)
    assert refused.value.need == "an administrator or a lead"


def test_where_nobody_was_told_privately_no_list_of_them_stands():
    drawn = account(Accounting(counted={}, dead=(), pings=()))
    assert "None was given up." in drawn.text
    assert "per duty manager" not in drawn.text


def test_a_notice_without_a_reason_has_none():
    told = Told(
        key="a",
        fate=Fate.SENT,
        due_at=MORNING,
        claimed_at=None,
        attempts=0,
        settled_at=None,
        reasons=(),
        told_in=None,
    )
    assert story("a", told).text.endswith("sent")


def test_a_digest_holds_so_many_and_counts_the_rest():
    messages = [saying(f"number {number}") for number in range(MOST + 2)]
    drawn = together(Gathered(since=MORNING), messages)
    assert f"number {MOST - 1}" in drawn.text
    assert f"number {MOST}" not in drawn.text
    assert len(drawn.blocks) == MOST + 2


def test_a_digest_of_long_messages_is_as_long_as_slack_takes():
    long = f"{'y' * (LINE - 20)} <!date^1748851200^{{date_short_pretty}}|2025-06-02 08:00 UTC>"
    drawn = together(Gathered(since=MORNING), [saying(long * 9)] * (MOST + 2))
    shown = [each.to_dict()["text"]["text"] for each in drawn.blocks[:-1]]
    assert len(shown) == MOST + 1
    assert sum(map(len, shown)) < 13_000
    assert {each.count("<") - each.count(">") for each in shown} == {0}
    assert shown[1].endswith("y…")


@pytest.mark.parametrize(
    ("owed", "why"),
    [(30, "as it was noticed only then"), (3600, "as it could not be delivered before")],
)
def test_a_late_crossing_says_when_and_why_singly_and_in_a_digest(owed, why):
    one = crossing(a_case(), SHIPPED)
    now = one.crossed_at + timedelta(hours=2)
    at = now - timedelta(seconds=owed)
    digest = crossed_together((one,), Duty(), at=at)
    for notice in (crossed(one, at=at), crossed_for_duty(one, at=at), digest):
        assert why in message(notice, None, now=now).text
        assert why not in message(notice, None, now=one.crossed_at).text
