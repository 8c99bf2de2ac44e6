"""oauth.v2.access: a code, or what renews a token, in exchange for tokens."""

from workbench.limits import Tier
from workbench.state.apps import App
from workbench.state.grants import ROTATION_SECONDS
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace
from workbench.webapi.call import ApiError, Call, Method, Methods


def access(call: Call) -> Json:
    """Install the app, or renew its token."""
    app = _app(call)
    match call.text("grant_type") or "authorization_code":
        case "authorization_code":
            return _installed(call, app)
        case "refresh_token":
            return _renewed(call, app)
        case _:
            raise ApiError(code="invalid_grant_type")


def _app(call: Call) -> App:
    app = call.workspaces.client(call.text("client_id"))
    if app is None:
        raise ApiError(code="invalid_client_id")
    if call.text("client_secret") != app.client_secret:
        raise ApiError(code="bad_client_secret")
    return app


def _renewed(call: Call, app: App) -> Json:
    text = call.text("refresh_token")
    for space in call.workspaces:
        if app.id in space.apps and space.grants.renew(text, app):
            own = space.apps[app.id]
            return _told(space, own, own.scopes)
    raise ApiError(code="invalid_refresh_token")


def _installed(call: Call, app: App) -> Json:
    code = call.text("code")
    space = next((each for each in call.workspaces if each.grants.knows(code)), call.space)
    grant = space.grants.redeem(code, app, call.text("redirect_uri"))
    if isinstance(grant, str):
        raise ApiError(code=grant)
    if not grant.scopes and not grant.user_scopes:
        raise ApiError(code="no_scopes")
    app = call.workspaces.install(app, space)
    app.is_installed = True
    app.scopes = grant.scopes
    answer = _told(space, app, grant.scopes)
    answer["authed_user"] = {"id": grant.user}
    if grant.user_scopes:
        token = space.grants.user_token(app, grant.user, grant.user_scopes)
        answer["authed_user"] |= {
            "scope": ",".join(grant.user_scopes),
            "access_token": token.text,
            "token_type": "user",
        }
    return answer


def _told(space: Workspace, app: App, scopes: tuple[str, ...]) -> Json:
    token = space.grants.bot_token(app, scopes)
    answer: Json = {
        "access_token": token.text,
        "token_type": "bot",
        "scope": ",".join(scopes),
        "bot_user_id": app.bot_user,
        "app_id": app.id,
        "team": None if app.is_org_wide else {"id": space.id, "name": space.name},
        "enterprise": space.enterprise,
        "is_enterprise_install": app.is_org_wide,
    }
    if app.rotates_tokens:
        answer["expires_in"] = ROTATION_SECONDS
        answer["refresh_token"] = space.grants.refresh_token(app)
    return answer


METHODS: Methods = {
    "oauth.v2.access": Method(run=access, tier=Tier.SPECIAL, takes_json=False),
}
