"""The formats of strings in Block Kit: addresses, ids, dates, times and numbers."""

import re
import zoneinfo
from datetime import date, time
from decimal import Decimal
from functools import cache

from workbench.blockkit.kinds import Form, String

# What a browser can open: apps link to slack:// and mailto: as well as to pages.
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_WEB = re.compile(r"https?://[^\s/?#]+[^\s]*")
_SECURE = re.compile(r"https://[^\s/?#]+[^\s]*")
_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    if not re.fullmatch(r"\d{2}:\d{2}", text, re.ASCII):
        return False
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _matches(pattern: str | re.Pattern[str], name: str) -> Form:
    compiled = re.compile(pattern)
    return Form(name=name, fits=lambda text: compiled.fullmatch(text) is not None)


def is_email(text: str) -> bool:
    """Tell whether Slack's client would take it for an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """Tell whether it is an http or https address."""
    return _WEB.fullmatch(text) is not None


def number(text: str) -> Decimal | None:
    """Return the decimal number that a number input holds as a string, or None."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def link(most: int) -> String:
    """Return an address that a click opens."""
    return String(most=most, form=_matches(_LINK, "url"))


def web(most: int) -> String:
    """Return an http or https address that Slack itself fetches."""
    return String(most=most, form=_matches(_WEB, "url"))


def secure(most: int) -> String:
    """Return an https address."""
    return String(most=most, form=_matches(_SECURE, "url"))


USER = String(form=_matches(r"[UWB][A-Z0-9]+", "user id"))
CHANNEL = String(form=_matches(r"[CG][A-Z0-9]+", "channel id"))
CONVERSATION = String(form=_matches(r"[CDGUW][A-Z0-9]+", "conversation id"))
USER_GROUP = String(form=_matches(r"S[A-Z0-9]+", "usergroup id"))
TEAM = String(form=_matches(r"[TE][A-Z0-9]+", "team id"))
DATE = String(form=Form(name="date, must be YYYY-MM-DD", fits=_is_date))
TIME = String(form=Form(name="time, must be HH:mm", fits=_is_time))
ZONE = String(form=Form(name="timezone", fits=lambda text: text in _zones()))
NUMERIC = String(form=Form(name="number", fits=lambda text: number(text) is not None))
COLOUR = String(form=_matches(r"#[0-9A-Fa-f]{6}", "color"))
