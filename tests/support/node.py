"""Node and what our foreigners need of it: installed once, beside their package.json."""

import fcntl
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

FOREIGN = Path(__file__).parents[1] / "workbench" / "foreign"
INSTALL = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
PATIENCE = 300.0
MISSING = (
    "tests with Bolt for JavaScript were left out, as there is no Node with npm, or npm could not "
    "fetch its packages; `apt-get install -y nodejs npm` gets both"
)


@cache
def trouble() -> str | None:
    """Install what package.json names, unless it is there; return why that cannot be."""
    npm = shutil.which(INSTALL[0])
    if not npm or not shutil.which("node"):
        return "there is no node, or no npm"
    with (FOREIGN / "package.json").open(encoding="utf-8") as package:
        fcntl.flock(package, fcntl.LOCK_EX)  # one worker installs, the others wait for it
        wanted = package.read()
        stamp = FOREIGN / "node_modules" / ".installed"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return None
        wrong = _install(npm)
        if wrong is None:
            stamp.write_text(wanted, encoding="utf-8")
        return wrong


def _install(npm: str) -> str | None:
    """Let npm install; return what it complains of."""
    command = [npm, *INSTALL[1:]]
    try:
        done = subprocess.run(
            command, cwd=FOREIGN, capture_output=True, check=False, text=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return "npm took too long"
    return (done.stderr.strip() or done.stdout.strip()) if done.returncode else None


def is_ready() -> bool:
    """Tell whether the foreigners can run."""
    return trouble() is None


@pytest.fixture(scope="session")
def node() -> str:
    """Return the path of Node, with everything installed that the foreigners need."""
    wrong = trouble()
    if wrong:
        pytest.fail(wrong)
    return str(shutil.which("node"))
