"""What an event travels in, and what Slack adds where a channel connects two workspaces."""

from workbench.delivery.event import Event
from workbench.state.apps import App
from workbench.state.authorizations import authorization, new_context
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces, profile_of


def envelope(spaces: Workspaces, app: App, event: Event, *, event_id: str) -> Json:
    """Return an event as one app, in one workspace, is told of it."""
    space = spaces[app.team]
    body = event.body
    is_connected = event.channel is not None and event.channel.is_connected
    source = space.id
    if is_connected:
        body = seen_from(space, body)
        source = body.get("user_team") or space.id
    enterprise = space.enterprise["id"] if space.enterprise else None
    return {
        "token": app.verification_token,
        "team_id": source,
        "context_team_id": space.id,
        "context_enterprise_id": enterprise,
        "api_app_id": app.id,
        "event": body,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(space.clock.now()),
        "authorizations": [authorization(space, app)],
        "is_ext_shared_channel": event.channel is not None and event.channel.is_external,
        "event_context": new_context(
            app,
            event=body["type"],
            event_id=event_id,
            channel=event.channel.id if event.channel else None,
        ),
    }


def seen_from(space: Workspace, body: Json) -> Json:
    """Return the event with the acting person's workspace, and their profile if it is another."""
    user = space.users.get(str(body.get("user")))
    if user is None:
        return body
    own = {**body, "user_team": user.team}
    return own if user.team == space.id else own | {"user_profile": profile_of(user)}


def rate_limited(app: App, *, now: float) -> Json:
    """Return what tells an app, once a minute, that events are held back from it."""
    return {
        "token": app.verification_token,
        "type": "app_rate_limited",
        "team_id": app.team,
        "minute_rate_limited": int(now) // 60 * 60,
        "api_app_id": app.id,
    }
