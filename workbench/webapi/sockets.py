"""apps.connections.open: the ticket with which an app opens a Socket Mode connection."""

from workbench.state.apps import TokenKind
from workbench.state.shapes import Json
from workbench.state.workspaces import new_ticket
from workbench.webapi.call import ApiError, Call, Method, Methods


def open_connection(call: Call) -> Json:
    """Return where to connect; the ticket in it works once."""
    if call.verb != "POST":
        raise ApiError(code="insecure_request")
    call.require("connections:write")
    ticket = new_ticket(call.workspaces.shared, call.app.id)
    host = call.base_url.replace("http", "ws", 1)
    return {"url": f"{host}/socket?ticket={ticket}&app_id={call.app.id}"}


METHODS: Methods = {
    "apps.connections.open": Method(run=open_connection, tokens=(TokenKind.APP,), needs_post=True),
}
