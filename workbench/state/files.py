"""Files: promised an address, uploaded, shared in channels, and read by whoever may."""

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from workbench.state.channels import Channel, Kind
from workbench.state.clock import Clock
from workbench.state.ids import new_id, new_secret
from workbench.state.shapes import Json

_PLACES = {Kind.PUBLIC: "channels", Kind.PRIVATE: "groups", Kind.IM: "ims", Kind.MPIM: "groups"}


@dataclass(slots=True, kw_only=True)
class File:
    """A file that somebody has uploaded, or is about to."""

    id: str
    name: str
    title: str
    user: str
    team: str
    created: int
    base_url: str
    size: int = 0
    mimetype: str = "application/octet-stream"
    alt_txt: str = ""
    content: bytes | None = None
    is_complete: bool = False
    is_deleted: bool = False
    is_given: bool = False
    """Whether it was brought along in a form: the apps there may read it."""
    channels: list[str] = field(default_factory=list)
    shares: Json = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return where its content is read."""
        return f"/files-pri/{self.team}-{self.id}/{self.name}"

    def share(self, channel: Channel, message: Json) -> None:
        """Note that a message shows it in a channel."""
        if channel.id not in self.channels:
            self.channels.append(channel.id)
        kind = "public" if channel.kind is Kind.PUBLIC else "private"
        share = {"ts": message["ts"], "channel_name": channel.name, "team_id": self.team}
        if message.get("thread_ts"):
            share["thread_ts"] = message["thread_ts"]
        self.shares.setdefault(kind, {}).setdefault(channel.id, []).append(share)

    def shape(self, channels: dict[str, Channel] | None = None) -> Json:
        """Return the file as messages and files.info tell it."""
        suffix = PurePath(self.name).suffix.removeprefix(".").lower()
        places: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
        for channel in self.channels:
            kind = channels[channel].kind if channels and channel in channels else Kind.PUBLIC
            places[_PLACES[kind]].append(channel)
        told: Json = {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": suffix or "binary",
            "pretty_type": suffix.upper() or "Binary",
            "user": self.user,
            "user_team": self.team,
            "editable": False,
            "size": self.size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": "public" in self.shares,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": self.base_url + self.path,
            "url_private_download": self.base_url + self.path + "?download=1",
            "permalink": f"{self.base_url}/files/{self.user}/{self.id}/{self.name}",
            "permalink_public": f"{self.base_url}/files-pub/{self.team}-{self.id}",
            "comments_count": 0,
            "is_starred": False,
            "shares": self.shares,
            **places,
            "has_more_shares": False,
            "has_rich_preview": False,
            "file_access": "visible",
        }
        return told | {"alt_txt": self.alt_txt} if self.alt_txt else told


class Files:
    """All files, and the addresses where they are awaited."""

    def __init__(self, clock: Clock) -> None:
        self.base_url = ""
        self.all: dict[str, File] = {}
        self._clock = clock
        self._awaited: dict[str, str] = {}

    def add(self, name: str, *, user: str, team: str, **more: Any) -> File:
        """Note a file that somebody owns."""
        file = File(
            id=new_id("F"),
            name=name,
            title=more.pop("title", None) or name,
            user=user,
            team=team,
            created=int(self._clock.now()),
            base_url=self.base_url,
            mimetype=more.pop("mimetype", None) or _type_of(name),
            **more,
        )
        self.all[file.id] = file
        return file

    def awaits(self, file: File) -> str:
        """Return the address to which the file's content is to be posted."""
        secret = new_secret()
        self._awaited[secret] = file.id
        return f"{self.base_url}/upload/v1/{secret}"

    def awaited(self, secret: str) -> File | None:
        """Return the file whose content is awaited at an address."""
        return self.all.get(self._awaited.get(secret, ""))

    def find(self, file_id: str) -> File | None:
        """Return a file that was uploaded and is still there."""
        file = self.all.get(file_id)
        return file if file and file.content is not None and not file.is_deleted else None


def _type_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
