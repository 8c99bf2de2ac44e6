"""What a person can see: who is there, the channels, and what was said in one."""

from workbench.people.floor import visible
from workbench.state.apps import App
from workbench.state.channels import Channel
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces


def state(spaces: Workspaces, user: User) -> Json:
    """Return everything but messages."""
    space = spaces[user.team]
    channels = [each for each in space.channels.values() if space.can_see(each, user.id)]
    return {
        "team": {"id": space.id, "name": space.name},
        "me": user.id,
        "workspaces": [_workspace(each) for each in spaces],
        "users": [_user(each) for each in space.users.values()],
        "usergroups": [
            {"id": each.id, "handle": each.handle, "name": each.name, "users": each.users}
            for each in space.usergroups.values()
        ],
        "channels": [channel_entry(space, each, user.id) for each in channels],
        "apps": [_app(each) for each in space.apps.values() if each.is_installed],
        "views": [each.shape() for each in space.views.stack(user.id)],
        "min_query_length": space.quirks.min_query_length,
        "clock": {"now": space.clock.now(), "offset": space.clock.offset},
    }


def _workspace(space: Workspace) -> Json:
    people = [each for each in space.own_users() if not (each.is_bot or each.deleted)]
    shown = [{"id": each.id, "name": each.name, "real_name": each.real_name} for each in people]
    return {"id": space.id, "name": space.name, "people": shown}


def _user(user: User) -> Json:
    return {
        "id": user.id,
        "team": user.team,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "is_restricted": user.is_guest,
        "color": user.color,
    }


def _app(app: App) -> Json:
    return {
        "id": app.id,
        "name": app.name,
        "bot_user": app.bot_user,
        "commands": [
            {
                "command": each.command,
                "description": each.description,
                "usage_hint": each.usage_hint,
            }
            for each in app.commands
        ],
        "shortcuts": [
            {
                "type": each.type,
                "name": each.name,
                "callback_id": each.callback_id,
                "description": each.description,
            }
            for each in app.shortcuts
        ],
        "home": app.has_home,
    }


def channel_entry(space: Workspace, channel: Channel, user: str) -> Json:
    """Return a channel as one person has it in their list."""
    return {
        "id": channel.id,
        "name": channel.name,
        "type": channel.kind.value,
        "is_connected": channel.is_connected,
        "teams": list(channel.teams),
        "is_archived": channel.is_archived,
        "is_deleted": channel.id not in space.channels,
        "is_member": user in channel.members,
        "topic": channel.topic,
        "with": channel.other(user),
        "unread": channel.unread(user),
    }


def all_messages(space: Workspace, user: User) -> list[Json]:
    """Return what was said in every channel that this person sees, channel by channel."""
    channels = [each.id for each in space.channels.values() if space.can_see(each, user.id)]
    return [message for channel in channels for message in messages(space, user, channel)]


def messages(space: Workspace, user: User, word: str) -> list[Json]:
    """Return what was said in a channel, oldest first, with this person's ephemerals."""
    channel = visible(space, user, word)
    whispered = channel.ephemerals.get(user.id, {})
    told = [*channel.messages.values(), *whispered.values()]
    return [{**each, "channel": channel.id} for each in sorted(told, key=lambda each: each["ts"])]
