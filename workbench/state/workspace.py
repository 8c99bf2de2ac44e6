"""The workspace: everybody and everything in it, and how to find them."""

from workbench.state.apps import App, Token, TokenKind, TokenState
from workbench.state.changes import (
    AppRemoved,
    ChannelChanged,
    ChannelRead,
    MemberJoined,
    MemberLeft,
)
from workbench.state.channels import Channel, Kind
from workbench.state.grants import Grants
from workbench.state.ids import new_id, new_secret, new_trigger_id
from workbench.state.moments import ResponseAddress, Trigger
from workbench.state.shapes import Json
from workbench.state.shared import Shared
from workbench.state.users import User, Usergroup

SLACKBOT = "USLACKBOT"


class Workspace:
    """One Slack workspace, in memory."""

    def __init__(self, *, team_id: str, name: str, domain: str, shared: Shared) -> None:
        self.id = team_id
        self.name = name
        self.domain = domain
        self.clock = shared.clock
        self.quirks = shared.quirks
        self.bus = shared.bus
        self.messages = shared.messages
        self.streams = shared.streams
        self.views = shared.views
        self.files = shared.files
        self.triggers = shared.triggers
        self.responses = shared.responses
        self.typed = shared.typed
        self.users: dict[str, User] = {}  # those from elsewhere, too, if they share a channel
        self.usergroups: dict[str, Usergroup] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self.grants = Grants(self.clock)
        self.enterprise: Json | None = None
        self.is_free = False  # on the plan that nobody pays for
        self.canvas_tabs: dict[str, list[str]] = {}  # by channel
        self.channel_canvases: dict[str, str] = {}  # the one of each channel
        self.scheduled: dict[str, Json] = {}
        self.bookmarks: dict[str, list[Json]] = {}

    def is_own(self, user: str) -> bool:
        """Tell whether this user belongs here, and is not only met in a connected channel."""
        return user in self.users and self.users[user].team == self.id

    def own_users(self) -> list[User]:
        """Return everybody who belongs here."""
        return [user for user in self.users.values() if user.team == self.id]

    def can_see(self, channel: Channel, user: str) -> bool:
        """Tell whether a user may look in; guests see only where they are members."""
        if user in channel.members:
            return True
        found = self.users.get(user)
        is_open = channel.kind is Kind.PUBLIC and self.id in channel.teams
        return is_open and found is not None and not found.is_guest

    def add_app(self, app: App, *, name: str) -> None:
        """Let an app be here, with its bot."""
        self.apps[app.id] = app
        self.users[app.bot_user] = User(
            id=app.bot_user,
            name=name,
            real_name=app.name,
            team=self.id,
            is_bot=True,
            bot_id=app.bot_id,
            app=app.id,
        )

    def find_user(self, word: str) -> User | None:
        """Return the user with this id or this name."""
        if word in self.users:
            return self.users[word]
        return next((user for user in self.users.values() if user.name == word), None)

    def find_channel(self, word: str) -> Channel | None:
        """Return the channel with this id or this name, with or without `#`."""
        if word in self.channels:
            return self.channels[word]
        name = word.removeprefix("#")
        named = (each for each in self.channels.values() if each.name == name)
        return next(named, None) if name else None

    def im(self, one: str, other: str, *, away: "Workspace | None" = None) -> Channel:
        """Return the direct message between two users, which exists from now on.

        The other one may belong to a workspace away from here.
        """
        pair = {one, other}
        for channel in self.channels.values():
            if channel.kind is Kind.IM and set(channel.members) == pair:
                return channel
        users = [one, *sorted(pair - {one})]
        return self._group_of(Kind.IM, "D", "", users, away=away)

    def mpim(self, users: list[str]) -> Channel:
        """Return the group message of these users, which exists from now on."""
        for channel in self.channels.values():
            if channel.kind is Kind.MPIM and set(channel.members) == set(users):
                return channel
        names = "--".join(self.users[user].name for user in users)
        return self._group_of(Kind.MPIM, "G", f"mpdm-{names}-1", users)

    def _group_of(
        self,
        kind: Kind,
        prefix: str,
        name: str,
        users: list[str],
        *,
        away: "Workspace | None" = None,
    ) -> Channel:
        homes = [self, away] if away else [self]
        channel = Channel(
            id=new_id(prefix),
            name=name,
            kind=kind,
            created=int(self.clock.now()),
            creator=users[0],
            members=users,
            teams=[each.id for each in homes],
        )
        for each in homes:
            each.channels[channel.id] = channel
        self.bus.tell(ChannelChanged(channel=channel, event="im_created", by=users[0]))
        return channel

    def create_channel(self, name: str, *, is_private: bool, creator: str) -> Channel:
        """Make a channel with its creator as the only member."""
        channel = Channel(
            id=new_id("C"),
            name=name,
            kind=Kind.PRIVATE if is_private else Kind.PUBLIC,
            created=int(self.clock.now()),
            creator=creator,
            members=[creator],
            teams=[self.id],
        )
        self.channels[channel.id] = channel
        self.bus.tell(ChannelChanged(channel=channel, event="channel_created", by=creator))
        return channel

    def join(self, channel: Channel, user: str, *, inviter: str | None = None) -> bool:
        """Make somebody a member; tell whether that is news."""
        if user in channel.members:
            return False
        channel.members.append(user)
        self.bus.tell(MemberJoined(channel=channel, user=user, inviter=inviter))
        return True

    def leave(self, channel: Channel, user: str) -> bool:
        """Make somebody a member no more; tell whether that is news."""
        if user not in channel.members:
            return False
        channel.members.remove(user)
        self.bus.tell(MemberLeft(channel=channel, user=user))
        return True

    def archive(self, channel: Channel, *, is_archived: bool, by: str) -> None:
        """Close a channel for everybody, or open it again."""
        channel.is_archived = is_archived
        event = "channel_archive" if is_archived else "channel_unarchive"
        self.bus.tell(ChannelChanged(channel=channel, event=event, by=by))

    def rename(self, channel: Channel, name: str, *, by: str) -> None:
        """Give a channel another name."""
        channel.previous_names.append(channel.name)
        channel.name = name
        self.bus.tell(ChannelChanged(channel=channel, event="channel_rename", by=by))

    def delete_channel(self, channel: Channel, *, by: str) -> None:
        """Remove a channel and all that was said in it."""
        del self.channels[channel.id]
        self.bus.tell(ChannelChanged(channel=channel, event="channel_deleted", by=by))

    def mark_read(self, channel: Channel, user: str) -> None:
        """Note that a member has seen everything up to now."""
        channel.read[user] = max(channel.messages, default="")
        self.bus.tell(ChannelRead(channel=channel, user=user))

    @property
    def tokens(self) -> dict[str, Token]:
        """Return all tokens by their text."""
        return self.grants.tokens

    def revoke(self, app: App, state: TokenState) -> None:
        """Put all of the app's tokens into this state; of revoked ones it learns by event."""
        for token in self.tokens.values():
            if token.app == app.id and token.kind is not TokenKind.APP:
                token.state = state
        if state in {TokenState.REVOKED, TokenState.INACTIVE}:
            self.bus.tell(AppRemoved(app=app.id, team=self.id, event="tokens_revoked"))

    def uninstall(self, app: App) -> None:
        """Remove an app: its tokens die, and it is told so."""
        app.is_installed = False
        self.bus.tell(AppRemoved(app=app.id, team=self.id, event="app_uninstalled"))
        self.revoke(app, TokenState.INACTIVE)

    def issue_trigger(
        self,
        app: App,
        user: str,
        *,
        view: str | None = None,
        channel: str | None = None,
        entity: Json | None = None,
    ) -> Trigger:
        """Give an app the right to open a view."""
        trigger = Trigger(
            id=new_trigger_id(),
            app=app.id,
            user=user,
            issued_at=self.clock.now(),
            view=view,
            channel=channel,
            entity=entity,
        )
        self.triggers[trigger.id] = trigger
        return trigger

    def issue_response(
        self,
        app: App,
        user: str,
        channel: str,
        *,
        message_ts: str | None = None,
        is_ephemeral: bool = False,
    ) -> ResponseAddress:
        """Give an app the right to answer an interaction."""
        address = ResponseAddress(
            id=f"{self.id}/{new_secret(13)}/{new_secret()}",
            app=app.id,
            team=app.team,
            user=user,
            channel=channel,
            issued_at=self.clock.now(),
            message_ts=message_ts,
            is_ephemeral=is_ephemeral,
        )
        self.responses[address.id] = address
        return address

    def permalink(self, channel: Channel, message: Json) -> str:
        """Return the address of a message."""
        base = f"https://{self.domain}.slack.com/archives/{channel.id}"
        link = f"{base}/p{message['ts'].replace('.', '')}"
        thread = message.get("thread_ts")
        if thread and thread != message["ts"]:
            return f"{link}?thread_ts={thread}&cid={channel.id}"
        return link
