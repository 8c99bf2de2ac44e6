"""What reading costs: a case, a step of guidance, a list and a search, among few cases and many."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from benchmarks.databases import KINDS, migrated, sizes
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.load import Wire, command, one_by_one, percentile, submitted, wired
from benchmarks.servers import caseflag, peer
from benchmarks.slack import Slack, slack
from handlers.ids import Modal
from handlers.metadata import GuidancePath
from policy.ids import CaseId, ChannelId

FEW, MANY = "10,000 cases", "a million cases"
BOLT = "Bolt for Python, empty ack"
ACK, SHOW, STEP, LIST, SEARCH = "show, ack ms", "show ms", "step ms", "list ms", "search ms"
SUPPORT = "U0MONA"
STEPS = (
    (ACK, "`/case show`, until Slack has its ack"),
    (SHOW, "`/case show`, until it is shown"),
    (STEP, "a step of guidance"),
)
GROWN = (
    (SHOW, 1.3, "`/case show`"),
    (STEP, 1.3, "a step of guidance"),
    (LIST, 2.0, "a list's first page"),
    (SEARCH, 2.0, "a search's first page"),
)


@comparison(
    "reading",
    item=2,
    title="Showing a case, answering a question of the guidance, listing and searching.",
    targets=(
        *(
            Target(
                says=f"{what}: at most 1/10 of stock Bolt's empty ack",
                figure=figure,
                of=f"SQLite, {FEW}",
                to=BOLT,
                to_figure="ack ms",
                at_most=1 / 10,
            )
            for figure, what in STEPS
        ),
        *(
            Target(
                says=f"{kind}, {what}: a million cases at most {limit:g} x ten thousand",
                figure=figure,
                of=f"{kind}, {MANY}",
                to=f"{kind}, {FEW}",
                at_most=limit,
            )
            for kind in KINDS
            for figure, limit, what in GROWN
        ),
    ),
    about=(
        "One at a time, medians; what is said at a `response_url` is timed until it has arrived there. "
        "A case is shown to its requester, another one each time; a step is a submitted answer, "
        "whose ack is the next question. The list is of all open cases, and the search for a word of "
        "one case in a hundred, both for support, who sees every case. Showing a case asks the database "
        "seven things, some 60 us of Python each, and says the answer in a request of its own after the "
        "ack; a step asks as much, and draws a form. Stock Bolt's empty ack is mostly its wait of 10 ms: a "
        "tenth of it is hardly more than what Bolt itself needs to find a listener."
    ),
    patience=600,
)
async def reading(run: Run) -> list[Arm]:
    """Fill four databases, and start a Caseflag on each."""
    here = await run.stack.enter_async_context(slack())
    few, many = sizes(run)
    arms = [
        Arm(name=f"{kind}, {name}", opened=partial(_caseflag, run, here, kind, cases))
        for kind in KINDS
        for name, cases in ((FEW, few), (MANY, many))
    ]
    return [*arms, Arm(name=BOLT, opened=partial(_bolt, run, here))]


@asynccontextmanager
async def _bolt(run: Run, here: Slack) -> AsyncIterator[Measure]:
    async with peer(run, here, "bolt.py") as server:

        async def measure() -> Figures:
            requests = [command("") for _ in range(run.pick(200, 50))]
            return {"ack ms": percentile(await one_by_one(server.port, requests), 0.5) * 1000}

        yield measure


@asynccontextmanager
async def _caseflag(run: Run, here: Slack, kind: str, cases: int) -> AsyncIterator[Measure]:
    async with (
        migrated(run, kind, cases=cases, is_durable=False) as url,
        caseflag(run, here, url, "serve", "--no-jobs") as server,
    ):
        yield lambda: _read(run, here, server.port, cases)


async def _read(run: Run, here: Slack, port: int, cases: int) -> Figures:
    times = run.pick(240, 18)
    theirs = [CaseId(f"CASE-{100 * random.randint(1, cases // 100)}") for _ in range(times + 5)]  # noqa: S311 - no secret
    shown = [partial(_typed, f"show {case}") for case in theirs]
    listed = [partial(_typed, "list open", user_id=SUPPORT) for _ in range(times // 3)]
    found = [partial(_typed, "search gateway", user_id=SUPPORT) for _ in range(times // 3)]
    acks, shows = await _answered(here, port, shown)
    steps = await one_by_one(port, [_step(case) for case in theirs], warm=3)
    _, lists = await _answered(here, port, listed)
    _, searches = await _answered(here, port, found)
    taken = {ACK: acks, SHOW: shows, STEP: steps, LIST: lists, SEARCH: searches}
    return {name: percentile(took, 0.5) * 1000 for name, took in taken.items()}


def _typed(text: str, url: str, **other: str) -> bytes:
    return command(text, answer_at=url, **other)


def _step(case: CaseId) -> bytes:
    """Return the first question, answered as most people do."""
    path = GuidancePath(case=case, here=ChannelId("C0ACME"))
    answer = {"type": "radio_buttons", "selected_option": {"value": "this"}}
    view = {
        "id": "V1",
        "type": "modal",
        "callback_id": str(Modal.STEP),
        "private_metadata": path.pack(),
        "blocks": [{"type": "input", "block_id": "answer"}],
        "state": {"values": {"answer": {"a": answer}}},
    }
    return submitted(view)


async def _answered(
    here: Slack, port: int, asking: Sequence[Callable[[str], bytes]], warm: int = 5
) -> tuple[list[float], list[float]]:
    """Return how long each ack took, and how long it took until the answer came."""
    wire, acks, answers = await wired(port), list[float](), list[float]()
    try:
        for each in [*asking[:warm], *asking]:
            ack, answer = await _one(here, wire, each)
            acks.append(ack)
            answers.append(answer)
    finally:
        wire.closes()
    return acks[warm:], answers[warm:]


async def _one(here: Slack, wire: Wire, asking: Callable[[str], bytes]) -> tuple[float, float]:
    url, said = here.awaited()
    request = asking(url)
    began = time.perf_counter()
    status, body = await wire.asks(request)
    acked = time.perf_counter() - began
    if status != 200:
        message = f"answered {status}: {body[:200]!r}"
        raise RuntimeError(message)
    async with asyncio.timeout(30):
        told: dict[str, Any] = json.loads(await said)
    took = time.perf_counter() - began
    if "CASE-" not in told["text"]:
        message = f"said {told['text'][:200]!r}"
        raise RuntimeError(message)
    return acked, took
