"""What every listener may wish for: the desk, and who acts as Slack has verified it."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession
from slack_bolt.async_app import AsyncBoltContext, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from typing_extensions import override

from bot.logs import bound
from bot.web.responding import Responding
from handlers.ports import Desk
from policy.ids import ChannelId, UserId, WorkspaceId
from policy.roles import Actor


class Seen:
    """The events of the last quarter of an hour; Slack repeats one for six minutes."""

    def __init__(self, *, keep: float = 900.0, most: int = 50_000) -> None:
        self._keep = keep
        self._most = most
        self._events: OrderedDict[str, float] = OrderedDict()

    def before(self, event: str, *, now: float) -> bool:
        """Tell whether the event came before, and remember it."""
        while self._events and (
            len(self._events) > self._most or now - next(iter(self._events.values())) > self._keep
        ):
            self._events.popitem(last=False)
        if event in self._events:
            return True
        self._events[event] = now
        return False


@dataclass(slots=True)
class Provide(AsyncMiddleware):
    """The one middleware: drops repeated events, and grants `desk` and `actor`."""

    desk: Desk
    workspace: WorkspaceId
    seen: Seen
    session: ClientSession | None = None
    """Over which answers go to a `response_url`; without one Bolt makes its own for each."""

    @override
    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        """Let the request through with its context, or answer a repetition at once."""
        event = req.body.get("event_id")
        if isinstance(event, str) and self.seen.before(event, now=time.monotonic()):
            return BoltResponse(status=200)
        actor = acting(self.workspace, req.context, req.body)
        req.context["desk"] = self.desk
        req.context["actor"] = actor
        if self.session is not None:
            req.context["respond"] = Responding(req.context.response_url, self.session)
        bound(
            workspace=self.workspace,
            user=actor.user if actor else None,
            delivery=event or req.body.get("trigger_id"),
        )
        return await next()


def acting(
    workspace: WorkspaceId, context: AsyncBoltContext, body: dict[str, Any]
) -> Actor | None:
    """Return who acts, and in which channel; None where nobody does, as when an app is removed."""
    if context.user_id is None:
        return None
    return Actor(workspace=workspace, user=UserId(context.user_id), here=_here(context, body))


def _here(context: AsyncBoltContext, body: dict[str, Any]) -> ChannelId | None:
    channel = context.channel_id
    name = body.get("channel_name") or (body.get("channel") or {})
    if isinstance(name, dict):
        name = name.get("name", "")
    is_private_talk = name == "directmessage" or str(name).startswith("mpdm-")
    if channel is None or channel.startswith("D") or is_private_talk:
        return None
    return ChannelId(channel)
