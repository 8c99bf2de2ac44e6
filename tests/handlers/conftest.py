"""People who talk with a desk over a database in memory."""

import pytest

from handlers.routes import register
from tests.handlers.talks import a_talk
from tests.support.builders import ADA, ELI, LEA, MONA, OTTO
from tests.support.houses import a_house


@pytest.fixture
async def house(sqlite_url):
    async with a_house(sqlite_url) as house:
        yield house


def _a_person(**who):
    @pytest.fixture
    def person(house):
        return a_talk(house.desk, register, **who)

    return person


ana = _a_person()
eli = _a_person(user=ELI)
mona = _a_person(user=MONA)
ada = _a_person(user=ADA)
otto = _a_person(user=OTTO)
lea = _a_person(user=LEA)
