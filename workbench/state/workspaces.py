"""All workspaces of this Slack, and what goes on between them."""

import dataclasses
from collections.abc import Iterator

from workbench.state import changes
from workbench.state.apps import App, Token
from workbench.state.channels import Channel
from workbench.state.clock import Clock
from workbench.state.ids import new_id, new_secret
from workbench.state.shapes import Json
from workbench.state.shared import Shared
from workbench.state.users import User
from workbench.state.workspace import Workspace


class Workspaces:
    """Every workspace by its id, the first one first."""

    def __init__(self, clock: Clock) -> None:
        self.shared = Shared(clock)
        self._spaces: dict[str, Workspace] = {}
        self.shared.bus.listen(self._hear)

    def __iter__(self) -> Iterator[Workspace]:
        return iter(self._spaces.values())

    def __getitem__(self, team: str) -> Workspace:
        return self._spaces[team]

    @property
    def first(self) -> Workspace:
        """Return the workspace that the seed begins with."""
        return next(iter(self))

    def add(self, team_id: str, name: str, domain: str) -> Workspace:
        """Make a workspace that nobody is in yet."""
        space = Workspace(team_id=team_id, name=name, domain=domain, shared=self.shared)
        self._spaces[team_id] = space
        return space

    def of(self, user: str) -> Workspace | None:
        """Return the workspace that a person, by id or name, belongs to."""
        for space in self:
            found = space.find_user(user)
            if found is not None and found.team == space.id:
                return space
        return None

    def apps(self) -> Iterator[App]:
        """Yield every app in every workspace it is in."""
        for space in self:
            yield from space.apps.values()

    def app(self, app: str, team: str) -> App | None:
        """Return an app as it is installed in a workspace."""
        space = self._spaces.get(team)
        return space.apps.get(app) if space else None

    def client(self, client_id: str | None) -> App | None:
        """Return the app that names itself by this client id."""
        return next((app for app in self.apps() if app.client_id == client_id), None)

    def token(self, text: str) -> tuple[Workspace, Token] | None:
        """Return a token, and the workspace in which it works."""
        for space in self:
            if text in space.tokens:
                return space, space.tokens[text]
        return None

    def channel(self, word: str) -> Channel | None:
        """Return a channel of any workspace, by id or name."""
        found = (space.find_channel(word) for space in self)
        return next(filter(None, found), None)

    def concerned(self, change: changes.Change) -> list[Workspace]:
        """Return the workspaces in which a change happened; a connected channel's host comes first."""
        match change:
            case changes.UserChanged(user=user):
                return [space for space in self if space is self.of(user)]
            case changes.AppRemoved(team=team):
                return [self._spaces[team]]
            case _:
                channel = getattr(change, "channel", None)
                return [self._spaces[team] for team in channel.teams] if channel else []

    def connect(self, channel: Channel, team: str) -> None:
        """Share a channel with another workspace, whose people can join it from now on."""
        if team in channel.teams:
            return
        if self._is_one_organisation(channel.teams[0], team):
            channel.org_teams.append(team)
        channel.teams.append(team)
        self._spaces[team].channels[channel.id] = channel
        self._introduce(channel)
        told = changes.ChannelConnected(channel=channel, team=team)
        self.shared.bus.tell(told)

    def disconnect(self, channel: Channel, team: str) -> None:
        """Share a channel no more; the other workspace's people leave it."""
        if team not in channel.teams[1:]:
            return
        space = self._spaces[team]
        for user in [each for each in channel.members if space.is_own(each)]:
            space.leave(channel, user)
        told = changes.ChannelConnected(channel=channel, team=team, is_over=True)
        self.shared.bus.tell(told)
        channel.teams.remove(team)
        if team in channel.org_teams:
            channel.org_teams.remove(team)
        del space.channels[channel.id]

    def _is_one_organisation(self, one: str, other: str) -> bool:
        mine, theirs = self._spaces[one].enterprise, self._spaces[other].enterprise
        return bool(mine and theirs and mine["id"] == theirs["id"])

    def im(self, one: str, other: str) -> Channel:
        """Return the direct message between two people, who may belong to two workspaces."""
        homes = [space for space in self if space.is_own(one) or space.is_own(other)]
        home = next(space for space in homes if space.is_own(one))
        away = next((space for space in homes if space is not home), None)
        channel = home.im(one, other, away=away)
        if away is not None:
            self._introduce(channel)
        return channel

    def install(self, app: App, space: Workspace) -> App:
        """Return the app as it is in a workspace, where it is from now on."""
        if app.id not in space.apps:
            own = dataclasses.replace(
                app, team=space.id, bot_user=new_id("U"), bot_id=new_id("B"), is_installed=True
            )
            space.add_app(own, name=self[app.team].users[app.bot_user].name)
        return space.apps[app.id]

    def _hear(self, change: changes.Change) -> None:
        match change:
            case changes.MemberJoined(channel=channel) if channel.is_connected:
                self._introduce(channel)
            case changes.ChannelChanged(channel=channel, event="channel_deleted"):
                for team in channel.teams:
                    self._spaces[team].channels.pop(channel.id, None)
            case _:
                return

    def _introduce(self, channel: Channel) -> None:
        """Let everybody in a connected channel be known in all of its workspaces."""
        for user in channel.members:
            home = self.of(user)
            for team in channel.teams:
                if home is not None:
                    self._spaces[team].users.setdefault(user, home.users[user])


def profile_of(user: User) -> Json:
    """Return what an event in a connected channel tells of somebody from elsewhere."""
    return {
        "avatar_hash": user.color,
        "image_72": "",
        "first_name": user.real_name.partition(" ")[0],
        "real_name": user.real_name,
        "display_name": user.name,
        "team": user.team,
        "name": user.name,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
    }


def new_ticket(shared: Shared, app: str) -> str:
    """Return what opens one Socket Mode connection for an app."""
    ticket = new_secret()
    shared.tickets[ticket] = app
    return ticket
