"""The threshold table as a form, its preview, and what another severity or tier would mean."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from handlers.forms import thresholds as fields
from handlers.ids import Action, Modal
from handlers.metadata import TablePath
from handlers.views.cards import computed
from handlers.views.message import Message, button, buttons, context, given, saying, section
from handlers.views.modal import modal, words
from handlers.views.text import quoted, when, who
from policy.cases import Severity
from policy.laboratory import Moved, Preview, WhatIf
from policy.thresholds import ThresholdTable

TITLE = "Threshold table"


def form(
    versions: Sequence[ThresholdTable], path: TablePath, *, kept: Mapping[str, str] | None = None
) -> View:
    """Return the editor, with the current table or what was typed into it before."""
    typed = kept or {**fields.typed(versions[0]), "why": ""}
    return modal(
        TITLE,
        section(
            "How long after opening a case its escalation *becomes available*. A threshold never "
            "escalates anything. You see what a change would do before it counts."
        ),
        *_fields(typed),
        words(
            "why",
            "Why?",
            least=fields.WHY[0],
            most=fields.WHY[1],
            kept=typed,
            hint="Whoever asks why a case has its time reads this.",
        ),
        context(*map(_version, versions)),
        submit=(Modal.THRESHOLDS, "Preview"),
        place=path,
    )


def _fields(typed: Mapping[str, str]) -> Iterator[Block]:
    yield words(
        "tiers",
        "Tiers, the highest first",
        least=1,
        most=fields.TIERS,
        kept=typed,
        hint="With commas. An account whose tier is not here waits longest.",
    )
    for each in Severity:
        yield words(
            each.value,
            f"{each.value}: the wait of each tier",
            least=1,
            most=fields.ROW,
            kept=typed,
            hint="Such as 4 h, 8 h, 2 days; in the order of the tiers.",
        )


def preview(found: Preview, path: TablePath) -> View:
    """Return what publishing would do, and the button that does it."""
    after = found.after
    return modal(
        TITLE,
        *given(
            section(f"*This would be version {found.before.version + 1}:* {quoted(after.why)}"),
            section(*_rows(after)),
            _moved("would become available at once", found.becoming),
            _moved("would lose it", found.ceasing),
            buttons(button("Edit again", Action.THRESHOLDS, path.pack())),
        ),
        submit=(Modal.PUBLISH, "Publish"),
        place=path,
    )


def published(table: ThresholdTable) -> View:
    """Return what an administrator reads who published a table."""
    text = (
        f":white_check_mark: Version {table.version} counts from now on, for every open case. "
        "Whoever can escalate because of it is told."
    )
    return modal(TITLE, section(text))


def what_if(found: WhatIf) -> Message:
    """Return when escalating would become available, for each severity and tier."""
    case = found.file.case
    title = f"When escalating *{case.id}* {quoted(case.title)} becomes available:"
    lines = [_line(severity, found) for severity in Severity]
    now = f"Now it is {case.severity.value} and {quoted(case.tier, 40)}. "
    return saying(
        "\n".join((title, *lines, now + computed(found.file.explanation))),
        *given(
            section(title, *lines),
            context(now + computed(found.file.explanation), _version(found.table)),
            buttons(
                button("Change severity", Action.REQUEST_SEVERITY, case.id)
                if case.is_open
                else None,
            ),
        ),
    )


def _line(severity: Severity, found: WhatIf) -> str:
    times = zip(found.tiers, found.times[severity], strict=True)
    said = " · ".join(f"{quoted(tier, 40)} {_time(at, found.now)}" for tier, at in times)
    return f"• *{severity.value}*: {said}"


def _time(at: datetime, now: datetime) -> str:
    return f"at once (since {when(at)})" if at <= now else when(at)


def _rows(table: ThresholdTable) -> list[str]:
    return [
        f"• *{severity.value}*: "
        + " · ".join(
            f"{quoted(tier, 40)} {fields.spelled(span)}"
            for tier, span in zip(table.tiers, row, strict=True)
        )
        for severity, row in table.rows.items()
    ]


def _moved(what: str, moved: Moved) -> Block:
    if not moved.count:
        return section(f"No open case {what}.")
    many = "1 open case" if moved.count == 1 else f"{moved.count} open cases"
    named = [
        f"• *{each.id}* {each.severity.value} {quoted(each.title, 60)} "
        f"({quoted(each.account_name, 40)})"
        for each in moved.first
    ]
    more = [f"... and {moved.count - len(moved.first)} more"]
    return section(f"*{many} {what}:*", *named, *(more if moved.count > len(named) else ()))


def _version(table: ThresholdTable) -> str:
    by = f" by {who(table.published_by)}" if table.published_by else ""
    at = f" {when(table.published_at)}" if table.published_at else ""
    return f"Version {table.version}{by}{at}: {quoted(table.why)}"
