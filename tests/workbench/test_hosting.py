"""The workbench in a thread of its own, as another project's tests use it."""

import asyncio
import sys
import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import APP_TOKEN, SECRET, TOKEN, a_manifest, a_seed
from tests.workbench.blocks import section
from workbench.hosting import BlockingSlack, Host, Slack
from workbench.seed import BadSeed

DEAF = "import time; time.sleep(60)"


@pytest.fixture
def host():
    host = Host(a_seed(manifest=a_manifest(socket_mode_enabled=True)))
    host.start()
    yield host
    host.stop()


def test_it_starts_in_less_than_a_second():
    began = time.process_time()  # not what the machine does besides
    host = Host(None)
    host.start()
    assert time.process_time() - began < 1.0
    host.stop()
    host.stop()  # once more does no harm


def test_plain_tests_wait_where_others_await(host):
    workbench = BlockingSlack(host)
    ana = workbench.person("ana")
    said = ana.types("general", "Hello")
    assert [each["ts"] for each in ana.messages("general")] == [said["ts"]]
    assert ana.name == "ana"
    workbench.advance(60)
    assert workbench.bench.clock.offset == 60
    with pytest.raises(AssertionError, match="ana sees no button"):
        ana.presses("Go", within=0.01)


async def test_tests_with_a_loop_await_the_same_verbs(host):
    slack = Slack(host)
    await slack.person("ana").types("general", "Hello")
    assert "Hello" in await slack.person("ben").sees("Hello")
    await asyncio.gather(slack.advance(1), slack.person("ben").never_sees("Good bye"))


def test_what_an_app_needs_to_know_is_at_hand(host):
    workbench = BlockingSlack(host)
    assert (workbench.token(), workbench.app_token()) == (TOKEN, APP_TOKEN)
    assert workbench.signing_secret == SECRET
    assert workbench.api_url == f"{workbench.url}/api/"
    assert workbench.environment()["SLACK_APP_TOKEN"] == APP_TOKEN
    workbench.deliver_to("http://127.0.0.1:1/slack/events")
    assert "SLACK_APP_TOKEN" not in workbench.environment()
    workbench.goes_wrong(method="auth.test", fault="503")
    assert workbench.traffic() == []


def test_slacks_client_without_asyncio_speaks_to_it(host):
    client = WebClient(token=TOKEN, base_url=host.bench.api_url)
    assert client.auth_test()["user_id"] == "UTINY"
    said = client.chat_postMessage(channel="#general", text="Hello", blocks=[section("Hello")])
    client.chat_update(channel=said["channel"], ts=said["ts"], text="Hello again")
    pages = [page["channels"] for page in client.conversations_list(limit=1)]
    assert [channel["name"] for page in pages for channel in page] == ["general", "other", "old"]
    file = client.files_upload_v2(channel="CGENERAL", filename="a.txt", content="Notes")["file"]
    assert client.files_info(file=file["id"])["file"]["size"] == 5
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.conversations_info(channel="CSECRET")


def test_a_bad_seed_is_told_to_whoever_starts_it():
    with pytest.raises(BadSeed, match="the seed lacks 'id'"):
        Host({"users": [{"name": "nobody"}]}).start()
    with pytest.raises(BadSeed, match=r"somebody wrongly.*'real_name'"):
        Host({"users": [{"id": "U1", "name": "nobody"}]}).start()


async def test_an_app_that_never_listens_is_told(host, monkeypatch):
    monkeypatch.setattr("workbench.hosting.SECONDS", 0.3)
    with pytest.raises(AssertionError, match="does not listen"):
        await Slack(host).runs(sys.executable, "-c", DEAF)
    with pytest.raises(AssertionError, match="does not listen"):
        BlockingSlack(host).runs(sys.executable, "-c", "pass", at="http://127.0.0.1:9/")
