"""What an act of a person needs: the workspace, the courier, and how acts are refused."""

from dataclasses import dataclass, replace
from typing import Any

from workbench.delivery.answer import Tasks
from workbench.delivery.courier import Courier
from workbench.state.apps import App
from workbench.state.channels import Channel, Kind
from workbench.state.shapes import Json
from workbench.state.users import User
from workbench.state.views import View
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces

TROUBLE = "We had some trouble connecting. Try again?"


class Impossible(Exception):
    """A person tried what Slack's client would not let them do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The workspace and the ways out of it."""

    space: Workspace
    workspaces: Workspaces
    courier: Courier
    tasks: Tasks
    base_url: str

    def of(self, user: User) -> "Floor":
        """Return the floor of a person's own workspace."""
        return replace(self, space=self.workspaces[user.team])

    def app_of(self, view: View) -> App:
        """Return the app that shows a view, as it is installed where it was opened from."""
        return self.workspaces[view.home].apps[view.app]


def member(spaces: Workspaces, user: str) -> User:
    """Return a person who can act.

    Raises:
        Impossible: nobody, or somebody who is deactivated.
    """
    space = spaces.of(user)
    found = space.find_user(user) if space else None
    if found is None or found.deleted:
        message = f"there is no active user {user}"
        raise Impossible(message)
    return found


def first(space: Workspace) -> str:
    """Return who looks when nobody says who they are: the first active person."""
    people = (user.id for user in space.own_users() if not user.is_bot and not user.deleted)
    return next(people, "")


def visible(space: Workspace, user: User, word: str) -> Channel:
    """Return a channel that a person can see, by id or name."""
    found = space.find_channel(word)
    if found is None or not space.can_see(found, user.id):
        message = f"{user.name} sees no channel {word}"
        raise Impossible(message)
    return found


def channel_name(channel: Channel) -> str:
    """Return a channel's name as payloads tell it."""
    if channel.kind is Kind.IM:
        return "directmessage"
    return "privategroup" if channel.kind is Kind.PRIVATE else channel.name


def people_fields(space: Workspace, user: User, app: App) -> Json:
    """Return the fields that say who acted, and where; an app of the whole organisation has no team."""
    organisation = space.enterprise or {}
    own = {f"enterprise_{key}": value for key, value in organisation.items()}
    team = None if app.is_org_wide else {"id": space.id, "domain": space.domain, **own}
    return {
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": space.id,
        },
        "team": team,
        "enterprise": space.enterprise,
        "is_enterprise_install": app.is_org_wide,
    }


def app_fields(app: App) -> Json:
    """Return the fields that say which app is meant."""
    return {"api_app_id": app.id, "token": app.verification_token}


def response_url(floor: Floor, issued: Any) -> str:
    """Return the whole address of a response."""
    return f"{floor.base_url}/response/{issued.id}"


def channel_fields(channel: Channel) -> Json:
    """Return the field that says in which channel it happened."""
    return {"channel": {"id": channel.id, "name": channel_name(channel)}}
