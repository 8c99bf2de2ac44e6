"""The board, a manager's lists, and the desk on App Home: open escalations by urgency."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, SectionBlock

from handlers.ids import Action
from handlers.views.escalations.standing import following, owned, state, trend
from handlers.views.message import (
    Message,
    button,
    buttons,
    context,
    given,
    header,
    saying,
    section,
)
from handlers.views.text import mrkdwn, quoted, when
from handlers.views.words import LISTING
from policy.board import Line, Listing
from policy.ids import ChannelId

MOST = 15
"""How many escalations stand on one message: the rest is counted, and can be asked for."""
TITLE = 60
LISTS: Mapping[Listing, Action] = {
    Listing.OPEN: Action.LIST_OPEN,
    Listing.MINE: Action.LIST_MINE,
    Listing.OVERDUE: Action.LIST_OVERDUE,
}
NONE: Mapping[Listing, str] = {
    Listing.OPEN: "No escalation is open.",
    Listing.MINE: "You answer for no escalation.",
    Listing.OVERDUE: "Nothing is overdue.",
}


def board(lines: Sequence[Line], *, now: datetime) -> Message:
    """Return the duty channel's board: every open escalation that its readers may know of."""
    late = sum(each.overdue is not None for each in lines)
    text = f"Open escalations: {len(lines)}" + (f", {late} overdue" if late else "")
    return saying(
        f"{text}.",
        *given(
            header(text),
            _rows(lines) or section(f":white_check_mark: {NONE[Listing.OPEN]}"),
            context(f"As of {when(now)}; the most urgent first."),
            _lists(Listing),
        ),
    )


def board_moved(to: ChannelId | None) -> Message:
    """Return what stands where the board was: where it is now."""
    where = f"in <#{to}>" if to else "nowhere, until a duty channel is chosen in `/case settings`"
    return saying(f"The board of open escalations stands {where} now.")


def listed(lines: Sequence[Line], listing: Listing) -> Message:
    """Return one of a manager's lists, with the way to the others."""
    text = f"{LISTING[listing]}: {len(lines)}." if lines else NONE[listing]
    told = "\n".join((text, *(_line(each) for each in lines[:MOST])))
    others = [each for each in Listing if each is not listing]
    return saying(told, *given(section(f"*{text}*"), _rows(lines), _lists(others)))


def desk_section(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Return the duty desk on the App Home of a duty manager or a lead."""
    return given(
        header("The duty desk"),
        _rows(lines) or section(f":white_check_mark: {NONE[Listing.OPEN]}"),
        _lists((Listing.MINE, Listing.OVERDUE)),
    )


def _rows(lines: Sequence[Line]) -> tuple[Block, ...]:
    rows = (
        SectionBlock(
            text=mrkdwn(_line(each)),
            accessory=button("Details", Action.SHOW_ESCALATION, each.escalation.id),
        )
        for each in lines[:MOST]
    )
    more = len(lines) - MOST
    return given(
        *rows, context(f"And {more} more: type `/case escalations`.") if more > 0 else None
    )


def _line(line: Line) -> str:
    case = line.case
    secret = ":lock: " if line.escalation.request.confidential else ""
    told = trend(line)
    first = f"{secret}*{case.severity.value} · {case.id}* {quoted(case.title, TITLE)}"
    mark = ":red_circle: " if line.overdue else ""
    lines = (
        first,
        f"{mark}{state(line)} · {owned(line)}",
        " · ".join(filter(None, (following(line), f"Trend: {told}" if told else ""))),
    )
    return "\n".join(filter(None, lines))


def _lists(listings: Iterable[Listing]) -> tuple[Block, ...]:
    return buttons(*(button(LISTING[each], LISTS[each]) for each in listings))
