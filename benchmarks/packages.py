"""What peers need that Caseflag does not: installed once, into a folder beside them."""

import asyncio
import sys
from pathlib import Path

from benchmarks.harness import Missing
from benchmarks.servers import PEERS

WANTED = PEERS / "requirements.txt"
PACKAGES = PEERS / ".packages"
PATIENCE = 120.0


async def installed() -> Path:
    """Return the folder with the packages.

    Raises:
        Missing: pip cannot fetch them.
    """
    stamp, wanted = PACKAGES / ".installed", WANTED.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return PACKAGES
    pip = (sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check")
    child = await asyncio.create_subprocess_exec(
        *(*pip, "--upgrade", "--target", str(PACKAGES), "-r", str(WANTED)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await child.communicate()
    except TimeoutError as late:
        child.kill()
        message = "pip took too long"
        raise Missing(message) from late
    if child.returncode:
        message = f"pip could not fetch Flask: {said.decode()[-200:]}"
        raise Missing(message)
    stamp.write_text(wanted, encoding="utf-8")
    return PACKAGES
