"""entity.presentDetails: what an app shows beside the conversation of a Work Object."""

from typing import Any

from workbench.state.apps import App
from workbench.state.changes import EntityShown
from workbench.state.entities import is_entity, needs
from workbench.state.moments import Trigger
from workbench.state.shapes import Json
from workbench.webapi.call import ApiError, Call, Method, Methods


def present(call: Call) -> Json:
    """Show a Work Object's details to the person who asked for them."""
    trigger = call.space.triggers.get(call.needed("trigger_id", "invalid_trigger_id"))
    if trigger is None or trigger.app != call.app.id or trigger.entity is None:
        raise ApiError(code="invalid_trigger_id")
    pane: Json = {"app": call.app.id, **trigger.entity, **_shown(call, trigger)}
    call.space.bus.tell(EntityShown(user=trigger.user, pane=pane))
    return {}


def _shown(call: Call, trigger: Trigger) -> Json:
    """Return the details, why there are none, or where to sign in first."""
    if call.flag("user_auth_required"):
        return {"user_auth_url": call.needed("user_auth_url", "user_auth_url_missing")}
    error: Any = call.structure("error", "invalid_arguments")
    if error:
        return {"error": error}
    entity: Any = call.structure("metadata", "invalid_metadata")
    if not is_entity(entity):
        raise ApiError(code="invalid_metadata")
    wanted = (trigger.entity or {})["external_ref"]["id"]
    if entity["external_ref"]["id"] != wanted:
        raise ApiError(code="entity_metadata_does_not_match_trigger")
    _check_addresses(call.app, entity)
    return {"metadata": entity}


def _check_addresses(app: App, entity: Json) -> None:
    if app.is_socket_mode:
        return
    wanted = needs(entity)
    if "interactivity" in wanted and not app.addresses.interactivity:
        raise ApiError(code="missing_interactivity_url")
    if "options" in wanted and not app.addresses.options:
        raise ApiError(code="missing_options_load_url")


METHODS: Methods = {"entity.presentDetails": Method(run=present)}
