"""The doctor, in a Slack where one thing after the other is wrong."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.cli.doctor import _drift, examined
from bot.cli.manifest import SCOPES
from bot.storage.database import connected
from policy.ids import ChannelId, EscalationId, Ts
from policy.notices import EscalationPaged, Notice, PageEvent, Pager, PagerService
from policy.settings import WorkspaceSettings
from tests.support.app import TEAM, a_caseflag, a_seed, settings_for
from workbench import serving

NOW = datetime(2025, 6, 2, 8, tzinfo=UTC)


@pytest.fixture
async def bench():
    async with serving(a_seed(1, by_socket=True)) as bench:
        yield bench


async def lines(bench, url, **other):
    return [finding.line for finding in await examined(settings_for(bench, url, 1, **other))]


async def problems(bench, url, **other):
    found = await lines(bench, url, **other)
    return [line.removeprefix("problem  ") for line in found if line.startswith("problem")]


async def test_when_all_is_well_every_line_says_so(bench, sqlite_url):
    found = await lines(bench, sqlite_url, slack_app_token="xapp-tests")
    assert [line for line in found if not line.startswith("ok ")] == []
    assert {line[9:].partition(":")[0] for line in found} == {
        *("database", "token", "scopes", "clock", "Socket Mode", "duty channel"),
        *("duty managers", "engineers", "leads", "administrators"),
    }


async def test_a_database_without_tables_is_to_be_migrated(bench, tmp_path):
    [problem] = await problems(bench, f"sqlite+aiosqlite:///{tmp_path}/new.db")
    assert problem == "database: not migrated: run `caseflag migrate`."


async def test_a_database_that_does_not_answer_is_told_from_a_missing_schema(bench):
    [problem] = await problems(bench, "postgresql+asyncpg://nobody@127.0.0.1:1/none")
    assert problem.startswith("database: unreachable: start it")


async def test_a_token_that_slack_refuses_ends_the_examination(bench, sqlite_url):
    [problem] = await problems(bench, sqlite_url, slack_bot_token="xoxb-unknown")
    assert problem.startswith("token: Slack says invalid_auth: install the app anew")


async def test_a_slack_that_cannot_be_reached_is_named(bench, sqlite_url):
    [problem] = await problems(bench, sqlite_url, slack_api_url="http://127.0.0.1:1/api/")
    assert problem.startswith("Slack: cannot be reached")


async def test_missing_scopes_are_named_with_what_they_are_for(bench, sqlite_url):
    bench.app.scopes = tuple(scope for scope in SCOPES if scope != "im:write")
    for token in bench.state.tokens.values():
        token.scopes = bench.app.scopes
    [problem] = await problems(bench, sqlite_url)
    assert problem.startswith("scopes: missing im:write (looking up what was told to a person)")


async def test_an_app_level_token_that_slack_refuses_is_told(bench, sqlite_url):
    [problem] = await problems(bench, sqlite_url, slack_app_token="xapp-unknown")
    assert problem.startswith("Socket Mode: Slack says invalid_auth")


@pytest.mark.parametrize(
    ("channel", "problem"),
    [
        (None, "duty channel: none is chosen"),
        ("C0NOWHERE", "duty channel: C0NOWHERE: Slack says channel_not_found"),
    ],
)
async def test_a_duty_channel_has_to_be_there(bench, sqlite_url, channel, problem):
    [found] = await problems(bench, sqlite_url, caseflag_duty_channel=channel)
    assert found.startswith(problem)


async def test_a_duty_channel_without_the_app_or_archived_is_told(bench, sqlite_url):
    channel = bench.state.find_channel("C0GENERAL")
    assert channel is not None
    bench.state.leave(channel, bench.app.bot_user)
    [found] = await problems(bench, sqlite_url, caseflag_duty_channel="C0GENERAL")
    assert found == "duty channel: the app is not in #general: invite it there: `/invite`."
    bench.state.archive(channel, is_archived=True, by="U0ADAM")
    [found] = await problems(bench, sqlite_url, caseflag_duty_channel="C0GENERAL")
    assert found.startswith("duty channel: #general is archived")


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ((), "leads: nobody is named"),
        (("S0NOWHERE",), "leads: a user group cannot be read, Slack says no_such_subteam"),
    ],
)
async def test_people_have_to_be_named_by_what_there_is(bench, sqlite_url, named, problem):
    [found] = await problems(bench, sqlite_url, caseflag_leads=named)
    assert found.startswith(problem)


async def test_what_was_changed_in_slack_counts_not_the_environment(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        async with caseflag.app.parts.database.begin() as work:
            await work.settings.save(WorkspaceSettings(workspace=TEAM, version=2))
            await work.commit()
        found = await problems(caseflag.bench, sqlite_url)
    assert found[0].startswith("duty channel: none is chosen")


@pytest.mark.parametrize(
    ("date", "is_well"),
    [
        (format_datetime(NOW), True),
        (format_datetime(NOW - timedelta(seconds=59)), True),
        (format_datetime(NOW + timedelta(minutes=4)), False),
        ("", True),
    ],
)
def test_the_clock_is_compared_with_slacks(date, is_well):
    assert _drift(date, NOW).is_well is is_well


async def test_a_pager_that_is_configured_is_asked_how_it_takes_our_pages(bench, sqlite_url):
    told = {"caseflag_webhook_url": "http://127.0.0.1:1/", "caseflag_webhook_secret": "s"}
    assert any("webhook: configured" in line for line in await lines(bench, sqlite_url, **told))
    async with connected(sqlite_url) as database:
        await page(
            database, "paging.trigger:e1.1:webhook", lambda box, each: box.dead(each, "http_400")
        )
    problem = "pager webhook: takes no pages (http_400, 1 tries)"
    assert any(line.startswith(problem) for line in await problems(bench, sqlite_url, **told))
    async with connected(sqlite_url) as database:
        await page(
            database,
            "paging.trigger:e2.1:webhook",
            lambda box, each: box.sent(each, ChannelId("webhook"), Ts("1")),
        )
    found = await lines(bench, sqlite_url, **told)
    assert any("pager webhook: took 1 of the last 2 pages" in line for line in found)


async def page(database, key, ends):
    """Owe a page, and let it end so."""
    fact = EscalationPaged(
        escalation=EscalationId("e1"), event=PageEvent.TRIGGER, owner=None, due_at=NOW
    )
    owed = Notice(
        workspace=TEAM,
        key=key,
        to=Pager(service=PagerService.WEBHOOK),
        fact=fact,
        urgency=1,
        at=NOW,
    )
    async with database.begin() as work:
        work.outbox.owe(owed)
        await work.commit()
    async with database.begin() as work:
        (claimed,) = await work.outbox.claim(NOW, 5, timedelta(minutes=1))
        await ends(work.outbox, claimed)
        await work.commit()
