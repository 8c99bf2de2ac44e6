"""Files that people bring along: with a message, or in a form's file input."""

import base64
from typing import Any

from workbench.people.floor import Impossible
from workbench.state.files import File
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.workspace import Workspace


def uploaded(space: Workspace, user: User, entry: Json) -> File:
    """Take one file: its name, and its content as text or in base64, if there is any."""
    if not entry.get("name"):
        message = "a file needs a name"
        raise Impossible(message)
    content = _content(entry)
    return space.files.add(
        str(entry["name"]),
        user=user.id,
        team=space.id,
        mimetype=entry.get("mimetype"),
        content=content,
        size=len(content) or int(entry.get("size") or 0),
        is_complete=True,
    )


def _content(entry: Json) -> bytes:
    if "content_base64" in entry:
        return base64.b64decode(entry["content_base64"])
    return str(entry.get("content") or "").encode()


def received(space: Workspace, user: User, state: Any) -> Json:
    """Return what was typed, with every file that is new in it uploaded."""
    return {
        block: {action: _entry(space, user, entry) for action, entry in (actions or {}).items()}
        for block, actions in (state or {}).items()
    }


def _entry(space: Workspace, user: User, entry: Any) -> Any:
    if not isinstance(entry, dict) or entry.get("type") != "file_input":
        return entry
    return {**entry, "files": [_file(space, user, each) for each in entry.get("files") or []]}


def _file(space: Workspace, user: User, given: Json) -> Json:
    known = space.files.all.get(str(given.get("id")))
    file = known or uploaded(space, user, given)
    file.is_given = True
    return file.shape()
