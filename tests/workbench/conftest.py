"""The workbench, its people, and the tiny app."""

import pytest

from tests.workbench.apps import a_seed, client_of, recording
from workbench import serving


@pytest.fixture
async def bench():
    async with serving(a_seed()) as bench:
        yield bench


@pytest.fixture
def client(bench):
    return client_of(bench)


@pytest.fixture
def ana(bench):
    return bench.person("ana")


@pytest.fixture
def ben(bench):
    return bench.person("ben")


@pytest.fixture
async def app(bench):
    """An app that only writes down what it is sent."""
    async with recording(bench) as recorder:
        yield recorder
