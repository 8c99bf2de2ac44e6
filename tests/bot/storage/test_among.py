"""Many rows are asked for by one statement, however many they are."""

import pytest
from sqlalchemy import bindparam, event, select
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.among import among
from bot.storage.cases.rows import cases
from bot.storage.engines import addressed
from policy.ids import CaseId
from tests.support.builders import WORKSPACE, a_case

TITLES = ("Login is down", 'It says "no"', "Es fällt aus: [x], {y}")
BY_TITLE = select(cases.c.number).where(among(cases.c.title, "titles")).order_by(cases.c.number)
BY_NUMBER = select(cases.c.number).where(
    cases.c.workspace == bindparam("of"), among(cases.c.number, "numbers")
)


@pytest.fixture
async def asked(acme, database_url):
    """Give what asks the database, and all the statements that it was asked."""
    async with acme.begin() as work:
        for title in TITLES:
            await work.cases.add(a_case(id=CaseId(""), title=title, thread=None))
        await work.commit()
    engine, said = create_async_engine(addressed(database_url)), []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *heard: said.append(heard[2]))

    async def ask(query, **values):
        async with engine.connect() as connection:
            return [number for (number,) in await connection.execute(query, values)]

    yield ask, said
    await engine.dispose()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([], []),
        (["Another"], []),
        ([TITLES[1]], [2]),
        ([TITLES[2], TITLES[0], "Another"], [1, 3]),
        ([TITLES[0], TITLES[0]], [1]),
    ],
)
async def test_words_are_found_as_they_are(asked, wanted, found):
    ask, _said = asked
    assert await ask(BY_TITLE, titles=wanted) == found


async def test_numbers_are_found(asked):
    ask, _said = asked
    assert sorted(await ask(BY_NUMBER, of=WORKSPACE, numbers=[3, 1, 9])) == [1, 3]


async def test_the_statement_is_the_same_however_many_are_asked_for(asked):
    ask, said = asked
    for numbers in ([], [1], list(range(1000))):
        await ask(BY_NUMBER, of=WORKSPACE, numbers=numbers)
    assert len(set(said)) == 1
