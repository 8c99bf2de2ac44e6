"""Suggestions, shortcuts and Home tabs."""

from typing import Any

from workbench.delivery.answer import Parcel
from workbench.people.actions import container, place
from workbench.people.floor import (
    TROUBLE,
    Floor,
    Impossible,
    app_fields,
    channel_fields,
    people_fields,
    response_url,
    visible,
)
from workbench.state.apps import App, Shortcut
from workbench.state.blocks import find
from workbench.state.changes import AppHomeOpened
from workbench.state.messages import told
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.workspace import Workspace

OPTIONS_LIMIT = 100
NO_OPTIONS: Json = {"options": []}


async def suggest(floor: Floor, user: User, wish: Json) -> Json:
    """Ask the app what can be chosen; too short a query asks nobody."""
    where = place(floor, user, wish["container"])
    found = find(where.blocks, wish["block_id"], wish["action_id"])
    if found is None or "external" not in found[1]["type"]:
        message = "only an external select has suggestions"
        raise Impossible(message)
    query = str(wish.get("value") or "")
    if len(query) < found[1].get("min_query_length", floor.space.quirks.min_query_length):
        return NO_OPTIONS
    payload = {
        "type": "block_suggestion",
        **people_fields(floor.space, user, where.app),
        **app_fields(where.app),
        **container(where),
        "action_id": wish["action_id"],
        "block_id": wish["block_id"],
        "value": query,
    }
    if where.view is not None:
        payload["view"] = where.view.shape()
    if where.channel is not None and where.message is not None:
        payload |= channel_fields(where.channel)
        payload["message"] = told(where.message, with_metadata=True)
    answer = await floor.courier.send(
        where.app, Parcel(kind="suggestion", name=wish["action_id"], payload=payload)
    )
    return _options(answer.body) if answer.is_ok else NO_OPTIONS | {"error": TROUBLE}


def _options(body: Any) -> Json:
    if not isinstance(body, dict):
        return NO_OPTIONS
    for name in ("options", "option_groups"):
        offered = body.get(name)
        if isinstance(offered, list):
            return {name: offered[:OPTIONS_LIMIT]}
    return NO_OPTIONS


async def shortcut(floor: Floor, user: User, wish: Json) -> str | None:
    """Use a shortcut, of a message or of everywhere; return what goes wrong."""
    app, entry = _shortcut(floor.space, wish)
    payload: Json = {
        **people_fields(floor.space, user, app),
        "token": app.verification_token,
        "callback_id": entry.callback_id,
        "action_ts": f"{floor.space.clock.now():.6f}",
        "trigger_id": floor.space.issue_trigger(app, user.id, channel=wish.get("channel")).id,
    }
    if entry.type == "message":
        payload |= {"type": "message_action", **_about(floor, app, user, wish)}
    else:
        payload["type"] = "shortcut"
        del payload["user"]["name"]  # as Slack has it here, and nowhere else
    parcel = Parcel(kind="shortcut", name=entry.callback_id, payload=payload)
    answer = await floor.courier.send(app, parcel)
    return None if answer.is_ok else TROUBLE


def _shortcut(space: Workspace, wish: Json) -> tuple[App, Shortcut]:
    wanted = wish.get("app")
    for app in space.apps.values():
        if app.is_installed and wanted in {None, app.id}:
            for entry in app.shortcuts:
                if entry.callback_id == wish.get("callback_id"):
                    return app, entry
    message = f"there is no shortcut {wish.get('callback_id')}"
    raise Impossible(message)


def _about(floor: Floor, app: App, user: User, wish: Json) -> Json:
    channel = visible(floor.space, user, str(wish.get("channel")))
    message = channel.messages.get(str(wish.get("message_ts")))
    if message is None:
        refusal = "there is no such message"
        raise Impossible(refusal)
    issued = floor.space.issue_response(app, user.id, channel.id)
    return {
        **channel_fields(channel),
        "message": told(message, with_metadata=True),
        "message_ts": message["ts"],
        "response_url": response_url(floor, issued),
    }


def home(floor: Floor, user: User, wish: Json) -> Json:
    """Look at an app's Home or Messages tab; the app hears of it each time."""
    space = floor.space
    app = space.apps.get(str(wish.get("app")))
    if app is None or not app.is_installed:
        message = "there is no such app"
        raise Impossible(message)
    view = space.views.homes.get((user.id, app.id))
    shape = view.shape() if view else None
    channel = space.im(app.bot_user, user.id)
    tab = "messages" if wish.get("tab") == "messages" else "home"
    space.bus.tell(AppHomeOpened(user=user.id, app=app.id, channel=channel, tab=tab, view=shape))
    return {"view": shape, "channel": channel.id}
