"""Channels, direct messages, and what was said in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from workbench.state.shapes import Json


class Kind(StrEnum):
    """What sort of conversation it is."""

    PUBLIC = "public"
    PRIVATE = "private"
    IM = "im"
    MPIM = "mpim"


CHANNEL_TYPES = {Kind.PUBLIC: "channel", Kind.PRIVATE: "group", Kind.IM: "im", Kind.MPIM: "mpim"}
SCOPE_WORDS = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.IM: "im", Kind.MPIM: "mpim"}


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation with its members, its messages and each one's ephemeral ones."""

    id: str
    name: str
    kind: Kind
    created: int
    creator: str
    topic: str = ""
    purpose: str = ""
    previous_names: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_read_only: bool = False
    members: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)  # the host first; more than one: connected
    org_teams: list[str] = field(default_factory=list)  # those of the host's own organisation
    messages: dict[str, Json] = field(default_factory=dict)
    ephemerals: dict[str, dict[str, Json]] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    last_micros: int = 0

    def next_ts(self, now: float) -> str:
        """Return a moment that no other message of this channel has."""
        self.last_micros = max(int(now * 1_000_000), self.last_micros + 1)
        return f"{self.last_micros // 1_000_000}.{self.last_micros % 1_000_000:06d}"

    @property
    def is_connected(self) -> bool:
        """Tell whether people of other workspaces stand in it, too."""
        return len(self.teams) > 1

    @property
    def is_external(self) -> bool:
        """Tell whether other organisations stand in it, too: a Slack Connect channel."""
        return len(self.teams) > 1 + len(self.org_teams)

    def replies(self, thread_ts: str) -> Iterator[Json]:
        """Yield the replies of a thread, oldest first, without its first message."""
        for ts, message in self.messages.items():
            if message.get("thread_ts") == thread_ts and ts != thread_ts:
                yield message

    def unread(self, user: str) -> int:
        """Count what others said since this member last looked."""
        if user not in self.members:
            return 0
        seen = self.read.get(user, "")
        new = takewhile(lambda said: said["ts"] > seen, reversed(self.messages.values()))
        return sum(1 for said in new if said["user"] != user)

    def other(self, user: str) -> str | None:
        """Return who is at the other end of a direct message."""
        if self.kind is not Kind.IM:
            return None
        return next((member for member in self.members if member != user), user)


def channel_shape(channel: Channel, *, viewer: str, team: str) -> Json:
    """Return the conversation as conversations.info tells it to this viewer."""
    if channel.kind is Kind.IM:
        return _im_shape(channel, viewer=viewer, team=team)
    private = channel.kind is not Kind.PUBLIC
    shape: Json = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind is Kind.PUBLIC,
        "is_group": channel.kind is Kind.PRIVATE,
        "is_im": False,
        "is_mpim": channel.kind is Kind.MPIM,
        "is_private": private,
        "is_archived": channel.is_archived,
        "is_general": channel.name == "general",
        "is_shared": channel.is_connected,
        "is_ext_shared": channel.is_external,
        "is_org_shared": bool(channel.org_teams),
        "is_pending_ext_shared": False,
        "is_member": viewer in channel.members,
        "unlinked": 0,
        "created": channel.created,
        "updated": channel.created * 1000,
        "creator": channel.creator,
        "context_team_id": team,
        "shared_team_ids": list(channel.teams),
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "previous_names": list(channel.previous_names),
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
    }
    return shape | (_connection(channel, team) if channel.is_connected else {})


def _connection(channel: Channel, team: str) -> Json:
    host, *others = channel.teams
    ours = [host, *channel.org_teams] if team in {host, *channel.org_teams} else [team]
    return {
        "conversation_host_id": host,
        "connected_team_ids": [each for each in [host, *others] if each not in ours],
        "internal_team_ids": ours,
    }


def _im_shape(channel: Channel, *, viewer: str, team: str) -> Json:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": team,
        "updated": channel.created * 1000,
        "user": channel.other(viewer),
        "is_user_deleted": False,
        "is_open": True,
        "priority": 0,
    }
