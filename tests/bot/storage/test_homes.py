"""Homes that were opened are drawn anew when what they show has changed."""

from dataclasses import replace
from datetime import timedelta

from bot.storage.homes import Stale
from policy.home import Health
from policy.ids import ChannelId, Ts, UserId
from policy.notices import Administrators, ChannelUnusable, Notice
from tests.bot.storage.test_outbox import a_notice, becomes, claim, owe
from tests.support.builders import ANA, CLEO, HELP, MORNING, WORKSPACE

LONG_AGO = MORNING - timedelta(days=8)


async def stale(database):
    async with database.reading() as work:
        return await work.homes.stale(10)


async def test_a_home_is_drawn_once_for_all_that_changed(database):
    async with database.begin() as work:
        await work.homes.opened(WORKSPACE, ANA, 1, MORNING)
        await work.homes.opened(WORKSPACE, ANA, 3, MORNING)
        await work.homes.opened(WORKSPACE, CLEO, 1, LONG_AGO)
        for _ in range(2):
            people = (ANA, CLEO, None, UserId("UNEVER"))
            await work.homes.outdate(WORKSPACE, people, MORNING - timedelta(days=7))
        await work.commit()
    [home] = await stale(database)
    assert home == Stale(workspace=WORKSPACE, user=ANA, page=3, wanted=2)
    async with database.begin() as work:
        await work.homes.shown(home)
        await work.commit()
    assert await stale(database) == []


async def test_what_changes_while_it_is_drawn_is_drawn_after(database):
    async with database.begin() as work:
        await work.homes.opened(WORKSPACE, ANA, 1, MORNING)
        await work.homes.outdate(WORKSPACE, [ANA], LONG_AGO)
        [drawn] = await work.homes.stale(10)
        await work.homes.outdate(WORKSPACE, [ANA], LONG_AGO)
        await work.homes.shown(drawn)
        assert len(await work.homes.stale(10)) == 1
        await work.commit()


async def test_a_page_that_was_turned_while_another_was_drawn_is_drawn_after(database):
    async with database.begin() as work:
        await work.homes.opened(WORKSPACE, ANA, 1, MORNING)
        await work.homes.outdate(WORKSPACE, [ANA], LONG_AGO)
        [drawn] = await work.homes.stale(10)
        await work.homes.opened(WORKSPACE, ANA, 2, MORNING)
        await work.homes.shown(drawn)
        [home] = await work.homes.stale(10)
        assert home.page == 2
        await work.homes.shown(home)
        assert await work.homes.stale(10) == []


async def test_what_could_not_be_delivered_is_counted(database):
    unusable = Notice(
        workspace=WORKSPACE,
        key="delivery.unusable:C1.2025-06-02:administrators",
        to=Administrators(),
        fact=ChannelUnusable(channel=HELP, error="is_archived"),
        urgency=5,
        at=MORNING,
    )
    async with database.begin() as work:
        work.outbox.owe(unusable)
        await work.commit()
    async with database.begin() as work:
        [claimed] = await work.outbox.claim(MORNING, 10, timedelta(minutes=1))
        await work.outbox.dead(claimed, "user_not_found")
        await work.commit()
    async with database.reading() as work:
        assert await work.homes.health(WORKSPACE, LONG_AGO) == Health(
            dead_notices=1, unusable_channels=1
        )
        assert await work.homes.health(WORKSPACE, MORNING + timedelta(days=9)) == Health()


async def test_a_channel_ails_once_whoever_hears_of_it_and_until_something_is_posted_there(
    database,
):
    unusable = a_notice(f"delivery.unusable:{HELP}.2025-06-02:administrators", to=Administrators())
    copies = [replace(unusable, key=f"{unusable.key}>{user}") for user in (ANA, CLEO)]
    await owe(database, unusable, *copies)
    assert await ailing(database) == 1
    first, *others = await claim(database)
    assert await becomes(database, first, "cancelled", "told each in person")
    for each in others:
        assert await becomes(database, each, "sent", ChannelId("D1"), Ts("1.1"))
    assert await ailing(database) == 1
    await owe(database, a_notice("later"))
    [later] = await claim(database)
    assert await becomes(database, later, "sent", HELP, Ts("1.2"))
    assert await ailing(database) == 0


async def ailing(database):
    async with database.reading() as work:
        return (await work.homes.health(WORKSPACE, LONG_AGO)).unusable_channels
