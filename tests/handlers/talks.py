"""A talk with the conversation: real Bolt and a real desk; only Slack is made up.

What Slack is shown is judged as Slack would, and what is asked of it is kept to look at.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from bot.web.context import Provide, Seen
from bot.web.runner import Runner
from bot.web.tasks import Tasks
from handlers.ports import Desk
from policy.ids import ChannelId, UserId
from tests.support.builders import ANA, HELP, WORKSPACE
from workbench.blockkit import message_problems, view_problems, with_ids

Json = dict[str, Any]
HASHES = count()


class MadeUpSlack(AsyncWebClient):
    """Takes what an app asks for, in the shapes that Slack would take."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-1")
        self.asked: list[tuple[str, Json]] = []
        self.views: list[Json] = []
        """The modals on the person's screen, the last one on top."""
        self.refuses = ""
        """With which error every modal is refused."""
        self.refuses_changes = ""
        """With which error every change of an open modal is refused."""

    @override
    async def api_call(self, api_method: str, **call: Any) -> Any:
        """Answer one method."""
        wish = call.get("json") or call.get("params") or {}
        self.asked.append((api_method, wish))
        refusal = self.refuses if api_method.startswith("views.") else ""
        if api_method == "views.update":
            refusal = refusal or self.refuses_changes
        known = next((each for each in self.views if each["id"] == wish.get("view_id")), None)
        if known and wish.get("hash") not in {None, known["hash"]}:
            refusal = "hash_conflict"
        if refusal:
            raise SlackApiError(refusal, {"ok": False, "error": refusal})
        if api_method == "chat.postEphemeral":
            assert message_problems(wish["blocks"]) == []
        return (
            {"ok": True, "view": self._shown(api_method, wish)} if "view" in wish else {"ok": True}
        )

    def _shown(self, api_method: str, wish: Json) -> Json:
        view = as_kept(wish["view"])
        if api_method == "views.update":
            view["id"] = wish["view_id"]
            self.views = [view if each["id"] == view["id"] else each for each in self.views]
        elif view["type"] == "modal":
            view["id"] = f"V{len(self.asked)}"
            self.views = [view] if api_method == "views.open" else [*self.views, view]
        return view


@dataclass(kw_only=True)
class Talk:
    """What a person does, and what they are shown for it."""

    app: AsyncApp
    slack: MadeUpSlack
    tasks: Tasks
    whispers: list[Json] = field(default_factory=list)
    """What was said to the person alone."""
    user: UserId = ANA
    here: ChannelId | None = HELP

    @property
    def top(self) -> Json:
        """The modal on top."""
        return self.slack.views[-1]

    @property
    def heard(self) -> str:
        """The last thing said to this person alone."""
        return str(self.whispers[-1]["text"])

    @property
    def read(self) -> str:
        """All that stands in the modal on top, as JSON."""
        return json.dumps(self.top, ensure_ascii=False)

    async def sends(self, body: Json) -> Json:
        """Send a payload; return how it was acknowledged, once its listener has ended."""
        who = {"team_id": WORKSPACE, "team": {"id": WORKSPACE}, "user": {"id": self.user}}
        request = AsyncBoltRequest(mode="socket_mode", body={**who, "trigger_id": "t", **body})
        answer = await self.app.async_dispatch(request)
        assert answer.status == 200
        assert await self.tasks.drained(within=5)
        said = dict(json.loads(answer.body)) if answer.body.startswith("{") else {}
        if "blocks" in said:
            assert said["response_type"] == "ephemeral"
            assert message_problems(said["blocks"]) == []
            self.whispers.append(said)
        return said

    async def types(self, text: str) -> Json:
        """Type a command."""
        place = {"channel_id": self.here, "channel_name": "help", "response_url": "http://r"}
        who = {"user_id": self.user, "command": "/case", "text": text}
        return await self.sends({**place, **who})

    async def presses(self, action: str, value: str = "", **place: Any) -> Json:
        """Press a button under a message, or what `place` says, such as `view=talk.top`."""
        known = {
            "channel": {"id": self.here, "name": "help"},
            "response_url": "http://r",
            "container": {"type": "message", "channel_id": self.here, "message_ts": "1.1"},
        }
        pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value}
        body = {"type": "block_actions", "actions": [pressed]}
        return await self.sends({**body, **(place or known)})

    async def presses_in_modal(self, action: str, value: str = "", **state: Json) -> Json:
        """Press a button in the modal on top, with this typed so far."""
        view = filled_in(self.top, state)
        return await self.presses(action, value, view=view, container={"type": "view"})

    async def submits(self, **state: Json) -> dict[str, str]:
        """Submit the modal on top; return the errors, or follow the answer."""
        view = filled_in(self.top, state)
        answer = await self.sends({"type": "view_submission", "view": view})
        if shown := answer.get("view"):
            kept = (
                self.slack.views if answer["response_action"] == "push" else self.slack.views[:-1]
            )
            self.slack.views = [*kept, {**as_kept(shown), "id": f"V{len(kept)}"}]
        return dict(answer.get("errors", {}))

    async def asks(self, options: str, typed: str) -> list[str]:
        """Type into a menu that is looked up; return its options' values."""
        body = {"type": "block_suggestion", "action_id": options, "block_id": "b", "value": typed}
        answer = await self.sends({**body, "view": {"id": "V", "type": "modal", "blocks": []}})
        return [each["value"] for each in answer["options"]]

    async def happens(self, **event: Any) -> Json:
        """Let an event happen to this person."""
        said = {"user": self.user, "channel": self.here, **event}
        return await self.sends({"type": "event_callback", "event": said})


def as_kept(view: Json) -> Json:
    """Return a view as Slack keeps it, which has to take it first."""
    assert view_problems(view) == []
    return {**view, "blocks": with_ids(view["blocks"]), "hash": str(next(HASHES))}


def filled_in(view: Json, state: Json) -> Json:
    """Return a view with each of its inputs as it stands in `state`, by field."""
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    values = {each: {"a": state.get(each.partition(":")[0], {})} for each in fields}
    return {**view, "state": {"values": values}}


def a_talk(desk: Desk, register: Callable[[AsyncApp], None], **person: Any) -> Talk:
    """Let a person talk with this desk."""
    slack, tasks, whispers = MadeUpSlack(), Tasks(), list[Json]()

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=WORKSPACE, bot_user_id="UBOT", bot_token="xoxb-1"
        )

    async def respond(**said: Any) -> None:
        assert message_problems([block.to_dict() for block in said["blocks"]]) == []
        whispers.append(said)

    async def overhear(context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        context["client"], context["respond"] = slack, respond
        await next_()

    app = AsyncApp(
        name="caseflag",  # else Bolt looks through the whole stack for one
        client=slack,
        authorize=authorize,
        request_verification_enabled=False,
    )
    app._async_listener_runner = Runner.of(app, tasks)
    app.use(Provide(desk=desk, workspace=WORKSPACE, seen=Seen()))
    app.use(overhear)
    register(app)
    return Talk(app=app, slack=slack, tasks=tasks, whispers=whispers, **person)
