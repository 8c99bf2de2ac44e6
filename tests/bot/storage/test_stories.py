"""What became of a notice, for whoever asks; and for how long it is known."""

from datetime import timedelta

import pytest

from bot.clock import real_now
from bot.storage.outbox.rows import NoticeState
from policy.ids import Ts
from policy.notices import Person
from tests.bot.storage.test_outbox import LATER, a_notice, becomes, claim, owe
from tests.support.builders import ANA, HELP, MORNING, WORKSPACE

DAY = timedelta(days=1)
SOON = timedelta(minutes=1)


async def looked(database, what, *arguments, **more):
    async with database.reading() as work:
        return await getattr(work.stories, what)(*arguments, **more)


async def changed(database, what, *arguments, **more):
    async with database.begin() as work:
        found = await getattr(work.stories, what)(*arguments, **more)
        await work.commit()
        return found


async def ended(database, key, how, *arguments, **facts):
    await owe(database, a_notice(key, **facts))
    claimed = next(each for each in await claim(database) if each.notice.key == key)
    assert await becomes(database, claimed, how, *arguments)


async def test_a_story_says_what_happened_and_when(database):
    await ended(database, "k", "sent", HELP, Ts("1.1"), to=Person(user=ANA))
    [story] = await looked(database, "keyed", "k")
    assert (story.kind, story.state, story.attempts) == ("CaseTaken", NoticeState.SENT, 1)
    assert story.claimed_at is not None
    assert story.settled_at is not None
    assert story.claimed_at <= story.settled_at <= real_now() + SOON
    assert await looked(database, "keyed", "unknown") == []


async def test_what_was_given_up_is_listed_and_can_be_tried_again(database):
    await ended(database, "dead", "dead", "invalid_blocks")
    await ended(database, "sent", "sent", HELP, Ts("1.1"))
    await owe(database, a_notice("waits"))
    dead = await looked(database, "listed", [NoticeState.DEAD], 10)
    assert [(each.key, each.errors) for each in dead] == [("dead", ("invalid_blocks",))]
    assert await looked(database, "listed", [NoticeState.DEAD], 10, workspace="another") == []
    counted = await looked(database, "counted")
    assert counted == {NoticeState.DEAD: 1, NoticeState.SENT: 1, NoticeState.PENDING: 1}
    assert await changed(database, "retried", WORKSPACE, "dead", LATER)
    assert not await changed(database, "retried", WORKSPACE, "sent", LATER)
    again = next(each for each in await claim(database, LATER) if each.notice.key == "dead")
    assert (again.attempt, again.is_doubtful) == (2, True)


async def test_what_waits_is_counted_by_kind_from_when_it_may_be_sent(database):
    await owe(
        database, a_notice("a"), a_notice("b", at=LATER), a_notice("c", not_before=LATER + DAY)
    )
    depth = await looked(database, "depth", LATER)
    assert {kind: (each.number, each.oldest) for kind, each in depth.items()} == {
        "CaseTaken": (2, MORNING)
    }


async def test_what_a_person_was_told_is_counted(database):
    await ended(database, "told", "sent", HELP, Ts("1.1"), to=Person(user=ANA))
    await ended(database, "channel", "sent", HELP, Ts("1.2"))
    await ended(database, "not told", "cancelled", "not true", to=Person(user=ANA))
    an_hour_ago = real_now() - timedelta(hours=1)
    assert await looked(database, "told", WORKSPACE, ANA, an_hour_ago) == 1
    assert await looked(database, "told", WORKSPACE, ANA, real_now() + SOON) == 0
    [(user, at)] = await looked(database, "pings", WORKSPACE, an_hour_ago)
    assert (user, at > an_hour_ago) == (ANA, True)


async def test_what_stands_in_a_digest_is_gathered_there(database):
    await owe(database, a_notice("one"), a_notice("two"), a_notice("other"))
    async with database.begin() as work:
        for each in await work.outbox.claim(LATER, 10, SOON):
            digest = "digest" if each.notice.key != "other" else None
            await work.outbox.cancelled(each, "too many", told_in=digest)
        await work.commit()
    gathered = await looked(database, "gathered", WORKSPACE, "digest")
    assert [each.key for each in gathered] == ["one", "two"]


@pytest.mark.parametrize(
    ("words", "all_of_it", "remains"),
    [
        (-DAY, -DAY, {"sent": "CaseTaken", "dead": "CaseTaken"}),
        (SOON, -DAY, {"sent": "", "dead": "CaseTaken"}),
        (SOON, SOON, {"dead": "CaseTaken"}),
    ],
)
async def test_words_are_forgotten_before_keys_and_what_was_given_up_never(
    database, words, all_of_it, remains
):
    await ended(database, "sent", "sent", HELP, Ts("1.1"))
    await ended(database, "dead", "dead", "invalid_blocks")
    now = real_now()
    before = {"words": now + words, "all_of_it": now + all_of_it}
    forgotten = await changed(database, "forget", **before)
    assert forgotten == (remains != {"sent": "CaseTaken", "dead": "CaseTaken"})
    assert await changed(database, "forget", **before) == 0
    kept = await looked(database, "listed", NoticeState, 10)
    assert {each.key: each.kind for each in kept} == remains
    assert all((each.notice is None) == (each.kind == "") for each in kept)
    await owe(database, a_notice("sent"))
    told_again = [each.notice.key for each in await claim(database)]
    assert told_again == ([] if "sent" in remains else ["sent"])


async def test_a_message_that_stands_is_shown_anew_and_was_told_when_it_was_told(database):
    await ended(database, "k", "sent", HELP, Ts("1.1"), to=Person(user=ANA))
    [told] = await looked(database, "keyed", "k")
    assert not await changed(database, "outdated", WORKSPACE, HELP, Ts("2.2"), MORNING)
    assert not await changed(database, "outdated", "another", HELP, Ts("1.1"), MORNING)
    assert await changed(database, "outdated", WORKSPACE, HELP, Ts("1.1"), MORNING)
    assert not await changed(database, "outdated", WORKSPACE, HELP, Ts("1.1"), MORNING)
    [again] = await claim(database, MORNING)
    assert (again.posted, again.is_doubtful) == ((HELP, "1.1"), False)
    assert await becomes(database, again, "sent", HELP, Ts("1.1"))
    [after] = await looked(database, "keyed", "k")
    assert (after.state, after.settled_at) == (NoticeState.SENT, told.settled_at)


async def test_what_is_forgotten_is_not_shown_anew(database):
    await ended(database, "k", "sent", HELP, Ts("1.1"))
    await changed(database, "forget", words=real_now() + DAY, all_of_it=MORNING - 400 * DAY)
    assert not await changed(database, "outdated", WORKSPACE, HELP, Ts("1.1"), MORNING)
