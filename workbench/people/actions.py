"""Pressing and choosing: block_actions from messages, modals and Home tabs."""

from dataclasses import dataclass
from typing import Any

from workbench.delivery.answer import Parcel
from workbench.people import elements
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
from workbench.people.uploads import received
from workbench.state.apps import App
from workbench.state.blocks import find
from workbench.state.channels import Channel
from workbench.state.inputs import FIELDS, Values, first_values, merge
from workbench.state.messages import told
from workbench.state.moments import Trigger
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.views import View
from workbench.state.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the element stands: a message or a view, with what was typed there."""

    app: App
    blocks: list[Json]
    values: Values
    view: View | None = None
    channel: Channel | None = None
    message: Json | None = None
    attachment: Json | None = None


def place(floor: Floor, user: User, container: Json) -> Place:
    """Return what a container names.

    Raises:
        Impossible: the person does not see it, or no app is behind it.
    """
    if container.get("type") == "view":
        return _view(floor, user, str(container.get("view_id")))
    space = floor.space
    channel = visible(space, user, str(container.get("channel")))
    ts = str(container.get("ts"))
    message = channel.messages.get(ts) or channel.ephemerals.get(user.id, {}).get(ts)
    attached = _attachment(message or {}, container.get("attachment_id"))
    app = _behind(floor, message or {}, attached)
    if message is None or app is None:
        refusal = f"there is no message {ts} of an app in {channel.name or channel.id}"
        raise Impossible(refusal)
    blocks = attached["blocks"] if attached else _blocks(message)
    typed = space.typed.get((user.id, channel.id + ts))
    values = first_values(blocks, kept=typed)
    space.typed[user.id, channel.id + ts] = values
    return Place(
        app=app,
        blocks=blocks,
        values=values,
        channel=channel,
        message=message,
        attachment=attached,
    )


def _attachment(message: Json, number: Any) -> Json | None:
    """Return the attachment that is meant: the one with this id, or an only one without others."""
    attachments = [each for each in message.get("attachments", []) if each.get("blocks")]
    if number is not None:
        return next((each for each in attachments if each["id"] == int(number)), None)
    is_only = not message.get("app_id") or not message.get("blocks")
    return attachments[0] if len(attachments) == 1 and is_only else None


def _behind(floor: Floor, message: Json, attached: Json | None) -> App | None:
    """Return the app that hears of it: whose message it is, or who has unfurled a link in it."""
    if attached and attached.get("is_app_unfurl"):
        return floor.workspaces.app(attached["app_id"], attached["bot_team_id"])
    return floor.workspaces.app(message.get("app_id", ""), message.get("team", ""))


def _view(floor: Floor, user: User, view_id: str) -> Place:
    view = floor.space.views.find(view_id=view_id)
    if view is None or view.user != user.id:
        refusal = f"{user.name} sees no view {view_id}"
        raise Impossible(refusal)
    return Place(app=floor.app_of(view), blocks=view.blocks, values=view.values, view=view)


def _blocks(message: Json) -> list[Json]:
    attached = [
        block for each in message.get("attachments", []) for block in each.get("blocks", [])
    ]
    return [*message.get("blocks", []), *attached]


async def act(floor: Floor, user: User, wish: Json) -> str | None:
    """Press or choose; return what the person reads when the app did not take it."""
    where = place(floor, user, wish["container"])
    merge(where.values, received(floor.space, user, wish.get("state")))
    found = find(where.blocks, wish["block_id"], wish["action_id"])
    if found is None:
        refusal = f"there is no element {wish['block_id']} / {wish['action_id']}"
        raise Impossible(refusal)
    block, element = found
    action = elements.action(block, element, wish, now=floor.space.clock.now())
    if element["type"] in FIELDS:
        merge(where.values, {block["block_id"]: {element["action_id"]: action}})
    if block["type"] == "input" and not block.get("dispatch_action"):
        return None
    return await _send(floor, user, where, action)


async def _send(floor: Floor, user: User, where: Place, action: Json) -> str | None:
    trigger = _trigger(floor.space, user, where)
    payload = {
        "type": "block_actions",
        **people_fields(floor.space, user, where.app),
        **app_fields(where.app),
        **container(where),
        **_context(floor, user, where),
        "trigger_id": trigger.id,
        "actions": [action],
    }
    parcel = Parcel(kind="action", name=action["action_id"], payload=payload)
    answer = await floor.courier.send(where.app, parcel)
    return None if answer.is_ok else TROUBLE


def _trigger(space: Workspace, user: User, where: Place) -> Trigger:
    if where.view is None:
        channel = where.channel.id if where.channel else None
        return space.issue_trigger(where.app, user.id, channel=channel)
    modal = where.view.id if where.view.kind == "modal" else None
    return space.issue_trigger(where.app, user.id, view=modal, channel=where.view.channel)


def container(where: Place) -> Json:
    """Return the field that says where the element stands."""
    if where.view is not None:
        return {"container": {"type": "view", "view_id": where.view.id}}
    if where.channel is None or where.message is None:
        return {}
    own: Json = {
        "type": "message",
        "message_ts": where.message["ts"],
        "channel_id": where.channel.id,
        "is_ephemeral": bool(where.message.get("is_ephemeral")),
    }
    if where.attachment is not None:
        own |= {
            "type": "message_attachment",
            "attachment_id": where.attachment["id"],
            "is_app_unfurl": bool(where.attachment.get("is_app_unfurl")),
        }
        if "app_unfurl_url" in where.attachment:
            own["app_unfurl_url"] = where.attachment["app_unfurl_url"]
    if where.message.get("thread_ts"):
        own["thread_ts"] = where.message["thread_ts"]
    return {"container": own}


def _context(floor: Floor, user: User, where: Place) -> Json:
    if where.view is not None:
        return {"view": where.view.shape()}
    if where.channel is None or where.message is None:
        return {}
    is_ephemeral = bool(where.message.get("is_ephemeral"))
    issued = floor.space.issue_response(
        where.app,
        user.id,
        where.channel.id,
        message_ts=where.message["ts"],
        is_ephemeral=is_ephemeral,
    )
    own = {
        **channel_fields(where.channel),
        "response_url": response_url(floor, issued),
        "state": {"values": where.values},
    }
    if where.attachment is not None and where.attachment.get("is_app_unfurl"):
        own["app_unfurl"] = where.attachment
    return own if is_ephemeral else own | {"message": told(where.message, with_metadata=True)}
