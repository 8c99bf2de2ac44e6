"""The escalation form, read (product, 5). What depends on the case is checked by the rules."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.forms.reading import Reader
from policy.cases import Severity
from policy.comments import TEXT_LIMIT
from policy.escalations import (
    EscalationRequest,
    Reach,
    Reason,
    Workaround,
)
from policy.ids import UserId

IMPACT = (30, 2000)
CHANGED = (20, 1500)
WANTED = (10, 500)
MEANING = 200
WHY = 500
PHONE = (7, 15)
USERS = 100_000_000
FOLLOWERS = 10
SPELLED_PHONE = re.compile(r"\+?[0-9 ()./-]+")


def read(view: Mapping[str, Any]) -> EscalationRequest:
    """Return what the form asks for.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    contact = reader.person("contact")
    if contact is None:
        reader.amiss("contact", "Choose who speaks for you.")
    if not reader.ticked("right"):
        reader.amiss("right", "Please confirm: a case has one escalation.")
    critical_at, meaning = _critical(reader)
    workaround, why = _workaround(reader)
    reach, phone = _reach(reader)
    request = EscalationRequest(
        reason=reader.chosen("reason", Reason),
        impact=_impact(reader),
        changed=_changed(reader),
        wanted=reader.text("wanted", least=WANTED[0], most=WANTED[1]),
        critical_at=critical_at,
        critical_meaning=meaning,
        workaround=workaround,
        workaround_why=why,
        users_affected=reader.number("users_affected", most=USERS),
        contact=contact or UserId(""),
        alternate=reader.person("alternate"),
        reach=reach,
        phone=phone,
        severity=reader.choice("severity", Severity),
        followers=_followers(reader),
        confidential=reader.ticked("confidential"),
    )
    reader.done()
    return request


def statement(view: Mapping[str, Any]) -> str:
    """Return a statement on an open escalation.

    Raises:
        Unreadable: nothing was written, or too much.
    """
    reader = Reader(view)
    text = reader.text("text", most=TEXT_LIMIT)
    reader.done()
    return text


def _impact(reader: Reader) -> str:
    impact = reader.text("impact", least=IMPACT[0], most=IMPACT[1])
    if len(set("".join(impact.split()))) == 1:
        reader.amiss("impact", "Describe the impact in words.")
    return impact


def _changed(reader: Reader) -> str:
    changed = reader.text("changed", least=0, most=CHANGED[1])
    if changed:
        reader.text("changed", least=CHANGED[0], most=CHANGED[1])
    return changed


def _critical(reader: Reader) -> tuple[Any, str]:
    at, meaning = (
        reader.moment("critical_at"),
        reader.text("critical_meaning", least=0, most=MEANING),
    )
    if at and not meaning:
        reader.amiss("critical_meaning", "Write what happens at the critical date.")
    if meaning and not at:
        reader.amiss("critical_at", "Choose the critical date.")
    return at, meaning


def _workaround(reader: Reader) -> tuple[Workaround, str]:
    workaround = reader.chosen("workaround", Workaround)
    why = reader.text("workaround_why", least=0, most=WHY)
    if workaround is Workaround.IMPRACTICAL and not why:
        reader.amiss("workaround_why", "Write why the workaround is impractical.")
    return workaround, why


def _reach(reader: Reader) -> tuple[Reach, str]:
    reach = reader.chosen("reach", Reach)
    said = reader.text("phone", least=0, most=40)
    digits = "".join(each for each in said if each.isdigit())
    spelled = SPELLED_PHONE.fullmatch(said) and PHONE[0] <= len(digits) <= PHONE[1]
    if (said or reach is Reach.CALL) and not spelled:
        reader.amiss("phone", f"Write a phone number of {PHONE[0]} to {PHONE[1]} digits.")
    return reach, digits


def _followers(reader: Reader) -> tuple[UserId, ...]:
    followers = reader.people("followers")
    if len(followers) > FOLLOWERS:
        reader.amiss("followers", f"Choose at most {FOLLOWERS} followers.")
    return followers
