"""Everything that Slack can name to us, each kind a type of its own, spelled `word.verb`.

The type of a name decides how `handlers/routes.py` binds it.
"""

from enum import StrEnum


class Command(StrEnum):
    """Slash commands."""

    CASE = "/case"


class Shortcut(StrEnum):
    """Global and message shortcuts."""

    OPEN_CASE = "cases.open_here"
    OPEN_CASE_FROM_MESSAGE = "cases.open_from_message"


class Event(StrEnum):
    """Events that Slack sends unasked."""

    HOME_OPENED = "app_home_opened"
    MESSAGE = "message"


class Options(StrEnum):
    """Menus whose options we look up as the person types."""

    CASES = "cases.pickable"
    ACCOUNTS = "accounts.suggest"


class Action(StrEnum):
    """Buttons, and inputs that tell us at once."""

    AGAIN = "commands.again"
    OPEN_CASE = "cases.open"
    SHOW_CASE = "cases.show"
    TURN_PAGE = "lists.turn"
    FILTER = "lists.choose"
    CHOOSE_SEVERITY = "cases.choose_severity"
    TAKE_CASE = "cases.take"
    CLOSE_CASE = "cases.close"
    REOPEN_CASE = "cases.reopen"
    WORK = "casework.choose"
    ACCEPT_SOLUTION = "casework.accept"
    REJECT_SOLUTION = "casework.reject"
    FOLLOW = "casework.follow"
    UNFOLLOW = "casework.unfollow"
    REMIND_ME = "casework.remind"
    COMMENT = "comments.write"
    CHASE = "comments.chase"
    REQUEST_SEVERITY = "severities.request"
    GRANT_SEVERITY = "severities.grant"
    REFUSE_SEVERITY = "severities.refuse"
    GUIDE = "guidance.start"
    GO_BACK = "guidance.go_back"
    REPLY = "guidance.reply"
    REOPEN_AND_GUIDE = "guidance.reopen"
    OVERRIDE = "guidance.override"
    ADVISED_SEVERITY = "guidance.request_severity"
    ACKNOWLEDGE = "escalations.acknowledge"
    SHOW_ESCALATION = "escalations.show"
    REMIND = "crossings.remind"
    DISMISS = "crossings.dismiss"
    SETTINGS = "settings.open"
    THRESHOLDS = "thresholds.edit"
    WHAT_IF = "thresholds.what_if"


class Modal(StrEnum):
    """Modals that are submitted."""

    PICK = "commands.picked"
    FILTER = "lists.submit"
    CASE = "cases.submit"
    ASSIGN = "casework.submit_assign"
    WAIT = "casework.submit_wait"
    SOLVE = "casework.submit_solve"
    REJECT_SOLUTION = "casework.submit_reject"
    MERGE = "casework.submit_merge"
    LINK = "casework.submit_link"
    REMIND_ME = "casework.submit_remind"
    COMMENT = "comments.submit"
    SEVERITY = "severities.submit"
    SEVERITY_REFUSAL = "severities.submit_refusal"
    STEP = "guidance.submit_step"
    ADVICE_COMMENT = "guidance.submit_comment"
    ADVICE_ESCALATION = "guidance.submit_escalation"
    ADVICE_SEVERITY = "guidance.submit_severity"
    ADVICE_OTHER_CASE = "guidance.submit_other_case"
    ADVICE_NEW_CASE = "guidance.submit_new_case"
    OVERRIDE = "guidance.submit_override"
    ESCALATION = "escalations.submit"
    STATEMENT = "escalations.submit_statement"
    ACCOUNT = "accounts.submit"
    SETTINGS = "settings.submit"
    THRESHOLDS = "thresholds.submit"
    PUBLISH = "thresholds.publish"
