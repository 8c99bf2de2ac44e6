"""Each way in which Slack fails us: who is told what instead, and who learns how to cure it."""

from datetime import timedelta

import aiohttp
import pytest

from bot import app
from bot.delivery import directory, sending
from policy.ids import ChannelId
from policy.notices import Administrators, Channel, Duty
from tests.bot.delivery.conftest import Delivery
from tests.bot.delivery.test_sending import POST, times
from tests.support.app import PEOPLE, a_bot, a_slack
from workbench.state.channels import Kind

BOT_USER = PEOPLE["apps"][0]["bot_user"]["id"]
GENERAL = Channel(channel=ChannelId("C0GENERAL"))


@pytest.mark.parametrize(
    "becomes",
    [{"archived": True}, {"delete": True}, {"kick": [BOT_USER]}],
    ids=["archived", "deleted", "made private without us"],
)
async def test_a_channel_that_is_lost_is_left_for_the_people_themselves(
    delivery, ana, adam, becomes
):
    case = await delivery.opens()
    await ana.sees("Login is down", channel="acme-support")
    if "kick" in becomes:
        delivery.caseflag.bench.state.find_channel("acme-support").kind = Kind.PRIVATE
    await delivery.admin("channels", channel="C0ACME", **becomes)
    await delivery.comments(case, "Is anybody there?")
    await ana.sees("Is anybody there?", channel="caseflag")
    await adam.sees("I cannot post in", channel="caseflag")


async def test_a_channel_in_which_only_others_may_speak_is_left_as_well(delivery, ana, adam):
    case = await delivery.opens()
    await ana.sees("Login is down", channel="acme-support")
    delivery.faults(POST, "error:restricted_action", channel="C0ACME", times=9)
    await delivery.comments(case, "Is anybody there?")
    await ana.sees("Is anybody there?", channel="caseflag")
    await adam.sees("I cannot post in #acme-support", channel="caseflag")


async def test_a_banner_stands_in_administrators_homes_until_it_is_repaired(delivery, ana, adam):
    case = await delivery.opens()
    await ana.sees("Login is down", channel="acme-support")
    await adam.goes_home()
    await adam.sees("Set up, and every notice is delivered")
    await delivery.admin("channels", channel="C0ACME", archived=True)
    await delivery.comments(case, "Is anybody there?")
    await ana.sees("Is anybody there?", channel="caseflag")
    delivery.caseflag.app.parts.bell.ring()  # homes are drawn anew within half a minute otherwise
    await adam.sees("Channels I cannot post in: 1. Invite me there")
    await delivery.admin("channels", channel="C0ACME", archived=False)
    await delivery.owes("tests.repaired:1", Channel(channel=ChannelId("C0ACME")))
    await delivery.becomes("tests.repaired:1", "sent")
    await adam.goes_home()
    await adam.sees("Set up, and every notice is delivered")


@pytest.mark.parametrize("code", ["msg_blocks_too_long", "invalid_blocks", "a_code_of_tomorrow"])
async def test_what_is_our_own_fault_is_put_aside_and_counted(delivery, code):
    delivery.faults(POST, f"error:{code}")
    await delivery.owes("tests.bug:1", Duty())
    story = await delivery.becomes("tests.bug:1", "dead")
    assert story.errors == (code,)
    assert f'caseflag_notices_dead_total{{error="{code}"}} 1.0' in delivery.metrics


async def test_who_could_not_be_found_out_at_first_is_told_later(sqlite_url, monkeypatch):
    monkeypatch.setattr(directory, "PATIENCE", 0.1)
    async with a_slack() as (bench, port):
        bench.faults.order({"method": "usergroups.users.list", "fault": "503", "times": 4})
        async with a_bot(bench, port, sqlite_url) as caseflag:
            await Delivery(caseflag).owes("tests.cold:1", Administrators())
            await bench.person("adam").sees("tests.cold:1", channel="caseflag")


async def test_an_answer_that_takes_too_long_is_looked_up(delivery, mona, monkeypatch):
    monkeypatch.setattr(sending, "ERRAND", 1.5)
    delivery.faults(POST, "slow", retry_after=3)
    await delivery.owes("tests.slow:1", Duty())
    await mona.sees("tests.slow:1", channel="duty-desk")
    assert (await delivery.story("tests.slow:1")).state == "sending"
    async with delivery.database.begin() as work:
        await work.outbox.orphaned(timedelta())  # as when its lease has run out
        await work.commit()
    await delivery.becomes("tests.slow:1", "sent")
    assert await times(mona, "duty-desk", "tests.slow:1") == 1


def test_no_call_is_waited_for_longer_than_its_lease():
    assert app.IN_EARNEST.total is not None
    assert app.IN_EARNEST.total < sending.ERRAND < sending.LEASE.total_seconds()


async def test_one_channel_that_has_to_wait_holds_no_other_one_up(delivery, mona):
    delivery.faults(POST, "ratelimited", channel="C0DUTY", retry_after=30)
    await delivery.owes("tests.held:1", Duty())
    await delivery.fails("tests.held:1")
    await delivery.owes("tests.free:1", GENERAL)
    await mona.sees("tests.free:1", channel="general")
    assert (await delivery.story("tests.held:1")).state == "pending"


@pytest.mark.parametrize("method", ["chat.update", "conversations.history"])
async def test_a_method_that_has_to_wait_is_tried_again_when_the_time_is_over(
    delivery, ana, mona, method
):
    case = await delivery.opens()
    await ana.sees("Login is down", channel="acme-support")
    if method == "conversations.history":
        delivery.faults(POST, "lost_answer", channel="C0DUTY")
    delivery.faults(method, "ratelimited", retry_after=1)
    await delivery.comments(case, "Any news?")
    await delivery.owes("tests.method:1", Duty())
    await delivery.shows(case, lambda card: card.shown_version == card.wanted_version)
    for _ in range(3):
        await delivery.moves(minutes=1)
    await delivery.becomes("tests.method:1", "sent")
    assert await times(mona, "duty-desk", "tests.method:1") == 1


async def test_a_thread_whose_root_is_deleted_goes_on_under_a_new_card(delivery, ana):
    case = await delivery.opens()
    first = await ana.message("Login is down", channel="acme-support")
    await delivery.caseflag.app.parts.patient.chat_delete(channel="C0ACME", ts=first["ts"])
    await delivery.comments(case, "Is anybody there?")
    await ana.sees("Is anybody there?", channel="acme-support")
    assert await times(ana, "acme-support", "Is anybody there?") == 1


@pytest.mark.parametrize("state", ["token_revoked", "account_inactive", "token_expired"])
async def test_an_app_that_is_removed_and_comes_back_loses_nothing(
    delivery, mona, monkeypatch, state
):
    monkeypatch.setattr(sending, "LOCKED_OUT", 0.01)
    await delivery.admin("tokens", state=state)
    await delivery.owes("tests.back:1", Duty())
    await delivery.fails("tests.back:1")
    assert (await delivery.ready())[1]["slack"] == state
    await delivery.admin("tokens", state="active")
    await delivery.moves(minutes=6)
    await mona.sees("tests.back:1", channel="duty-desk")
    assert (await delivery.ready())[0] == 200


@pytest.mark.parametrize("fault", ["duplicate", "duplicate_other_id", "reordered", "lost_answer"])
async def test_a_reply_that_comes_twice_late_or_out_of_turn_is_one_comment(delivery, ana, fault):
    case = await delivery.opens()
    card = await ana.message("Login is down", channel="acme-support")
    delivery.faults("event/message", fault)
    for text in ("It fails since noon.", "Only for some of us."):
        await ana.types("acme-support", text, thread=card["ts"])

    async def said():
        async with delivery.database.reading() as work:
            kept = await work.comments.of(case.workspace, case.id, internal=True)
        return sorted(each.text for each in kept)

    found = await delivery.commits.until(said, lambda texts: len(texts) > 1)
    assert found == ["It fails since noon.", "Only for some of us."]


async def test_what_is_measured_names_methods_and_results(delivery):
    delivery.faults(POST, "error:fatal_error")
    await delivery.owes("tests.measured:1", Duty())
    await delivery.fails("tests.measured:1")
    await delivery.moves(seconds=10)
    await delivery.becomes("tests.measured:1", "sent")
    url = f"http://127.0.0.1:{delivery.caseflag.app.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        text = await answer.text()
    for line in (
        'caseflag_slack_call_seconds_count{method="chat.postMessage",result="fatal_error"} 1.0',
        'caseflag_notice_retries_total{why="fatal_error"} 1.0',
        'caseflag_notice_lag_seconds_count{fact="ChannelUnusable"}',
        "caseflag_database_seconds_count",
    ):
        assert line in text
