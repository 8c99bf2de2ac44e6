"""The people's side of the workbench over HTTP: everything under `/workbench`."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from workbench.people import actions, asking, commands, looking, modals, objects, talk
from workbench.people.floor import Floor, Impossible, first, member
from workbench.people.live import Live
from workbench.people.uploads import uploaded
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.traffic import Traffic


class People:
    """Lets people look and act."""

    def __init__(self, floor: Floor, live: Live, traffic: Traffic) -> None:
        self._floor = floor
        self._spaces = floor.workspaces
        self._live = live
        self._traffic = traffic

    def routes(self) -> list[web.RouteDef]:
        """Return every way in."""
        doings: dict[str, Callable[[User, Json], Awaitable[Json]]] = {
            "messages": self._say,
            "read": self._read,
            "react": self._react,
            "files": self._bring,
            "command": self._command,
            "action": self._action,
            "view/submit": self._submit,
            "view/close": self._close,
            "suggest": self._suggest,
            "shortcut": self._shortcut,
            "home": self._home,
            "entity": self._entity,
            "join": self._join,
            "dm": self._dm,
        }
        return [
            web.get("/workbench/state", self._state),
            web.get("/workbench/messages", self._messages),
            web.get("/workbench/live", self._watch),
            web.get("/workbench/traffic", self._log),
            *(web.post(f"/workbench/{path}", self._door(do)) for path, do in doings.items()),
        ]

    def _who(self, request: web.Request) -> User:
        return member(self._spaces, request.query.get("user") or first(self._spaces.first))

    def _door(
        self, do: Callable[[User, Json], Awaitable[Json]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def act(request: web.Request) -> web.StreamResponse:
            status = 200
            try:
                answer = await do(self._who(request), await _wish(request))
            except Impossible as refusal:
                answer = {"ok": False, "error": str(refusal)}
            except KeyError as missing:
                answer, status = {"ok": False, "error": f"the request lacks {missing}"}, 400
            return web.json_response(answer, status=status, headers=self._heard(request))

        return act

    def _heard(self, request: web.Request) -> dict[str, str]:
        """Return by how many pushes one's own act has been told: whoever counts need not ask."""
        told = self._live.told(request.query.get("live"))
        return {} if told is None else {"X-Told": str(told)}

    async def _state(self, request: web.Request) -> web.StreamResponse:
        return _told(lambda: looking.state(self._spaces, self._who(request)))

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        def look() -> Json:
            word = request.query.get("channel")
            user = self._who(request)
            space = self._spaces[user.team]
            if word is None:
                return {"messages": looking.all_messages(space, user)}
            return {"messages": looking.messages(space, user, word)}

        return _told(look)

    async def _watch(self, request: web.Request) -> web.StreamResponse:
        try:
            user = self._who(request)
        except Impossible as refusal:
            raise web.HTTPNotFound(text=str(refusal)) from refusal
        return await self._live.handle(request, user)

    async def _log(self, request: web.Request) -> web.StreamResponse:
        entries = self._traffic.after(int(request.query.get("after", 0)))
        return web.json_response({"entries": [entry.shape() for entry in entries]})

    async def _say(self, user: User, wish: Json) -> Json:
        thread_ts, files = wish.get("thread_ts"), wish.get("files") or []
        space = self._spaces[user.team]
        said = talk.say(
            space, user, wish["channel"], wish["text"], thread_ts=thread_ts, files=files
        )
        return {"ok": True, "message": {**said, "channel": wish["channel"]}}

    async def _read(self, user: User, wish: Json) -> Json:
        talk.read(self._spaces[user.team], user, wish["channel"])
        return {"ok": True}

    async def _react(self, user: User, wish: Json) -> Json:
        where = (wish["channel"], wish["ts"], wish["name"])
        talk.react(self._spaces[user.team], user, *where, is_over=bool(wish.get("is_over")))
        return {"ok": True}

    async def _bring(self, user: User, wish: Json) -> Json:
        space = self._spaces[user.team]
        return {
            "ok": True,
            "files": [uploaded(space, user, each).shape() for each in wish["files"]],
        }

    async def _command(self, user: User, wish: Json) -> Json:
        floor, where, team = self._floor.of(user), wish["channel"], wish.get("team")
        name, text = wish["command"], wish.get("text", "")
        error = await commands.command(floor, user, where, name, text, team=team)
        return _outcome(error)

    async def _action(self, user: User, wish: Json) -> Json:
        return _outcome(await actions.act(self._floor.of(user), user, wish))

    async def _shortcut(self, user: User, wish: Json) -> Json:
        return _outcome(await asking.shortcut(self._floor.of(user), user, wish))

    async def _submit(self, user: User, wish: Json) -> Json:
        return await modals.submit(self._floor.of(user), user, wish)

    async def _close(self, user: User, wish: Json) -> Json:
        modals.close(self._floor.of(user), user, wish)
        return {"ok": True}

    async def _suggest(self, user: User, wish: Json) -> Json:
        return await asking.suggest(self._floor.of(user), user, wish)

    async def _home(self, user: User, wish: Json) -> Json:
        return asking.home(self._floor.of(user), user, wish)

    async def _entity(self, user: User, wish: Json) -> Json:
        objects.open_entity(self._floor.of(user), user, wish)
        return {"ok": True}

    async def _join(self, user: User, wish: Json) -> Json:
        talk.join(self._spaces[user.team], user, wish["channel"])
        return {"ok": True}

    async def _dm(self, user: User, wish: Json) -> Json:
        return {"channel": talk.dm(self._spaces, user, wish["with"]).id}


def _outcome(trouble: str | None) -> Json:
    return {"ok": False, "error": trouble} if trouble else {"ok": True}


async def _wish(request: web.Request) -> Json:
    try:
        wish: Any = json.loads(await request.read() or b"{}")
    except ValueError:
        wish = None
    if not isinstance(wish, dict):
        message = "the body must be a JSON object"
        raise Impossible(message)
    return wish


def _told(look: Callable[[], Json]) -> web.StreamResponse:
    try:
        return web.json_response(look())
    except Impossible as refusal:
        return web.json_response({"ok": False, "error": str(refusal)}, status=404)
