"""Pagers beyond Slack: PagerDuty's Events v2, and a signed webhook (docs/paging.md).

Whatever goes wrong comes as `Refused`. To tell a pager twice is no harm: it knows an alert by its
key, and a webhook's reader knows a delivery by its own.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

import aiohttp

from bot.clock import real_now
from bot.delivery.errors import SERVER_ERRORS, TOO_MANY, Refused, Trouble
from policy.cases import Case, Severity
from policy.notices import EscalationPaged, Notice, PageEvent, PagerService

LOUDNESS: Mapping[Severity, str] = {
    Severity.S1: "critical",
    Severity.S2: "error",
    Severity.S3: "warning",
    Severity.S4: "info",
}
"""How PagerDuty calls our severities."""
SUMMARY = 1024
"""The longest summary that PagerDuty takes."""
SOURCE = "caseflag"
VERSION = "v1"
PASSING = frozenset({408, 425})
"""Codes of requests that may well succeed when they are repeated."""
LONGEST_WAIT = 3600.0
"""Seconds for which we are kept waiting at most, whatever a pager says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerSettings:
    """Where pagers are and what they know us by; those that are not configured are off."""

    pagerduty_url: str = ""
    pagerduty_key: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""

    @property
    def services(self) -> frozenset[PagerService]:
        """The pagers that are on."""
        keys = {
            PagerService.PAGERDUTY: self.pagerduty_key,
            PagerService.WEBHOOK: self.webhook_url,
        }
        return frozenset(service for service, key in keys.items() if key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    url: str
    body: bytes
    headers: Mapping[str, str]


class Pagers:
    """The pagers that are configured, over one session whose time-outs end a silent one."""

    def __init__(self, session: aiohttp.ClientSession, settings: PagerSettings) -> None:
        self._session = session
        self._settings = settings

    @property
    def session(self) -> aiohttp.ClientSession:
        """What speaks to whatever is outside of Slack."""
        return self._session

    @property
    def services(self) -> frozenset[PagerService]:
        """The pagers that are on."""
        return self._settings.services

    async def page(self, service: PagerService, notice: Notice, case: Case | None) -> None:
        """Tell a pager; it has taken it when this returns.

        Raises:
            Refused: it did not take it, or did not say so.
        """
        request = self._drawn(service, notice, case)
        try:
            async with self._session.post(
                request.url, data=request.body, headers=request.headers, allow_redirects=False
            ) as answer:
                refused = _refusal(answer.status, answer.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            refused = Refused(Trouble.LOST, type(error).__name__)
        if refused:
            raise refused

    def _drawn(self, service: PagerService, notice: Notice, case: Case | None) -> _Request:
        json_type = {"Content-Type": "application/json"}
        if service is PagerService.PAGERDUTY:
            said = pagerduty(notice, case, key=self._settings.pagerduty_key)
            return _Request(
                url=self._settings.pagerduty_url, body=_packed(said), headers=json_type
            )
        body = _packed(webhook(notice, case))
        stamp = str(int(real_now().timestamp()))
        headers = json_type | {
            "X-Caseflag-Delivery": notice.key,
            "X-Caseflag-Timestamp": stamp,
            "X-Caseflag-Signature": signature(self._settings.webhook_secret, stamp, body),
        }
        return _Request(url=self._settings.webhook_url, body=body, headers=headers)


def pagerduty(notice: Notice, case: Case | None, *, key: str) -> dict[str, Any]:
    """Return the event as PagerDuty's Events v2 takes it; all of one escalation share a key."""
    fact = _fact(notice)
    event: dict[str, Any] = {
        "routing_key": key,
        "event_action": fact.event.value,
        "dedup_key": dedup_key(notice),
    }
    if fact.event is PageEvent.TRIGGER:
        event["client"] = "Caseflag"
        event["payload"] = {
            "summary": summary(fact, case)[:SUMMARY],
            "source": SOURCE,
            "severity": LOUDNESS[case.severity] if case else "error",
            "timestamp": _spelled(notice.at),
            "component": notice.case,
            "class": "escalation",
            "custom_details": _details(notice, fact, case),
        }
    return event


def webhook(notice: Notice, case: Case | None) -> dict[str, Any]:
    """Return the event as the webhook's reader is promised it."""
    fact = _fact(notice)
    return {
        "version": VERSION,
        "delivery": notice.key,
        "event": f"escalation.{fact.event.value}",
        "dedup_key": dedup_key(notice),
        "at": _spelled(notice.at),
        "summary": summary(fact, case),
        **_details(notice, fact, case),
    }


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what proves a delivery: HMAC-SHA256 over the timestamp, a full stop and the body."""
    signed = timestamp.encode() + b"." + body
    return f"{VERSION}={hmac.new(secret.encode(), signed, sha256).hexdigest()}"


def dedup_key(notice: Notice) -> str:
    """Return the key that all events of one escalation share."""
    return f"caseflag:{notice.workspace}:{_fact(notice).escalation}"


def summary(fact: EscalationPaged, case: Case | None) -> str:
    """Return the event in one sentence, as a telephone reads it."""
    of = f"{case.id} ({case.severity.value}, {case.account_name}) {case.title}" if case else "?"
    match fact.event:
        case PageEvent.TRIGGER if fact.is_late:
            return f"Still nobody has acknowledged the escalation of {of}"
        case PageEvent.TRIGGER:
            return f"Escalated, acknowledge by {_spelled(fact.due_at)}: {of}"
        case PageEvent.ACKNOWLEDGE:
            return f"Acknowledged: {of}"
        case PageEvent.RESOLVE:
            return f"The escalation has ended: {of}"


def _details(notice: Notice, fact: EscalationPaged, case: Case | None) -> dict[str, Any]:
    return {
        "workspace": notice.workspace,
        "case": notice.case,
        "escalation": fact.escalation,
        "severity": case.severity.value if case else None,
        "account": case.account_name if case else None,
        "title": case.title if case else None,
        "owner": fact.owner,
        "acknowledge_by": _spelled(fact.due_at),
        "is_late": fact.is_late,
    }


def _fact(notice: Notice) -> EscalationPaged:
    assert isinstance(notice.fact, EscalationPaged)  # noqa: S101 - nothing else goes to a pager
    return notice.fact


def _refusal(status: int, retry_after: str) -> Refused | None:
    """Return what an answer means; a pager that says anything but 2xx has not taken it."""
    code = f"http_{status}"
    if status in range(200, 300):
        return None
    if status == TOO_MANY:
        return Refused(Trouble.WAIT, code, retry_after=_seconds(retry_after))
    if status in SERVER_ERRORS or status in PASSING:
        return Refused(Trouble.LOST, code, retry_after=_seconds(retry_after))
    return Refused(Trouble.OUR_BUG, code)


def _seconds(retry_after: str) -> float:
    """Return for how many seconds a pager wants to be left alone, as a number or as a date."""
    if not retry_after:
        return 0.0
    try:
        wait = float(retry_after)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(retry_after) - real_now()).total_seconds()
        except (ValueError, TypeError):
            return 0.0
    return min(max(wait, 0.0), LONGEST_WAIT)


def _packed(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _spelled(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
