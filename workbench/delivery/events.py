"""Events: which app hears of which change, in Slack's envelope, tried again when it fails."""

import base64
import json

from workbench.delivery.answer import Answer, Parcel, Tasks
from workbench.delivery.courier import Courier
from workbench.delivery.happenings import Event, events_of
from workbench.state.apps import App, TokenKind
from workbench.state.changes import Change
from workbench.state.ids import new_id
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace

RETRY_SECONDS = (0.0, 60.0, 300.0)  # after the attempt before


class Events:
    """Listens to the workspace and tells the apps that subscribed."""

    def __init__(self, space: Workspace, courier: Courier, tasks: Tasks) -> None:
        self._space = space
        self._courier = courier
        self._tasks = tasks
        space.bus.listen(self._hear)

    def _hear(self, change: Change) -> None:
        for event in events_of(change, self._space):
            for app in self._space.apps.values():
                if hears(app, event, self._space):
                    self._tasks.spawn(self._deliver(app, event))

    async def _deliver(self, app: App, event: Event) -> None:
        """Try four times: now, at once again, a minute and five minutes later."""
        payload = _envelope(self._space, app, event)
        clock = self._space.clock
        due, reason = clock.now(), None
        for retry, wait in enumerate((0.0, *RETRY_SECONDS)):
            due += wait
            if due > clock.now():
                await clock.sleep(due - clock.now())
            parcel = Parcel(
                kind="event", name=event.body["type"], payload=payload, retry=retry, reason=reason
            )
            answer = await self._courier.send(app, parcel)
            if _is_settled(answer):
                return
            reason = answer.failure


def _is_settled(answer: Answer) -> bool:
    return answer.is_ok or answer.headers.get("x-slack-no-retry") == "1"


def hears(app: App, event: Event, space: Workspace) -> bool:
    """Tell whether an app subscribed to an event, may hear it, and is there to hear it."""
    if event.name not in app.events or event.only_for not in {None, app.id}:
        return False
    token = space.grants.newest(app, TokenKind.BOT)
    scopes = token.scopes if token else ()
    if event.scopes and not set(event.scopes) & set(scopes):
        return False
    return event.channel is None or app.bot_user in event.channel.members


def _envelope(space: Workspace, app: App, event: Event) -> Json:
    now = space.clock.now()
    enterprise = space.enterprise["id"] if space.enterprise else None
    event_id = new_id("Ev")
    context = json.dumps(
        {"et": event.body["type"], "tid": space.id, "aid": app.id, "id": event_id}
    )
    authorization = {
        "enterprise_id": enterprise,
        "team_id": None if app.is_org_wide else space.id,
        "user_id": app.bot_user,
        "is_bot": True,
        "is_enterprise_install": app.is_org_wide,
    }
    return {
        "token": app.verification_token,
        "team_id": space.id,
        "context_team_id": space.id,
        "context_enterprise_id": enterprise,
        "api_app_id": app.id,
        "event": event.body,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(now),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": "4-" + base64.urlsafe_b64encode(context.encode()).decode(),
    }
