import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from bot.delivery import directory
from bot.delivery.directory import SlackDirectory
from policy.ids import GroupId, UserId
from tests.support.app import BOT, TEAM, a_seed
from workbench import serving

DUTY = GroupId("S0DUTY")
MONA, OTTO = UserId("U0MONA"), UserId("U0OTTO")


@pytest.fixture
async def bench():
    async with serving(a_seed(1)) as bench:
        yield bench


@pytest.fixture
def groups(bench):
    return SlackDirectory(AsyncWebClient(token=BOT, base_url=bench.api_url, retry_handlers=[]))


async def of_duty(groups):
    return (await groups.members(TEAM, frozenset({DUTY})))[DUTY]


def asked(bench):
    return sum(entry.method == "usergroups.users.list" for entry in bench.traffic.entries)


async def test_a_group_is_asked_for_once_a_minute(groups, bench):
    for _ in range(3):
        assert await of_duty(groups) == {"U0MONA", "U0OTTO"}
    assert asked(bench) == 1


async def test_the_last_answer_counts_while_slack_gives_none(groups, bench, monkeypatch):
    monkeypatch.setattr(directory, "FRESH", 0.0)
    before = await of_duty(groups)
    bench.faults.order({"method": "usergroups.users.list", "fault": "503", "times": 9})
    assert await of_duty(groups) == before
    assert await of_duty(groups) == before
    assert asked(bench) == 2  # a Slack that does not answer is left alone for a while


async def test_the_last_list_of_groups_counts_while_slack_gives_none(groups, bench, monkeypatch):
    monkeypatch.setattr(directory, "FRESH", 0.0)
    [duty] = [each for each in await groups.all_groups(TEAM) if each.id == DUTY]
    assert (duty.name, duty.handle) == ("Duty managers", "duty-managers")
    bench.faults.order({"method": "usergroups.list", "fault": "503", "times": 9})
    assert duty in await groups.all_groups(TEAM)
    assert duty in await groups.all_groups(TEAM)
    assert [each.method for each in bench.traffic.entries].count("usergroups.list") == 2


async def test_nobody_is_in_a_group_that_slack_does_not_know(groups):
    nowhere = GroupId("S0NOWHERE")
    assert await groups.members(TEAM, frozenset({nowhere})) == {nowhere: frozenset()}


async def test_a_group_never_heard_of_is_waited_for(groups, bench, monkeypatch):
    monkeypatch.setattr(directory, "WAITED", 0.01)
    bench.faults.order({"method": "usergroups.users.list", "fault": "late", "retry_after": 60})
    asked = asyncio.create_task(of_duty(groups))
    done, _ = await asyncio.wait([asked], timeout=0.2)
    assert not done
    while not asked.done():
        await bench.advance(20)
    assert await asked == {"U0MONA", "U0OTTO"}


async def test_nothing_is_asked_any_more_once_it_is_closed(groups, bench, monkeypatch):
    monkeypatch.setattr(directory, "WAITED", 0.01)
    bench.faults.order({"method": "users.info", "fault": "timeout", "times": 2})
    await groups.gone(TEAM, frozenset({MONA, OTTO}))
    assert len(groups._asking._running) == 2
    await groups.close()
    assert groups._asking._running == {}


class Odd(AsyncWebClient):
    """A Slack that answers what nobody expects."""

    @override
    async def usergroups_users_list(self, **_wish):
        return {"ok": True}


async def test_an_answer_that_cannot_be_read_is_none_and_is_logged(caplog):
    groups = SlackDirectory(Odd(token=BOT))
    assert await of_duty(groups) == frozenset()
    assert "asking Slack for S0DUTY failed" in caplog.text


async def test_members_who_changed_are_heard_of(groups, bench, monkeypatch):
    monkeypatch.setattr(directory, "FRESH", 0.0)
    await of_duty(groups)
    bench.state.usergroups[DUTY].users = ["U0LEA"]
    assert await of_duty(groups) == {"U0LEA"}


async def test_a_slack_that_hangs_is_waited_for_once_and_what_it_says_at_last_counts(
    groups, bench, monkeypatch
):
    monkeypatch.setattr(directory, "FRESH", 0.0)
    both = frozenset({DUTY, GroupId("S0ENGINEERS")})
    before = await groups.members(TEAM, both)
    monkeypatch.setattr(directory, "WAITED", 0.5)
    bench.state.usergroups[DUTY].users = ["U0LEA"]
    bench.faults.order(
        {"method": "usergroups.users.list", "fault": "late", "retry_after": 60, "times": 2}
    )
    async with asyncio.timeout(10):
        assert await groups.members(TEAM, both) == before
        while bench.faults.shapes():  # noqa: ASYNC110 - both were asked at once, and get there
            await asyncio.sleep(0)
        for _ in range(50):
            assert await groups.members(TEAM, both) == before
    while await of_duty(groups) != {"U0LEA"}:
        await bench.advance(60)


def looked_up(bench):
    return sum(entry.method == "users.info" for entry in bench.traffic.entries)


async def test_whoever_is_deactivated_has_left_and_is_asked_for_once(groups, bench):
    bench.state.users[MONA].deleted = True
    for _ in range(2):
        assert await groups.gone(TEAM, frozenset({MONA, OTTO})) == {MONA}
    assert looked_up(bench) == 2


async def test_whom_slack_does_not_know_has_left(groups):
    assert await groups.gone(TEAM, frozenset({UserId("U0NOBODY")})) == {"U0NOBODY"}


async def test_a_silent_slack_leaves_everybody_where_they_were(groups, bench, monkeypatch):
    monkeypatch.setattr(directory, "STAYS", 0.0)
    bench.state.users[MONA].deleted = True
    await groups.gone(TEAM, frozenset({MONA}))
    bench.faults.order({"method": "users.info", "fault": "503", "times": 2})
    assert await groups.gone(TEAM, frozenset({MONA, OTTO})) == {MONA}
    monkeypatch.setattr(directory, "WAITED", 0.05)  # from here on nothing answers in time
    bench.faults.order({"method": "users.info", "fault": "timeout", "times": 1})
    assert await groups.gone(TEAM, frozenset({UserId("U0LEA")})) == frozenset()
