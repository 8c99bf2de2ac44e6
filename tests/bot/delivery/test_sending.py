"""What becomes of what is owed, in a Slack that answers, errs, is slow or is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import notices, sending
from bot.delivery.notices import Notices
from bot.storage.outbox.collection import Outbox
from policy.ids import ChannelId, EscalationId, UserId
from policy.notices import (
    Administrators,
    Duty,
    EscalationThread,
    EscalationWaits,
    NextStepDue,
    Person,
    Thread,
)
from tests.bot.delivery.conftest import ACME, ANA, Delivery
from tests.support.app import a_case_of_acme, a_caseflag

POST = "chat.postMessage"


async def texts(person, channel):
    return [message["text"] for message in await person.messages(channel)]


async def times(person, channel, text):
    return sum(text in each for each in await texts(person, channel))


async def test_a_comment_stands_in_the_thread_of_its_cases_card(delivery, ana):
    case = await delivery.opens()
    await delivery.comments(case, "Any news on this?")
    said = await ana.message("Any news on this?", channel="acme-support")
    card = await delivery.card(case)
    assert (said["thread_ts"], card.shown_version > 0) == (card.ts, True)
    async with delivery.database.reading() as work:
        assert (await work.cases.get(case.workspace, case.id)).thread == card.ts


async def test_a_message_carries_its_key(delivery, mona):
    await delivery.owes("tests.key:1", Duty())
    said = await mona.message("tests.key:1", channel="duty-desk")
    assert said["metadata"] == {
        "event_type": "caseflag_notice",
        "event_payload": {"key": "tests.key:1"},
    }


@pytest.mark.parametrize("fault", ["lost_answer", "500", "503", "reset", "error:fatal_error"])
async def test_a_message_whose_answer_is_lost_appears_once(delivery, mona, fault):
    delivery.faults(POST, fault)
    await delivery.owes("tests.lost:1", Duty())
    await delivery.fails("tests.lost:1")
    await delivery.moves(seconds=10)
    await delivery.becomes("tests.lost:1", "sent")
    assert await times(mona, "duty-desk", "tests.lost:1") == 1


@pytest.mark.parametrize("fault", ["lost_answer", "500"])
async def test_a_card_whose_answer_is_lost_appears_once(delivery, ana, fault):
    delivery.faults(POST, fault)
    case = await delivery.opens()
    await delivery.shows(case, lambda card: card.failures)
    await delivery.moves(seconds=10)
    await ana.sees("Login is down", channel="acme-support")
    await delivery.shows(case, lambda card: card.ts)
    assert await times(ana, "acme-support", "Login is down") == 1


async def test_slack_is_left_alone_for_as_long_as_it_asks(delivery, mona):
    delivery.faults(POST, "ratelimited", retry_after=30)
    await delivery.owes("tests.wait:1", Duty())
    story = await delivery.fails("tests.wait:1")
    assert 25 <= (story.not_before - delivery.now()).total_seconds() <= 30
    assert "ratelimited" in story.errors
    assert await times(mona, "duty-desk", "tests.wait:1") == 0


async def test_where_no_post_is_possible_people_are_told_in_person_and_administrators_how_to_cure(
    delivery, ana, adam
):
    case = await delivery.opens()
    await ana.sees("Login is down", channel="acme-support")
    await delivery.admin("channels", channel="C0ACME", archived=True)
    await delivery.comments(case, "Is anybody there?")
    await ana.sees("Is anybody there?", channel="caseflag")
    await adam.sees("I cannot post in #acme-support", channel="caseflag")
    assert await times(adam, "caseflag", "I cannot post in") == 1


async def test_a_digest_that_no_channel_takes_is_told_to_each_requester(delivery, ana, ben):
    almost = delivery.now() - timedelta(hours=3)
    for number in range(6):
        of = UserId("U0BEN") if number % 3 == 0 else ANA
        old = replace(a_case_of_acme(almost, f"Door {number} is stuck"), requester=of)
        await delivery.shows(await delivery.desk.imports.case(old), lambda card: card.ts)
    await delivery.admin("channels", channel="C0ACME", archived=True)
    await delivery.moves(hours=1, minutes=2)
    of_ana = await ana.sees("Escalating is available for 4 cases", channel="caseflag")
    assert "Door 1" in of_ana
    assert "Door 0" not in of_ana
    assert "Door 0" in await ben.sees("Escalating is available for 2 cases", channel="caseflag")


async def test_a_deleted_card_is_posted_anew(delivery, ana):
    case = await delivery.opens()
    first = await ana.message("Login is down", channel="acme-support")
    await delivery.caseflag.app.parts.patient.chat_delete(channel=ACME, ts=first["ts"])
    await delivery.comments(case, "Hello?")
    await delivery.shows(case, lambda card: card.ts not in {None, first["ts"]})
    await ana.sees("Login is down", channel="acme-support")
    assert await times(ana, "acme-support", "Login is down") == 1


async def test_a_card_whose_channel_is_closed_stands_in_the_next_place(delivery, ana):
    await delivery.admin("channels", channel="C0GENERAL", archived=True)
    case = await delivery.opens(here=ChannelId("C0GENERAL"))
    if case.channel != "C0GENERAL":  # the account's own channel was chosen at once
        pytest.fail(f"expected the card where it was opened, not in {case.channel}")
    await ana.sees("Login is down", channel="acme-support")


async def test_a_card_without_any_channel_stands_with_the_requester(delivery, ana):
    await delivery.admin("channels", channel="C0ACME", archived=True)
    await delivery.opens()
    await ana.sees("Login is down", channel="caseflag")


async def test_a_person_who_is_gone_is_replaced_by_the_next_contact(delivery, ben):
    case = await delivery.opens()
    async with delivery.database.begin() as work:
        found = await work.cases.get(case.workspace, case.id)
        await work.cases.save(replace(found, contact=UserId("U0BEN"), version=found.version + 1))
        await work.commit()
    await delivery.admin("users", id="U0ANA", deleted=True)
    fact = NextStepDue(user=ANA, step="tests.person:1", due_at=delivery.now())
    await delivery.owes("tests.person:1", Person(user=ANA), case=case.id, fact=fact)
    await ben.sees("tests.person:1", channel="caseflag")
    story = await delivery.becomes("tests.person:1", "cancelled")
    assert "the next one is told" in story.errors[-1]


async def test_what_is_meant_for_administrators_reaches_each_of_them(delivery, adam):
    await delivery.owes("tests.admins:1", Administrators())
    await adam.sees("tests.admins:1", channel="caseflag")
    await delivery.becomes("tests.admins:1", "cancelled")
    assert (await delivery.becomes("tests.admins:1>U0ADAM", "sent")).channel.startswith("D")


async def test_what_slack_refuses_is_put_aside_and_counted(delivery, mona):
    delivery.faults(POST, "error:invalid_blocks")
    await delivery.owes("tests.bug:1", Duty())
    story = await delivery.becomes("tests.bug:1", "dead")
    assert story.errors == ("invalid_blocks",)
    assert 'caseflag_notices_dead_total{error="invalid_blocks"} 1.0' in delivery.metrics
    await delivery.owes("tests.bug:2", Duty())
    await mona.sees("tests.bug:2", channel="duty-desk")


async def test_what_is_no_longer_true_is_cancelled_and_says_why(delivery, mona):
    waits = EscalationWaits(escalation=EscalationId("gone"), by=ANA, due_at=delivery.now())
    await delivery.owes("tests.true:1", Person(user=UserId("U0MONA")), fact=waits)
    story = await delivery.becomes("tests.true:1", "cancelled")
    assert story.errors == ("the escalation no longer waits",)


async def test_when_the_token_is_revoked_nothing_is_lost_and_the_doors_say_so(delivery):
    await delivery.admin("tokens", state="token_revoked")
    await delivery.owes("tests.revoked:1", Duty())
    await delivery.fails("tests.revoked:1")
    status, checks = await delivery.ready()
    assert (status, checks["slack"]) == (503, "token_revoked")
    assert (await delivery.story("tests.revoked:1")).state == "pending"


async def test_once_slack_lets_the_app_in_again_what_waited_is_sent(delivery, mona, monkeypatch):
    monkeypatch.setattr(sending, "LOCKED_OUT", 0.01)
    await delivery.admin("tokens", state="token_revoked")
    await delivery.owes("tests.again:1", Duty())
    await delivery.fails("tests.again:1")
    await delivery.admin("tokens", state="active")
    await delivery.moves(minutes=6)
    await mona.sees("tests.again:1", channel="duty-desk")
    assert (await delivery.ready())[0] == 200


async def test_a_missing_right_is_waited_for(delivery, mona):
    delivery.faults(POST, "error:missing_scope")
    await delivery.owes("tests.rights:1", Duty())
    await delivery.fails("tests.rights:1")
    await delivery.moves(minutes=6)
    await mona.sees("tests.rights:1", channel="duty-desk")


async def test_without_a_duty_channel_whoever_is_on_duty_is_told_in_person(sqlite_url):
    async with a_caseflag(sqlite_url, caseflag_duty_channel=None) as running:
        await Delivery(running).owes("tests.duty:1", Duty())
        for name in ("mona", "otto"):
            await running.person(name).sees("tests.duty:1", channel="caseflag")


async def test_an_escalations_thread_without_a_card_is_not_waited_for(delivery, mona):
    nowhere = EscalationThread(escalation=EscalationId("none"))
    await delivery.owes("tests.thread:1", nowhere)
    await mona.sees("tests.thread:1", channel="caseflag")


async def test_a_thread_whose_card_never_comes_is_waited_for_a_while(delivery, ana, monkeypatch):
    monkeypatch.setattr(notices, "PATIENT_FOR", 2)
    delivery.faults(POST, "error:invalid_blocks", channel="C0ACME", times=99)
    case = await delivery.opens()
    await delivery.owes("tests.card:1", Thread(case=case.id), case=case.id)
    for failures in (1, 2):
        await delivery.fails("tests.card:1", times=failures)
        await delivery.moves(minutes=3)
    await ana.sees("tests.card:1", channel="caseflag")


async def test_a_locked_thread_is_answered_in_its_channel(delivery, ana):
    case = await delivery.opens()
    await ana.sees("Login is down", channel="acme-support")
    delivery.faults(POST, "error:restricted_action_thread_locked")
    await delivery.comments(case, "Is anybody there?")
    said = await ana.message("Is anybody there?", channel="acme-support")
    assert "thread_ts" not in said


async def test_a_look_that_fails_is_repeated(delivery, mona, monkeypatch, caplog):
    real, calls = Outbox.claim, []

    async def fails_once(outbox, *arguments, **more):
        calls.append(arguments)
        if len(calls) == 1:
            raise RuntimeError
        return await real(outbox, *arguments, **more)

    monkeypatch.setattr(Outbox, "claim", fails_once)
    await delivery.owes("tests.look:1", Duty())
    await mona.sees("tests.look:1", channel="duty-desk")
    assert "looking for what is owed failed" in caplog.text


async def test_one_errand_that_fails_does_not_stop_the_others(delivery, mona, monkeypatch, caplog):
    real = Notices.errand

    async def fails_for_one(notices, claimed):
        if claimed.notice.key == "tests.errand:1":
            raise RuntimeError
        return await real(notices, claimed)

    monkeypatch.setattr(Notices, "errand", fails_for_one)
    await delivery.owes("tests.errand:1", Duty(), urgency=1)
    await delivery.owes("tests.errand:2", Duty(), urgency=2)
    await mona.sees("tests.errand:2", channel="duty-desk")
    assert "one errand failed" in caplog.text


async def test_the_most_urgent_goes_first(delivery, mona):
    delivery.faults(POST, "ratelimited", retry_after=1)
    await delivery.owes("tests.turn:first", Duty(), urgency=4)
    await delivery.fails("tests.turn:first")  # from here on the channel is silent for a second
    async with delivery.database.begin() as work:  # all of them at once, or the first is alone
        for urgency in (5, 1, 2):
            key = f"tests.turn:{urgency}"
            work.outbox.owe(delivery.a_notice(key, Duty(), at=delivery.now(), urgency=urgency))
        await work.commit()
    delivery.caseflag.app.parts.bell.ring()
    await mona.sees("tests.turn:5", channel="duty-desk", within=10)
    said = "".join(await texts(mona, "duty-desk"))
    turns = [said.index(f"tests.turn:{each}") for each in ("1", "2", "5")]
    assert turns == sorted(turns)
