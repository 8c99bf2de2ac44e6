"""What some tests need of the machine: where it is missing they are left out, in one line.

Under `CI` nothing is left out; what cannot run fails.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support import browser, node


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What the tests with a marker need, and what is said of how many were left out."""

    marker: str
    is_met: Callable[[], bool]
    missing: str


NEEDS = (
    Need(marker="browser", is_met=lambda: bool(browser.chromium()), missing=browser.MISSING),
    Need(marker="node", is_met=node.is_ready, missing=node.MISSING),
)
LEFT_OUT = pytest.StashKey[dict[str, int]]()


@pytest.hookimpl(trylast=True)  # nothing is looked for that -k or -m has taken out already
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests out that cannot run here."""
    said = config.stash[LEFT_OUT] = {}
    if os.environ.get("CI"):
        return
    for need in NEEDS:
        left_out = [item for item in items if item.get_closest_marker(need.marker)]
        if left_out and not need.is_met():
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in left_out]
            said[need.missing] = len(left_out)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in one line each what was left out, and how to get it."""
    for missing, count in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_line(f"{count} {missing}", yellow=True)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    """Hear from a worker what it has left out."""
    node.config.stash.setdefault(LEFT_OUT, {}).update(
        getattr(node, "workeroutput", {}).get("left_out", {})
    )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Call it no failure when nothing was asked for but what was left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, {})
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and session.config.stash.get(LEFT_OUT, {}):
        session.exitstatus = pytest.ExitCode.OK
