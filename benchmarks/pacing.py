"""Load at an even pace: so many commands a second, whatever becomes of each."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle

from benchmarks.load import Wire, command, wired

WIRES = 16


@asynccontextmanager
async def pace(port: int, *, per_second: float) -> AsyncIterator[list[float]]:
    """Ask for help so often while the block runs; give the seconds that each answer took."""
    took, asking = list[float](), set[asyncio.Task[None]]()
    wires = [await wired(port) for _ in range(WIRES)]
    running = asyncio.create_task(_asking(wires, per_second, took, asking))
    try:
        yield took
    finally:
        running.cancel()
        await asyncio.gather(running, *asking, return_exceptions=True)
        for wire in wires:
            wire.closes()


async def _asking(
    wires: list[Wire], per_second: float, took: list[float], asking: set[asyncio.Task[None]]
) -> None:
    locks = [(wire, asyncio.Lock()) for wire in wires]
    began = time.perf_counter()
    for number, (wire, lock) in enumerate(cycle(locks)):
        await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        task = asyncio.create_task(_ask(wire, lock, took))
        asking.add(task)
        task.add_done_callback(asking.discard)


async def _ask(wire: Wire, lock: asyncio.Lock, took: list[float]) -> None:
    asked = time.perf_counter()
    async with lock:
        await wire.asks(command("help"))
    took.append(time.perf_counter() - asked)
