"""For any project's pytest: `pytest_plugins = ["workbench.pytest_plugin"]`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from workbench.hosting import BlockingSlack, Host, Slack
from workbench.seed import read_seed, seed_for


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a project name its seed, or only its app's manifest."""
    parser.addini("workbench_seed", "the seed of every test's workbench", type="paths", default=[])
    parser.addini("workbench_manifest", "an app's manifest in its place", type="paths", default=[])


@pytest.fixture
def workbench_seed(pytestconfig: pytest.Config) -> Mapping[str, Any] | None:
    """Return who and what is in the workspace; a project may override it."""
    seeds: list[Path] = pytestconfig.getini("workbench_seed")
    if seeds:
        return read_seed(seeds[0])
    manifests: list[Path] = pytestconfig.getini("workbench_manifest")
    return seed_for(manifests[0] if manifests else None)


@pytest.fixture
def workbench_host(workbench_seed: Mapping[str, Any] | None) -> Iterator[Host]:
    """Run a workbench of its own for the test, in a thread of its own."""
    host = Host(workbench_seed)
    host.start()
    yield host
    host.stop()


@pytest.fixture
def slack(workbench_host: Host) -> Slack:
    """Return the test's workbench; people's verbs, and the clock's, are awaited."""
    return Slack(workbench_host)


@pytest.fixture
def workbench(workbench_host: Host) -> BlockingSlack:
    """Return the test's workbench for tests without `async`."""
    return BlockingSlack(workbench_host)
