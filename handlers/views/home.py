"""The App Home: what waits for somebody, most urgent first, and what they can do about it."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from handlers.ids import Action
from handlers.views.cards import summary
from handlers.views.cases.shown import opening
from handlers.views.escalations.board import desk_section
from handlers.views.lists import more
from handlers.views.message import button, buttons, context, given, header, section
from handlers.views.text import ago, mrkdwn
from policy.casefile import CaseFile
from policy.cases import CaseState
from policy.home import Ailment, Home, answers, is_near, waits_for_others
from policy.roles import Role

AILING: Mapping[Ailment, str] = {
    Ailment.NO_DUTY_CHANNEL: "No duty channel is chosen: escalations have no card.",
    Ailment.NO_DUTY_MANAGERS: "No duty managers are named: nobody answers escalations.",
    Ailment.NO_LEADS: "No leads are named: nobody may answer confidential escalations.",
    Ailment.NO_ENGINEERS: "No engineers are named: nobody takes cases.",
    Ailment.UNUSABLE_CHANNELS: (
        "Channels I cannot post in: {}. Invite me there, or choose others; this stands until I could."
    ),
    Ailment.DEAD_NOTICES: (
        "Notices that reached nobody in the last 7 days: {}. `/case notices` names them, and sends "
        "them again."
    ),
}


def home(found: Home) -> View:
    """Return the home of one person."""
    return View(
        type="home",
        blocks=list(
            given(
                _ailments(found),
                buttons(*_doable(found)),
                desk_section(found.lines) if answers(found.reader) else None,
                header("My queue" if found.is_queue else "Your cases"),
                [_row(file, found) for file in found.files] or section(_nothing(found)),
                *map(buttons, _turns(found)),
                context("`/case help` tells what can be typed, `/case list` finds more."),
            )
        ),
    )


def _ailments(found: Home) -> tuple[Block, ...]:
    if not found.reader.has(Role.ADMINISTRATOR):
        return ()
    if not found.ailments:
        return given(context(":white_check_mark: Set up, and every notice is delivered."))
    lines = [f"• {AILING[each].format(count)}" for each, count in found.ailments]
    return given(header("Needs your attention"), section(*lines))


def _doable(found: Home) -> tuple[ButtonElement | None, ...]:
    administers = found.reader.has(Role.ADMINISTRATOR)
    return (
        opening("primary"),
        button("Settings", Action.SETTINGS) if administers else None,
        button("Accounts", Action.ACCOUNTS) if administers else None,
        button("Threshold table", Action.EDIT_THRESHOLDS) if administers else None,
    )


def _row(file: CaseFile, found: Home) -> Block:
    lines = (summary(file), _urgency(file, found), more(file.case, found.site))
    return SectionBlock(
        text=mrkdwn("\n".join(filter(None, lines))),
        accessory=button("Show", Action.SHOW_CASE, file.case.id),
    )


def _urgency(file: CaseFile, found: Home) -> str:
    """Return what an engineer has to know first, and what a customer can do."""
    available = file.explanation.available_at
    if not found.is_queue:
        return "Escalating is available." if file.offers_escalation else ""
    if file.offers_escalation:
        near = ":warning: Escalating is available. "
    else:
        near = (
            f":hourglass: Escalation available {ago(available)}. " if _is_near(file, found) else ""
        )
    return f"{near}{_waits(file)}"


def _is_near(file: CaseFile, found: Home) -> bool:
    return is_near(file, now=found.now)


def _waits(file: CaseFile) -> str:
    if not waits_for_others(file):
        return "Waits for you."
    is_third = file.case.state is CaseState.WAITING_THIRD_PARTY
    return "Waits for a third party." if is_third else "Waits for the customer."


def _nothing(found: Home) -> str:
    if found.page > 1:
        return "There are no more."
    return (
        "No open case is yours. `/case list open` shows all."
        if found.is_queue
        else "You have no cases. Open one when something is wrong."
    )


def _turns(found: Home) -> tuple[ButtonElement | None, ...]:
    # Each stands in a row of its own: one action's buttons may not share a block.
    back, on = str(found.page - 1), str(found.page + 1)
    first, last = ("More urgent", "Less urgent") if found.is_queue else ("Newer", "Older")
    return (
        button(first, Action.TURN_HOME, back) if found.page > 1 else None,
        button(last, Action.TURN_HOME, on) if found.has_more else None,
    )
