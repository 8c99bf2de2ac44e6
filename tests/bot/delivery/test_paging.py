"""Pages go through the outbox: tried until they are taken, untrue, hopeless or old."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.delivery import errors, paging
from policy.accounting import Fate
from policy.cases import Severity
from policy.escalations import DeclineReason
from policy.ids import UserId
from policy.notices import Duty, PageEvent, PagerService
from policy.roles import Actor
from tests.bot.delivery.conftest import ANA, Delivery
from tests.support.app import TEAM, a_bot, a_case_of_acme, a_caseflag, a_slack
from tests.support.builders import an_escalation_request
from tests.support.houses import BLOCKED, answers
from tests.support.pagers import a_pager

PAGERDUTY, WEBHOOK = PagerService.PAGERDUTY, PagerService.WEBHOOK
MONA = Actor(workspace=TEAM, user=UserId("U0MONA"))


def configured(pager):
    return {
        "caseflag_pagerduty_key": SecretStr("a-routing-key"),
        "caseflag_pagerduty_url": f"{pager.url}/v2/enqueue",
        "caseflag_webhook_url": f"{pager.url}/hook",
        "caseflag_webhook_secret": SecretStr("a-secret"),
    }


@pytest.fixture
async def pager():
    async with a_pager() as pager:
        yield pager


@pytest.fixture
async def delivery(sqlite_url, pager):
    async with a_caseflag(sqlite_url, **configured(pager)) as caseflag:
        yield Delivery(caseflag)


async def escalates(delivery, severity=Severity.S2, **facts):
    """Let Ana escalate an old case."""
    old = replace(
        a_case_of_acme(delivery.now() - timedelta(days=9)), severity=severity, engineer=None
    )
    case = await delivery.desk.imports.case(old)
    return await delivery.desk.escalations.submit(
        case.id,
        an_escalation_request(contact=ANA, **facts),
        answers=answers(*BLOCKED),
        by=Actor(workspace=TEAM, user=ANA),
    )


def key(event, escalation, service=WEBHOOK):
    return f"paging.{event}:{escalation.id}.{escalation.version}:{service.value}"


def heard(pager, path):
    return [each.json for each in pager.told if each.path == path]


async def test_an_escalation_is_paged_acknowledged_and_resolved_by_one_key(delivery, pager):
    escalation = await escalates(delivery)
    for service in PagerService:
        story = await delivery.becomes(key("trigger", escalation, service), "sent")
        assert story.channel == service.value
    taken = await delivery.desk.escalations.acknowledge(escalation.id, by=MONA)
    await delivery.becomes(key("acknowledge", taken, PAGERDUTY), "sent")
    declined = await delivery.desk.escalations.decline(
        escalation.id,
        DeclineReason.UNDER_WAY,
        explanation="The fix is being rolled out, and you have its date.",
        alternative="Watch the case; its thread says when it is done.",
        contact=UserId("U0MONA"),
        by=MONA,
    )
    await delivery.becomes(key("resolve", declined, PAGERDUTY), "sent")
    await delivery.becomes(key("resolve", declined), "sent")
    events = [each["event_action"] for each in heard(pager, "/v2/enqueue")]
    assert events == ["trigger", "acknowledge", "resolve"]
    assert len({each["dedup_key"] for each in heard(pager, "/v2/enqueue")}) == 1
    assert [each["event"] for each in heard(pager, "/hook")] == [
        *("escalation.trigger", "escalation.acknowledge", "escalation.resolve"),
    ]


async def test_managers_see_what_became_of_the_pages(delivery, pager, mona):
    pager.answers(400, times=1)
    escalation = await escalates(delivery)
    for service in PagerService:
        trigger = key("trigger", escalation, service)
        await delivery.tells(trigger, lambda it: it.state in {"sent", "dead"})
    await mona.commands("/case escalations", channel="duty-desk")
    await mona.presses("Details", in_=await mona.message(escalation.case, channel="duty-desk"))
    await mona.sees("Paged beyond Slack")
    file = await delivery.desk.escalations.file(escalation.id, by=MONA)
    assert {(each.service, each.event) for each in file.pages} == {
        (service, PageEvent.TRIGGER) for service in PagerService
    }
    assert {each.fate for each in file.pages} == {Fate.SENT, Fate.DEAD}
    (dead,) = (each for each in file.pages if each.fate is Fate.DEAD)
    assert (dead.reason, dead.is_late) == ("http_400", False)
    ana = Actor(workspace=TEAM, user=ANA)
    assert (await delivery.desk.escalations.file(escalation.id, by=ana)).pages == ()


async def test_an_s3_wakes_nobody_until_it_is_late(delivery, pager):
    escalation = await escalates(delivery, Severity.S3)
    await delivery.becomes(key("trigger", escalation), "sent")
    assert heard(pager, "/v2/enqueue") == []
    await delivery.moves(hours=24 * 7)
    late = f"paging.late:{escalation.id}.acknowledge.{escalation.version}"
    await delivery.becomes(f"{late}:pagerduty", "sent")
    file = await delivery.desk.escalations.file(escalation.id, by=MONA)
    assert [each.is_late for each in file.pages if each.service is PAGERDUTY] == [True]
    (told,) = heard(pager, "/v2/enqueue")
    assert told["payload"]["custom_details"]["is_late"] is True


async def test_an_s3_that_becomes_an_s1_before_anybody_has_it_wakes_somebody(delivery, pager):
    escalation = await escalates(delivery, Severity.S3)
    await delivery.becomes(key("trigger", escalation), "sent")
    worse = "It is down for all of them by now, and nobody has a way around it."
    for severity in (Severity.S1, Severity.S2):
        await delivery.desk.severities.change(escalation.case, severity, worse, by=MONA)
    raised = replace(escalation, version=escalation.version + 1)
    await delivery.becomes(key("trigger", raised, PAGERDUTY), "sent")
    (told,) = heard(pager, "/v2/enqueue")
    assert told["event_action"] == "trigger"


async def test_a_confidential_escalation_is_never_paged(delivery, pager):
    await escalates(delivery, confidential=True)
    async with delivery.database.reading() as work:
        assert await work.stories.latest(TEAM, "EscalationPaged", 9) == []
    assert pager.told == []


async def test_pages_go_out_though_slack_lets_us_in_no_more(delivery, pager):
    await delivery.admin("tokens", state="token_revoked")
    await delivery.owes("tests.locked:1", Duty())
    await delivery.fails("tests.locked:1")
    assert (await delivery.ready())[1]["slack"] == "token_revoked"
    escalation = await escalates(delivery)
    for service in PagerService:
        await delivery.becomes(key("trigger", escalation, service), "sent")
    assert (await delivery.story("tests.locked:1")).state == "pending"
    assert (await delivery.ready())[1]["slack"] == "token_revoked"


@pytest.mark.parametrize("how", [500, "reset", 429])
async def test_a_pager_that_is_in_trouble_is_told_once_it_is_well(delivery, pager, how):
    pager.answers(how, times=2)
    escalation = await escalates(delivery)
    for service in PagerService:
        await delivery.fails(key("trigger", escalation, service))
    await delivery.moves(seconds=10)
    for service in PagerService:
        await delivery.becomes(key("trigger", escalation, service), "sent")
    assert len(heard(pager, "/v2/enqueue")) == 2


async def test_a_page_that_waits_is_dropped_once_somebody_has_it(delivery, pager, monkeypatch):
    monkeypatch.setattr(errors, "SOON", timedelta(hours=1))
    pager.answers(503, times=2)
    escalation = await escalates(delivery)
    await delivery.fails(key("trigger", escalation))
    await delivery.desk.escalations.acknowledge(escalation.id, by=MONA)
    await delivery.moves(hours=1)
    story = await delivery.becomes(key("trigger", escalation), "cancelled")
    assert story.errors[-1] == "the escalation no longer waits"


async def test_a_pager_that_refuses_is_given_up_and_the_administrators_hear_of_it(
    delivery, pager, adam
):
    pager.answers(400, times=2)
    escalation = await escalates(delivery)
    story = await delivery.becomes(key("trigger", escalation), "dead")
    assert story.errors == ("http_400",)
    dm = await adam.opens_messages()
    await adam.sees("The webhook does not take our pages (http_400)", channel=dm)
    await adam.sees("PagerDuty does not take our pages (http_400)", channel=dm)


async def test_after_tries_in_vain_the_administrators_hear_and_after_a_day_it_ends(
    delivery, pager, adam, monkeypatch
):
    monkeypatch.setattr(paging, "TELL_AT", 1)
    pager.answers(503, times=40)
    escalation = await escalates(delivery)
    await adam.sees("The webhook does not take our pages", channel=await adam.opens_messages())
    assert (await delivery.story(key("trigger", escalation))).state != "dead"
    await delivery.moves(hours=25)
    await delivery.becomes(key("trigger", escalation), "dead")


async def test_a_pager_that_was_taken_out_of_the_environment_is_told_nothing(
    sqlite_url, pager, monkeypatch
):
    async with a_slack() as (bench, port):
        async with a_bot(bench, port, sqlite_url, jobs=False, **configured(pager)) as caseflag:
            escalation = await escalates(Delivery(caseflag))
        async with a_bot(bench, port, sqlite_url) as caseflag:
            ended = await Delivery(caseflag).becomes(key("trigger", escalation), "cancelled")
            assert ended.errors == ("webhook is not configured any more",)
    assert pager.told == []
