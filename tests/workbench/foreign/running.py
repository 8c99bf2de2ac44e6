"""Running a foreign app as a process of its own, beside the workbench."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from workbench import Workbench
from workbench.cli import child_environment
from workbench.state.apps import Addresses

SECONDS = 60.0


@contextlib.asynccontextmanager
async def running(bench: Workbench, *command: str) -> AsyncIterator[None]:
    """Run a command that says `listening`, with its port unless it came by socket."""
    process = await asyncio.create_subprocess_exec(
        *command, env=child_environment(bench), stdout=asyncio.subprocess.PIPE
    )
    try:
        port = await asyncio.wait_for(_port(process), SECONDS)
        if port:
            bench.app.addresses = Addresses.all_at(f"http://127.0.0.1:{port}/slack/events")
        else:
            await asyncio.wait_for(bench.sockets.until_open(bench.app.id), SECONDS)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def _port(process: asyncio.subprocess.Process) -> str:
    """Return the port that the app tells, or nothing."""
    if process.stdout is None:
        return ""
    async for line in process.stdout:
        word, _, port = line.decode().strip().partition(" ")
        if word == "listening":
            return port
    message = "the app ended before it listened"
    raise AssertionError(message)
