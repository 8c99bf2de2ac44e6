"""Opening a case by hand: aiohttp 3.14, and one transaction of plain SQL by aiosqlite 0.22 or asyncpg 0.32.

The least that writes what Caseflag writes: the next number, the case, its first history entry, its
card and what was spoken of last, after a look at the settings, the account and similar cases. The
database copies the rows of case 2, so that nothing is spent here on making values.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import aiosqlite
import asyncpg
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

URL = os.environ["DATABASE_URL"].replace("+asyncpg", "").replace("+aiosqlite", "")
VERIFIER = SignatureVerifier(os.environ["SLACK_SIGNING_SECRET"])
IS_SQLITE = URL.startswith("sqlite")
COPIED = {"cases": "number", "history": "case_number", "cards": "subject"}
THEIRS = "workspace = 'T0CASEFLAG'"
OF_CASE_2 = f"(SELECT account FROM cases WHERE {THEIRS} AND number = 2)"  # noqa: S608 - names of our own
LOOKS = (
    f"SELECT document FROM settings WHERE {THEIRS}",  # noqa: S608 - as above
    f"SELECT account FROM account_contacts WHERE {THEIRS} AND \"user\" = 'U0ANA'",  # noqa: S608 - as above
    f"SELECT document FROM threshold_tables WHERE {THEIRS} ORDER BY version DESC LIMIT 1",  # noqa: S608 - as above
    f"SELECT * FROM accounts WHERE {THEIRS} AND id = {OF_CASE_2}",  # noqa: S608 - as above
)
SIMILAR = (
    f"SELECT number, title FROM cases WHERE {THEIRS} AND account = {OF_CASE_2} AND state = 'new' "  # noqa: S608 - as above
    "ORDER BY opened_at DESC LIMIT 200"
)
NUMBER = (
    "UPDATE workspaces SET last_case = last_case + 1 WHERE id = 'T0CASEFLAG' RETURNING last_case"
)
TALK = (
    'INSERT INTO talks (workspace, channel, "user", case_number, at) SELECT workspace, channel, '
    "requester, number, opened_at FROM cases WHERE {theirs} AND number = {number} "
    'ON CONFLICT (workspace, channel, "user") DO UPDATE SET case_number = excluded.case_number'
)


class Hand:
    """Whoever writes, in whichever database."""

    def __init__(self, copies: dict[str, list[str]]) -> None:
        self._copies = copies

    def writes(self, number: int) -> Sequence[str]:
        """Return what writes one case."""
        found = []
        for table, key in COPIED.items():
            names = self._copies[table]
            new = f"'CASE-{number}'" if table == "cards" else str(number)
            old = "'CASE-2'" if table == "cards" else "2"
            values = ", ".join(new if name == key else name for name in names)
            one = {"history": " AND number = 1", "cards": " AND kind = 'case'"}.get(table, "")
            found.append(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} "  # noqa: S608 - names of our own
                f"WHERE {THEIRS} AND {key} = {old}{one}"
            )
        return [*found, TALK.format(theirs=THEIRS, number=number)]


class Lite:
    """SQLite: one writer, which holds the file from its first word."""

    def __init__(self, connection: aiosqlite.Connection, hand: Hand) -> None:
        self._connection, self._hand = connection, hand
        self._turn = asyncio.Lock()

    async def opens(self) -> int:
        """Open a case."""
        async with self._turn:
            on = self._connection
            await on.execute("BEGIN IMMEDIATE")
            for look in LOOKS:
                await (await on.execute(look)).fetchall()
            (number,) = await (await on.execute(NUMBER)).fetchone() or (0,)
            await (await on.execute(SIMILAR)).fetchall()
            for write in self._hand.writes(number):
                await on.execute(write)
            await on.execute("COMMIT")
            return int(number)


class Postgres:
    """PostgreSQL: ten connections."""

    def __init__(self, pool: asyncpg.Pool, hand: Hand) -> None:
        self._pool, self._hand = pool, hand

    async def opens(self) -> int:
        """Open a case."""
        async with self._pool.acquire() as on, on.transaction():
            for look in LOOKS:
                await on.fetch(look)
            number = await on.fetchval(NUMBER)
            await on.fetch(SIMILAR)
            for write in self._hand.writes(number):
                await on.execute(write)
            return int(number)


@asynccontextmanager
async def opened() -> AsyncIterator[Lite | Postgres]:
    """Connect, and learn which columns there are."""
    if IS_SQLITE:
        async with aiosqlite.connect(urlsplit(URL).path[1:], isolation_level=None) as on:
            await on.execute("PRAGMA journal_mode = WAL")
            await on.execute("PRAGMA synchronous = FULL")
            copies = {
                table: [
                    row[1]
                    for row in await (await on.execute(f"PRAGMA table_info({table})")).fetchall()
                ]
                for table in COPIED
            }
            yield Lite(on, Hand(_own(copies)))
        return
    async with asyncpg.create_pool(URL, min_size=10, max_size=10) as pool:
        asked = "SELECT column_name FROM information_schema.columns WHERE table_name = $1"
        copies = {table: [row[0] for row in await pool.fetch(asked, table)] for table in COPIED}
        yield Postgres(pool, Hand(_own(copies)))


def _own(copies: dict[str, list[str]]) -> dict[str, list[str]]:
    return {**copies, "cards": [name for name in copies["cards"] if name != "id"]}


async def served() -> web.Application:
    """Return the door."""

    async def events(request: web.Request) -> web.Response:
        raw = await request.read()
        stamp = request.headers["X-Slack-Request-Timestamp"]
        if not VERIFIER.is_valid(raw, stamp, request.headers["X-Slack-Signature"]):
            return web.Response(status=401)
        number = await application[HAND].opens()
        return web.json_response({"response_action": "update", "view": {"title": str(number)}})

    async def connected(application: web.Application) -> AsyncIterator[None]:
        async with opened() as hand:
            application[HAND] = hand
            yield

    application = web.Application()
    application.cleanup_ctx.append(connected)
    application.add_routes([web.post("/slack/events", events)])
    return application


HAND: web.AppKey[Any] = web.AppKey("hand", object)
web.run_app(served(), host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
