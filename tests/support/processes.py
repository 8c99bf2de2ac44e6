"""Caseflag as a process of its own, for what can only be tried by killing it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.support.app import BOT, HERE, NAMED, SECRET
from workbench import Workbench


@dataclass(slots=True, kw_only=True)
class Process:
    """A Caseflag that somebody started from a shell."""

    child: asyncio.subprocess.Process
    log: list[str] = field(default_factory=list)

    async def says(self, event: str) -> None:
        """Wait until it has logged this event."""
        assert self.child.stderr is not None
        async with asyncio.timeout(20):
            while line := (await self.child.stderr.readline()).decode():
                self.log.append(line)
                if line.startswith("{") and json.loads(line)["event"] == event:
                    return
        message = f"it ended without saying {event!r}:\n{''.join(self.log)}"
        raise AssertionError(message)

    async def ends(self) -> int:
        """Wait until it is gone; return its exit status."""
        assert self.child.stderr is not None
        self.log += (await self.child.stderr.read()).decode().splitlines(keepends=True)
        return await self.child.wait()


@asynccontextmanager
async def a_process(
    bench: Workbench, database_url: str, port: int, *words: str, **other: str
) -> AsyncIterator[Process]:
    """Run `python -m bot` with these words until the block is left; it is killed then.

    `other` is environment.
    """
    environment = {
        "PATH": os.environ.get("PATH", ""),  # noqa: TID251 - where python itself looks
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": bench.api_url,
        "DATABASE_URL": database_url,
        "HOST": HERE,
        "PORT": str(port),
        "CASEFLAG_SANDBOX": "true",
        **{name.upper(): _listed(value) for name, value in NAMED.items()},
        **other,
    }
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *(words or ("serve",))),
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    process = Process(child=child)
    try:
        await process.says("Caseflag runs")
        yield process
    finally:
        if child.returncode is None:
            child.kill()
        await process.ends()


def _listed(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
