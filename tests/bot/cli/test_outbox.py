"""Asking from a shell what became of what people had to be told."""

import asyncio
import re
from typing import Any

import pytest

from bot.storage.database import connected
from policy.ids import ChannelId, Ts
from tests.bot.storage.test_outbox import LATER, LEASE, a_notice

URL = "sqlite:///caseflag.db"
ENDS: tuple[tuple[str, tuple[Any, ...], dict[str, str]], ...] = (
    ("sent", (ChannelId("C1"), Ts("1.1")), {}),
    ("dead", ("invalid_blocks",), {}),
    ("cancelled", ("the case is closed",), {}),
    ("cancelled", ("many at once",), {"told_in": "a digest"}),
    ("later", (LATER, "ratelimited"), {}),
)


async def filled():
    """Let one notice come to each end, under the key of what became of it."""
    async with connected(URL) as database, database.begin() as work:
        work.outbox.owe(*(a_notice(f"{how}{number}") for number, (how, _, _) in enumerate(ENDS)))
        await work.outbox.settle()
        for each in await work.outbox.claim(LATER, 9, LEASE):
            how, said, more = ENDS[int(each.notice.key[-1])]
            await getattr(work.outbox, how)(each, *said, **more)
        await work.commit()


@pytest.fixture
def outbox(types):
    types("migrate")
    asyncio.run(filled())
    return lambda *words: types("outbox", *words)


def test_what_was_given_up_is_listed(outbox):
    counts, dead = outbox("list").output.splitlines()
    assert counts == "1 pending, 0 sending, 1 sent, 1 dead, 2 cancelled"
    assert dead.endswith("dead1  invalid_blocks")


def test_any_other_state_can_be_listed_and_long_lists_say_so(outbox, monkeypatch):
    monkeypatch.setattr("bot.cli.outbox.MOST", 1)
    lines = outbox("list", "--state", "cancelled").output.splitlines()
    assert [line.partition("Z")[2] for line in lines[1:]] == [
        "  cancelled2  the case is closed",
        "",
    ]
    assert lines[-1] == "... and 1 more"


@pytest.mark.parametrize(
    ("key", "end"),
    [
        ("sent0", r"sent       \S+ \S+Z in C1 as 1\.1"),
        ("dead1", r"dead       \S+ \S+Z because invalid_blocks"),
        ("cancelled2", r"cancelled  \S+ \S+Z because the case is closed"),
        ("cancelled3", r"cancelled  \S+ \S+Z in the digest a digest"),
        ("later4", r"pending    for now"),
    ],
)
def test_a_story_says_due_claimed_tried_and_how_it_ended(outbox, key, end):
    lines = outbox("show", key).output.splitlines()
    assert lines[0] == f"{key} (CaseTaken, T1)"
    assert lines[1].startswith("  happened ")
    assert lines[2].startswith("  due ")
    assert re.fullmatch(r"  claimed    \S+ \S+Z, attempt 1", lines[3])
    assert re.fullmatch(f"  {end}", lines[-1])


def test_what_was_given_up_is_sent_again_and_nothing_else(outbox):
    assert outbox("retry", "dead1").output == "dead1 is sent again.\n"
    assert "pending    for now" in outbox("show", "dead1").output
    for key in ("dead1", "sent0"):
        result = outbox("retry", key)
        assert result.exit_code == 1
        assert f"{key} was not given up" in result.output


def test_a_notice_that_was_never_owed_has_no_story(outbox):
    result = outbox("show", "nothing")
    assert (result.exit_code, result.output) == (1, "Error: Nobody was ever owed nothing.\n")
