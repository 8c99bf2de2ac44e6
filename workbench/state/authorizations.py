"""In whose name an app hears an event, and the context by which it can ask who else does."""

import base64
import json
from typing import Any

from workbench.state.apps import App
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace


def authorization(space: Workspace, app: App) -> Json:
    """Return in whose name an app hears an event."""
    return {
        "enterprise_id": space.enterprise["id"] if space.enterprise else None,
        "team_id": None if app.is_org_wide else space.id,
        "user_id": app.bot_user,
        "is_bot": True,
        "is_enterprise_install": app.is_org_wide,
    }


def new_context(app: App, *, event: str, event_id: str, channel: str | None) -> str:
    """Return an event's context, which says of which app, workspace and channel it was."""
    known = {"et": event, "tid": app.team, "aid": app.id, "id": event_id, "cid": channel}
    return "4-" + base64.urlsafe_b64encode(json.dumps(known).encode()).decode()


def read_context(text: str) -> Json | None:
    """Return what an event's context says, when it is one."""
    try:
        known: Any = json.loads(base64.urlsafe_b64decode(text.removeprefix("4-")))
    except ValueError:
        return None
    return known if isinstance(known, dict) else None
