"""What peers need that Caseflag does not: fetched once, into a folder beside them."""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.harness import Missing
from benchmarks.servers import PEERS

PACKAGES = PEERS / ".packages"
PIP = (sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--upgrade")
STAMP = ".installed"
"""What was fetched last, as it was named."""
PATIENCE = 120.0


async def installed() -> Path:
    """Return the folder with the packages of Python.

    Raises:
        Missing: pip cannot fetch them.
    """
    wanted = PEERS / "requirements.txt"
    await fetched(wanted, PACKAGES, (*PIP, "--target", str(PACKAGES), "-r", str(wanted)))
    return PACKAGES


async def fetched(wanted: Path, into: Path, command: Sequence[str]) -> None:
    """Run what fetches into a folder what a file names, unless that is there already.

    Raises:
        Missing: it takes too long, or fails.
    """
    if _is_there(wanted, into):
        return
    child = await asyncio.create_subprocess_exec(
        *command,
        cwd=PEERS,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await child.communicate()
    except TimeoutError as late:
        child.kill()
        message = f"fetching what {wanted.name} names took too long"
        raise Missing(message) from late
    if child.returncode:
        message = f"what {wanted.name} names could not be fetched: {said.decode()[-200:]}"
        raise Missing(message)
    shutil.copyfile(wanted, into / STAMP)


def _is_there(wanted: Path, into: Path) -> bool:
    stamp = into / STAMP
    return stamp.exists() and stamp.read_bytes() == wanted.read_bytes()
