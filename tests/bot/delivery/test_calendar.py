"""A calendar elsewhere says who is on duty: real HTTP, and feeds that misbehave."""

import asyncio
import sys
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.delivery import calendar
from bot.delivery.calendar import ExtraMissing, Feed, Unusable, following
from bot.storage.database import connected
from policy.ids import UserId
from policy.notices import CalendarUnusable
from tests.support.app import TEAM, a_caseflag
from tests.support.builders import MORNING
from tests.support.clocks import StandingClock

HOUR = timedelta(hours=1)
MONA, LEA = UserId("U0MONA"), UserId("U0LEA")
WEEKLY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//
BEGIN:VEVENT
UID:weekly
DTSTART;TZID=Europe/Berlin:20250106T100000
DTEND;TZID=Europe/Berlin:20250106T180000
RRULE:FREQ=DAILY
EXDATE;TZID=Europe/Berlin:20250603T100000
SUMMARY:On call
ATTENDEE;CN=Mona Lisa:mailto:mona@example.com
ATTENDEE:mailto:otto@example.com
END:VEVENT
BEGIN:VEVENT
UID:day
DTSTART;VALUE=DATE:20250604
DTEND;VALUE=DATE:20250605
SUMMARY:U0LEA all day
ORGANIZER:lea
END:VEVENT
BEGIN:VEVENT
UID:floating
DTSTART:20250605T000000
DTEND:20250605T010000
SUMMARY:U0ADAM floats
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
EVER = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//
BEGIN:VEVENT
UID:ever
DTSTART:20200101T000000Z
DTEND:20990101T000000Z
SUMMARY:Duty: @otto
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


class AFeed:
    """What the next fetches are answered with, and how many there were."""

    def __init__(self):
        self.text, self.status, self.fetched, self.url = WEEKLY, 200, 0, ""
        self.given = asyncio.Event()

    async def give(self, _request):
        self.fetched += 1
        self.given.set()
        return web.Response(text=self.text, status=self.status)


@pytest.fixture
async def told():
    feed, app = AFeed(), web.Application()
    app.router.add_get("/duty.ics", feed.give)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    feed.url = f"http://127.0.0.1:{runner.addresses[0][1]}/duty.ics"
    yield feed
    await runner.cleanup()


async def known_as(_workspace, users):
    return {user: frozenset({f"{user[2:].lower()}@example.com"}) for user in users}


@asynccontextmanager
async def fed(url, clock=None):
    async with aiohttp.ClientSession() as session:
        yield Feed(session, url, clock or StandingClock(), known_as)


async def test_what_recurs_is_read_in_its_own_zone_with_its_exceptions(told):
    async with fed(told.url) as feed:
        assert feed.running(MORNING) == ()
        await feed.fetch()
        (text,) = feed.running(MORNING)  # 10:00 in Berlin
        assert {"Mona Lisa", "mona@example.com", "otto@example.com"} <= set(text.split(" \n "))
        assert await feed.named(TEAM, frozenset({MONA, LEA})) == {MONA}
        assert feed.running(MORNING - HOUR) == feed.running(MORNING + 8 * HOUR) == ()
        assert feed.running(MORNING + 24 * HOUR) == ()  # the exception
        assert [each.split()[0] for each in feed.running(MORNING + 42 * HOUR)] == ["U0LEA"]
        assert [each.split()[0] for each in feed.running(MORNING + 64 * HOUR)] == ["U0ADAM"]


async def test_a_feed_that_comes_in_many_pieces_is_read_to_its_end(told):
    filler = "".join(f"X-FILLER-{number}:{'x' * 60}\r\n" for number in range(10_000))
    told.text = EVER.replace("VERSION:2.0\r\n", f"VERSION:2.0\r\n{filler}")
    async with fed(told.url) as feed:
        await feed.fetch()
        assert len(feed.running(MORNING)) == 1


async def test_a_feed_without_an_end_is_not_read_for_ever(told, monkeypatch):
    monkeypatch.setattr(calendar, "LARGEST", len(WEEKLY) - 1)
    async with fed(told.url) as feed:
        with pytest.raises(Unusable, match="larger than"):
            await feed.fetch()


async def test_the_last_good_answer_counts_while_the_feed_gives_none(told):
    async with fed(told.url) as feed:
        await feed.fetch()
        known = feed.running(MORNING)
        for status, text in ((500, WEEKLY), (200, "<html>"), (200, "BEGIN:VCALENDAR\r\nBAD")):
            told.status, told.text = status, text
            with pytest.raises(Unusable):
                await feed.fetch()
            assert feed.running(MORNING) == known
    async with fed("http://127.0.0.1:9/duty.ics") as feed:
        with pytest.raises(Unusable):
            await feed.fetch()


async def test_without_a_feed_nothing_is_asked():
    async with fed("") as feed:
        await feed.fetch()
        assert (feed.is_on, await feed.named(TEAM, frozenset({MONA}))) == (False, frozenset())


async def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(ExtraMissing, match="pip install 'caseflag"):
        async with fed("http://127.0.0.1/duty.ics"):
            pass
    async with fed("") as feed:  # whoever has no feed needs none of it
        assert not feed.is_on


async def test_administrators_hear_of_a_feed_that_gives_nothing_once_a_day(
    sqlite_url, told, monkeypatch
):
    monkeypatch.setattr(calendar, "EVERY", 0)
    told.status = 404
    rung = asyncio.Event()
    async with connected(sqlite_url) as database, fed(told.url) as feed:
        async with following(feed, database, TEAM, StandingClock(), wake=rung.set):
            while told.fetched < 3:
                await rung.wait()
                rung.clear()
        async with database.reading() as work:
            (story,) = await work.stories.latest(TEAM, "CalendarUnusable", 9)
    assert story.notice
    assert story.notice.fact == CalendarUnusable(error="http_404")


async def test_whatever_goes_wrong_the_feed_is_asked_again(sqlite_url, told, monkeypatch, caplog):
    monkeypatch.setattr(calendar, "EVERY", 0)
    told.status = 404

    def broken():
        raise RuntimeError

    async with (
        connected(sqlite_url) as database,
        fed(told.url) as feed,
        following(feed, database, TEAM, StandingClock(), wake=broken),
    ):
        while told.fetched < 2:
            told.given.clear()
            await told.given.wait()
    assert "following the calendar of the rota failed" in caplog.text


async def test_whom_the_calendar_names_is_on_duty(sqlite_url, told):
    told.text = EVER
    async with a_caseflag(sqlite_url, caseflag_rota_ical_url=told.url) as caseflag:
        await told.given.wait()
        people = caseflag.app.parts.desk.people
        async with asyncio.timeout(5):
            while not (roster := await people.roster(TEAM)).calendar:
                pass
        assert roster.calendar == {"U0OTTO"}
        mona = caseflag.person("mona")
        await mona.commands("/case duty", channel="duty-desk")
        await mona.sees("On duty now: @otto, as the calendar says")
