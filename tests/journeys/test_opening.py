"""A person opens a case, and everybody in the channel sees its card."""

import pytest

pytestmark = pytest.mark.journey


async def test_help_lists_what_one_may_type(ana):
    await ana.commands("/case help", channel="acme-support")
    await ana.sees("`/case open` opens a case", channel="acme-support")


async def test_an_opened_case_has_a_card_that_everybody_in_the_channel_sees(ana, eli):
    await ana.commands("/case open", channel="acme-support")
    await ana.fill("Title", "Login is down")
    await ana.fill("Description", "Nobody can sign in since nine this morning.")
    await ana.chooses("Severity", "S3")
    await ana.presses("Open the case")
    await eli.sees("Login is down", channel="acme-support")
