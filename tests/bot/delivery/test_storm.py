"""Ten thousand cases cross at once: each channel reads one message about it, the worst first."""

from datetime import timedelta

from sqlalchemy import insert, select

from bot.clock import SystemClock
from bot.desk import Desk
from bot.storage.cases.rows import cases
from bot.storage.database import connected
from policy.cases import Severity
from tests.bot.delivery.conftest import Delivery
from tests.chaos.town import CUSTOMERS, Groups, a_town
from tests.support.app import a_bot, a_free_port
from workbench import serving

MANY = 10_000
SAID = "Escalating is available for"
AGO = timedelta(minutes=5)
SEVERITIES = tuple(Severity)


async def many_that_have_crossed(database, desk, now):
    """Bring in one case, and then so many more like it, of all customers and severities."""
    for each in CUSTOMERS:
        await desk.imports.account(each.account)
    first = CUSTOMERS[0].case("Login is down", Severity.S1, crosses_at=now + timedelta(hours=1))
    await desk.imports.case(first)
    async with database.begin() as work:
        like = dict((await work._on.first(select(cases)))._mapping)
        rows = [
            like
            | {
                "number": number,
                "severity": SEVERITIES[number // len(CUSTOMERS) % len(SEVERITIES)],
            }
            | {"channel": CUSTOMERS[number % len(CUSTOMERS)].channel, "thread": None}
            | {"crossing_due_at": now - AGO, "opened_at": now - timedelta(days=7)}
            for number in range(2, MANY + 2)
        ]
        await work._on.run_each(insert(cases), rows)
        await work.commit()


async def test_ten_thousand_at_once_are_one_message_for_each_channel(sqlite_url):
    port, clock = a_free_port(), SystemClock()
    async with connected(sqlite_url) as database:
        desk = Desk.over(database, clock, Groups())
        await many_that_have_crossed(database, desk, clock())
        announced = 0
        while batch := await desk.crossings.announce(clock()):
            announced += batch
    assert announced == MANY
    places = {*(each.channel for each in CUSTOMERS), "C0DUTY"}
    async with serving(a_town(port)) as bench, a_bot(bench, port, sqlite_url) as caseflag:
        await all_told(Delivery(caseflag))
        said = {
            name: [each["text"] for each in channel.messages.values() if SAID in each["text"]]
            for name, channel in bench.state.channels.items()
        }
    assert {name: len(texts) for name, texts in said.items() if texts} == dict.fromkeys(places, 1)
    for place in places:
        [text] = said[place]
        assert ("(S1)" in text, "(S4)" in text) == (True, False)


async def all_told(delivery):
    async def looked():
        async with delivery.database.reading() as work:
            return await work.stories.counted()

    found = await delivery.commits.until(looked, lambda it: not {"pending", "sending"} & {*it})
    assert set(found) == {"sent", "cancelled"}
