"""What the environment says: secrets and addresses. Everything else is decided in Slack."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from policy.ids import ChannelId, Tier, WorkspaceId
from policy.settings import WorkspaceSettings

SLACK = "https://slack.com/api/"
PAGERDUTY = "https://events.pagerduty.com/v2/enqueue"
DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
PEOPLE = re.compile(r"[UWS][A-Z0-9]{2,}")
CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")


class Unsettled(Exception):
    """The environment cannot be used; `problems` names everything that is wrong with it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _driven(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    if scheme not in DRIVERS or not separator:
        message = "names a database that is neither SQLite (sqlite:///file) nor PostgreSQL"
        raise ValueError(message)
    return f"{DRIVERS[scheme]}://{rest}"


def _api(url: str) -> str:
    if urlsplit(url).scheme not in {"http", "https"}:
        message = f"is no web address, such as {SLACK}"
        raise ValueError(message)
    return f"{url.rstrip('/').removesuffix('/api')}/api/"


def _web(url: str) -> str:
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        message = f"is no web address, such as {PAGERDUTY}"
        raise ValueError(message)
    return url


def _names(listed: str | tuple[str, ...]) -> tuple[str, ...]:
    words = listed.split(",") if isinstance(listed, str) else listed
    names = tuple(name.strip() for name in words if name.strip())
    if strange := [name for name in names if not PEOPLE.fullmatch(name)]:
        message = f"lists ids of users (U...) and user groups (S...); {', '.join(strange)} is none"
        raise ValueError(message)
    return names


def _channel(name: str | None) -> str | None:
    if name and not CHANNEL.fullmatch(name):
        message = "is the id of a channel (C...), found at the end of the channel's details"
        raise ValueError(message)
    return name or None


def _heartbeat(url: str | None) -> str | None:
    if url and urlsplit(url).scheme not in {"http", "https"}:
        message = "is no web address, such as https://monitor.example/ping/caseflag"
        raise ValueError(message)
    return url or None


def _feed(url: str | None) -> str | None:
    if url and urlsplit(url).scheme not in {"http", "https"}:
        message = "is no web address, such as https://calendar.example/duty.ics"
        raise ValueError(message)
    return url or None


def _token(prefix: str, kind: str) -> BeforeValidator:
    def checked(token: Any) -> Any:
        plain = token.get_secret_value() if isinstance(token, SecretStr) else str(token or "")
        if not plain.removeprefix("xoxe.").startswith(prefix):
            message = f"is the {kind}, and starts with {prefix}"
            raise ValueError(message)
        return token

    return BeforeValidator(checked)


People = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]


class DatabaseSettings(BaseSettings):
    """What `migrate` and `seed` need, before Slack has been set up at all."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    database_url: Annotated[str, BeforeValidator(_driven)] = Field(
        default="sqlite+aiosqlite:///caseflag.db", repr=False
    )
    caseflag_sandbox: bool = False
    caseflag_duty_channel: Annotated[str | None, BeforeValidator(_channel)] = None
    caseflag_duty_managers: People = ()
    caseflag_engineers: People = ()
    caseflag_leads: People = ()
    caseflag_admins: People = ()
    caseflag_default_tier: str = "Gold"


class Settings(DatabaseSettings):
    """All that the environment may say, under its upper-case names."""

    slack_bot_token: Annotated[SecretStr, _token("xoxb-", "bot token")]
    slack_app_token: Annotated[SecretStr, _token("xapp-", "app-level token")] | None = None
    slack_signing_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    slack_api_url: Annotated[str, BeforeValidator(_api)] = Field(
        default=SLACK, validate_default=True
    )
    caseflag_pagerduty_key: SecretStr | None = None
    caseflag_pagerduty_url: Annotated[str, BeforeValidator(_web)] = PAGERDUTY
    caseflag_webhook_secret: SecretStr | None = None
    caseflag_webhook_url: Annotated[str, BeforeValidator(_web)] | None = None
    caseflag_rota_ical_url: Annotated[str | None, BeforeValidator(_feed)] = Field(
        default=None, repr=False
    )
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    worker_port: int | None = Field(default=None, ge=0, le=65535)
    caseflag_heartbeat_url: Annotated[str | None, BeforeValidator(_heartbeat)] = Field(
        default=None, repr=False
    )

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """The secrets that sign Slack's requests: two, comma-separated, while one is replaced."""
        secrets = self.slack_signing_secret.get_secret_value().split(",")
        return tuple(secret.strip() for secret in secrets if secret.strip())

    @field_validator("slack_signing_secret")
    @classmethod
    def _some_way_in(cls, secret: SecretStr, found: ValidationInfo) -> SecretStr:
        is_wanted = "slack_app_token" in found.data and found.data["slack_app_token"] is None
        if is_wanted and not secret.get_secret_value().strip(" ,"):
            message = "is missing (or SLACK_APP_TOKEN, for Socket Mode)"
            raise ValueError(message)
        return secret

    @field_validator("caseflag_webhook_url")
    @classmethod
    def _signed(cls, url: str | None, found: ValidationInfo) -> str | None:
        if url and not found.data.get("caseflag_webhook_secret"):
            message = "needs CASEFLAG_WEBHOOK_SECRET, with which each delivery is signed"
            raise ValueError(message)
        return url

    @field_validator("slack_api_url")
    @classmethod
    def _never_in_earnest(cls, url: str, found: ValidationInfo) -> str:
        if url == SLACK and found.data.get("caseflag_sandbox"):
            message = "is Slack itself, but CASEFLAG_SANDBOX lets anybody move the clock"
            raise ValueError(message)
        return url


Read = TypeVar("Read", bound=DatabaseSettings)


def read(kind: type[Read]) -> Read:
    """Read the environment, and `.env` where it is silent.

    Raises:
        Unsettled: with everything that is missing or wrong, at once.
    """
    try:
        return kind()
    except ValidationError as error:
        raise Unsettled(tuple(_problems(error))) from error


def _problems(error: ValidationError) -> Iterator[str]:
    for each in error.errors(include_input=False, include_url=False):
        name = str(each["loc"][0]).upper() if each["loc"] else ""
        words = each["msg"].removeprefix("Value error, ")
        if each["type"] == "missing":
            words = "is missing"
        elif each["type"] != "value_error":
            words = f"does not fit: {words[0].lower()}{words[1:]}"
        yield f"{name} {words}".strip()


def names(kind: type[DatabaseSettings]) -> tuple[str, ...]:
    """Return the environment's names of these settings, as `.env.example` has to list them."""
    return tuple(name.upper() for name in kind.model_fields)


def first_settings(settings: DatabaseSettings, workspace: WorkspaceId) -> WorkspaceSettings:
    """Return what a workspace starts with; all of it is editable in Slack afterwards."""
    channel = settings.caseflag_duty_channel
    return WorkspaceSettings(
        workspace=workspace,
        duty_channel=ChannelId(channel) if channel else None,
        duty_managers=settings.caseflag_duty_managers,
        engineers=settings.caseflag_engineers,
        leads=settings.caseflag_leads,
        administrators=settings.caseflag_admins,
        default_tier=Tier(settings.caseflag_default_tier),
    )
