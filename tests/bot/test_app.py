"""The whole of it: doors, health, the sandbox's clock, and both ways in."""

from datetime import datetime

import aiohttp
import pytest

from bot.app import running
from bot.storage.database import SchemaIsNotCurrent
from bot.storage.sole import DatabaseIsInUse
from bot.web.installed import Uninvited
from tests.support.app import HERE, a_caseflag, a_free_port, a_seed, settings_for
from workbench import serving


@pytest.fixture(params=["http", "socket"])
async def caseflag(request, sqlite_url):
    async with a_caseflag(sqlite_url, by_socket=request.param == "socket") as running:
        yield running


async def asks(caseflag, path, *, method="GET", json=None):
    url = f"http://{HERE}:{caseflag.app.port}{path}"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, json=json) as answer,
    ):
        is_json = answer.content_type == "application/json"
        return answer.status, await answer.json() if is_json else await answer.text()


async def test_a_command_is_answered_either_way(caseflag):
    ana = caseflag.person("ana")
    await ana.commands("/case help", channel="acme-support")
    await ana.sees("`/case open` opens a case", channel="acme-support")


async def test_it_says_that_it_lives_and_is_ready(caseflag):
    assert await asks(caseflag, "/healthz") == (200, {"alive": True})
    status, said = await asks(caseflag, "/readyz")
    assert (status, said["ready"]) == (200, True)
    named = {"database", "schema", "release", "slack", "process", "jobs"}
    by_socket = caseflag.settings.slack_app_token is not None
    assert set(said["checks"]) == named | ({"socket_mode"} if by_socket else set())


async def test_it_is_not_ready_once_it_stops(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        health = caseflag.app.parts.health
    assert health.parts["process"] == "stopping"


MEASURED = (
    *("ack_seconds", "deliveries_total", "listener_errors_total"),
    *("crossings_lag_seconds", "seconds_since_last_tick", "overdue"),
    *("outbox_depth", "outbox_age_seconds", "outbox_oldest_pending_seconds"),
    *("notices_sent_total", "notices_dead_total", "notice_retries_total", "notice_lag_seconds"),
    *("slack_call_seconds", "slack_troubles_total", "rungs_total", "database_seconds"),
)


async def test_what_is_measured_is_shown(caseflag):
    status, text = await asks(caseflag, "/metrics")
    assert status == 200
    missing = [each for each in MEASURED if f"# TYPE caseflag_{each} " not in text]
    assert missing == []


async def test_the_clock_of_a_sandbox_moves_for_all_and_survives(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        before = caseflag.app.parts.clock()
        status, said = await asks(
            caseflag, "/sandbox/clock", method="POST", json={"advance_seconds": 28_800}
        )
        moved = caseflag.app.parts.clock()
        assert status == 200
        told = datetime.fromisoformat(said["now"])
        assert (told - before).total_seconds() >= 28_800
        assert told <= moved  # a second may have ended between the two
    assert 28_800 <= (moved - before).total_seconds() < 28_810
    async with a_caseflag(sqlite_url) as caseflag:
        assert caseflag.app.parts.clock() >= moved


@pytest.mark.parametrize(
    "wish",
    [
        {"advance_seconds": -1},
        {"advance_seconds": 10**12},
        {"advance_seconds": "soon"},
        {"advance_seconds": None},
        {},
        [],
    ],
)
async def test_time_moves_neither_back_nor_absurdly(sqlite_url, wish):
    async with a_caseflag(sqlite_url) as caseflag:
        status, _ = await asks(caseflag, "/sandbox/clock", method="POST", json=wish)
        assert status == 400
        assert caseflag.app.parts.clock.offset.total_seconds() == 0


async def test_outside_a_sandbox_nobody_can_move_the_clock(sqlite_url):
    async with a_caseflag(sqlite_url, caseflag_sandbox=False) as caseflag:
        json = {"advance_seconds": 1}
        status, _ = await asks(caseflag, "/sandbox/clock", method="POST", json=json)
        assert status == 404


async def test_a_socket_leaves_no_address_for_requests(caseflag):
    status, _ = await asks(caseflag, "/slack/events", method="POST", json={})
    by_socket = caseflag.settings.slack_app_token is not None
    assert status == (404 if by_socket else 401)


async def test_an_sqlite_file_serves_one_process(sqlite_url):
    async with a_caseflag(sqlite_url) as caseflag:
        with pytest.raises(DatabaseIsInUse):
            async with running(caseflag.settings, doors=False):
                pytest.fail("two processes work on one SQLite file")


async def test_without_migrations_it_says_what_to_do(tmp_path):
    async with serving(a_seed(1)) as bench:
        settings = settings_for(bench, f"sqlite+aiosqlite:///{tmp_path}/new.db", 0)
        with pytest.raises(SchemaIsNotCurrent, match="run `caseflag migrate`"):
            async with running(settings):
                pytest.fail("it runs on a database that has no tables")


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [("slack_bot_token", "xoxb-unknown"), ("slack_app_token", "xapp-unknown")],
)
async def test_a_token_that_slack_refuses_stops_it_at_once(sqlite_url, setting, wrong):
    port = a_free_port()
    async with serving(a_seed(port, by_socket=True)) as bench:
        settings = settings_for(bench, sqlite_url, port, **{setting: wrong})
        with pytest.raises(Uninvited, match=f"Slack refuses {setting.upper()}: invalid_auth"):
            async with running(settings):
                pytest.fail("it runs with a token that Slack refuses")


async def test_the_first_settings_come_from_the_environment_and_only_the_first(sqlite_url):
    async def decided(caseflag):
        async with caseflag.app.parts.database.reading() as work:
            return await work.settings.get(caseflag.app.parts.installation.workspace)

    async with a_caseflag(sqlite_url) as caseflag:
        found = await decided(caseflag)
        assert (found.duty_channel, found.leads) == ("C0DUTY", ("S0LEADS",))
    async with a_caseflag(sqlite_url, caseflag_duty_channel="C0OTHER") as caseflag:
        assert (await decided(caseflag)).duty_channel == "C0DUTY"
