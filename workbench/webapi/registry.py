"""All methods of the Web API by name, and the checks that come before each of them."""

from workbench.limits import Tier
from workbench.state.apps import App, Token, TokenKind
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces
from workbench.webapi import (
    access,
    canvases,
    channels,
    chat,
    conversations,
    entities,
    extras,
    files,
    histories,
    oauth,
    scheduling,
    sockets,
    streaming,
    unfurls,
    users,
    views,
)
from workbench.webapi.call import ApiError, Call, Method, Methods, RateLimited

METHODS: Methods = {
    **access.METHODS,
    **canvases.METHODS,
    **channels.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **entities.METHODS,
    **extras.METHODS,
    **files.METHODS,
    **histories.METHODS,
    **oauth.METHODS,
    **scheduling.METHODS,
    **sockets.METHODS,
    **streaming.METHODS,
    **unfurls.METHODS,
    **users.METHODS,
    **views.METHODS,
}

SCARCE = (histories.history, histories.replies)


def caller(spaces: Workspaces, text: str) -> tuple[Workspace, Token, App]:
    """Return the token that a call carries, where it works, and its app.

    Raises:
        ApiError: there is none, it is unknown, or it works no more.
    """
    if not text:
        raise ApiError(code="not_authed")
    found = spaces.token(text)
    if found is None:
        raise ApiError(code="invalid_auth")
    space, token = found
    refusal = token.refusal(space.clock.now())
    if refusal:
        raise ApiError(code=refusal)
    return space, token, space.apps[token.app]


def _tier(call: Call, method: Method) -> Tier:
    is_scarce = call.space.quirks.histories_are_scarce and method.run in SCARCE
    return Tier.ONE if is_scarce else method.tier


def run(call: Call, method: Method) -> Json:
    """Check the caller's token, scopes and rate, then do it."""
    if call.token.kind not in method.tokens:
        raise ApiError(code="not_allowed_token_type")
    if call.token.kind is not TokenKind.APP:
        call.require(*method.scopes)
    wait = call.limits.call(
        call.method, _tier(call, method), team=call.space.id, app=call.app.id, now=call.now
    )
    if wait is not None:
        raise RateLimited(wait)
    return method.run(call)
