"""A desk over a database of the test's own."""

from zlib import crc32

import pytest

from tests.support.houses import a_house

KIND_URLS = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}
KINDS = (
    pytest.param("sqlite"),
    pytest.param("postgresql", marks=pytest.mark.postgres),
)
DECIDED_BY_THE_DATABASE = {
    "test_crossings",
    "test_duty_days",
    "test_escalation_races",
    "test_ladder",
}
"""Where a claim or an index decides who was first: these meet both kinds of database."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let all other tests take turns: storage, which they stand on, is tried on both kinds."""
    if "database_url" not in metafunc.fixturenames:
        return
    turn = crc32(metafunc.function.__name__.encode()) % len(KINDS)
    is_decided = metafunc.module.__name__.rpartition(".")[2] in DECIDED_BY_THE_DATABASE
    kinds = KINDS if is_decided else KINDS[turn : turn + 1]
    metafunc.parametrize("database_url", kinds, indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of this test's own."""
    url: str = request.getfixturevalue(KIND_URLS[request.param])
    return url


@pytest.fixture
async def house(database_url):
    async with a_house(database_url) as house:
        yield house
