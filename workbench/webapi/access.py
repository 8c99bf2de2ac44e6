"""auth.*, api.test, team.info, bots.info, apps.*: who calls, and what they may."""

from workbench.limits import Tier
from workbench.state.apps import TokenKind, TokenState
from workbench.state.authorizations import authorization, read_context
from workbench.state.shapes import Json
from workbench.webapi.call import ApiError, Call, Method, Methods, page


def auth_test(call: Call) -> Json:
    """Tell the caller who they are."""
    space = call.space
    answer: Json = {
        "url": f"https://{space.domain}.slack.com/",
        "team": space.name,
        "user": space.users[call.caller].name,
        "team_id": space.id,
        "user_id": call.caller,
        "is_enterprise_install": call.app.is_org_wide,
    }
    if space.enterprise:
        answer["enterprise_id"] = space.enterprise["id"]
    if call.token.kind is TokenKind.BOT:
        answer["bot_id"] = call.app.bot_id
    return answer


def auth_revoke(call: Call) -> Json:
    """Let the token that calls work no more."""
    if call.flag("test"):
        return {"revoked": False}
    call.token.state = TokenState.REVOKED
    return {"revoked": True}


def authorizations(call: Call) -> Json:
    """Tell in whose names an app hears an event: one for each workspace of its channel."""
    call.require("authorizations:read")
    context = read_context(call.needed("event_context", "invalid_event_context"))
    if context is None or context.get("aid") != call.app.id:
        raise ApiError(code="invalid_event_context")
    channel = call.workspaces.channel(str(context.get("cid") or ""))
    teams = channel.teams if channel else [context["tid"]]
    found = [
        authorization(call.workspaces[team], app)
        for team in teams
        if (app := call.workspaces.app(call.app.id, team)) is not None and app.is_installed
        if channel is None or app.bot_user in channel.members
    ]
    items, cursor = page(call, found)
    return {"authorizations": items, "response_metadata": cursor}


def api_test(call: Call) -> Json:
    """Give the arguments back."""
    args = {name: value for name, value in call.args.items() if name != "token"}
    if call.text("error"):
        raise ApiError(code=call.text("error"), args=args)
    return {"args": args}


def team_info(call: Call) -> Json:
    """Tell of the workspace."""
    wanted = call.text("team")
    if wanted and wanted != call.space.id:
        raise ApiError(code="team_not_found")
    space = call.space
    team = {
        "id": space.id,
        "name": space.name,
        "domain": space.domain,
        "url": f"https://{space.domain}.slack.com/",
        "email_domain": "",
        "icon": {"image_default": True},
        "avatar_base_url": "https://ca.slack-edge.com/",
        "is_verified": False,
    }
    return {"team": team}


def bots_info(call: Call) -> Json:
    """Tell of a bot."""
    wanted = call.needed("bot")
    app = next((each for each in call.space.apps.values() if each.bot_id == wanted), None)
    if app is None:
        raise ApiError(code="bot_not_found")
    bot = {
        "id": app.bot_id,
        "deleted": not app.is_installed,
        "name": app.name,
        "updated": int(call.now),
        "app_id": app.id,
        "user_id": app.bot_user,
        "icons": {},
    }
    return {"bot": bot}


def uninstall(call: Call) -> Json:
    """Remove the app from the workspace."""
    if call.text("client_id") != call.app.client_id:
        raise ApiError(code="invalid_client_id")
    if call.text("client_secret") != call.app.client_secret:
        raise ApiError(code="bad_client_secret")
    call.space.uninstall(call.app)
    return {}


METHODS: Methods = {
    "auth.test": Method(
        run=auth_test, tier=Tier.SPECIAL, tokens=(TokenKind.BOT, TokenKind.USER, TokenKind.APP)
    ),
    "auth.revoke": Method(run=auth_revoke, takes_json=False),
    "api.test": Method(run=api_test, tier=Tier.FOUR),
    "team.info": Method(run=team_info, scopes=("team:read",)),
    "bots.info": Method(run=bots_info, scopes=("users:read",), takes_json=False),
    "apps.event.authorizations.list": Method(
        run=authorizations, tier=Tier.SPECIAL, tokens=(TokenKind.APP,)
    ),
    "apps.uninstall": Method(run=uninstall, tier=Tier.ONE, takes_json=False),
}
