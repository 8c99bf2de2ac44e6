"""Every way in, on one page; the type of a name decides how it is bound."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from handlers import (
    accounts,
    cases,
    casework,
    commands,
    comments,
    crossings,
    guidance,
    hearing,
    home,
    lists,
    rota,
    settings,
    severities,
    thresholds,
)
from handlers.answers import Listener, saying, showing
from handlers.boundary import Bounded, bounded
from handlers.escalations import answer, close, seen, submit, work
from handlers.escalations.pressed import acting, asking, looking, submitting
from handlers.ids import Action, Command, Event, Modal, Options, Shortcut
from handlers.views.escalations import answering, closing, working
from policy import escalations as rules
from policy.board import Listing

Name = Command | Shortcut | Event | Options | Action | Modal

ROUTES: Mapping[Name, Listener] = {
    Command.CASE: commands.command,
    Action.AGAIN: commands.command,
    Modal.PICK: commands.picked,
    Shortcut.OPEN_CASE: cases.open_here,
    Shortcut.OPEN_CASE_FROM_MESSAGE: cases.open_from_message,
    Shortcut.ADD_TO_CASE: comments.add_from_message,
    Options.CASES: cases.suggest,
    Action.OPEN_CASE: showing(cases.write),
    Action.GO_ON: showing(cases.go_on),
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
    Action.FOLLOWERS: showing(casework.followers),
    Action.REMIND_ME: showing(casework.remind),
    Modal.ASSIGN: casework.submit_assign,
    Modal.WAIT: casework.submit_wait,
    Modal.SOLVE: casework.submit_solve,
    Modal.REJECT_SOLUTION: casework.submit_reject,
    Modal.MERGE: casework.submit_merge,
    Modal.LINK: casework.submit_link,
    Modal.REMIND_ME: casework.submit_remind,
    Modal.FOLLOWERS: casework.submit_followers,
    Event.MESSAGE: comments.hear,
    Action.COMMENT: showing(comments.write),
    Action.CHASE: showing(comments.chase),
    Modal.HEARING: hearing.submit,
    Modal.COMMENT: comments.submit,
    Modal.ADD_TO_CASE: comments.submit_message,
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
    Modal.ESCALATION: submit.submit,
    Modal.STATEMENT: submit.submit_statement,
    Action.SHOW_ESCALATION: looking(seen.full),
    Action.BRIEF: looking(seen.brief),
    Action.LIST_OPEN: seen.list_of(Listing.OPEN),
    Action.LIST_MINE: seen.list_of(Listing.MINE),
    Action.LIST_OVERDUE: seen.list_of(Listing.OVERDUE),
    Action.ACKNOWLEDGE: acting(answer.acknowledge),
    Action.WITHDRAW: acting(answer.withdraw),
    Action.REDIRECT: asking(rules.Event.REDIRECT, answering.redirect),
    Modal.REDIRECT: submitting(rules.Event.REDIRECT, answer.redirect),
    Action.DECLINE: asking(rules.Event.DECLINE, answering.decline),
    Modal.DECLINE: submitting(rules.Event.DECLINE, answer.decline),
    Action.DISPUTE: asking(rules.Event.DISPUTE, answering.dispute),
    Modal.DISPUTE: submitting(rules.Event.DISPUTE, answer.dispute),
    Action.APPEAL: asking(rules.Event.APPEAL, answering.appeal),
    Modal.APPEAL: submitting(rules.Event.APPEAL, answer.appeal),
    Action.SETTLE: asking(rules.Event.SETTLE, answering.settle),
    Modal.SETTLE: submitting(rules.Event.SETTLE, answer.settle),
    Action.REINSTATE: asking(rules.Event.REINSTATE, answering.reinstate),
    Modal.REINSTATE: submitting(rules.Event.REINSTATE, answer.reinstate),
    Action.GIVE_BACK: asking(rules.Event.RETURN, answering.give_back),
    Modal.GIVE_BACK: submitting(rules.Event.RETURN, answer.give_back),
    Modal.PULL: answer.submit_pull,
    Action.CONTACT: acting(work.contact),
    Action.START: asking(rules.Event.START, working.start),
    Modal.START: submitting(rules.Event.START, work.start),
    Action.UPDATE: asking(rules.Event.UPDATE, working.update),
    Modal.UPDATE: submitting(rules.Event.UPDATE, work.update),
    Action.PROMISE: asking(rules.Event.PROMISE, working.promise),
    Modal.PROMISE: work.submit_promise,
    Action.KEEP_PROMISE: acting(work.keep_promise),
    Action.PAUSE: asking(rules.Event.PAUSE, working.pause),
    Modal.PAUSE: submitting(rules.Event.PAUSE, work.pause),
    Action.RESUME: acting(work.resume),
    Action.HAND_OVER: asking(rules.Event.HAND_OVER, working.hand_over),
    Modal.HAND_OVER: submitting(rules.Event.HAND_OVER, work.hand_over),
    Action.ACCEPT: acting(work.accept),
    Action.KEEP_OWNER: acting(work.keep_owner),
    Action.STABILISE: asking(rules.Event.STABILISE, working.stabilise),
    Modal.STABILISE: submitting(rules.Event.STABILISE, work.stabilise),
    Action.RELAPSE: asking(rules.Event.RELAPSE, working.relapse),
    Modal.RELAPSE: submitting(rules.Event.RELAPSE, work.relapse),
    Action.PROPOSE: asking(rules.Event.PROPOSE, closing.propose),
    Modal.PROPOSE: submitting(rules.Event.PROPOSE, close.propose),
    Action.PROMPT: acting(close.prompt),
    Action.AGREE: acting(close.agree),
    Action.OBJECT: asking(rules.Event.OBJECT, closing.object_),
    Modal.OBJECT: submitting(rules.Event.OBJECT, close.object_),
    Action.DE_ESCALATE: asking(rules.Event.DE_ESCALATE, closing.de_escalate),
    Modal.DE_ESCALATE: submitting(rules.Event.DE_ESCALATE, close.de_escalate),
    Action.RATE: asking(rules.Event.RATE, closing.rate),
    Modal.RATE: submitting(rules.Event.RATE, close.rate),
    Action.REVIEW: asking(rules.Event.REVIEW, closing.review),
    Modal.REVIEW: submitting(rules.Event.REVIEW, close.review),
    Action.JUDGE: asking(rules.Event.JUDGE, closing.judge),
    Modal.JUDGE: submitting(rules.Event.JUDGE, close.judge),
    Action.REMIND: saying(crossings.remind),
    Action.DISMISS: saying(crossings.dismiss),
    Options.ACCOUNTS: accounts.suggest,
    Modal.ACCOUNT: accounts.submit,
    Action.DUTY: saying(rota.show),
    Action.TAKE_SHIFT: rota.take,
    Action.SWAP: showing(rota.offer),
    Modal.SWAP: rota.submit_swap,
    Action.ACCEPT_SWAP: rota.accept,
    Action.REFUSE_SWAP: rota.refuse,
    Action.WEEK: showing(rota.week),
    Action.WRITE_SHIFT: rota.write_shift,
    Modal.SHIFT: rota.submit_shift,
    Action.STAND_IN: showing(rota.stand_in),
    Modal.STAND_IN: rota.submit_standin,
    Action.REVOKE_OVERRIDE: rota.revoke,
    Action.DUTY_TIMES: showing(rota.write_times),
    Modal.DUTY_TIMES: rota.submit_times,
    Action.ACCOUNTS: showing(accounts.listing),
    Action.TURN_ACCOUNTS: showing(accounts.turn),
    Action.EDIT_ACCOUNT: showing(accounts.edit),
    Action.IMPORT_ACCOUNTS: showing(accounts.bring_in),
    Action.IMPORT_TRIED: accounts.import_tried,
    Modal.EDIT_ACCOUNT: accounts.change,
    Modal.IMPORT_ACCOUNTS: accounts.submit_file,
    Action.SETTINGS: showing(settings.write),
    Options.GROUPS: settings.suggest,
    Modal.SETTINGS: settings.submit,
    Action.TURN_HOME: home.turn,
    Action.EDIT_THRESHOLDS: showing(thresholds.write),
    Action.THRESHOLDS: thresholds.edit,
    Action.WHAT_IF: saying(thresholds.what_if),
    Modal.THRESHOLDS: thresholds.submit,
    Modal.PUBLISH: thresholds.publish,
    Event.HOME_OPENED: home.opened,
}


TOLD_APART_BY: Mapping[type[Name], str] = {
    Shortcut: "callback_id",
    Options: "action_id",
    Action: "action_id",
    Modal: "callback_id",
}
"""Where a delivery says which of the many names of its kind it is about."""


def register(app: AsyncApp) -> None:
    """Bind every listener to its name, what people do most and wait for first."""
    for kind in (Command, Modal, Action, Options, Shortcut, Event):
        bind(app, kind, {name: way for name, way in ROUTES.items() if isinstance(name, kind)})


def bind(app: AsyncApp, kind: type[Name], ways: Mapping[str, Listener]) -> None:
    """Bind the ways in of one kind: together, where there are many, and told apart by a dictionary.

    Bolt asks its listeners one by one whether a delivery is theirs, and each that says no costs
    10 us: with all of ours it would ask for longer than most answers take (docs/adr/0015).
    """
    binding: Mapping[type[Name], Callable[[Any], Callable[..., Any]]] = {
        Command: app.command,
        Shortcut: app.shortcut,
        Event: app.event,
        Options: lambda ids: app.options({"type": "block_suggestion", "action_id": ids}),
        Action: lambda ids: app.action({"type": "block_actions", "action_id": ids}),
        Modal: app.view,
    }
    listeners = {str(name): bounded(way) for name, way in ways.items()}
    if kind in TOLD_APART_BY:
        any_of = re.compile(rf"\A(?:{'|'.join(map(re.escape, listeners))})\Z")
        binding[kind](any_of)(_told_apart(listeners, TOLD_APART_BY[kind]))
        return
    for name, listener in listeners.items():
        binding[kind](name)(listener)


def _told_apart(listeners: Mapping[str, Bounded], key: str) -> Bounded:
    async def told_apart(args: AsyncArgs) -> None:
        await listeners[args.payload[key]](args)

    return told_apart
