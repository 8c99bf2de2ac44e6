"""Submitting and closing modals, with everything Slack's client and server make of it."""

from collections.abc import Callable, Iterator
from typing import Any

from workbench.blockkit import client_errors
from workbench.delivery.answer import Answer, Parcel
from workbench.people.actions import place
from workbench.people.floor import (
    TROUBLE,
    Floor,
    Impossible,
    app_fields,
    people_fields,
    response_url,
)
from workbench.people.uploads import received
from workbench.state.apps import App
from workbench.state.blocks import elements
from workbench.state.inputs import chosen, merge, without_inputs
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.views import STACK_LIMIT, View, new_view
from workbench.webapi.views import refusal

OK: Json = {"ok": True}
BANNER: Json = {"ok": False, "banner": TROUBLE}


def _open(floor: Floor, user: User, wish: Json) -> tuple[View, App]:
    where = place(floor, user, {"type": "view", "view_id": wish["view_id"]})
    if where.view is None or where.view.kind != "modal":
        message = "only a modal can be submitted or closed"
        raise Impossible(message)
    return where.view, where.app


async def submit(floor: Floor, user: User, wish: Json) -> Json:
    """Submit a modal; the app hears of it only when every field holds what it must."""
    view, app = _open(floor, user, wish)
    merge(view.values, received(floor.space, user, wish.get("state")))
    errors = client_errors(view.blocks, view.values)
    if errors:
        return {"ok": False, "errors": errors}
    if view.is_pending:
        message = "the modal is being submitted already"
        raise Impossible(message)
    view.is_pending = True
    try:
        answer = await floor.courier.send(app, _submission(floor, user, view, app))
    finally:
        view.is_pending = False
    if not answer.is_ok:
        return BANNER
    return _answered(floor, view, answer)


def _submission(floor: Floor, user: User, view: View, app: App) -> Parcel:
    payload = {
        "type": "view_submission",
        **people_fields(floor.space, user, app),
        **app_fields(app),
        "trigger_id": floor.space.issue_trigger(
            app, user.id, view=view.id, channel=view.channel
        ).id,
        "view": view.shape(),
        "response_urls": list(_response_urls(floor, user, view, app)),
    }
    return Parcel(kind="submission", name=_name(view), payload=payload)


def _response_urls(floor: Floor, user: User, view: View, app: App) -> Iterator[Json]:
    for block, element in elements(view.blocks):
        if block["type"] == "input" and element.get("response_url_enabled"):
            channel = chosen(view.values[block["block_id"]][element["action_id"]])
            if channel:
                issued = floor.space.issue_response(app, user.id, channel)
                yield {
                    "response_url": response_url(floor, issued),
                    "channel_id": channel,
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                }


def _name(view: View) -> str:
    return str(view.body.get("callback_id") or view.id)


def _answered(floor: Floor, view: View, answer: Answer) -> Json:
    """Do what the ack says; anything but the five right answers is trouble."""
    body = answer.body
    if body is None:
        _close_one(floor, view)
        return {"ok": True, "closed": True}
    if not isinstance(body, dict):
        return BANNER
    doer = _ANSWERS.get(body.get("response_action", ""))
    return doer(floor, view, body) if doer else BANNER


def _close_one(floor: Floor, view: View) -> None:
    if view.body.get("clear_on_close"):
        floor.space.views.clear(view)
    else:
        floor.space.views.close(view)


def _clear(floor: Floor, view: View, _body: Json) -> Json:
    floor.space.views.clear(view)
    return {"ok": True, "closed": True}


def _errors(_floor: Floor, view: View, body: Json) -> Json:
    errors: Any = body.get("errors")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return BANNER
    return {"ok": False, "errors": {name: str(text) for name, text in errors.items()}}


def _update(floor: Floor, view: View, body: Json) -> Json:
    shown: Any = body.get("view")
    if refusal(shown, "modal", floor.space.views, own=view):
        return BANNER
    floor.space.views.update(view, shown)
    return {"ok": True, "closed": False}


def _push(floor: Floor, view: View, body: Json) -> Json:
    views = floor.space.views
    shown: Any = body.get("view")
    if refusal(shown, "modal", views, own=None) or len(views.stack(view.user)) >= STACK_LIMIT:
        return BANNER
    above = new_view(
        app=floor.app_of(view),
        user=view.user,
        team=view.team,
        kind="modal",
        channel=view.channel,
    )
    views.push(above, shown)
    return {"ok": True, "closed": False}


_ANSWERS: dict[str, Callable[[Floor, View, Json], Json]] = {
    "clear": _clear,
    "errors": _errors,
    "update": _update,
    "push": _push,
}


def close(floor: Floor, user: User, wish: Json) -> None:
    """Close a modal with Cancel or Back, or the whole stack with the X."""
    view, _ = _open(floor, user, wish)
    views = floor.space.views
    if wish.get("cleared") or view.body.get("clear_on_close"):
        closed, is_cleared = views.clear(view), True
    else:
        views.close(view)
        closed, is_cleared = [view], False
    for each in closed:
        _tell_closed(floor, user, each, is_cleared=is_cleared)


def _tell_closed(floor: Floor, user: User, view: View, *, is_cleared: bool) -> None:
    if not view.body.get("notify_on_close"):
        return
    app = floor.app_of(view)
    shape = view.shape()
    shape["state"] = {"values": without_inputs(view.values, view.blocks)}
    payload = {
        "type": "view_closed",
        **people_fields(floor.space, user, app),
        **app_fields(app),
        "view": shape,
        "is_cleared": is_cleared,
    }
    parcel = Parcel(kind="submission", name=f"{_name(view)} (closed)", payload=payload)

    async def deliver() -> None:
        await floor.courier.send(app, parcel)

    floor.tasks.spawn(deliver())
