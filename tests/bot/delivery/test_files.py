"""Files that people bring along are read from Slack, and the token goes nowhere else."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import files
from bot.delivery.files import SlackFiles
from policy.refusals import Unreadable
from tests.support.app import BOT, a_seed
from workbench import serving


@pytest.fixture
async def bench():
    async with serving(a_seed(1)) as bench:
        yield bench


@pytest.fixture
async def reads(bench):
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=BOT, base_url=bench.api_url, retry_handlers=[])
        yield SlackFiles(client, session).text


def a_file(bench, content, *, is_given=True):
    """Return the address of a file that somebody uploaded."""
    file = bench.state.files.add(
        "list.csv", user="U0ADAM", team=bench.state.id, content=content, is_complete=True
    )
    file.is_given = is_given
    return file.shape()["url_private"]


async def test_a_file_is_read_as_text(bench, reads):
    said = "name,tier\nZürich,Gold\n"
    assert await reads(a_file(bench, said.encode("utf-8-sig"))) == said


@pytest.mark.parametrize(
    "url",
    ["https://example.com/a.csv", "http://files.slack.com/a.csv", "https://slack.com.example/a"],
)
async def test_the_token_goes_to_slack_alone(reads, url):
    with pytest.raises(Unreadable) as refused:
        await reads(url)
    assert refused.value.message == "This file does not stand in Slack."


async def test_what_cannot_be_read_is_refused_in_words(bench, reads, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    rows = {
        a_file(bench, b"\xff\xfe"): "no text in UTF-8",
        a_file(bench, b"x" * 11): "At most 2 MB",
        a_file(bench, b"name", is_given=False): "does not let me read",
    }
    for url, told in rows.items():
        with pytest.raises(Unreadable) as refused:
            await reads(url)
        assert told in refused.value.message
        assert refused.value.field == "upload"


async def test_a_slack_that_does_not_answer_is_told():
    async with aiohttp.ClientSession() as session:
        nowhere = AsyncWebClient(token=BOT, base_url="http://127.0.0.1:1/api/")
        with pytest.raises(Unreadable) as refused:
            await SlackFiles(nowhere, session).text("http://127.0.0.1:1/a.csv")
    assert "does not let me read" in refused.value.message
