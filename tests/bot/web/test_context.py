"""Who acts, where, and which events came before."""

from typing import cast

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.web.context import Provide, Seen, acting
from handlers.ports import Desk
from policy.ids import WorkspaceId
from tests.support.waiting import PATIENCE

T1 = WorkspaceId("T1")
A_COMMAND = {"command": "/case", "user_id": "U1", "team_id": "T1", "channel_id": "C1"}
AN_EVENT = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1"}


def who(body):
    return acting(T1, AsyncBoltRequest(mode="socket_mode", body=body).context, body)


@pytest.mark.parametrize(
    ("body", "user", "here"),
    [
        (A_COMMAND | {"channel_name": "acme"}, "U1", "C1"),
        (A_COMMAND | {"channel_name": "privategroup", "channel_id": "G1"}, "U1", "G1"),
        (A_COMMAND | {"channel_name": "directmessage", "channel_id": "D1"}, "U1", None),
        (A_COMMAND | {"channel_name": "mpdm-ana--ben-1", "channel_id": "C2"}, "U1", None),
        ({"type": "block_actions", "user": {"id": "U1"}, "channel": {"id": "C1"}}, "U1", "C1"),
        ({"type": "view_submission", "user": {"id": "U1"}, "view": {}}, "U1", None),
        ({"type": "shortcut", "user": {"id": "U1"}, "team": {"id": "T1"}}, "U1", None),
        (
            AN_EVENT | {"event": {"type": "message", "user": "U1", "channel": "C1"}},
            "U1",
            "C1",
        ),
    ],
)
def test_the_actor_is_whom_slack_names_and_here_is_a_channel(body, user, here):
    actor = who(body)
    assert actor is not None
    assert (actor.workspace, actor.user, actor.here) == (T1, user, here)


def test_a_guest_from_another_workspace_acts_in_ours():
    actor = who(A_COMMAND | {"team_id": "T-of-the-customer"})
    assert actor is not None
    assert actor.workspace == T1


def test_nobody_acts_when_an_app_is_removed():
    assert who(AN_EVENT | {"event": {"type": "app_uninstalled"}}) is None


def test_an_event_is_seen_once_in_a_quarter_of_an_hour():
    seen = Seen()
    assert [seen.before("Ev1", now=at) for at in (0.0, 360.0, 899.0)] == [False, True, True]
    assert seen.before("Ev1", now=901.0) is False


def test_events_are_forgotten_before_they_fill_the_memory():
    seen = Seen(most=3)
    for number in range(10):
        seen.before(f"Ev{number}", now=0.0)
    assert len(seen._events) <= 4


async def test_a_repeated_event_is_answered_and_goes_no_further(app, tasks):
    heard = []
    app.use(Provide(desk=cast("Desk", None), workspace=T1, seen=Seen()))

    @app.event("app_home_opened")
    async def opened(context):
        heard.append(context["actor"].user)

    event = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    for event_id in ("Ev1", "Ev1", "Ev2"):
        body = AN_EVENT | {"event_id": event_id, "event": event}
        request = AsyncBoltRequest(mode="socket_mode", body=body)
        assert (await app.async_dispatch(request)).status == 200
    await tasks.drained(within=PATIENCE)
    assert heard == ["U1", "U1"]
