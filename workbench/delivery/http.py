"""Deliveries over HTTP: signed, with three seconds to answer."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote_plus, urlencode

import aiohttp

from workbench.delivery.answer import CONNECTION_FAILED, TIMEOUT, Answer, Parcel
from workbench.state.apps import App
from workbench.state.clock import Clock
from workbench.state.shapes import Json

REDIRECTS = 2
FORM = "application/x-www-form-urlencoded"
_QUOTED = {code: quote_plus(chr(code)) for code in range(128)}  # JSON as it is written is ASCII


def signed(secret: str, body: bytes, *, timestamp: int) -> dict[str, str]:
    """Return the headers with which an app can tell that a request is Slack's."""
    base = b"v0:%d:%s" % (timestamp, body)
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def address(app: App, parcel: Parcel) -> str | None:
    """Return where the app wants this delivery."""
    urls = app.addresses
    match parcel.kind:
        case "command":
            command = app.command(parcel.payload["command"])
            return (command.url if command else None) or urls.commands
        case "event":
            return urls.events
        case "suggestion":
            return urls.options or urls.interactivity
        case _:
            return urls.interactivity


def body(parcel: Parcel) -> tuple[bytes, str]:
    """Return a delivery's body and its content type."""
    if parcel.kind == "event":
        return json.dumps(parcel.payload).encode(), "application/json"
    if parcel.kind == "command":
        return urlencode(parcel.payload).encode(), FORM
    return f"payload={json.dumps(parcel.payload).translate(_QUOTED)}".encode(), FORM


def headers(app: App, raw: bytes, content_type: str, parcel: Parcel) -> dict[str, str]:
    """Return all headers of a delivery; each attempt is signed anew, in real time."""
    own = {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        **signed(app.signing_secret, raw, timestamp=int(time.time())),
    }
    if parcel.retry:
        own["x-slack-retry-num"] = str(parcel.retry)
        own["x-slack-retry-reason"] = parcel.reason or "unknown_error"
    return own


async def post(
    session: aiohttp.ClientSession, clock: Clock, app: App, parcel: Parcel, *, seconds: float
) -> Answer:
    """Send a delivery and return the answer, or why there is none."""
    url = address(app, parcel)
    if url is None:
        return Answer(failure=CONNECTION_FAILED)
    raw, content_type = body(parcel)
    own = headers(app, raw, content_type, parcel)
    answer = await send(session, clock, url, raw, own, seconds=seconds)
    return replace(answer, sent=own)


async def send(
    session: aiohttp.ClientSession,
    clock: Clock,
    url: str,
    raw: bytes,
    own: Mapping[str, str],
    *,
    seconds: float,
) -> Answer:
    """Send bytes with these headers; the seconds count from now."""
    try:
        async with (
            clock.limit(seconds),
            session.post(url, data=raw, headers=own, max_redirects=REDIRECTS + 1) as response,
        ):
            return _read(response.status, dict(response.headers), await response.read())
    except TimeoutError:
        return Answer(failure=TIMEOUT)
    except aiohttp.TooManyRedirects:
        return Answer(failure="too_many_redirects")
    except aiohttp.ClientError:
        return Answer(failure=CONNECTION_FAILED)


def _read(status: int, heads: dict[str, str], raw: bytes) -> Answer:
    lowered = {name.lower(): value for name, value in heads.items()}
    failure = None if 200 <= status < 300 else "http_error"
    text = raw.decode("utf-8", errors="replace")
    return Answer(
        status=status,
        body=_parsed(text, lowered.get("content-type", "")),
        failure=failure,
        headers=lowered,
    )


def _parsed(text: str, content_type: str) -> Json | str | None:
    if not text:
        return None
    if content_type.startswith("application/json"):
        try:
            parsed = json.loads(text)
        except ValueError:
            return text
        return parsed if isinstance(parsed, dict) else text
    return text
