"""People, bots and the groups they stand in."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from workbench.state.shapes import Json

COLORS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c")

PICTURES = "https://avatars.slack-edge.com"  # nobody goes there; the page draws its own
LOCALE = "en-US"
SIZES = (24, 32, 48, 72, 192, 512)


@dataclass(slots=True, kw_only=True)
class User:
    """Somebody with a name in the workspace; a bot is somebody, too."""

    id: str
    name: str
    real_name: str
    team: str
    email: str | None = None
    tz: str = "UTC"
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_admin: bool = False
    bot_id: str | None = None
    app: str | None = None

    @property
    def is_guest(self) -> bool:
        """Tell whether they are a guest, in some channels or in one."""
        return self.is_restricted or self.is_ultra_restricted

    @property
    def color(self) -> str:
        """Return the colour that stays with this person."""
        return COLORS[int(sha256(self.id.encode()).hexdigest(), 16) % len(COLORS)]


@dataclass(slots=True, kw_only=True)
class Usergroup:
    """A named set of people."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    is_disabled: bool = False


def user_shape(user: User, *, now: float, with_email: bool) -> Json:
    """Return the user as users.info tells it."""
    zone = datetime.fromtimestamp(now, tz=UTC).astimezone(ZoneInfo(user.tz))
    offset = zone.utcoffset()
    shape: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.deleted,
        "profile": _profile(user, with_email=with_email),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": int(now),
    }
    if user.deleted:
        return shape
    shape |= {
        "color": user.color,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": zone.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    return shape


def _profile(user: User, *, with_email: bool) -> Json:
    first, _, last = user.real_name.partition(" ")
    profile: Json = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "first_name": first,
        "last_name": last,
        "display_name": "" if user.is_bot else user.name,
        "display_name_normalized": "" if user.is_bot else user.name,
        "title": "",
        "phone": "",
        "skype": "",
        "status_text": "",
        "status_text_canonical": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "avatar_hash": user.color,
        "team": user.team,
        **{f"image_{size}": f"{PICTURES}/{user.id}_{size}.png" for size in SIZES},
    }
    if user.bot_id:
        profile |= {"bot_id": user.bot_id, "api_app_id": user.app or ""}
    elif with_email and user.email:
        profile["email"] = user.email
    return profile


def usergroup_shape(group: Usergroup, *, team: str, with_users: bool) -> Json:
    """Return the group as usergroups.list tells it."""
    shape: Json = {
        "id": group.id,
        "team_id": team,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": 0,
        "date_update": 0,
        "date_delete": 1 if group.is_disabled else 0,
        "auto_type": None,
        "user_count": len(group.users),
        "prefs": {"channels": [], "groups": []},
    }
    return shape | {"users": list(group.users)} if with_users else shape
