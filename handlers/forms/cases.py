"""The form *open case*, read (product, 5)."""

from collections.abc import Mapping
from typing import Any

from handlers.forms.reading import Reader, has_field
from policy.cases import IMPACT_REQUIRED, CaseRequest, Severity
from policy.ids import AccountId

TITLE = (5, 120)
DESCRIPTION = (20, 3000)
IMPACT = (10, 1000)
DETAIL = 120
"""The most characters of component and environment."""


def read(view: Mapping[str, Any]) -> CaseRequest:
    """Return what the form asks for.

    Raises:
        Unreadable: a field does not hold what it asks for.
    """
    reader = Reader(view)
    severity = reader.chosen("severity", Severity, meanwhile=Severity.S4)
    impact = reader.text("impact", least=0, most=IMPACT[1])
    if impact or severity in IMPACT_REQUIRED:
        reader.text("impact", least=IMPACT[0], most=IMPACT[1])
    down, workaround = reader.flag("production_down"), reader.flag("has_workaround")
    if severity is Severity.S1:
        _answered(reader, production_down=down, has_workaround=workaround)
    request = CaseRequest(
        account=AccountId(reader.value("account")) if reader.value("account") else None,
        title=" ".join(reader.text("title", least=TITLE[0], most=TITLE[1]).split()),
        description=reader.text("description", least=DESCRIPTION[0], most=DESCRIPTION[1]),
        severity=severity,
        production_down=down,
        has_workaround=workaround,
        component=reader.text("component", least=0, most=DETAIL),
        environment=reader.text("environment", least=0, most=DETAIL),
        business_impact=impact,
        contact=reader.person("contact"),
        despite_warning=reader.ticked("insist"),
    )
    reader.done()
    return request


def lacks_questions(view: Mapping[str, Any]) -> bool:
    """Tell whether the form was sent before it asked what an S1 needs to know."""
    is_s1 = Reader(view).choice("severity", Severity) is Severity.S1
    return is_s1 and not has_field(view, "production_down")


def _answered(reader: Reader, **answers: bool | None) -> None:
    for name, answer in answers.items():
        if answer is None:
            reader.amiss(name, "An S1 needs an answer to this.")
