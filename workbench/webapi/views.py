"""views.*: opening, stacking and changing modals, and publishing Home tabs."""

import json
from typing import Any

from workbench.blockkit import Problem, view_problems
from workbench.limits import Tier
from workbench.state.moments import Trigger
from workbench.state.shapes import Json
from workbench.state.views import STACK_LIMIT, View, Views, new_view
from workbench.webapi.call import ApiError, Call, Method, Methods

VIEW_BYTES = 250_000


def open_view(call: Call) -> Json:
    """Open a modal for the person whose trigger it is."""
    trigger = _trigger(call)
    body = _body(call, "modal")
    trigger.was_used = True
    view = _new(call, trigger.user, "modal", channel=trigger.channel)
    call.space.views.open(view, body)
    return {"view": view.shape()}


def push(call: Call) -> Json:
    """Put a modal above the one that the trigger came from."""
    trigger = _trigger(call)
    stack = call.space.views.stack(trigger.user)
    if trigger.view is None or not any(view.app == call.app.id for view in stack):
        raise ApiError(code="not_found")
    body = _body(call, "modal")
    if len(stack) >= STACK_LIMIT:
        raise ApiError(code="push_limit_reached")
    trigger.was_used = True
    view = _new(call, trigger.user, "modal", channel=trigger.channel)
    call.space.views.push(view, body)
    return {"view": view.shape()}


def update(call: Call) -> Json:
    """Change an open modal or a published Home."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise _missing(field="view_id")
    view = call.space.views.find(view_id=view_id, external_id=external_id)
    if view is None or view.app != call.app.id:
        raise ApiError(code="not_found")
    _check_hash(call, view)
    body = _body(call, view.kind, own=view)
    call.space.views.update(view, body)
    return {"view": view.shape()}


def publish(call: Call) -> Json:
    """Show a Home tab to one person."""
    user = call.space.users.get(call.needed("user_id"))
    if user is None or not call.space.is_own(user.id):
        raise ApiError(code="invalid_arguments")
    if not call.app.has_home:
        raise ApiError(code="not_enabled")
    view = call.space.views.homes.get((user.id, call.app.id))
    if view is not None:
        _check_hash(call, view)
    body = _body(call, "home", own=view)
    view = view or _new(call, user.id, "home")
    call.space.views.publish(view, body)
    return {"view": view.shape()}


def _new(call: Call, user: str, kind: str, *, channel: str | None = None) -> View:
    home = call.workspaces.of(user)
    team = home.id if home else call.space.id
    return new_view(app=call.app, user=user, team=team, kind=kind, channel=channel)


def _missing(*, field: str) -> ApiError:
    message = f"[ERROR] missing required field: {field}"
    return ApiError(code="invalid_arguments", response_metadata={"messages": [message]})


def _trigger(call: Call) -> Trigger:
    found = call.space.triggers.get(call.needed("trigger_id"))
    if found is None or found.app != call.app.id:
        raise ApiError(code="invalid_trigger_id")
    refusal = found.refusal(call.now)
    if refusal:
        raise ApiError(code=refusal)
    return found


def _check_hash(call: Call, view: View) -> None:
    if call.text("hash") and call.text("hash") != view.hash:
        raise ApiError(code="hash_conflict")


def _body(call: Call, kind: str, *, own: View | None = None) -> Json:
    body = call.structure("view", "invalid_arguments")
    if body is None:
        raise _missing(field="view")
    error = refusal(body, kind, call.space.views, own=own)
    if error:
        raise error
    return dict(body)


def refusal(body: Any, kind: str, views: Views, *, own: View | None) -> ApiError | None:
    """Return why Slack would not show this view, if it would not."""
    problems = view_problems(body)
    if problems:
        return invalid_view(problems)
    if body["type"] != kind:
        return invalid_view([Problem(f"must be a valid {kind} view", "/view/type")])
    if len(json.dumps(body).encode()) > VIEW_BYTES:
        return ApiError(code="view_too_large")
    external_id = body.get("external_id")
    other = views.find(external_id=external_id) if external_id else None
    return (
        ApiError(code="duplicate_external_id") if other is not None and other is not own else None
    )


def invalid_view(problems: list[Problem]) -> ApiError:
    """Return the error with which Slack refuses a view."""
    said = ["[ERROR] failed to match all allowed schemas [json-pointer:/view]"]
    said += [f"[ERROR] {each.message} [json-pointer:{each.pointer}]" for each in problems]
    return ApiError(code="invalid_arguments", response_metadata={"messages": said})


METHODS: Methods = {
    "views.open": Method(run=open_view, tier=Tier.FOUR),
    "views.push": Method(run=push, tier=Tier.FOUR),
    "views.update": Method(run=update, tier=Tier.FOUR),
    "views.publish": Method(run=publish, tier=Tier.FOUR),
}
