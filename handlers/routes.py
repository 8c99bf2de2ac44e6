"""Every way in, on one page; the type of a name decides how it is bound."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from handlers import (
    accounts,
    cases,
    casework,
    commands,
    comments,
    crossings,
    escalations,
    guidance,
    home,
    lists,
    settings,
    severities,
    thresholds,
)
from handlers.answers import Listener, saying, showing
from handlers.boundary import bounded
from handlers.ids import Action, Command, Event, Modal, Options, Shortcut

Name = Command | Shortcut | Event | Options | Action | Modal

ROUTES: Mapping[Name, Listener] = {
    Command.CASE: commands.command,
    Action.AGAIN: commands.command,
    Modal.PICK: commands.picked,
    Shortcut.OPEN_CASE: cases.open_here,
    Shortcut.OPEN_CASE_FROM_MESSAGE: cases.open_from_message,
    Options.CASES: cases.suggest,
    Action.OPEN_CASE: showing(cases.write),
    Action.SHOW_CASE: saying(cases.show),
    Action.TURN_PAGE: lists.turn,
    Action.FILTER: lists.choose,
    Modal.FILTER: lists.submit,
    Action.CHOOSE_SEVERITY: cases.choose_severity,
    Action.TAKE_CASE: saying(cases.take),
    Action.CLOSE_CASE: saying(cases.close),
    Action.REOPEN_CASE: saying(cases.reopen),
    Modal.CASE: cases.submit,
    Action.WORK: casework.choose,
    Action.ACCEPT_SOLUTION: saying(casework.accept),
    Action.REJECT_SOLUTION: showing(casework.reject),
    Action.FOLLOW: saying(casework.follow),
    Action.UNFOLLOW: saying(casework.unfollow),
    Action.REMIND_ME: showing(casework.remind),
    Modal.ASSIGN: casework.submit_assign,
    Modal.WAIT: casework.submit_wait,
    Modal.SOLVE: casework.submit_solve,
    Modal.REJECT_SOLUTION: casework.submit_reject,
    Modal.MERGE: casework.submit_merge,
    Modal.LINK: casework.submit_link,
    Modal.REMIND_ME: casework.submit_remind,
    Event.MESSAGE: comments.hear,
    Action.COMMENT: showing(comments.write),
    Action.CHASE: showing(comments.chase),
    Modal.COMMENT: comments.submit,
    Action.REQUEST_SEVERITY: showing(severities.write),
    Action.ADVISED_SEVERITY: severities.request,
    Action.GRANT_SEVERITY: severities.grant,
    Action.REFUSE_SEVERITY: severities.refuse,
    Modal.ADVICE_SEVERITY: severities.advise,
    Modal.SEVERITY: severities.submit,
    Modal.SEVERITY_REFUSAL: severities.submit_refusal,
    Action.GUIDE: showing(guidance.start),
    Action.GO_BACK: guidance.go_back,
    Action.REPLY: guidance.reply,
    Action.REOPEN_AND_GUIDE: guidance.reopen,
    Action.OVERRIDE: guidance.override,
    Modal.STEP: guidance.submit_step,
    Modal.OVERRIDE: guidance.submit_override,
    Modal.ADVICE_COMMENT: guidance.submit_comment,
    Modal.ADVICE_ESCALATION: guidance.submit_escalation,
    Modal.ADVICE_OTHER_CASE: guidance.submit_other_case,
    Modal.ADVICE_NEW_CASE: guidance.submit_new_case,
    Action.ACKNOWLEDGE: escalations.acknowledge,
    Action.SHOW_ESCALATION: escalations.show,
    Modal.ESCALATION: escalations.submit,
    Modal.STATEMENT: escalations.submit_statement,
    Action.REMIND: saying(crossings.remind),
    Action.DISMISS: saying(crossings.dismiss),
    Options.ACCOUNTS: accounts.suggest,
    Modal.ACCOUNT: accounts.submit,
    Action.SETTINGS: showing(settings.write),
    Modal.SETTINGS: settings.submit,
    Action.THRESHOLDS: thresholds.edit,
    Action.WHAT_IF: saying(thresholds.what_if),
    Modal.THRESHOLDS: thresholds.submit,
    Modal.PUBLISH: thresholds.publish,
    Event.HOME_OPENED: home.opened,
}


def register(app: AsyncApp) -> None:
    """Bind every listener to its name."""
    bind: Mapping[type[Name], Callable[[str], Callable[..., Any]]] = {
        Command: app.command,
        Shortcut: app.shortcut,
        Event: app.event,
        Options: app.options,
        Action: app.action,
        Modal: app.view,
    }
    for name, listener in ROUTES.items():
        bind[type(name)](name)(bounded(listener))
