"""The rota: who is on duty, the week, and the forms that change them."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    SectionBlock,
    TimePickerElement,
)
from slack_sdk.models.views import View

from handlers.forms import rota as fields
from handlers.ids import Action, Modal
from handlers.metadata import ShiftPath, SpanValue
from handlers.views.message import Message, button, buttons, context, given, saying, section
from handlers.views.modal import field, menu, modal, moment, option, person, tick, words
from handlers.views.text import mrkdwn, when, who
from policy.hours import Span
from policy.rota import NO_END, DutyPage, Override, Shift, Source, Swap, Turn

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_GAPS, MOST_SWAPS, MOST_SHIFTS, MOST_OVERRIDES = 5, 5, 50, 20
SOURCE: Mapping[Source, str] = {
    Source.OVERRIDE: "as arranged for this time",
    Source.ROTA: "as the weekly rota says",
    Source.BACKUP: "as backup: whoever should be is not there",
    Source.CALENDAR: "as the calendar says",
    Source.GROUP: "as the user group says",
    Source.LIST: "as the settings say",
    Source.LEADS: "as leads: nobody else is there",
    Source.ADMINISTRATORS: "as administrators: nobody else is there",
    Source.NOBODY: "",
}
TIMED = frozenset({Source.OVERRIDE, Source.ROTA, Source.BACKUP})
"""The sources that name people until a moment."""


def page(page: DutyPage) -> Message:
    """Return who is on duty now and next, and what the reader may do about it."""
    lines = (_now(page), _next(page), _gaps(page.gaps))
    free = page.free
    taking = _taking(page, free) if free else ""
    text = "\n".join(filter(None, (*lines, taking)))
    return saying(
        text,
        *given(
            section(*filter(None, lines)),
            context(taking) if taking else None,
            buttons(
                button("Take this shift", Action.TAKE_SHIFT, SpanValue(span=free).pack())
                if free
                else None,
                button("Swap", Action.SWAP) if page.mine else None,
                button("Weekly rota", Action.WEEK),
            ),
            tuple(block for swap in page.swaps[:MOST_SWAPS] for block in _waiting(swap, page)),
        ),
    )


def week(page: DutyPage) -> View:
    """Return the weekly rota, with what changes it for those who may."""
    arranges = page.may_arrange
    shifts = page.rota.shifts[:MOST_SHIFTS]
    return modal(
        "Weekly rota",
        *given(
            tuple(_row(shift, arranges=arranges) for shift in shifts)
            or section("There are no shifts: the user group or the list in the settings counts."),
            context(_times(page)),
            tuple(
                _overriding(each, arranges=arranges)
                for each in page.rota.overrides[:MOST_OVERRIDES]
            ),
            _changing() if arranges else None,
        ),
    )


def swap(page: DutyPage) -> View:
    """Return the form in which a person offers a turn."""
    if not page.mine:
        return modal("Swap", section("You are not on duty within the next 14 days."))
    zone = page.times.hours.zone
    turns = [(SpanValue(span=_span(each)).pack(), spelled(each, zone)) for each in page.mine]
    return modal(
        "Swap",
        menu("turn", "Which of your turns?", turns, chosen=turns[0][0]),
        person("taker", "Who does it instead?", hint="It counts once that person accepts."),
        submit=(Modal.SWAP, "Offer it"),
    )


def shift(page: DutyPage, known: Shift | None) -> View:
    """Return the form for one shift of the week."""
    zone = known.zone if known else page.times.hours.zone
    weekdays = [(str(number), day) for number, day in enumerate(DAYS)]
    start, end = (known.start, known.end) if known else (time(9), time(17))
    return modal(
        "A shift of the week",
        *given(
            menu("weekday", "Day", weekdays, chosen=str(known.weekday if known else 0)),
            _clock("start", "From", start),
            _clock("end", "To", end, hint="A time that is not later is on the next day."),
            words("zone", "Time zone", most=fields.ZONE, kept={"zone": zone}),
            person("person", "On duty", chosen=known.person if known else None),
            person("backup", "Backup", chosen=known.backup if known else None, optional=True),
            tick(
                "on_holidays",
                "Public holidays",
                "Also on public holidays",
                ticked=known.on_holidays if known else True,
            ),
            tick("remove", "Remove", "Take this shift out of the week") if known else None,
        ),
        submit=(Modal.SHIFT, "Save"),
        place=ShiftPath(shift=known.id if known else None),
    )


def standin() -> View:
    """Return the form in which somebody is put on duty for a while."""
    return modal(
        "On duty for a while",
        person("person", "On duty"),
        person("instead_of", "Instead of", hint="Empty: instead of everybody.", optional=True),
        moment("start_at", "From"),
        moment("end_at", "To"),
        submit=(Modal.STAND_IN, "Save"),
    )


def times(page: DutyPage) -> View:
    """Return the form for duty hours and the digest."""
    known = page.times
    kept = {"zone": known.hours.zone, "holidays": known.holidays}
    return modal(
        "Duty hours",
        context("The targets of S3 and S4 run in these hours; those of S1 and S2 always run."),
        words("zone", "Time zone", most=fields.ZONE, kept=kept),
        _days(known.hours.days),
        _clock("opens", "From", known.hours.opens),
        _clock("closes", "To", known.hours.closes),
        words(
            "holidays",
            "Public holidays of",
            most=fields.HOLIDAYS,
            kept=kept,
            hint="A country, DE, or a part of one, DE-BY. Empty for none.",
            optional=True,
        ),
        _clock("digest_at", "Daily digest at", known.digest_at),
        submit=(Modal.DUTY_TIMES, "Save"),
    )


def taken(found: Override | Swap) -> Message:
    """Return what a person reads who took a time, or offered to."""
    if isinstance(found, Swap):
        return offered(found)
    return saying(f":white_check_mark: You are on duty {lasting(found)}.")


def offered(swap: Swap) -> Message:
    """Return what a person reads who offered a swap."""
    return saying(
        f":white_check_mark: {who(swap.asked)} is asked: {who(swap.taker)} instead of "
        f"{who(swap.giver)}, {lasting(swap)}. It counts once accepted."
    )


def answered(swap: Swap) -> Message:
    """Return what a person reads who answered a swap."""
    if swap.accepted:
        return saying(f":white_check_mark: {who(swap.taker)} is on duty {lasting(swap)}.")
    return saying(f"The swap is off: {who(swap.giver)} stays on duty {lasting(swap)}.")


def lasting(span: Span | Override | Swap | Turn) -> str:
    """Return from when to when, in the reader's own time zone."""
    end = "until further notice" if span.end_at >= NO_END else f"to {when(span.end_at)}"
    return f"from {when(span.start_at)} {end}"


def spelled(turn: Turn, zone: str) -> str:
    """Return from when to when where Slack shows no moments in the reader's own time zone."""
    start, end = (_local(at, zone) for at in (turn.start_at, turn.end_at))
    return f"{start} to {end} ({zone})"


def _now(page: DutyPage) -> str:
    on = page.on
    if not on.people:
        return ":warning: *Nobody is on duty now*, and nobody else is named."
    names = ", ".join(who(each) for each in on.people)
    until = f", until {when(on.now.end_at)}" if on.source in TIMED else ""
    behind = ", ".join(who(each) for each in on.backups)
    backup = f" Backup: {behind}." if behind else ""
    return f"*On duty now:* {names}, {SOURCE[on.source]}{until}.{backup}"


def _next(page: DutyPage) -> str:
    following = page.on.next
    if following is None:
        return ""
    names = ", ".join(who(each) for each in following.people or following.backups)
    return f"*Next:* {names}, {lasting(following)}."


def _gaps(gaps: tuple[Span, ...]) -> str:
    if not gaps:
        return ""
    lines = [f"• {lasting(each)}" for each in gaps[:MOST_GAPS]]
    more = len(gaps) - MOST_GAPS
    rest = [f"• and {more} times more"] if more > 0 else []
    return "\n".join(("*Nobody is on duty, in the next 14 days:*", *lines, *rest))


def _taking(page: DutyPage, free: Span) -> str:
    asked = "" if page.gaps else ", once whoever has it agrees"
    return f"_Take this shift_: {lasting(free)}{asked}."


def _waiting(swap: Swap, page: DutyPage) -> Iterator[Block]:
    is_asked = page.reader.user == swap.asked
    waits = "you are asked to accept" if is_asked else f"waits for {who(swap.asked)}"
    yield section(f"*Swap:* {who(swap.taker)} for {who(swap.giver)}, {lasting(swap)}; {waits}.")
    yield from buttons(
        button("Accept", Action.ACCEPT_SWAP, swap.id, style="primary") if is_asked else None,
        button("Refuse" if is_asked else "Take it back", Action.REFUSE_SWAP, swap.id),
    )


def _row(shift: Shift, *, arranges: bool) -> SectionBlock:
    backup = f", backup {who(shift.backup)}" if shift.backup else ""
    holidays = "" if shift.on_holidays else ", not on public holidays"
    text = (
        f"*{DAYS[shift.weekday]}* {shift.start:%H:%M} to {shift.end:%H:%M} ({shift.zone}): "
        f"{who(shift.person)}{backup}{holidays}"
    )
    change = button("Change", Action.WRITE_SHIFT, shift.id) if arranges else None
    return SectionBlock(text=mrkdwn(text), accessory=change)


def _overriding(override: Override, *, arranges: bool) -> SectionBlock:
    instead = f" instead of {who(override.instead_of)}" if override.instead_of else ""
    end = button("End it", Action.REVOKE_OVERRIDE, override.id) if arranges else None
    text = f"{who(override.person)}{instead}, {lasting(override)}"
    return SectionBlock(text=mrkdwn(text), accessory=end)


def _changing() -> tuple[Block, ...]:
    return buttons(
        button("Add a shift", Action.WRITE_SHIFT, "", style="primary"),
        button("Put somebody on duty", Action.STAND_IN),
        button("Duty hours", Action.DUTY_TIMES),
    )


def _times(page: DutyPage) -> str:
    hours, holidays = page.times.hours, page.times.holidays
    days = ", ".join(DAYS[day][:3] for day in sorted(hours.days))
    free = f", public holidays of {holidays}" if holidays else ""
    return (
        f"Duty hours for S3 and S4: {days} {hours.opens:%H:%M} to {hours.closes:%H:%M} "
        f"({hours.zone}{free})"
    )


def _clock(name: str, label: str, at: time, *, hint: str = "") -> InputBlock:
    element = TimePickerElement(action_id=name, initial_time=f"{at:%H:%M}")
    return field(name, label, element, hint=hint)


def _days(chosen: frozenset[int]) -> InputBlock:
    options = [option(str(number), day) for number, day in enumerate(DAYS)]
    ticked = [each for each in options if int(each.value or 0) in chosen]
    return field(
        "days",
        "Days",
        CheckboxesElement(action_id="days", options=options, initial_options=ticked),
    )


def _span(turn: Turn) -> Span:
    return Span(start_at=turn.start_at, end_at=turn.end_at)


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"
