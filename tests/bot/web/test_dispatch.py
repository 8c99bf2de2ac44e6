"""Ways in that are bound together, beside Bolt's own listeners one by one: both find the same."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from handlers.ids import Action, Command, Event, Modal, Options, Shortcut
from handlers.routes import ROUTES, bind
from tests.bot.web.conftest import an_app
from tests.support.waiting import PATIENCE

WHO = {"team_id": "T1", "team": {"id": "T1"}, "user": {"id": "U1"}}
VIEW = {"id": "V1", "type": "modal", "state": {"values": {}}}


def a_command(name):
    return {"command": name, "text": "", "user_id": "U1"}


def an_event(name):
    event = {"type": name, "user": "U1", "channel": "C1", "text": "", "ts": "1.1"}
    return {"type": "event_callback", "event": event}


def a_shortcut(name):
    return {"type": "shortcut", "callback_id": name, "trigger_id": "t"}


def a_message_shortcut(name):
    message = {"ts": "1.1", "text": ""}
    return {**a_shortcut(name), "type": "message_action", "message": message}


def a_press(name):
    pressed = {"type": "button", "action_id": name, "block_id": "b", "value": ""}
    return {"type": "block_actions", "actions": [pressed]}


def a_suggestion(name):
    return {"type": "block_suggestion", "action_id": name, "block_id": "b", "value": ""}


def a_submission(name):
    return {"type": "view_submission", "view": {**VIEW, "callback_id": name}}


def a_closing(name):
    return {"type": "view_closed", "view": {**VIEW, "callback_id": name}}


KINDS: dict[Any, Any] = {
    a_command: Command,
    an_event: Event,
    a_shortcut: Shortcut,
    a_message_shortcut: Shortcut,
    a_press: Action,
    a_suggestion: Options,
    a_submission: Modal,
    a_closing: Modal,
}
NAMES = [str(name) for name in ROUTES]


@pytest.fixture
def ran():
    """Which listeners ran, in order."""
    return []


@pytest.fixture
def together(tasks, ran):
    app = an_app(tasks)
    for kind in set(KINDS.values()):
        bind(app, kind, {name: noting(name, ran) for name in ROUTES if isinstance(name, kind)})
    return app


@pytest.fixture
def one_by_one(tasks, ran):
    app = an_app(tasks)
    binding = {
        Command: app.command,
        Shortcut: app.shortcut,
        Event: app.event,
        Options: app.options,
        Action: app.action,
        Modal: app.view,
    }
    for name in ROUTES:
        binding[type(name)](str(name))(noting(name, ran))
    return app


def noting(name, ran):
    async def listener(ack):
        ran.append(str(name))
        await ack()

    return listener


async def found(app, body, ran, tasks):
    """Return what a delivery is answered with, and who ran for it."""
    ran.clear()
    answer = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=WHO | body))
    await tasks.drained(within=PATIENCE)
    return answer.status, answer.body, tuple(ran)


@pytest.mark.parametrize("sent", KINDS, ids=lambda sent: sent.__name__)
async def test_both_find_the_same_listener_for_every_name_and_every_kind(
    sent, together, one_by_one, ran, tasks
):
    strange = ["", "cases", "cases.opened", "a cases.open", "cases.open\n", "casesXopen", "/CASE"]
    for name in [*NAMES, *strange]:
        ours = await found(together, sent(name), ran, tasks)
        assert ours == await found(one_by_one, sent(name), ran, tasks), name
        is_known = any(isinstance(each, KINDS[sent]) for each in ROUTES if each == name)
        assert (ours[2] == (name,)) is (is_known and sent is not a_closing), name


def test_bolt_asks_no_more_listeners_than_there_are_kinds_events_and_commands(together):
    most = len(set(KINDS.values())) + len(Event) + len(Command)
    assert len(together._async_listeners) <= most
