"""What delivery says to Slack, and what it makes of the answers."""

from datetime import timedelta

import pytest
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import real_now
from bot.delivery import slack as module
from bot.delivery.errors import Refused, Trouble
from bot.delivery.slack import Posted, Slack, keyed
from bot.metrics import Metrics
from handlers.views.message import Message
from policy.ids import ChannelId, Ts, UserId
from tests.support.app import BOT, a_seed
from workbench import serving

ACME, ANA = ChannelId("C0ACME"), UserId("U0ANA")
HELLO = Message("hello", (SectionBlock(text="hello"),))


@pytest.fixture
async def bench():
    async with serving(a_seed(1), limits=False) as bench:
        yield bench


@pytest.fixture
def slack(bench):
    return Slack(AsyncWebClient(token=BOT, base_url=bench.api_url, retry_handlers=[]), Metrics())


async def found(slack, key, *, channel=ACME, thread=None, ago=60):
    since = real_now() - timedelta(seconds=ago)
    return await slack.found(channel, key, thread=thread, since=since)


async def test_a_message_is_found_by_its_key_wherever_it_stands(slack, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 2)
    card = await slack.post(ACME, HELLO, key="card")
    reply = await slack.post(ACME, HELLO, key="reply", thread=card.ts)
    for number in range(5):
        await slack.post(ACME, HELLO, key=f"other {number}")
        await slack.post(ACME, HELLO, key=f"reply {number}", thread=card.ts)
    assert await found(slack, "card") == card
    assert await found(slack, "reply", thread=card.ts) == reply
    assert await found(slack, "reply") is None
    assert await found(slack, "never posted") is None


async def test_what_was_told_to_a_person_is_found_in_the_talk_with_them(slack):
    posted = await slack.post(ANA, HELLO, key="told")
    assert posted.channel.startswith("D")
    assert await found(slack, "told", channel=ANA) == posted


async def test_what_was_posted_before_it_happened_is_not_it(slack, monkeypatch):
    monkeypatch.setattr(module, "EARLIER", timedelta())
    await slack.post(ACME, HELLO, key="old")
    assert await found(slack, "old", ago=-60) is None


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"metadata": {"event_type": "another_apps", "event_payload": {"key": "card"}}},
        {"metadata": {"event_type": "caseflag_notice"}},
        {"metadata": {"event_type": "caseflag_notice", "event_payload": {"key": 1}}},
    ],
)
def test_only_our_own_keys_count(message):
    assert keyed(message) is None


async def test_an_update_keeps_the_key(slack, bench):
    posted = await slack.post(ACME, HELLO, key="card")
    await slack.update(posted, Message("bye", (SectionBlock(text="bye"),)))
    assert await found(slack, "card") == posted


@pytest.mark.parametrize(
    ("fault", "trouble", "code"),
    [
        ("ratelimited", Trouble.WAIT, "ratelimited"),
        ("503", Trouble.LOST, "internal_error"),
        ("reset", Trouble.LOST, "ServerDisconnectedError"),
        ("error:is_archived", Trouble.CHANNEL_GONE, "is_archived"),
        ("error:account_inactive", Trouble.UNAUTHORISED, "account_inactive"),
    ],
)
async def test_what_goes_wrong_comes_sorted(slack, bench, fault, trouble, code):
    bench.faults.order({"method": "chat.postMessage", "fault": fault, "retry_after": 7})
    with pytest.raises(Refused) as refused:
        await slack.post(ACME, HELLO, key="card")
    assert (refused.value.trouble, refused.value.code) == (trouble, code)
    assert refused.value.retry_after == (7 if trouble is Trouble.WAIT else 0)


async def test_a_slack_that_cannot_be_reached_has_posted_nothing():
    client = AsyncWebClient(token=BOT, base_url="http://127.0.0.1:1/api/", retry_handlers=[])
    with pytest.raises(Refused) as refused:
        await Slack(client, Metrics()).post(ACME, HELLO, key="card")
    assert refused.value.trouble is Trouble.WAIT


async def test_a_message_that_is_gone_is_told_from_a_channel_that_is(slack):
    with pytest.raises(Refused) as refused:
        await slack.update(Posted(channel=ACME, ts=Ts("1.000000")), HELLO)
    assert refused.value.trouble is Trouble.MESSAGE_GONE
