"""Apps as their manifests describe them, and the tokens they were given."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workbench.state.shapes import Json

DEFAULT_BOT_SCOPES = (
    "chat:write", "chat:write.public", "commands", "channels:history", "channels:read", "channels:join",
    "groups:history", "groups:read", "im:history", "im:read", "im:write", "mpim:history", "mpim:read",
    "reactions:write", "pins:write", "bookmarks:write", "team:read", "usergroups:read", "users:read",
    "users:read.email", "files:read", "files:write", "links:read", "links:write", "app_mentions:read",
    "reactions:read", "canvases:write",
)  # fmt: skip


class TokenKind(StrEnum):
    """What a token may be used for."""

    BOT = "bot"
    USER = "user"
    APP = "app"


class TokenState(StrEnum):
    """Whether a token still works; the other values are Slack's errors."""

    ACTIVE = "active"
    REVOKED = "token_revoked"
    EXPIRED = "token_expired"
    INACTIVE = "account_inactive"


@dataclass(slots=True, kw_only=True)
class Token:
    """A secret that says who calls, and what they may do."""

    text: str
    kind: TokenKind
    app: str
    user: str
    scopes: tuple[str, ...]
    state: TokenState = TokenState.ACTIVE
    expires_at: float | None = None

    def refusal(self, now: float) -> str | None:
        """Return Slack's error when the token works no more."""
        if self.state is not TokenState.ACTIVE:
            return self.state.value
        if self.expires_at is not None and now >= self.expires_at:
            return TokenState.EXPIRED.value
        return None

    def allows(self, *any_of: str) -> bool:
        """Tell whether the token carries one of these scopes."""
        return any(scope in self.scopes for scope in any_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command of an app."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A shortcut of an app, for everywhere or on a message."""

    type: str
    name: str
    callback_id: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where an app wants its deliveries over HTTP."""

    commands: str | None = None
    interactivity: str | None = None
    options: str | None = None
    events: str | None = None

    @classmethod
    def all_at(cls, url: str) -> "Addresses":
        """Return one address for everything."""
        return cls(commands=url, interactivity=url, options=url, events=url)


@dataclass(slots=True, kw_only=True)
class App:
    """An app that is installed in the workspace."""

    id: str
    name: str
    bot_user: str
    bot_id: str
    team: str  # the workspace it is installed in
    signing_secret: str
    verification_token: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...] = DEFAULT_BOT_SCOPES
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    events: tuple[str, ...] = ()
    has_home: bool = False
    has_messages_tab: bool = True
    only_speaks: bool = False  # its Messages tab is for reading
    is_interactive: bool = True
    is_socket_mode: bool = False
    addresses: Addresses = field(default_factory=Addresses)
    is_installed: bool = True
    is_org_wide: bool = False
    rotates_tokens: bool = False
    redirect_urls: tuple[str, ...] = ()
    unfurl_domains: tuple[str, ...] = ()
    hears_events: bool = True  # false once too many went unanswered
    delays_events: bool = False  # Delayed Events: what failed comes once an hour, for a day

    def command(self, name: str) -> Command | None:
        """Return what the manifest says of a slash command."""
        return next((each for each in self.commands if each.command == name), None)


def read_manifest(app: App, manifest: Json) -> None:
    """Give the app what its manifest lists."""
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    home = features.get("app_home", {})
    interactivity = settings.get("interactivity", {})
    app.commands = tuple(_command(each) for each in features.get("slash_commands", []))
    app.shortcuts = tuple(_shortcut(each) for each in features.get("shortcuts", []))
    app.events = tuple(settings.get("event_subscriptions", {}).get("bot_events", []))
    app.has_home = bool(home.get("home_tab_enabled", False))
    app.has_messages_tab = bool(home.get("messages_tab_enabled", True))
    app.only_speaks = bool(home.get("messages_tab_read_only_enabled", False))
    app.unfurl_domains = tuple(features.get("unfurl_domains", []))
    app.is_interactive = bool(interactivity.get("is_enabled", False))
    app.is_socket_mode = bool(settings.get("socket_mode_enabled", False))
    app.addresses = Addresses(
        interactivity=interactivity.get("request_url"),
        options=interactivity.get("message_menu_options_url"),
        events=settings.get("event_subscriptions", {}).get("request_url"),
    )
    app.rotates_tokens = bool(settings.get("token_rotation_enabled", False))
    oauth = manifest.get("oauth_config", {})
    app.redirect_urls = tuple(oauth.get("redirect_urls", []))
    scopes = oauth.get("scopes", {}).get("bot")
    if scopes is not None:
        app.scopes = tuple(scopes)


def _command(entry: dict[str, Any]) -> Command:
    return Command(
        command=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=bool(entry.get("should_escape", False)),
        url=entry.get("url"),
    )


def _shortcut(entry: dict[str, Any]) -> Shortcut:
    return Shortcut(
        type=entry["type"],
        name=entry["name"],
        callback_id=entry["callback_id"],
        description=entry.get("description", ""),
    )
