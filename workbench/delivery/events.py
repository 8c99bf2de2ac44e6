"""Events: which app hears of which change, tried again when it fails."""

from collections import defaultdict
from collections.abc import Coroutine, Iterator
from typing import Any

from workbench.delivery.answer import Answer, Parcel, Tasks
from workbench.delivery.courier import Courier
from workbench.delivery.envelopes import envelope, rate_limited
from workbench.delivery.event import Event
from workbench.delivery.happenings import events_of
from workbench.delivery.subscriptions import Subscriptions
from workbench.faults import Faults
from workbench.state.apps import App, TokenKind
from workbench.state.changes import Change
from workbench.state.ids import new_id
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces

RETRY_SECONDS = (0.0, 60.0, 300.0)  # after the attempt before
DELAYED_SECONDS, DELAYED_TIMES = 3600.0, 24  # where the app has switched Delayed Events on
ODD = ("duplicate", "duplicate_other_id", "reordered")


class Events:
    """Listens to the workspaces and tells the apps that subscribed."""

    def __init__(
        self,
        spaces: Workspaces,
        courier: Courier,
        tasks: Tasks,
        *,
        faults: Faults,
        subscriptions: Subscriptions,
    ) -> None:
        self._spaces = spaces
        self._courier = courier
        self._tasks = tasks
        self._faults = faults
        self._subscriptions = subscriptions
        self._held: dict[str, list[Coroutine[Any, Any, None]]] = defaultdict(list)
        spaces.shared.bus.listen(self._hear)

    def _hear(self, change: Change) -> None:
        told: set[tuple[str, str]] = set()  # an app in two workspaces of a channel hears it once
        for space in self._spaces.concerned(change):
            for event in events_of(change, space):
                for app in space.apps.values():
                    if (app.id, event.name) not in told and hears(app, event, space):
                        told.add((app.id, event.name))
                        self._begin(app, event)

    def _begin(self, app: App, event: Event) -> None:
        match self._subscriptions.ration(app):
            case "send":
                self._send(app, event)
            case "tell":
                self._tasks.spawn(self._tell_limited(app))
            case _:
                return

    def _send(self, app: App, event: Event) -> None:
        channel = event.channel.id if event.channel else None
        fault = self._faults.delivery("event", event.body["type"], channel, only=ODD)
        odd = fault.fault if fault else ""
        event_id = new_id("Ev")
        first = self._deliver(app, event, event_id)
        if odd == "reordered":
            self._held[app.id].append(first)
            return
        self._tasks.spawn(self._before(first, self._held.pop(app.id, [])))
        if odd == "duplicate":
            self._tasks.spawn(self._deliver(app, event, event_id))
        elif odd == "duplicate_other_id":
            self._tasks.spawn(self._deliver(app, event, new_id("Ev")))

    async def _before(
        self, first: Coroutine[Any, Any, None], held: list[Coroutine[Any, Any, None]]
    ) -> None:
        """Deliver one event, and then what was held back for it."""
        await first
        for each in held:
            await each

    async def _deliver(self, app: App, event: Event, event_id: str) -> None:
        """Try until it arrives, or the app has had every attempt that it gets."""
        payload = envelope(self._spaces, app, event, event_id=event_id)
        clock = self._spaces.shared.clock
        due, reason = clock.now(), None
        for retry, wait in enumerate(_waits(app)):
            due += wait
            if due > clock.now():
                await clock.sleep(due - clock.now())
            parcel = Parcel(
                kind="event", name=event.body["type"], payload=payload, retry=retry, reason=reason
            )
            answer = await self._courier.send(app, parcel)
            self._subscriptions.note(app, is_ok=answer.is_ok)
            if _is_settled(answer):
                return
            reason = answer.failure

    async def _tell_limited(self, app: App) -> None:
        payload = rate_limited(app, now=self._spaces.shared.clock.now())
        parcel = Parcel(kind="event", name="app_rate_limited", payload=payload)
        await self._courier.send(app, parcel)

    def stop(self) -> None:
        """Forget what is held back."""
        for held in self._held.values():
            for each in held:
                each.close()


def _waits(app: App) -> Iterator[float]:
    """Yield how long to wait before each attempt: now, at once again, a minute, five, and then hours."""
    yield from (0.0, *RETRY_SECONDS)
    for _ in range(DELAYED_TIMES):
        if app.delays_events:
            yield DELAYED_SECONDS


def _is_settled(answer: Answer) -> bool:
    return answer.is_ok or answer.headers.get("x-slack-no-retry") == "1"


def hears(app: App, event: Event, space: Workspace) -> bool:
    """Tell whether an app subscribed to an event, may hear it, and is there to hear it."""
    if event.name not in app.events or event.only_for not in {None, app.id}:
        return False
    token = space.grants.newest(app, TokenKind.BOT)
    scopes = token.scopes if token else ()
    if not app.hears_events or (event.scopes and not set(event.scopes) & set(scopes)):
        return False
    return event.is_open or event.channel is None or app.bot_user in event.channel.members
