"""Whoever is measured, as a process of its own: Caseflag, and its peers."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from socket import socket

from benchmarks.harness import Run
from benchmarks.load import HERE, SECRET
from benchmarks.slack import CHANNEL, Slack

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "benchmarks" / "peers"
TOKEN = "xoxb-benchmarks"  # noqa: S105 - opens nothing
PATIENCE = 60.0
"""Seconds until whoever does not listen is given up."""
NUMBERS = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A process that listens."""

    port: int
    pid: int
    started_in: float
    """Seconds until it listened."""

    def memory(self) -> float:
        """Return the megabytes that are its own and in memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


@asynccontextmanager
async def served(
    run: Run, *words: str, environment: Mapping[str, str], port: int | None = None
) -> AsyncIterator[Server]:
    """Run a program until the block is left; it is told the port it must listen on as `PORT`.

    Raises:
        RuntimeError: it ended, or did not listen; with the end of what it logged.
    """
    port = port or a_free_port()
    log = run.home / f"log-{next(NUMBERS)}"
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("wb") as writing:
        began = time.monotonic()
        child = await asyncio.create_subprocess_exec(
            *words,
            cwd=run.home,  # where no .env of a real workspace is read
            env={**inherited, "PYTHONPATH": _path(run), "PORT": str(port), **environment},
            stdout=writing,
            stderr=writing,
        )
    try:
        await _listening(child, port, log)
        yield Server(port=port, pid=child.pid, started_in=time.monotonic() - began)
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


def _path(run: Run) -> str:
    """Return where modules are found, without what only developers have and others load with it.

    structlog loads rich where it is installed, for consoles; import-linter brings it.
    """
    bare = run.home / "bare"
    bare.mkdir(exist_ok=True)
    (bare / "rich.py").write_text("raise ImportError('not measured')\n", encoding="utf-8")
    return f"{bare}{os.pathsep}{ROOT}"


async def _listening(child: asyncio.subprocess.Process, port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.returncode is None:
        try:
            _, writer = await asyncio.open_connection(HERE, port)
        except OSError:
            await asyncio.sleep(0.005)
            continue
        writer.close()
        return
    message = f"it did not listen: {_end_of(log)}"
    raise RuntimeError(message)


def _end_of(log: Path) -> str:
    return " ".join(log.read_text(encoding="utf-8", errors="replace").split()[-40:])


def environment(slack: Slack, **other: str) -> dict[str, str]:
    """Return what every bot is told."""
    return {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.url,
        "HOST": HERE,
        **other,
    }


@asynccontextmanager
async def caseflag(
    run: Run, slack: Slack, database_url: str, *words: str, port: int | None = None, **other: str
) -> AsyncIterator[Server]:
    """Run Caseflag as somebody would who starts it from a shell; `other` is environment."""
    said = environment(
        slack,
        DATABASE_URL=database_url,
        CASEFLAG_DUTY_CHANNEL="C0DUTY",
        CASEFLAG_DUTY_MANAGERS="S0DUTY",
        CASEFLAG_ENGINEERS="S0ENGINEERS",
        CASEFLAG_LEADS="S0LEADS",
        CASEFLAG_ADMINS="S0ADMINS",
        **other,
    )
    command = (sys.executable, "-m", "bot", *(words or ("serve",)))
    async with served(run, *command, environment=said, port=port) as server:
        yield server


@asynccontextmanager
async def peer(run: Run, slack: Slack, name: str, **other: str) -> AsyncIterator[Server]:
    """Run one of `benchmarks/peers/` by its file's name; `other` is environment."""
    said = environment(slack, CHANNEL=CHANNEL, **other)
    async with served(run, sys.executable, str(PEERS / name), environment=said) as server:
        yield server


def a_free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket()) as taken:
        taken.bind((HERE, 0))
        port: int = taken.getsockname()[1]
        return port
