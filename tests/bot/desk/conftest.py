"""A desk over a database of the test's own."""

import pytest

from tests.support.houses import a_house


@pytest.fixture
async def house(database_url):
    async with a_house(database_url) as house:
        yield house
