"""Whole stories, told by people in a Slack on this machine.

    async def test_an_opened_case_has_a_card(ana, eli, clock):
        await ana.commands("/case open", channel="acme-support")
        await ana.fills(title="Login is down", ...)
        await ana.presses("Open case")
        await eli.sees("Login is down", channel="acme-support")
        await clock.moves(hours=8)

`caseflag` runs the bot and the workbench in this process, over real HTTP (once) and Socket Mode
(once more, where a story asks for `either_way`). The people are the demo's: ana and ben are
customers of Acme Bank (Titanium, #acme-support), carla of Globex (Gold, #globex-support), eli and
erin engineers, mona and otto duty managers, lea a lead, adam an administrator; the duty channel is
#duty-desk. Each is a `workbench.Person`, who waits for what they see: no story sleeps.
Whatever is logged meanwhile is looked through for secrets (`written`).
`caseflag.app.parts` is the inside (desk, database, clock) for what no person could do, such as
importing an old case; `caseflag.bench` orders faults and revokes tokens.
"""

import pytest

from tests.support.app import a_caseflag
from tests.support.written import leaks, writing


@pytest.fixture(autouse=True)
def written():
    """What this story logs; no line of any story may hold a secret."""
    with writing() as stream:
        yield stream
    print(stream.getvalue())  # noqa: T201 - pytest shows it under a story that went wrong
    assert [line for line in stream.getvalue().splitlines() if leaks(line)] == []


@pytest.fixture
async def caseflag(sqlite_url):
    """Caseflag, reached by HTTP, in a Slack of its own."""
    async with a_caseflag(sqlite_url) as running:
        yield running


@pytest.fixture(params=["http", "socket"])
async def either_way(request, sqlite_url):
    """Caseflag, reached by HTTP and once more by a socket."""
    async with a_caseflag(sqlite_url, by_socket=request.param == "socket") as running:
        yield running


@pytest.fixture
def clock(caseflag):
    """The clock of Slack and of Caseflag: `await clock.moves(hours=8)`."""
    return caseflag.clock


def _a_person(name):
    @pytest.fixture(name=name)
    def person(caseflag):
        return caseflag.person(name)

    return person


ana = _a_person("ana")
ben = _a_person("ben")
carla = _a_person("carla")
eli = _a_person("eli")
erin = _a_person("erin")
mona = _a_person("mona")
otto = _a_person("otto")
lea = _a_person("lea")
adam = _a_person("adam")
