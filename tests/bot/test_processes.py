"""What only a process can show: being asked to stop, and being killed."""

import asyncio
import signal
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.desk import Desk
from bot.storage.database import connected
from tests.support.app import ACCOUNTS, TEAM, a_case_of_acme, a_free_port, a_seed
from tests.support.directories import ToldDirectory
from tests.support.processes import a_process
from workbench import serving

CROSSED = "crossings.announced:CASE-1.1:duty"
ELSEWHERE = {  # what only those pay for who migrate, or have set up more than must be
    *("alembic", "asyncpg", "holidays", "icalendar", "mako"),
    *("slack_bolt.adapter.socket_mode", "sqlalchemy.dialects.postgresql"),
}


@pytest.fixture
def port():
    return a_free_port()


@pytest.fixture
async def bench(port):
    async with serving(a_seed(port)) as bench:
        yield bench


@asynccontextmanager
async def looking(url):
    async with connected(url, alone=False) as database, database.reading() as work:
        yield work


def asking(bench, method):
    """Return what is set once an app calls this from now on."""
    asked = asyncio.Event()
    bench.traffic.listen(lambda entry: asked.set() if entry.method == method else None)
    return asked


async def a_case_that_crosses_in(seconds, url):
    """Import a case while no process runs."""
    clock = SystemClock()
    opened_at = clock() - timedelta(hours=4) + timedelta(seconds=seconds)
    async with connected(url) as database:
        desk = Desk.over(database, clock, ToldDirectory())
        for account in ACCOUNTS:
            await desk.imports.account(account)
        await desk.imports.case(a_case_of_acme(opened_at))


async def sent(work):
    """Wait until the crossing is told, and return its story."""
    while (story := await work.stories.of(TEAM, CROSSED)).state != "sent":  # noqa: ASYNC110
        await asyncio.sleep(0)  # Slack is on this very loop
    return story


async def test_killed_between_a_crossing_and_its_record_it_tells_it_once(bench, port, sqlite_url):
    await a_case_that_crosses_in(2, sqlite_url)
    bench.faults.order(
        {"method": "chat.postMessage", "channel": "C0DUTY", "fault": "slow", "retry_after": 60}
    )
    mona = bench.person("mona")
    async with a_process(bench, sqlite_url, port) as first:
        await mona.sees("Login is down", channel="duty-desk", within=20)
        first.child.kill()
    async with looking(sqlite_url) as work:
        assert (await work.stories.of(TEAM, CROSSED)).state == "sending"
    looks_back = asking(bench, "conversations.history")  # what was posted; then it is soon
    async with a_process(bench, sqlite_url, port), looking(sqlite_url) as work:
        await looks_back.wait()
        story = await sent(work)
    assert story.attempts == 2
    said = [each["text"] for each in await mona.messages("duty-desk")]
    assert sum("Login is down" in text for text in said) == 1


async def test_killed_while_slack_is_still_at_it_tells_it_once(bench, port, sqlite_url):
    await a_case_that_crosses_in(2, sqlite_url)
    bench.faults.order(
        {"method": "chat.postMessage", "channel": "C0DUTY", "fault": "late", "retry_after": 2}
    )
    async with a_process(bench, sqlite_url, port) as first:
        while bench.faults.shapes():  # noqa: ASYNC110 - until Slack has got it
            await asyncio.sleep(0)
        first.child.kill()
    async with a_process(bench, sqlite_url, port), looking(sqlite_url) as work:
        story = await sent(work)
    assert story.attempts == 2
    await bench.advance(60)  # whatever Slack may still be at
    mona = bench.person("mona")
    said = [each["text"] for each in await mona.messages("duty-desk")]
    assert sum("Login is down" in text for text in said) == 1


async def test_asked_to_stop_it_finishes_what_it_has_acked(bench, port, sqlite_url):
    bench.faults.order({"method": "views.update", "fault": "slow", "retry_after": 1})
    ana = bench.person("ana")
    async with a_process(bench, sqlite_url, port) as process:
        await ana.commands("/case open", channel="acme-support")
        process.child.send_signal(signal.SIGTERM)
        assert await process.ends() == 0
    assert "Caseflag has stopped" in process.log[-1]
    assert not any("Traceback" in line or '"error"' in line for line in process.log)
    await ana.modal(title="Open a case")


@pytest.mark.parametrize("words", [("serve", "--no-jobs"), ("work",)])
async def test_doors_and_jobs_may_run_apart(bench, port, sqlite_url, words):
    async with a_process(bench, sqlite_url, port, *words) as process:
        process.child.send_signal(signal.SIGINT)
        assert await process.ends() == 0


async def test_serving_loads_only_what_it_needs(bench, port, sqlite_url):
    async with a_process(bench, sqlite_url, port, PYTHONPROFILEIMPORTTIME="1") as process:
        pass
    said = [line.rpartition("|")[2].strip() for line in process.log if "import time:" in line]
    assert {"slack_bolt.async_app", "sqlalchemy.dialects.sqlite"} <= {*said}
    assert ELSEWHERE & {*said} == set()
