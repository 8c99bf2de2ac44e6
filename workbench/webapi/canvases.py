"""canvases.create and conversations.canvases.create: documents beside the conversation."""

from typing import Any

from workbench.limits import Tier
from workbench.state.channels import Channel
from workbench.state.files import File
from workbench.state.shapes import Json
from workbench.webapi import places
from workbench.webapi.call import ApiError, Call, Method, Methods

MARKDOWN_LIMIT = 1_048_576
NO_DOCUMENT = "document_content must be of the type markdown, with its text as markdown"
TOO_LONG = f"document_content has more than {MARKDOWN_LIMIT} characters"
MIMETYPE = "application/vnd.slack-docs"


def create(call: Call) -> Json:
    """Make a canvas of one's own, perhaps with a tab in a channel."""
    content = _content(call)
    if not call.text("channel_id"):
        if call.space.is_free:
            raise ApiError(code="free_teams_cannot_create_standalone_canvases")
        return {"canvas_id": _canvas(call, content).id}
    channel = _own_channel(call)
    if call.space.is_free and call.space.canvas_tabs.get(channel.id):
        raise ApiError(code="free_team_canvas_tab_already_exists")
    return {"canvas_id": _canvas(call, content, tab_in=channel).id}


def create_in_channel(call: Call) -> Json:
    """Make the one canvas of a channel."""
    content = _content(call)
    channel = _own_channel(call)
    if channel.id in call.space.channel_canvases:
        raise ApiError(code="channel_canvas_already_exists")
    if call.space.is_free and call.space.canvas_tabs.get(channel.id):
        raise ApiError(code="free_team_canvas_tab_already_exists")
    canvas = _canvas(call, content, tab_in=channel)
    call.space.channel_canvases[channel.id] = canvas.id
    return {"canvas_id": canvas.id}


def _own_channel(call: Call) -> Channel:
    """Return the channel, if the caller may put a tab into it."""
    channel = places.channel(call, "channel_id")
    if call.caller not in channel.members or channel.is_archived or channel.is_read_only:
        raise ApiError(code="restricted_action")
    return channel


def _content(call: Call) -> str:
    """Return the document as Markdown; a canvas may be empty."""
    document: Any = call.structure("document_content", "canvas_creation_failed")
    if document is None:
        return ""
    is_markdown = isinstance(document, dict) and document.get("type") == "markdown"
    text: Any = document.get("markdown") if is_markdown else None
    if not isinstance(text, str):
        raise ApiError(code="canvas_creation_failed", detail=NO_DOCUMENT)
    if len(text) > MARKDOWN_LIMIT:
        raise ApiError(code="canvas_creation_failed", detail=TOO_LONG)
    return text


def _canvas(call: Call, content: str, *, tab_in: Channel | None = None) -> File:
    title = call.text("title") or "Untitled"
    canvas = call.space.files.add(
        title,
        user=call.caller,
        team=call.space.id,
        mimetype=MIMETYPE,
        content=content.encode(),
        size=len(content.encode()),
        is_complete=True,
    )
    if tab_in is not None:
        canvas.channels.append(tab_in.id)
        call.space.canvas_tabs.setdefault(tab_in.id, []).append(canvas.id)
    return canvas


SCOPES = ("canvases:write",)
METHODS: Methods = {
    "canvases.create": Method(run=create, tier=Tier.TWO, scopes=SCOPES),
    "conversations.canvases.create": Method(run=create_in_channel, tier=Tier.TWO, scopes=SCOPES),
}
