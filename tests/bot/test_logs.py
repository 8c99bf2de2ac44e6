import io
import json
import logging

import pytest
from typing_extensions import override

from bot import logs

TOKENS = ["xoxb-1-2-abcDEF", "xapp-1-A0-2-abc", "xoxe.xoxb-1-abc", "xoxp-12-34"]


class Terminal(io.StringIO):
    """A stream before which a person sits."""

    @override
    def isatty(self):
        return True


@pytest.fixture
def written():
    """What is logged from now on, as text."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    stream = io.StringIO()
    logs.configured(stream)
    yield stream.getvalue
    root.handlers[:] = before
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


@pytest.mark.parametrize("token", TOKENS)
def test_no_token_is_ever_logged(written, token):
    log = logging.getLogger("bot.test")
    log.warning("calling with %s", token)
    log.warning("calling", extra={"headers": {"Authorization": f"Bearer {token}"}})
    log.warning("calling", extra={"tried": [token, ("a", token)]})
    log.warning("calling", extra={"error": ValueError(token)})
    try:
        int(token)
    except ValueError:
        log.exception("it failed")
    assert written().count("\n") == 5
    assert token not in written()
    assert "***" in written()


@pytest.mark.parametrize(
    ("said", "written_as"),
    [
        ("postgresql://me:hush@db/x", "postgresql://me:***@db/x"),
        ("wss://h/socket?ticket=hush&x=1", "wss://h/socket?ticket=***&x=1"),
        ("https://hooks.slack.com/commands/T/1/hush", "https://hooks.slack.com/***"),
        ("http://127.0.0.1:4040/response/hush", "http://127.0.0.1:4040/response/***"),
    ],
)
def test_neither_is_what_lets_one_in_without_a_token(said, written_as):
    assert logs.redacted(said) == written_as


def test_a_line_is_json_and_says_what_it_is_about(written):
    logs.bound(workspace="T1", user="U1", case=None)
    logging.getLogger("bot.test").info("submitted %s", "CASE-1", extra={"took": 3})
    line = json.loads(written())
    assert line["event"] == "submitted CASE-1"
    assert (line["level"], line["logger"]) == ("info", "bot.test")
    assert (line["workspace"], line["user"], line["took"]) == ("T1", "U1", 3)
    assert "case" not in line
    logs.bound()


def test_libraries_that_log_bodies_are_kept_quiet(written):
    logging.getLogger("slack_sdk.web.async_client").info("Received the following response")
    logging.getLogger("slack_bolt.tests").warning("Unhandled request (body)")
    assert written() == ""


def test_a_person_at_a_terminal_reads_no_json():
    terminal = Terminal()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configured(terminal)
    logging.getLogger("bot.test").warning("hello")
    root.handlers[:] = before
    root.setLevel(level)
    assert "hello" in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")
