"""`python -m benchmarks.beating`: Caseflag, with a heart that writes down when it could not beat.

Whatever holds the event loop holds the heart as well. Each beat that came too late is a line in
the file `BEATS`: when it came, by the monotonic clock that all processes share, and how late.
"""

import asyncio
import os
import time
from pathlib import Path

from bot.app import running
from bot.settings import Settings

EVERY = 0.001
LATE = 0.005
"""Seconds by which a beat has to be late to be written down."""


async def beat(into: Path) -> None:
    """Beat for ever."""
    last = time.monotonic()
    with into.open("a", encoding="utf-8", buffering=1) as lines:
        while True:
            await asyncio.sleep(EVERY)
            now = time.monotonic()
            if now - last - EVERY > LATE:
                lines.write(f"{now} {now - last - EVERY}\n")
            last = now


async def main() -> None:
    """Run until killed."""
    async with running(Settings.model_validate({})):
        await beat(Path(os.environ["BEATS"]))


def longest(beats: Path, *, since: float) -> float:
    """Return by how many seconds the latest beat was late since a monotonic moment."""
    lines = beats.read_text(encoding="utf-8").splitlines()
    found = (tuple(map(float, line.split())) for line in lines if line.count(" ") == 1)
    return max((late for at, late in found if at >= since), default=LATE)


if __name__ == "__main__":
    asyncio.run(main())
