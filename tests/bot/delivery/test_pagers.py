"""Pagers are told what they are promised, signed; and whatever they answer is understood."""

import hmac
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from hashlib import sha256

import aiohttp
import pytest

from bot.clock import real_now
from bot.delivery.errors import Refused, Trouble
from bot.delivery.pagers import LONGEST_WAIT, Pagers, PagerSettings, pagerduty, summary, webhook
from policy.cases import Severity
from policy.ids import EscalationId
from policy.notices import EscalationPaged, Notice, PageEvent, Pager, PagerService
from tests.support.builders import MONA, MORNING, WORKSPACE, a_case
from tests.support.pagers import a_pager

PAGERDUTY, WEBHOOK = PagerService.PAGERDUTY, PagerService.WEBHOOK
CASE = a_case(severity=Severity.S1, title="Login is down \u2603")
TRIGGER, ACKNOWLEDGE, RESOLVE = PageEvent


def a_page(event=TRIGGER, service=WEBHOOK, **facts):
    fact = EscalationPaged(escalation=EscalationId("e1"), event=event, owner=None, due_at=MORNING)
    return Notice(
        workspace=WORKSPACE,
        key=f"paging.{event.value}:e1.1:{service.value}",
        case=CASE.id,
        to=Pager(service=service),
        fact=replace(fact, **facts),
        urgency=1,
        at=MORNING,
    )


@pytest.fixture
async def pager():
    async with a_pager() as pager:
        yield pager


@pytest.fixture
async def pagers(pager):
    patience = aiohttp.ClientTimeout(total=1)  # only one is silent so long
    settings = PagerSettings(
        pagerduty_url=f"{pager.url}/v2/enqueue",
        pagerduty_key="a-routing-key",
        webhook_url=f"{pager.url}/hook",
        webhook_secret="a-secret",
    )
    async with aiohttp.ClientSession(timeout=patience) as session:
        yield Pagers(session, settings)


def test_pagers_are_off_unless_they_are_configured():
    assert PagerSettings(pagerduty_url="https://x").services == frozenset()
    assert PagerSettings(webhook_url="https://x").services == {WEBHOOK}
    assert PagerSettings(pagerduty_key="k").services == {PAGERDUTY}


async def test_pagerduty_is_told_by_one_key_from_trigger_to_resolve(pager, pagers):
    for event in PageEvent:
        await pagers.page(PAGERDUTY, a_page(event, PAGERDUTY), CASE)
    first, *others = (each.json for each in pager.told)
    assert {each.path for each in pager.told} == {"/v2/enqueue"}
    assert first["payload"]["severity"] == "critical"
    assert first["payload"]["summary"].startswith("Escalated, acknowledge by 2025-06-02T08:00:00Z")
    assert first["payload"]["custom_details"]["case"] == "CASE-1"
    assert [each["event_action"] for each in (first, *others)] == [e.value for e in PageEvent]
    assert {each["dedup_key"] for each in (first, *others)} == {f"caseflag:{WORKSPACE}:e1"}
    assert {each["routing_key"] for each in (first, *others)} == {"a-routing-key"}
    assert not any("payload" in each for each in others)


@pytest.mark.parametrize(
    ("severity", "loudness"),
    [("S1", "critical"), ("S2", "error"), ("S3", "warning"), ("S4", "info")],
)
def test_pagerduty_is_as_loud_as_the_severity(severity, loudness):
    said = pagerduty(a_page(), replace(CASE, severity=Severity(severity)), key="k")
    assert said["payload"]["severity"] == loudness


def test_a_long_title_is_cut_to_what_pagerduty_takes():
    said = pagerduty(a_page(), replace(CASE, title="x" * 3000), key="k")
    assert len(said["payload"]["summary"]) == 1024


async def test_a_webhook_is_signed_over_its_timestamp_and_raw_body(pager, pagers):
    await pagers.page(WEBHOOK, a_page(owner=MONA), CASE)
    (told,) = pager.told
    stamp = told.headers["X-Caseflag-Timestamp"]
    mac = hmac.new(b"a-secret", stamp.encode() + b"." + told.body, sha256)
    assert told.headers["X-Caseflag-Signature"] == f"v1={mac.hexdigest()}"
    assert told.headers["X-Caseflag-Delivery"] == told.json["delivery"] == a_page().key
    assert abs(int(stamp) - real_now().timestamp()) < 60
    assert told.path == "/hook"
    assert told.json["event"] == "escalation.trigger"
    assert (told.json["owner"], told.json["severity"]) == (MONA, "S1")
    assert told.json["title"] == CASE.title


def test_a_page_without_its_case_still_names_it():
    said = webhook(a_page(), None)
    assert (said["case"], said["title"]) == ("CASE-1", None)
    assert pagerduty(a_page(), None, key="k")["payload"]["severity"] == "error"


@pytest.mark.parametrize(
    ("page", "first"),
    [
        (a_page(is_late=True), "Still nobody has acknowledged"),
        (a_page(ACKNOWLEDGE), "Acknowledged: CASE-1 (S1, Acme)"),
        (a_page(RESOLVE), "The escalation has ended: CASE-1"),
    ],
)
def test_a_telephone_can_read_each_event(page, first):
    assert summary(page.fact, CASE).startswith(first)


@pytest.mark.parametrize(
    ("how", "headers", "trouble", "code", "wait"),
    [
        (429, {"Retry_After": "7"}, Trouble.WAIT, "http_429", 7.0),
        (429, {}, Trouble.WAIT, "http_429", 0.0),
        (429, {"Retry_After": "soon"}, Trouble.WAIT, "http_429", 0.0),
        (429, {"Retry_After": "1e9"}, Trouble.WAIT, "http_429", LONGEST_WAIT),
        (500, {}, Trouble.LOST, "http_500", 0.0),
        (503, {"Retry_After": "3"}, Trouble.LOST, "http_503", 3.0),
        (408, {}, Trouble.LOST, "http_408", 0.0),
        (400, {}, Trouble.OUR_BUG, "http_400", 0.0),
        (403, {}, Trouble.OUR_BUG, "http_403", 0.0),
        (302, {"Location": "http://127.0.0.1:1/"}, Trouble.OUR_BUG, "http_302", 0.0),
        ("reset", {}, Trouble.LOST, "ServerDisconnectedError", 0.0),
        ("silence", {}, Trouble.LOST, "TimeoutError", 0.0),
    ],
)
async def test_whatever_a_pager_does_is_understood(
    pager, pagers, how, headers, trouble, code, wait
):
    pager.answers(how, **headers)
    with pytest.raises(Refused) as told:
        await pagers.page(WEBHOOK, a_page(), CASE)
    assert (told.value.trouble, told.value.retry_after) == (trouble, wait)
    assert code in told.value.code or (how == "reset" and "Error" in told.value.code)


async def test_a_pager_may_say_until_when_it_wants_to_be_left_alone(pager, pagers):
    pager.answers(429, Retry_After=format_datetime(real_now() + timedelta(seconds=60)))
    with pytest.raises(Refused) as told:
        await pagers.page(WEBHOOK, a_page(), CASE)
    assert 50 < told.value.retry_after <= 60


async def test_a_pager_that_is_not_there_may_come_back(pagers, pager):
    pagers._settings = replace(pagers._settings, webhook_url="http://127.0.0.1:1/")
    with pytest.raises(Refused) as told:
        await pagers.page(WEBHOOK, a_page(), CASE)
    assert told.value.trouble is Trouble.LOST
