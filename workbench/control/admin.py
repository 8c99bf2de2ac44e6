"""An administrator's powers: people, channels, groups, and what becomes of an app."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict

from aiohttp import web

from workbench.control.door import BadRequest, door
from workbench.delivery.courier import Courier
from workbench.delivery.probes import PROBES
from workbench.delivery.sockets import Sockets
from workbench.delivery.subscriptions import Subscriptions
from workbench.state.apps import App, TokenKind, TokenState
from workbench.state.changes import UserChanged
from workbench.state.channels import Channel
from workbench.state.ids import new_id
from workbench.state.shapes import Json
from workbench.state.users import User, Usergroup
from workbench.state.workspace import SLACKBOT, Workspace
from workbench.state.workspaces import Workspaces

REASONS = ("warning", "refresh_requested", "link_disabled")
USER_FIELDS = {
    "name", "real_name", "email", "tz", "is_restricted", "is_ultra_restricted", "is_admin", "deleted",
}  # fmt: skip


class Admin:
    """Serves `/workbench/admin/...`."""

    def __init__(
        self,
        spaces: Workspaces,
        courier: Courier,
        sockets: Sockets,
        subscriptions: Subscriptions,
    ) -> None:
        self._spaces = spaces
        self._subscriptions = subscriptions
        self._courier = courier
        self._sockets = sockets

    def routes(self) -> list[web.RouteDef]:
        """Return every way in."""
        doings: dict[str, Callable[[Json], Json]] = {
            "users": self._user,
            "usergroups": self._usergroup,
            "channels": self._channel,
            "tokens": self._tokens,
            "scopes": self._scopes,
            "quirks": self._quirks,
            "subscriptions": self._subscribe,
            "uninstall": self._uninstall,
        }
        return [
            *(
                web.post(f"/workbench/admin/{name}", door(_at_once(do)))
                for name, do in doings.items()
            ),
            web.post("/workbench/admin/sockets", door(self._disconnect)),
            web.post("/workbench/admin/probe", door(self._probe)),
        ]

    def _user(self, wish: Json) -> Json:
        """Make somebody, or change who they are; `deleted` deactivates."""
        fields = {key: value for key, value in wish.items() if key in USER_FIELDS}
        home = self._spaces.of(wish.get("id", ""))
        user = home.users[wish["id"]] if home else None
        if user is None:
            space = self._space(wish)
            user = User(id=wish.get("id") or new_id("U"), team=space.id, **_named(fields))
            space.users[user.id] = user
        else:
            for key, value in fields.items():
                setattr(user, key, value)
        self._spaces.shared.bus.tell(UserChanged(user=user.id))
        return {"ok": True, "user": user.id}

    def _usergroup(self, wish: Json) -> Json:
        """Make a group, or change its members."""
        space = self._space(wish)
        group = space.usergroups.get(wish.get("id", ""))
        if group is None:
            name = wish.get("name") or wish["handle"]
            group = Usergroup(id=wish.get("id") or new_id("S"), handle=wish["handle"], name=name)
            space.usergroups[group.id] = group
        group.users = list(wish.get("users", group.users))
        group.is_disabled = bool(wish.get("is_disabled", group.is_disabled))
        return {"ok": True, "usergroup": group.id}

    def _channel(self, wish: Json) -> Json:
        """Make a channel, or archive, delete, fill or empty it."""
        if "channel" not in wish:
            channel = self._space(wish).create_channel(
                wish["name"],
                is_private=bool(wish.get("private")),
                creator=(wish.get("members") or [SLACKBOT])[0],
            )
            wish = {"invite": wish.get("members", [])}
        else:
            channel = self._known(wish["channel"])
        self._change(channel, wish)
        return {"ok": True, "channel": channel.id}

    def _known(self, word: str) -> Channel:
        channel = self._spaces.channel(word)
        if channel is None:
            message = f"there is no channel {word}"
            raise BadRequest(message)
        return channel

    def _change(self, channel: Channel, wish: Json) -> None:
        space = self._spaces[channel.teams[0]]
        self._fill(space, channel, wish)
        if "read_only" in wish:
            channel.is_read_only = bool(wish["read_only"])
        by = wish.get("by", SLACKBOT)
        if "archived" in wish:
            space.archive(channel, is_archived=bool(wish["archived"]), by=by)
        if wish.get("delete"):
            space.delete_channel(channel, by=by)

    def _fill(self, space: Workspace, channel: Channel, wish: Json) -> None:
        """Share a channel with other workspaces or not, and let people in or out."""
        for team in wish.get("connect", []):
            self._spaces.connect(channel, self._space({"team": team}).id)
        for team in wish.get("disconnect", []):
            self._spaces.disconnect(channel, team)
        for user in wish.get("invite", []):
            space.join(channel, user, inviter=wish.get("by"))
        for user in wish.get("kick", []):
            space.leave(channel, user)

    def _space(self, wish: Json) -> Workspace:
        """Return the workspace that is meant: the first unless `team` says another."""
        wanted = wish.get("team")
        for space in self._spaces:
            if wanted in {None, space.id}:
                return space
        message = f"there is no workspace {wanted}"
        raise BadRequest(message)

    def _app(self, wish: Json) -> App:
        wanted, team = wish.get("app"), wish.get("team")
        for app in self._spaces.apps():
            if wanted in {None, app.id, app.name} and team in {None, app.team}:
                return app
        message = f"there is no app {wanted}"
        raise BadRequest(message)

    def _tokens(self, wish: Json) -> Json:
        """Let an app's tokens work no more, or work again."""
        try:
            state = TokenState(wish["state"])
        except ValueError as error:
            raise BadRequest(str(error)) from error
        app = self._app(wish)
        self._spaces[app.team].revoke(app, state)
        return {"ok": True}

    def _scopes(self, wish: Json) -> Json:
        """Give an app's bot token other scopes, as a new installation would."""
        app = self._app(wish)
        app.scopes = tuple(wish["scopes"])
        for token in self._spaces[app.team].tokens.values():
            if token.app == app.id and token.kind is TokenKind.BOT:
                token.scopes = app.scopes
        return {"ok": True}

    def _quirks(self, wish: Json) -> Json:
        """Switch what nobody is sure that Slack does; return how all of it stands."""
        quirks = self._spaces.shared.quirks
        known = asdict(quirks)
        for name, value in wish.items():
            if type(value) is not type(known.get(name)):
                message = f"there is no quirk {name} that could be {value!r}"
                raise BadRequest(message)
            setattr(quirks, name, value)
        return {"ok": True, "quirks": asdict(quirks)}

    def _uninstall(self, wish: Json) -> Json:
        app = self._app(wish)
        self._spaces[app.team].uninstall(app)
        return {"ok": True}

    def _subscribe(self, wish: Json) -> Json:
        """Let an app hear events again, or no more; set how many it gets and may fail at."""
        subscriptions = self._subscriptions
        if "events_an_hour" in wish:
            subscriptions.events_an_hour = int(wish["events_an_hour"])
        if "failures_count_from" in wish:
            subscriptions.failures_count_from = int(wish["failures_count_from"])
        app = self._app(wish)
        if "is_on" in wish:
            subscriptions.switch(app, is_on=bool(wish["is_on"]))
        if "delayed_events" in wish:
            subscriptions.delay(app, is_on=bool(wish["delayed_events"]))
        return {"ok": True, "is_on": app.hears_events, "delayed_events": app.delays_events}

    async def _disconnect(self, wish: Json) -> Json:
        """Say goodbye to an app's sockets."""
        reason = wish.get("reason", "refresh_requested")
        if reason not in REASONS:
            message = f"the reason must be one of {', '.join(REASONS)}"
            raise BadRequest(message)
        app = self._app(wish)
        if reason == "link_disabled":
            app.is_socket_mode = False
        await self._sockets.disconnect(app.id, reason)
        return {"ok": True}

    async def _probe(self, wish: Json) -> Json:
        """Send an app something odd and return what it makes of it."""
        probe = PROBES.get(wish["what"])
        if probe is None:
            message = f"what must be one of {', '.join(PROBES)}"
            raise BadRequest(message)
        answer = await self._courier.probe(self._app(wish), wish["what"], probe)
        return {
            "ok": True,
            "status": answer.status,
            "body": answer.body,
            "failure": answer.failure,
        }


def _named(fields: Json) -> Json:
    return {"real_name": fields.get("name"), **fields}


def _at_once(do: Callable[[Json], Json]) -> Callable[[Json], Awaitable[Json]]:
    async def act(wish: Json) -> Json:
        return do(wish)

    return act
