"""oauth.v2.access: a code, or what renews a token, in exchange for tokens."""

from workbench.limits import Tier
from workbench.state.apps import App
from workbench.state.grants import ROTATION_SECONDS, Grant
from workbench.state.shapes import Json
from workbench.webapi.call import ApiError, Call, Method, Methods


def access(call: Call) -> Json:
    """Install the app, or renew its token."""
    app = _app(call)
    match call.text("grant_type") or "authorization_code":
        case "authorization_code":
            grant = call.space.grants.redeem(call.text("code"), app, call.text("redirect_uri"))
            if isinstance(grant, str):
                raise ApiError(code=grant)
            return _installed(call, app, grant)
        case "refresh_token":
            if not call.space.grants.renew(call.text("refresh_token"), app):
                raise ApiError(code="invalid_refresh_token")
            return _told(call, app, app.scopes)
        case _:
            raise ApiError(code="invalid_grant_type")


def _app(call: Call) -> App:
    wanted = call.text("client_id")
    app = next((each for each in call.space.apps.values() if each.client_id == wanted), None)
    if app is None:
        raise ApiError(code="invalid_client_id")
    if call.text("client_secret") != app.client_secret:
        raise ApiError(code="bad_client_secret")
    return app


def _installed(call: Call, app: App, grant: Grant) -> Json:
    if not grant.scopes and not grant.user_scopes:
        raise ApiError(code="no_scopes")
    app.is_installed = True
    app.scopes = grant.scopes
    answer = _told(call, app, grant.scopes)
    answer["authed_user"] = {"id": grant.user}
    if grant.user_scopes:
        token = call.space.grants.user_token(app, grant.user, grant.user_scopes)
        answer["authed_user"] |= {
            "scope": ",".join(grant.user_scopes),
            "access_token": token.text,
            "token_type": "user",
        }
    return answer


def _told(call: Call, app: App, scopes: tuple[str, ...]) -> Json:
    space = call.space
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
