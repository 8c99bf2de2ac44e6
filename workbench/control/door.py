"""The one way into the control side: a JSON object in, a JSON object out."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from workbench.state.shapes import Json


class BadRequest(Exception):
    """The request makes no sense; the message says why."""


def door(
    do: Callable[[Json], Awaitable[Json]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return a handler that does this with a request's body."""

    async def act(request: web.Request) -> web.Response:
        try:
            return web.json_response(await do(_wish(await request.read())))
        except BadRequest as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        except KeyError as missing:
            told = f"the request lacks {missing}"
            return web.json_response({"ok": False, "error": told}, status=400)

    return act


def _wish(raw: bytes) -> Json:
    try:
        wish: Any = json.loads(raw or b"{}")
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if not isinstance(wish, dict):
        message = "the body must be a JSON object"
        raise BadRequest(message)
    return wish
