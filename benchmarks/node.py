"""Node, and what our peers in JavaScript need of it: installed once, beside their package.json."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.harness import Missing, Run
from benchmarks.packages import fetched
from benchmarks.servers import PEERS, Server, environment, served
from benchmarks.slack import Slack

INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")


@asynccontextmanager
async def node(run: Run, slack: Slack, name: str, **other: str) -> AsyncIterator[Server]:
    """Run one of `benchmarks/peers/` that is written in JavaScript.

    Raises:
        Missing: there is no Node, or npm cannot fetch what is needed.
    """
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        message = "there is no Node with npm"
        raise Missing(message)
    await fetched(PEERS / "package.json", PEERS / "node_modules", (npm, *INSTALL))
    said = environment(slack, **other)
    async with served(run, program, str(PEERS / name), environment=said) as server:
        yield server
