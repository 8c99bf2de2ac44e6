"""What Caseflag would write into its log, kept for a look at every line of it."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot import logs
from tests.support.app import APP, BOT, SECRET

SECRETS = (BOT, APP, SECRET, "xoxb-", "xapp-", "/response/", "ticket=")
"""What lets its reader act as the app, or as somebody who pressed a button."""


def leaks(line: str) -> bool:
    """Tell whether a line holds a secret that nobody has made harmless."""
    for harmless in ("xoxb-***", "xapp-***", "/response/***", "ticket=***"):
        line = line.replace(harmless, "")
    return any(secret in line for secret in SECRETS)


@contextmanager
def writing() -> Iterator[io.StringIO]:
    """Keep the log of the block, written as a process writes it; all that listen go on listening."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    handler = logs.configured(stream)
    root.handlers[:] = [*before, handler]
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        for name, was in levels.items():
            logging.getLogger(name).setLevel(was)
