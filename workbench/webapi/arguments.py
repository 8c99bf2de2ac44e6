"""Reading a request in every form that Slack takes: query, form, multipart and JSON."""

import base64
import json
from typing import Any

from aiohttp import web

from workbench.state.shapes import Json
from workbench.webapi.call import ApiError

FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


async def read(request: web.Request, *, takes_json: bool = True) -> tuple[Json, list[str]]:
    """Return the arguments of a request, and Slack's warnings about how they came.

    Raises:
        ApiError: the body is not what its type says.
    """
    args: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return args, []
    if request.content_type in FORMS:
        form = await request.post()
        return args | {name: value for name, value in form.items() if isinstance(value, str)}, []
    if request.content_type == "application/json":
        body = _object(await request.read())
        warnings = [] if request.charset else ["missing_charset"]
        return args | (body if takes_json else {}), warnings
    if not await request.read():
        return args, []
    raise ApiError(code="invalid_post_type")


def _object(raw: bytes) -> Json:
    try:
        body: Any = json.loads(raw or b"{}")
    except ValueError:
        raise ApiError(code="invalid_json") from None
    if not isinstance(body, dict):
        raise ApiError(code="json_not_object")
    return {name: value for name, value in body.items() if value is not None}


def token_of(request: web.Request, args: Json) -> str:
    """Return the token of a request: in its header, or among its arguments."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return text.strip()
    return str(args.get("token", ""))


def client_of(request: web.Request) -> Json:
    """Return the client id and secret of a request that names them by HTTP Basic."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        login, _, password = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": login, "client_secret": password}
