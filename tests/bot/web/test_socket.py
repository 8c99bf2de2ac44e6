"""A socket that died and told nobody: it is noticed by its silence, and replaced."""

import asyncio

import pytest

from bot.web import socket
from tests.support.app import PEOPLE, a_caseflag

APP = PEOPLE["apps"][0]["id"]


@pytest.fixture
async def caseflag(sqlite_url, monkeypatch):
    monkeypatch.setattr(socket, "PING", 0.2)
    async with a_caseflag(sqlite_url, by_socket=True) as running:
        yield running


async def test_a_socket_that_dies_without_a_word_is_replaced(caseflag):
    sockets = caseflag.bench.sockets
    [dead] = sockets._open[APP]
    dead.socket._autoping = False  # from here on it answers no ping, and is not closed either
    async with asyncio.timeout(20), sockets._opened:
        await sockets._opened.wait_for(lambda: sockets._open[APP][-1] is not dead)
    sockets._open[APP] = [each for each in sockets._open[APP] if each is not dead]
    ana = caseflag.person("ana")
    await ana.commands("/case help", channel="acme-support")
    await ana.sees("`/case open` opens a case", channel="acme-support")
