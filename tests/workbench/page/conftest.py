"""The page before a pretended server, and before the real one."""

import pytest

from tests.workbench.page.support import faking


@pytest.fixture
async def fake():
    async with faking() as fake:
        yield fake


@pytest.fixture
async def page(fake, page_for):
    """Ana's page, open in #support."""
    page = await page_for("UANA", fake.address, path="#/C1")
    await page.get_by_test_id("composer").wait_for()
    return page
