"""The page before a pretended server, and before the real one."""

import pytest
import pytest_asyncio

from tests.workbench.apps import a_seed
from tests.workbench.page.support import staged
from workbench import serving


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage():
    async with staged() as stage:
        yield stage


@pytest.fixture
def fake(stage):
    return stage.cleared()


@pytest_asyncio.fixture(loop_scope="session")
async def bench():
    """The real server, on the browser's loop."""
    async with serving(a_seed()) as bench:
        yield bench


@pytest_asyncio.fixture(loop_scope="session")
async def page(fake, page_for):
    """Ana's page, open in #support."""
    page = await page_for("UANA", fake.address, path="#/C1")
    await page.get_by_test_id("composer").wait_for()
    return page
