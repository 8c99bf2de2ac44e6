"""Where replicas are born: forked from a process that has imported everything already.

Importing is most of what a start costs, and nothing in it can be lost; so hundreds of starts need
not wait for it. In everything else it is `python -m bot serve`, in a process of its own.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["bot.cli", "tests.chaos.hasty", "asyncpg", "aiosqlite"])
STDERR = 2
LONGEST = 1 << 20
"""Bytes of one line; a traceback stands in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process, and what it says on its standard error."""

    process: ForkServerProcess
    said: asyncio.StreamReader

    def ends(self, number: int) -> bool:
        """Send a signal, if the process is there to hear it."""
        if self.process.pid is None or not self.process.is_alive():
            return False
        os.kill(self.process.pid, number)
        return True

    async def ended(self) -> int:
        """Wait for the end, and return the exit status."""
        await asyncio.to_thread(self.process.join)
        return self.process.exitcode or 0


@asynccontextmanager
async def born(program: str, word: str, environment: Mapping[str, str]) -> AsyncIterator[Child]:
    """Run a program's `main` with one word for it, until it ends."""
    hears, says = NURSERY.Pipe(duplex=False)
    process = NURSERY.Process(target=_lives, args=(program, word, dict(environment), says))
    process.start()
    says.close()
    said = asyncio.StreamReader(limit=LONGEST)
    pipe = os.fdopen(os.dup(hears.fileno()), "rb")
    hears.close()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(said), pipe
    )
    try:
        yield Child(process=process, said=said)
    finally:
        transport.close()


def _lives(program: str, word: str, environment: Mapping[str, str], says: Connection) -> None:
    os.dup2(says.fileno(), STDERR)
    says.close()
    os.environ.clear()  # noqa: TID251 - the process's own, from its first moment on
    os.environ.update(environment)  # noqa: TID251
    sys.argv = ["caseflag", word]
    main: Callable[[], None] = import_module(program).main
    main()
