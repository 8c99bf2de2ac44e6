"""Our runner beside Bolt's own: where both must agree, and where ours is better."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.web.tasks import Tasks
from tests.bot.web.conftest import an_app
from tests.support.waiting import PATIENCE

COMMAND = {"command": "/case", "text": "", "team_id": "T1", "user_id": "U1"}
SUBMISSION = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "view": {"type": "modal", "callback_id": "form", "state": {"values": {}}},
}
ACTION = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "actions": [{"type": "button", "action_id": "press", "block_id": "b", "value": "v"}],
}
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"},
}


async def plain(ack):
    await ack()


async def said(ack):
    await ack("hello")


async def shown(ack):
    await ack(response_action="errors", errors={"block": "too short"})


async def after_a_turn(ack):
    await asyncio.sleep(0)
    await ack("late")


async def silent():
    pass


async def dispatched(app, body):
    return await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))


def listening(app, listener):
    app.command("/case")(listener)
    app.view("form")(listener)
    app.action("press")(listener)
    app.event("app_home_opened")(listener)
    return app


@pytest.mark.parametrize(
    ("listener", "body"),
    [
        (plain, COMMAND),
        (said, COMMAND),
        (after_a_turn, COMMAND),
        (plain, SUBMISSION),
        (shown, SUBMISSION),
        (plain, ACTION),
        (silent, EVENT),
    ],
)
async def test_both_runners_answer_alike(listener, body, tasks):
    ours = await dispatched(listening(an_app(tasks), listener), body)
    theirs = await dispatched(listening(an_app(), listener), body)
    assert (ours.status, ours.body, ours.headers) == (theirs.status, theirs.body, theirs.headers)
    assert ours.status == 200


async def test_an_ack_that_was_given_survives_what_is_raised_after_it(app, tasks, caplog):
    async def raising(ack):
        await ack("given")
        raise RuntimeError

    answer = await dispatched(listening(app, raising), COMMAND)
    await tasks.drained(within=PATIENCE)
    assert (answer.status, answer.body) == (200, "given")
    assert "a listener raised past its boundary" in caplog.text


async def test_who_waits_for_an_ack_that_never_comes_is_told_at_once(app):
    answer = await dispatched(listening(app, silent), COMMAND)
    assert answer.status == 503


async def test_a_listener_that_does_not_answer_in_time_is_not_followed_by_the_next(app, tasks):
    ran = []

    async def slow():
        ran.append("first")
        await asyncio.Event().wait()

    async def next_one(ack):
        ran.append("second")
        await ack()

    app.command("/case")(slow)
    app.command("/case")(next_one)
    app._async_listeners[0].ack_timeout = 0.01
    answer = await dispatched(app, COMMAND)
    assert answer.status == 503
    assert ran == ["first"]
    assert await tasks.drained(within=0) is False


async def test_the_answer_does_not_wait_for_what_follows_the_ack(app, tasks):
    done = asyncio.Event()
    finished = []

    async def long(ack):
        await ack("now")
        await done.wait()
        finished.append(True)

    answer = await dispatched(listening(app, long), COMMAND)
    assert (answer.body, len(tasks), finished) == ("now", 1, [])
    done.set()
    assert await tasks.drained(within=PATIENCE) is True
    assert (len(tasks), finished) == (0, [True])


async def test_draining_waits_for_what_starts_meanwhile():
    tasks, ran = Tasks(), []

    async def second():
        ran.append(2)

    async def first():
        ran.append(1)
        started.append(tasks.start(second()))

    started = [tasks.start(first())]
    assert await tasks.drained(within=PATIENCE)
    assert (ran, len(started)) == ([1, 2], 2)


async def test_slack_has_its_answer_before_the_listener_goes_on(tasks):
    """What it does then may not pause for a while: SQLite is asked where one stands."""
    order = []

    async def goes_on(ack):
        await ack()
        order.append("the listener went on")

    await dispatched(listening(an_app(tasks), goes_on), COMMAND)
    order.append("Slack had its answer")
    await tasks.drained(within=PATIENCE)
    assert order == ["Slack had its answer", "the listener went on"]
