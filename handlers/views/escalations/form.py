"""The escalation form, prefilled with what the guidance found."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.forms import escalations as fields
from handlers.ids import Modal
from handlers.metadata import GuidancePath
from handlers.views.message import given, section
from handlers.views.modal import (
    menu,
    modal,
    moment,
    number,
    people,
    person,
    radio,
    tick,
    words,
)
from handlers.views.text import passage, quoted
from handlers.views.words import REACH, REASON, WORKAROUND
from policy.casefile import Position
from policy.cases import MEANING, Case, Severity
from policy.escalations import Reach, Reason, Workaround
from policy.guidance.outcomes import Escalate

Kept = Mapping[str, str]


def form(position: Position, path: GuidancePath, *, kept: Kept) -> View:
    """Return the escalation form, prefilled with what the guidance found."""
    case, goal = position.file.case, position.next
    found = goal if isinstance(goal, Escalate) else Escalate(reason=Reason.OTHER)
    typed = {
        "reason": found.reason.value,
        "workaround": Workaround.NONE.value,
        "reach": Reach.THREAD.value,
        "contact": case.contact,
        "confidential": "yes" if found.confidential else "",
        **kept,
    }
    return modal(
        f"Escalate {case.id}",
        *given(
            _summary(case, kept),
            _what(typed),
            _date(typed),
            _effect(typed),
            _people(case, typed),
            _besides(case, typed, asks_severity=found.asks_severity),
            tick(
                "right",
                "One escalation per case",
                "This uses this case's only escalation",
                optional=False,
            ),
        ),
        submit=(Modal.ESCALATION, "Escalate"),
        place=path,
    )


def _summary(case: Case, kept: Kept) -> tuple[Block, ...]:
    return given(
        section(":floppy_disk: What you typed before is still here.") if kept else None,
        section(
            f"*{case.id}* {quoted(case.title)} · {case.severity.value}",
            passage(case.description, 600),
        ),
    )


def _what(typed: Kept) -> tuple[Block, ...]:
    return (
        menu("reason", "Reason", _choices(REASON), chosen=typed["reason"]),
        words(
            "impact",
            "Impact now",
            least=fields.IMPACT[0],
            most=fields.IMPACT[1],
            kept=typed,
            lines=True,
            hint="Who cannot do what, and what it costs; not what the case says already.",
        ),
        words(
            "changed",
            "What changed, or was missed?",
            most=fields.CHANGED[1],
            kept=typed,
            lines=True,
            hint="Required when the impact has grown or the service fell short.",
            optional=True,
        ),
        words(
            "wanted",
            "Wanted result",
            least=fields.WANTED[0],
            most=fields.WANTED[1],
            kept=typed,
            lines=True,
        ),
    )


def _date(typed: Kept) -> tuple[Block, ...]:
    return (
        moment("critical_at", "Critical date", kept=typed),
        words(
            "critical_meaning",
            "What happens then?",
            most=fields.MEANING,
            kept=typed,
            optional=True,
        ),
    )


def _effect(typed: Kept) -> tuple[Block, ...]:
    return (
        radio("workaround", "Workaround", _choices(WORKAROUND), chosen=typed["workaround"]),
        words(
            "workaround_why",
            "Why is the workaround impractical?",
            most=fields.WHY,
            kept=typed,
            optional=True,
        ),
        number(
            "users_affected",
            "Users affected",
            most=fields.USERS,
            chosen=typed.get("users_affected", ""),
        ),
    )


def _people(case: Case, typed: Kept) -> tuple[Block, ...]:
    is_s1 = case.severity is Severity.S1
    return (
        person("contact", "Contact", chosen=typed["contact"]),
        person(
            "alternate",
            "Alternate contact",
            chosen=typed.get("alternate"),
            hint="Somebody else, who can be asked when the contact cannot.",
            optional=not is_s1,
        ),
        radio("reach", "Reach the contact", _choices(REACH), chosen=typed["reach"]),
        words(
            "phone",
            "Phone",
            most=40,
            kept=typed,
            hint="For a call; never shown in a channel.",
            optional=True,
        ),
    )


def _besides(case: Case, typed: Kept, *, asks_severity: bool) -> tuple[Block, ...]:
    worse = [each for each in Severity if each.is_worse_than(case.severity)]
    followers = [each for each in typed.get("followers", "").split(",") if each]
    return given(
        menu(
            "severity",
            "Also ask for the severity",
            [(each.value, f"{each.value} · {MEANING[each]}") for each in worse],
            chosen=typed.get("severity"),
            hint="You said that it no longer matches." if asks_severity else "",
            optional=True,
        )
        if worse
        else None,
        people("followers", "Followers", chosen=followers, most=fields.FOLLOWERS),
        tick(
            "confidential",
            "Confidential",
            "Only leads read this; the engineer sees nothing",
            ticked=bool(typed["confidential"]),
        ),
    )


def _choices(
    names: Mapping[Reason, str] | Mapping[Workaround, str] | Mapping[Reach, str],
) -> list[tuple[str, str]]:
    return [(each.value, name) for each, name in names.items()]
