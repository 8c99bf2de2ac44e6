"""A burst: thousands of crossings in one channel, which Slack lets speak once a second."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from benchmarks.ahead import ahead, made_due, ran
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.servers import caseflag
from benchmarks.slack import TEAM, slack
from benchmarks.storm import ring
from policy.crossings import DIGEST_SIZE

ONE = "one channel"
CHANNEL = "C0BURST"
RATIO, LAST_S1, MESSAGES, MOST, SECONDS = (
    "drained ratio",
    "last S1 s",
    "messages",
    "most in 10 s",
    "drained s",
)
WINDOW = 10.0
BURST = 3
"""What Slack lets one say at once before it counts the seconds."""
QUIET = 3.0
"""Seconds without a message after which all has been told."""
A_CASE = re.compile(r"CASE-(\d+)")


@comparison(
    "burst",
    item=6,
    title="Crossings in one channel, all at once.",
    targets=(
        Target(
            says="it drains at Slack's own pace, at most 10 % over",
            figure=RATIO,
            of=ONE,
            at_most=1.1,
        ),
        Target(says="the last S1 within 5 s", figure=LAST_S1, of=ONE, at_most=5),
        Target(
            says="the limit is never exceeded",
            figure=MOST,
            of=ONE,
            at_most=WINDOW + BURST,
        ),
    ),
    about=(
        "10,000 crossings (1,000 in a quick run), one in fifty an S1. The ratio is that of the time "
        f"until the last message to a second for each of the messages needed, of {DIGEST_SIZE} crossings "
        "each: 200 s. What waits for one channel is joined while it waits, so it is told in far fewer. "
        "Every case has a card that is out of date, too, and is edited meanwhile. Slack's own limit "
        f"is one message a second and channel after a short burst: at most {WINDOW + BURST:.0f} in ten "
        "seconds."
    ),
)
async def burst(run: Run) -> list[Arm]:
    """Run a whole Caseflag and a Slack that remembers what it heard, and when."""
    cases = run.pick(10_000, 1_000)

    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with AsyncExitStack() as stack:
            here = await stack.enter_async_context(slack())
            ear = Ear()
            here.heard = ear.hear
            url, engine = await stack.enter_async_context(ahead(run, "SQLite", cases))
            await ran(
                engine,
                f"UPDATE cases SET channel = '{CHANNEL}'",  # noqa: S608 - a name of our own
                "DELETE FROM cards",
                *_cards(),
            )
            server = await stack.enter_async_context(
                caseflag(run, here, url, CASEFLAG_SANDBOX="true")
            )

            async def measure() -> Figures:
                await made_due(engine)
                began = ear.begins()
                await ring(server.port)
                await ear.quiet()
                return _figures(ear, began, cases)

            yield measure

    return [Arm(name=ONE, opened=opened)]


def _cards() -> tuple[str, ...]:
    """Return what gives each case a card that stands in its channel."""
    cards = (
        "INSERT INTO cards (workspace, kind, subject, channel, ts, wanted_version, shown_version, "  # noqa: S608 - names of our own
        f"failures, error) SELECT '{TEAM}', 'case', 'CASE-' || number, channel, "
        "'1700000000.' || (100000 + number), version, version, 0, '' FROM cases"
    )
    return cards, "UPDATE cases SET thread = '1700000000.' || (100000 + number)"


@dataclass(slots=True)
class Ear:
    """Hears what is posted into the channel."""

    posts: list[tuple[float, frozenset[int]]] = field(default_factory=list)
    """When, by the monotonic clock, and of which cases."""
    began: float = 0.0

    def begins(self) -> float:
        """Forget what was."""
        self.posts, self.began = [], time.monotonic()
        return self.began

    def hear(self, method: str, said: Mapping[str, Any]) -> None:
        """Hear one call."""
        if method == "chat.postMessage" and said.get("channel") == CHANNEL:
            named = A_CASE.findall(f"{said.get('text')} {said.get('blocks')}")
            self.posts.append((time.monotonic(), frozenset(map(int, named))))

    async def quiet(self) -> None:
        """Wait until nothing more is said."""
        while True:
            last = self.posts[-1][0] if self.posts else self.began + 30
            if time.monotonic() - last > QUIET:
                return
            await asyncio.sleep(0.1)


def _figures(ear: Ear, began: float, cases: int) -> Figures:
    if not ear.posts:
        message = "nothing was told"
        raise RuntimeError(message)
    moments = [at for at, _ in ear.posts]
    urgent = [at for at, named in ear.posts if any(each % 50 == 0 for each in named)]
    took = moments[-1] - began
    return {
        RATIO: took / max(cases / DIGEST_SIZE, len(moments)),
        SECONDS: took,
        MESSAGES: float(len(moments)),
        LAST_S1: (urgent[-1] if urgent else moments[-1]) - began,
        MOST: float(_most(moments)),
    }


def _most(moments: list[float]) -> int:
    """Return how many were said in any ten seconds."""
    return max(sum(at <= each < at + WINDOW for each in moments) for at in moments)
