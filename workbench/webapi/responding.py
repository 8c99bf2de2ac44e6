"""Answers to an interaction: over its response_url, or in the ack of a slash command."""

import json
import time

from aiohttp import web

from workbench.limits import Limits
from workbench.state.apps import App
from workbench.state.channels import Channel
from workbench.state.messages import bot_author
from workbench.state.moments import ResponseAddress
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces
from workbench.traffic import Entry, Traffic
from workbench.webapi import arguments
from workbench.webapi.call import ApiError, Arguments
from workbench.webapi.content import message_content


def respond(space: Workspace, address: ResponseAddress, given: Arguments) -> None:
    """Do what an app answers: say something, replace or delete the message it stood on.

    Raises:
        ApiError: Slack would not take it.
    """
    content = message_content(given, counts_text=False)
    channel = space.channels[address.channel]
    to = address.user if address.is_ephemeral else None
    original = _original(channel, address)
    if original and given.flag("delete_original"):
        space.messages.delete(channel, original, to=to)
        if content.is_empty:
            return
    elif original and _replaces(space, given):
        space.messages.change(channel, original, content, to=to)
        return
    if content.is_empty:
        raise ApiError(code="no_text")
    say(space, address, given)


def _replaces(space: Workspace, given: Arguments) -> bool:
    if "replace_original" in given.args:
        return given.flag("replace_original")
    return space.quirks.replaces_by_default


def say(space: Workspace, address: ResponseAddress, given: Arguments) -> None:
    """Say something new, to everybody only when the app asks for it."""
    content = message_content(given, counts_text=False)
    channel = space.channels[address.channel]
    app = space.apps[address.app]
    author = _author(space, app)
    if given.text("response_type") == "in_channel":
        space.messages.post(channel, author, content, thread_ts=_thread(given))
    else:
        space.messages.whisper(channel, author, content, to=address.user)


def _thread(given: Arguments) -> str | None:
    """Return the thread to answer in, which counts only where nothing is to be replaced."""
    is_new = "replace_original" in given.args and not given.flag("replace_original")
    if given.text("thread_ts") and not is_new:
        given.findings.append("thread_ts counts only with replace_original: false")
    return (given.text("thread_ts") or None) if is_new else None


def _author(space: Workspace, app: App) -> Json:
    return bot_author(app, team=space.id, now=space.clock.now())


def _original(channel: Channel, address: ResponseAddress) -> Json | None:
    if address.message_ts is None:
        return None
    if address.is_ephemeral:
        return channel.ephemerals.get(address.user, {}).get(address.message_ts)
    message = channel.messages.get(address.message_ts)
    return message if message and message.get("app_id") == address.app else None


class Responses:
    """Serves `/response/<id>`."""

    def __init__(self, spaces: Workspaces, *, limits: Limits, traffic: Traffic) -> None:
        self._spaces = spaces
        self._clock = spaces.shared.clock
        self._limits = limits
        self._traffic = traffic

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take one answer."""
        began = time.perf_counter()
        address = self._spaces.shared.responses.get(request.match_info["id"])
        args: Json = {}
        findings: list[str] = []
        try:
            args, _ = await arguments.read(request)
            args = _unwrapped(args)
            status, body = self._take(address, Arguments(args=args, findings=findings))
        except ApiError as error:
            status, body = 400, {"ok": False, "error": error.code, **error.more}
        entry = Entry(
            direction="from_app",
            kind="response_url",
            method=address.app if address else "unknown",
            payload=args,
            at=self._clock.now(),
            response=body,
            status=status,
            ms=(time.perf_counter() - began) * 1000,
            findings=findings,
        )
        self._traffic.add(entry)
        headers = {"Retry-After": "1"} if status == 429 else None
        return web.json_response(body, status=status, headers=headers)

    def _take(self, address: ResponseAddress | None, given: Arguments) -> tuple[int, Json]:
        now = self._clock.now()
        if address is None:
            return 404, {"ok": False, "error": "invalid_url"}
        refusal = address.refusal(now)
        if refusal:
            return 404, {"ok": False, "error": refusal}
        if self._limits.respond(address.id, now=now) is not None:
            return 429, {"ok": False, "error": "ratelimited"}
        respond(self._spaces[address.team], address, given)
        address.uses += 1
        return 200, {"ok": True}


def _unwrapped(args: Json) -> Json:
    if set(args) != {"payload"}:
        return args
    try:
        return dict(json.loads(args["payload"]))
    except (ValueError, TypeError):
        raise ApiError(code="invalid_payload") from None
