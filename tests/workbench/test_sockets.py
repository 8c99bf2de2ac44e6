"""Socket Mode: tickets, envelopes, acks and goodbyes, against a bare client and against Bolt's."""

import asyncio
import contextlib

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError

from tests.workbench.apps import APP_TOKEN, TOKEN, a_manifest, a_seed, asked, bolt, client_of
from workbench import Trouble, serving
from workbench.delivery.sockets import CONNECTIONS


@pytest.fixture
async def bench():
    async with serving(a_seed(manifest=a_manifest(socket_mode_enabled=True))) as bench:
        yield bench


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@contextlib.asynccontextmanager
async def connected(bench, http, query=""):
    """Open one connection; yields the socket and its hello."""
    opened = await client_of(bench, APP_TOKEN).apps_connections_open(app_token=APP_TOKEN)
    async with http.ws_connect(opened["url"] + query) as socket:
        yield socket, await socket.receive_json(timeout=5)


async def test_a_connection_says_hello(bench, http):
    async with connected(bench, http) as (_, hello):
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": "A1"}
        assert hello["debug_info"]["approximate_connection_time"] == 3600
    async with connected(bench, http, "&debug_reconnects=true") as (_, hello):
        assert hello["debug_info"]["approximate_connection_time"] == 360


async def test_a_ticket_is_good_for_one_connection(bench, http):
    opened = await client_of(bench, APP_TOKEN).apps_connections_open(app_token=APP_TOKEN)
    async with http.ws_connect(opened["url"]):
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await http.ws_connect(opened["url"])
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await http.ws_connect(f"{bench.url}/socket?ticket=invented")


async def test_a_ticket_takes_an_app_token_in_the_header_of_a_post(bench, http):
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client_of(bench).apps_connections_open(app_token=TOKEN)
    url = f"{bench.api_url}apps.connections.open"
    async with http.post(url, data={"token": APP_TOKEN}) as response:
        assert (await response.json())["error"] == "not_authed"
    headers = {"Authorization": f"Bearer {APP_TOKEN}"}
    async with http.get(url, headers=headers) as response:
        assert (await response.json())["error"] == "insecure_request"


async def test_a_command_travels_in_an_envelope_and_its_ack_is_the_answer(bench, http):
    ana = bench.person("ana")
    async with connected(bench, http) as (socket, _):
        command = asyncio.create_task(ana.commands("/tiny open", channel="general"))
        envelope = await socket.receive_json(timeout=5)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert envelope["payload"]["text"] == "open"
        await socket.send_json(
            {"envelope_id": envelope["envelope_id"], "payload": {"text": "Only you"}}
        )
        await command
        await ana.sees("Only you", channel="general")


async def test_an_event_takes_no_payload_in_its_ack(bench, http):
    ana = bench.person("ana")
    async with connected(bench, http) as (socket, _):
        await ana.types("general", "Hello")
        envelope = await socket.receive_json(timeout=5)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
        ack = {"envelope_id": envelope["envelope_id"], "payload": {"text": "ignored"}}
        await socket.send_json(ack)
        await bench.courier.settle(5)
        assert bench.traffic.entries[-1].response is None


async def test_an_envelope_goes_to_one_connection_only(bench, http):
    ana = bench.person("ana")
    async with connected(bench, http) as (one, _), connected(bench, http) as (two, hello):
        assert hello["num_connections"] == 2
        got = [0, 0]

        async def acks(socket, number):
            async for message in socket:
                got[number] += 1
                await socket.send_json({"envelope_id": message.json()["envelope_id"]})

        readers = [asyncio.create_task(acks(one, 0)), asyncio.create_task(acks(two, 1))]
        for _ in range(20):
            await ana.commands("/tiny")
        assert sum(got) == 20
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)


async def test_an_ack_may_come_over_another_connection(bench, http):
    ana = bench.person("ana")
    async with connected(bench, http) as (one, _), connected(bench, http) as (two, _):
        command = asyncio.create_task(ana.commands("/tiny"))
        receivers = {asyncio.create_task(each.receive_json()): each for each in (one, two)}
        done, waiting = await asyncio.wait(receivers, return_when=asyncio.FIRST_COMPLETED)
        (got,) = done
        (other,) = waiting
        ack = {"envelope_id": got.result()["envelope_id"]}
        await receivers[other].send_json(ack)
        await command
        other.cancel()


async def test_an_ack_over_another_connection_may_count_for_nothing(bench, http):
    await asked(bench, "admin/quirks", acks_over_any_socket=False)
    ana = bench.person("ana")
    async with connected(bench, http) as (one, _), connected(bench, http) as (two, _):
        command = asyncio.create_task(ana.commands("/tiny"))
        receivers = {asyncio.create_task(each.receive_json()): each for each in (one, two)}
        done, waiting = await asyncio.wait(receivers, return_when=asyncio.FIRST_COMPLETED)
        ack = {"envelope_id": done.pop().result()["envelope_id"]}
        other = waiting.pop()
        await receivers[other].send_json(ack)
        await bench.advance(3.1)
        with pytest.raises(Trouble, match="operation_timeout"):
            await command
        other.cancel()


async def test_an_unacked_event_is_tried_again_and_says_why(bench, http):
    ana = bench.person("ana")
    async with connected(bench, http) as (socket, _):
        await ana.types("general", "Hello")
        first = await socket.receive_json(timeout=5)
        await bench.advance(3.1)
        second = await socket.receive_json(timeout=5)
        assert second["payload"] == first["payload"]
        assert second["envelope_id"] != first["envelope_id"]
        assert (second["retry_attempt"], second["retry_reason"]) == (1, "http_timeout")
        await socket.send_json({"envelope_id": second["envelope_id"]})
        await bench.courier.settle(5)


async def test_an_event_that_found_no_socket_is_not_lost(bench, http):
    ana = bench.person("ana")
    await ana.types("general", "Hello")
    await bench.courier.settle(5)
    async with connected(bench, http) as (socket, _):
        await bench.advance(60)
        envelope = await socket.receive_json(timeout=5)
        assert envelope["payload"]["event"]["text"] == "Hello"
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await bench.courier.settle(5)


async def test_without_a_socket_a_command_fails(bench):
    with pytest.raises(Trouble, match="dispatch_failed"):
        await bench.person("ana").commands("/tiny")


async def test_nonsense_from_an_app_is_ignored(bench, http):
    async with connected(bench, http) as (socket, _):
        for nonsense in ("{", "[]", '{"envelope_id": "unknown"}'):
            await socket.send_str(nonsense)
        command = asyncio.create_task(bench.person("ana").commands("/tiny"))
        envelope = await socket.receive_json(timeout=5)
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await command


async def test_a_connection_is_pinged(bench, http, monkeypatch):
    monkeypatch.setattr("workbench.delivery.sockets.PING_SECONDS", 0.05)
    opened = await client_of(bench, APP_TOKEN).apps_connections_open(app_token=APP_TOKEN)
    async with http.ws_connect(opened["url"], autoping=False) as socket:
        await socket.receive_json(timeout=5)
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.PING


async def test_ten_connections_are_all(bench, http):
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(CONNECTIONS):
            await stack.enter_async_context(connected(bench, http))
        socket, told = await stack.enter_async_context(connected(bench, http))
        assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        assert bench.sockets.count("A1") == CONNECTIONS


async def test_a_connection_is_warned_and_then_refreshed(bench, http):
    async with connected(bench, http) as (socket, _):
        await bench.advance(3591)
        warned = await socket.receive_json(timeout=5)
        assert (warned["type"], warned["reason"]) == ("disconnect", "warning")
        assert warned["debug_info"]["host"].startswith("applink-")
        await bench.advance(10)
        assert (await socket.receive_json(timeout=5))["reason"] == "refresh_requested"
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        assert bench.sockets.count("A1") == 0


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_an_administrator_says_goodbye(bench, http, reason):
    async with connected(bench, http) as (socket, _):
        await asked(bench, "admin/sockets", reason=reason)
        assert (await socket.receive_json(timeout=5))["reason"] == reason
        assert bench.sockets.count("A1") == (1 if reason == "warning" else 0)
    assert bench.app.is_socket_mode is (reason != "link_disabled")
    assert (await asked(bench, "admin/sockets", reason="nonsense"))["ok"] is False


async def test_the_workbench_hangs_up_when_it_stops(http):
    async with contextlib.AsyncExitStack() as stack:
        seed = a_seed(manifest=a_manifest(socket_mode_enabled=True))
        async with serving(seed) as bench:
            socket, _ = await stack.enter_async_context(connected(bench, http))
            ana = await bench.person("ana").arrives()
            command = asyncio.create_task(ana.commands("/tiny"))
            await socket.receive_json(timeout=5)
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        with pytest.raises((aiohttp.ClientError, RuntimeError, AssertionError)):
            await command


async def test_bolt_runs_over_a_socket_and_reconnects(bench):
    app = bolt(bench)

    @app.command("/tiny")
    async def tiny(ack, command):
        await ack(f"You said {command['text']}")

    handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=client_of(bench, APP_TOKEN))
    await handler.connect_async()
    ana = bench.person("ana")
    await ana.commands("/tiny one")
    await ana.sees("You said one")
    await asked(bench, "admin/sockets", reason="refresh_requested")
    await bench.sockets.until_open("A1")
    await ana.commands("/tiny two")
    await ana.sees("You said two")
    await handler.close_async()
