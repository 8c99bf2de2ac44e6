"""A little chaos, with every other test; `make chaos` is the long one."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.storage import migrations_run
from policy.ids import CaseId
from tests.chaos import report
from tests.chaos.books import Books, _of_acked, _of_notice
from tests.chaos.load import Acked
from tests.chaos.run import Plan, tried
from tests.support.postgres import a_server

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]
Row: Any = SimpleNamespace
BRIEF = Plan(
    replicas=2,
    kills=4,
    restarts=1,
    seed=6,
    cases=10,
    crossing=timedelta(seconds=5),
    program="tests.chaos.hasty",
)


@pytest.fixture
def server():
    with a_server(synchronous_commit="on") as server:
        migrations_run.upgrade(server.url)
        yield server


async def test_whoever_is_killed_or_replaced_everything_is_told_once(server):
    outcome = await tried(BRIEF, server.url, server=server, say=print)
    assert list(report.troubles(outcome)) == []
    assert outcome.befell["kills"] == BRIEF.kills
    assert outcome.befell["stops"] >= BRIEF.replicas
    assert outcome.statuses[0] >= BRIEF.replicas  # asked to stop, they finish
    assert outcome.books.once >= BRIEF.cases
    assert "| PostgreSQL | 2 | 6 | 4 |" in report.page([outcome])


def test_a_message_that_stands_twice_or_nowhere_is_seen():
    books = Books()
    for state, times in (("sent", 2), ("sent", 0), ("dead", 0), ("cancelled", 0), ("sent", 1)):
        _of_notice(books, Row(key="a", state=state, errors=[]), times)
    assert (books.owed, books.once, books.overtaken) == (5, 1, 1)
    assert (len(books.doubled), len(books.lost), books.balance) == (1, 2, False)


def test_what_was_acked_and_is_not_there_is_seen():
    acked = Acked(cases={"Login"}, escalations={CaseId("C-1")}, comments={"News"})
    books = Books(unkept=list(_of_acked(acked, [], {CaseId("C-1"): []}, set())))
    assert books.unkept == ["case Login", "escalation of C-1", "comment News"]
    assert not books.balance
