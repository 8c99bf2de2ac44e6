"""Odd deliveries, to try how an app receives them: unsigned, stale, wrongly signed, the challenge."""

import json
import time
from collections.abc import Callable

from workbench.delivery.http import signed
from workbench.state.apps import App
from workbench.state.shapes import Json

STALE_SECONDS = 6 * 60
FORM = "application/x-www-form-urlencoded"
CHALLENGE = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"

Probe = Callable[[App], tuple[bytes, dict[str, str]]]


def _event(app: App) -> bytes:
    event: Json = {"type": "app_home_opened", "user": "U0", "channel": "D0", "tab": "home"}
    body = {"type": "event_callback", "token": app.verification_token, "event": event}
    return json.dumps(body).encode()


def _sent(raw: bytes, *, secret: str, age: int = 0) -> tuple[bytes, dict[str, str]]:
    headers = signed(secret, raw, timestamp=int(time.time()) - age)
    return raw, {"Content-Type": "application/json", **headers}


def url_verification(app: App) -> tuple[bytes, dict[str, str]]:
    """Return the question with which Slack makes sure of an address."""
    body = {"type": "url_verification", "token": app.verification_token, "challenge": CHALLENGE}
    return _sent(json.dumps(body).encode(), secret=app.signing_secret)


def wrong_signature(app: App) -> tuple[bytes, dict[str, str]]:
    """Return an event signed by somebody else."""
    return _sent(_event(app), secret="not the secret")  # noqa: S106 - that is the point


def old_timestamp(app: App) -> tuple[bytes, dict[str, str]]:
    """Return an event that somebody recorded and sends again."""
    return _sent(_event(app), secret=app.signing_secret, age=STALE_SECONDS)


def unsigned(app: App) -> tuple[bytes, dict[str, str]]:
    """Return an event without any signature."""
    return _event(app), {"Content-Type": "application/json"}


def ssl_check(app: App) -> tuple[bytes, dict[str, str]]:
    """Return the check of the certificate that distributed apps get."""
    raw = f"ssl_check=1&token={app.verification_token}".encode()
    headers = signed(app.signing_secret, raw, timestamp=int(time.time()))
    return raw, {"Content-Type": FORM, **headers}


PROBES: dict[str, Probe] = {
    "url_verification": url_verification,
    "wrong_signature": wrong_signature,
    "old_timestamp": old_timestamp,
    "unsigned": unsigned,
    "ssl_check": ssl_check,
}
