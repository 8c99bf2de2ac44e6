"""`python -m benchmarks.beating`: Caseflag, with a heart that writes down when it could not beat.

Whatever holds the event loop holds the heart as well. Each beat that came too late is a line in
the file `BEATS`: when it came, by the monotonic clock that all processes share, how late, and how
long the loop's thread was at work since the one before.
"""

import asyncio
import gc
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
    last, worked = time.monotonic(), time.thread_time()
    with into.open("a", encoding="utf-8", buffering=1) as lines:
        while True:
            await asyncio.sleep(EVERY)
            now, done = time.monotonic(), time.thread_time()
            if now - last - EVERY > LATE:
                lines.write(f"{now} {now - last - EVERY} {done - worked}\n")
            last, worked = now, done


async def main() -> None:
    """Run until killed."""
    async with running(Settings.model_validate({})):
        gc.freeze()  # as whoever serves does
        await beat(Path(os.environ["BEATS"]))


def longest(beats: Path, *, since: float) -> tuple[float, float]:
    """Return the most seconds by which a beat was late since a moment, and the most at work.

    What is late and not at work waited for a processor: others had it.
    """
    lines = beats.read_text(encoding="utf-8").splitlines()
    read = [tuple(map(float, line.split())) for line in lines if line.count(" ") == 2]
    found = [each[1:] for each in read if each[0] >= since] or [(LATE, LATE)]
    return max(late for late, _ in found), max(worked for _, worked in found)


if __name__ == "__main__":
    asyncio.run(main())
