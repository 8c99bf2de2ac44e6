"""What goes into the log: one line per event, with its case and request, and never a token."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRETS = (
    (re.compile(r"\b(xox[a-z](?:\.xox[a-z])?|xapp)-[\w.%-]+"), r"\1-***"),
    (re.compile(r"(://[^:/@\s]+:)[^@/\s]+@"), r"\1***@"),  # the password in a database's URL
    (re.compile(r"((?:hooks|wss-[\w-]+)\.slack\.com/)\S+"), r"\1***"),  # answers without a token
    (re.compile(r"(/response/|[?&](?:ticket|token|client_secret|code)=)[^&\s\"']+"), r"\1***"),
)
QUIET = {
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "slack_bolt": logging.ERROR,  # its warnings hold what people wrote
    "slack_sdk": logging.WARNING,  # its DEBUG holds tokens in clear
}
"""Libraries that say too much, and what is worth hearing of them at any rate."""


def redacted(text: str) -> str:
    """Return the text without what would let its reader act as us."""
    for pattern, harmless in SECRETS:
        text = pattern.sub(harmless, text)
    return text


def redacting(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Take secrets out of an event, wherever in it they stand."""
    return {key: _clean(value) for key, value in event.items()}


def _clean(value: Any) -> Any:
    match value:
        case str():
            return redacted(value)
        case Mapping():
            return {key: _clean(each) for key, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
        case None | bool() | int() | float():
            return value
        case _:
            return redacted(str(value))


def configured(stream: TextIO | None = None, *, level: int = logging.INFO) -> logging.Handler:
    """Let everything that is logged, by us or by a library, leave through one handler.

    JSON where a machine reads, colours where a person does.
    """
    stream = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redacting,
    ]
    for_people = stream.isatty()
    renderer: Processor = (
        structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(level, least))
    return handler


def bound(**facts: str | None) -> None:
    """Say of everything logged by this task from now on which case, person or request it is about."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**{key: it for key, it in facts.items() if it})
