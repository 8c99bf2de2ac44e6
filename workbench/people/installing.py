"""The page on which a person lets an app be installed, or does not."""

import html
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from workbench.people.floor import Impossible, first, member
from workbench.state.apps import App
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces

KEPT = ("client_id", "scope", "user_scope", "state", "redirect_uri")
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Install {app}</title>
<style>body {{ font: 16px sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem }}</style>
<h1>{app} wants to access {team}</h1>
<p>It asks for:</p>
<ul data-testid="oauth-scopes">{scopes}</ul>
<form method="post" action="/oauth/v2/authorize">{fields}
<label>As <select name="user" data-testid="oauth-user">{people}</select></label>
<button name="decision" value="allow" data-testid="oauth-allow">Allow</button>
<button name="decision" value="deny" data-testid="oauth-deny">Cancel</button>
</form>
</html>"""


class Installing:
    """Serves `/oauth/v2/authorize`."""

    def __init__(self, spaces: Workspaces) -> None:
        self._spaces = spaces

    def routes(self) -> list[web.RouteDef]:
        """Return every way in."""
        return [
            web.get("/oauth/v2/authorize", self._ask),
            web.post("/oauth/v2/authorize", self._decide),
        ]

    async def _ask(self, request: web.Request) -> web.StreamResponse:
        given = dict(request.query)
        app = self._app(given)
        if isinstance(app, str):
            return web.Response(status=400, text=app)
        return web.Response(text=self._page(app, given), content_type="text/html")

    def _page(self, app: App, given: dict[str, str]) -> str:
        escape = html.escape
        wanted = [*_listed(given.get("scope", "")), *_listed(given.get("user_scope", ""))]
        kept = [(name, escape(given.get(name, ""))) for name in KEPT]
        wanted_team = given.get("team") or None
        spaces = [space for space in self._spaces if wanted_team in {None, space.id}]
        options = [option for space in spaces for option in _people(space)]
        return PAGE.format(
            app=escape(app.name),
            team=" or ".join(escape(space.name) for space in spaces),
            scopes="".join(f"<li>{escape(scope)}</li>" for scope in wanted),
            fields="".join(f'<input type="hidden" name="{n}" value="{v}">' for n, v in kept),
            people="".join(options),
        )

    async def _decide(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        given = {name: str(value) for name, value in form.items()}
        app = self._app(given)
        if isinstance(app, str):
            return web.Response(status=400, text=app)
        if given.get("decision") == "allow":
            answer = {"code": self._permit(app, given)}
        else:
            answer = {"error": "access_denied"}
        answer["state"] = given.get("state", "")
        back = given.get("redirect_uri") or app.redirect_urls[0]
        location = f"{back}{'&' if urlsplit(back).query else '?'}{urlencode(answer)}"
        raise web.HTTPFound(location)

    def _permit(self, app: App, given: dict[str, str]) -> str:
        try:
            user = member(self._spaces, given.get("user") or first(self._spaces.first))
        except Impossible as refusal:
            raise web.HTTPBadRequest(text=str(refusal)) from refusal
        grant = self._spaces[user.team].grants.permit(
            app,
            user.id,
            scopes=_listed(given.get("scope", "")),
            user_scopes=_listed(given.get("user_scope", "")),
            redirect_uri=given.get("redirect_uri", ""),
        )
        return grant.code

    def _app(self, given: dict[str, str]) -> App | str:
        """Return the app that asks, or Slack's error."""
        app = self._spaces.client(given.get("client_id"))
        if app is None:
            return "invalid_client_id"
        back = given.get("redirect_uri") or next(iter(app.redirect_urls), "")
        return app if back.startswith(app.redirect_urls or "http") else "bad_redirect_uri"


def _people(space: Workspace) -> list[str]:
    people = [each for each in space.own_users() if not (each.is_bot or each.deleted)]
    escape = html.escape
    return [
        f'<option value="{escape(each.id)}">{escape(each.real_name)}, {escape(space.name)}</option>'
        for each in people
    ]


def _listed(scopes: str) -> tuple[str, ...]:
    return tuple(scope for scope in scopes.replace(" ", ",").split(",") if scope)
