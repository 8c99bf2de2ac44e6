"""Node, and what our peers in JavaScript need of it: installed once, beside their package.json."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.harness import Missing, Run
from benchmarks.servers import PEERS, Server, environment, served
from benchmarks.slack import Slack

INSTALL = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
PATIENCE = 120.0


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
    await _installed(npm)
    said = environment(slack, **other)
    async with served(run, program, str(PEERS / name), environment=said) as server:
        yield server


async def _installed(npm: str) -> None:
    wanted = (PEERS / "package.json").read_text(encoding="utf-8")
    stamp = PEERS / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    child = await asyncio.create_subprocess_exec(
        npm,
        *INSTALL[1:],
        cwd=PEERS,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await child.communicate()
    except TimeoutError as late:
        child.kill()
        message = "npm took too long"
        raise Missing(message) from late
    if child.returncode:
        message = f"npm could not fetch Bolt: {said.decode()[-200:]}"
        raise Missing(message)
    stamp.write_text(wanted, encoding="utf-8")
