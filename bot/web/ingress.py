"""The door of `/slack/events`: raw bytes verified, read once, handed to Bolt as if by socket.

Bolt's own door loses a command whose text holds the word "payload", parses before it verifies,
and logs whatever anybody sends.
"""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import Clock, SignatureVerifier
from typing_extensions import override

from bot.clock import real_now
from bot.courtesy import Courtesy
from bot.metrics import Metrics

FORM = "application/x-www-form-urlencoded"
LARGEST = 1 << 20
"""Bytes; Slack's largest payloads carry a view of 250 KB twice."""
RETRIES = ("x-slack-retry-num", "x-slack-retry-reason")


class RealClock(Clock):
    """Signatures are as old as they are, wherever a sandbox has moved the clock."""

    @override
    def now(self) -> float:
        """Return the seconds since the epoch."""
        return real_now().timestamp()


class Ingress:
    """Takes Slack's deliveries."""

    def __init__(
        self,
        app: AsyncApp,
        secrets: Sequence[str],
        metrics: Metrics,
        courtesy: Courtesy | None = None,
    ) -> None:
        self._app = app
        self._courtesy = courtesy or Courtesy()
        self._verifiers = [SignatureVerifier(secret, RealClock()) for secret in secrets]
        self._metrics = metrics

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Answer one delivery: 401 when Slack did not sign it, 400 when it cannot be read."""
        started = time.monotonic()
        raw = await request.read()
        if not self._is_signed(raw, request.headers):
            return self._counted("unverified", web.Response(status=401), started)
        try:
            body = parsed(raw, request.content_type)
        except ValueError:
            return self._counted("unreadable", web.Response(status=400), started)
        kind = named(body)
        headers = {name: request.headers[name] for name in RETRIES if name in request.headers}
        bolt = AsyncBoltRequest(mode="socket_mode", body=body, headers=dict(headers))
        with self._courtesy.serving():
            answer = answered(await self._app.async_dispatch(bolt))
        return self._counted(kind, answer, started)

    def _is_signed(self, raw: bytes, headers: Mapping[str, str]) -> bool:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        try:
            return any(each.is_valid(raw, timestamp, signature) for each in self._verifiers)
        except (ValueError, TypeError):  # a hostile header, or a body that is not UTF-8
            return False

    def _counted(self, kind: str, answer: web.Response, started: float) -> web.Response:
        self._metrics.deliveries.labels(kind, answer.status).inc()
        self._metrics.ack_seconds.labels(kind).observe(time.monotonic() - started)
        return answer


def answered(response: BoltResponse) -> web.Response:
    """Return what Bolt answers; we set no cookies, and all that is said is text or JSON."""
    is_json = response.body.startswith("{")
    return web.Response(
        status=response.status,
        text=response.body,
        content_type="application/json" if is_json else "text/plain",
    )


def parsed(raw: bytes, content_type: str) -> dict[str, Any]:
    """Return what a delivery says.

    Raises:
        ValueError: it is not UTF-8, not what it claims to be, or no object.
    """
    text = raw.decode()
    if content_type != FORM:
        body = json.loads(text)
    else:
        form = dict(parse_qsl(text, keep_blank_values=True))
        body = json.loads(form["payload"]) if "payload" in form else form
    if not isinstance(body, dict):
        message = "a delivery is an object"
        raise ValueError(message)  # noqa: TRY004 - to the sender, one unreadable body is like another
    return body


def named(body: Mapping[str, Any]) -> str:
    """Return what kind of delivery it is, out of few."""
    known = {
        *("block_actions", "block_suggestion", "event_callback", "message_action", "shortcut"),
        *("url_verification", "view_closed", "view_submission"),
    }
    if "command" in body:
        return "command"
    return body["type"] if body.get("type") in known else "other"
