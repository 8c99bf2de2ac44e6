"""Slash commands: what the app is told, and what the person reads when it does not answer."""

from dataclasses import replace

from workbench.delivery.answer import TIMEOUT, Answer, Parcel
from workbench.people.floor import Floor, Impossible, channel_name, response_url, visible
from workbench.people.talk import linked, unlinked
from workbench.state.apps import App, Command
from workbench.state.channels import Channel
from workbench.state.messages import Content
from workbench.state.moments import ResponseAddress
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.workspace import Workspace
from workbench.webapi.call import ApiError, Arguments
from workbench.webapi.responding import say


async def command(
    floor: Floor, user: User, word: str, name: str, text: str, *, team: str | None = None
) -> str | None:
    """Use a slash command; return Slack's error when the app did not take it.

    Where several workspaces of one organisation share the channel, `team` chooses one of them.
    """
    channel = visible(floor.space, user, word)
    if team is not None:
        floor = _chosen(floor, channel, team)
    app, entry = _command(floor.space, name)
    written = linked(floor.space, text.strip())
    if not entry.should_escape:
        written = unlinked(floor.space, text.strip())
    address = floor.space.issue_response(app, user.id, channel.id)
    payload = _payload(floor, app, user, channel, address)
    payload |= {"command": name, "text": written}
    answer = await floor.courier.send(app, Parcel(kind="command", name=name, payload=payload))
    if not answer.is_ok:
        return "operation_timeout" if answer.failure == TIMEOUT else "dispatch_failed"
    return _answered(floor.space, user, address, answer, f"{name} {text}".strip())


def _chosen(floor: Floor, channel: Channel, team: str) -> Floor:
    if team not in {channel.teams[0], *channel.org_teams, floor.space.id}:
        message = f"#{channel.name} is in no workspace {team} of this organisation"
        raise Impossible(message)
    return replace(floor, space=floor.workspaces[team])


def _command(space: Workspace, name: str) -> tuple[App, Command]:
    for app in reversed(space.apps.values()):  # the latest installation wins
        entry = app.command(name)
        if entry is not None and app.is_installed:
            return app, entry
    message = f"{name} is not a valid command."
    raise Impossible(message)


def _payload(
    floor: Floor, app: App, user: User, channel: Channel, address: ResponseAddress
) -> Json:
    space = floor.space
    organisation = space.enterprise or {}
    return {
        **{f"enterprise_{key}": value for key, value in organisation.items()},
        "token": app.verification_token,
        "team_id": space.id,
        "team_domain": space.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "api_app_id": app.id,
        "is_enterprise_install": "true" if app.is_org_wide else "false",
        "response_url": response_url(floor, address),
        "trigger_id": space.issue_trigger(app, user.id, channel=channel.id).id,
    }


def _answered(
    space: Workspace, user: User, address: ResponseAddress, answer: Answer, typed: str
) -> str | None:
    """Show the text of an ack; in_channel shows what was typed to everybody, too."""
    body = {"text": answer.body} if isinstance(answer.body, str) else answer.body or {}
    given = Arguments(args=body)
    if given.text("response_type") == "in_channel":
        channel = space.channels[address.channel]
        author = {"user": user.id, "team": space.id}
        space.messages.post(channel, author, Content(text=typed))
    if not any(body.get(part) for part in ("text", "blocks", "attachments")):
        return None
    try:
        say(space, address, given)
    except ApiError as error:
        return error.code
    return None
