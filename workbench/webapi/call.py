"""One call of a Web API method: its arguments, its caller, and how it is refused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from workbench.limits import Limits, Tier
from workbench.state.apps import App, Token, TokenKind
from workbench.state.shapes import Json
from workbench.state.workspace import Workspace
from workbench.state.workspaces import Workspaces

PAGE = 100
PAGE_LIMIT = 1000


class ApiError(Exception):
    """Slack says no, with one of its codes."""

    def __init__(self, *, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class RateLimited(Exception):
    """Slack says not so fast."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


@dataclass(slots=True, kw_only=True)
class Arguments:
    """Arguments as they came, read in any spelling that Slack takes."""

    args: Json
    findings: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return an argument as text; empty when it is missing."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        """Return an argument that must be there."""
        value = self.text(name)
        if not value:
            message = f"[ERROR] missing required field: {name}"
            raise ApiError(code=error, response_metadata={"messages": [message]})
        return value

    def flag(self, name: str) -> bool:
        """Return an argument as a boolean, in any spelling that Slack takes."""
        return str(self.args.get(name, "")).lower() in {"1", "true", "t", "yes"}

    def number(self, name: str, default: int) -> int:
        """Return an argument as a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise ApiError(code=f"invalid_{name}") from None

    def names(self, name: str) -> list[str]:
        """Return an argument as a list, comma-separated or not."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def structure(self, name: str, error: str) -> Any:
        """Return an argument that is a structure, sent as such or as JSON text."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(code=error) from None


@dataclass(slots=True, kw_only=True)
class Call(Arguments):
    """A method's arguments, and who calls."""

    method: str
    space: Workspace
    workspaces: Workspaces
    token: Token
    app: App
    limits: Limits
    base_url: str
    verb: str = "POST"
    warnings: list[str] = field(default_factory=list)

    @property
    def now(self) -> float:
        """Return the moment of the call."""
        return self.space.clock.now()

    @property
    def caller(self) -> str:
        """Return the user in whose name the call is made."""
        return self.token.user

    def require(self, *any_of: str) -> None:
        """Refuse a caller who has none of these scopes."""
        if any_of and not self.token.allows(*any_of):
            provided = ",".join(self.token.scopes)
            raise ApiError(code="missing_scope", needed=",".join(any_of), provided=provided)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What the Web API knows of one of its methods."""

    run: Callable[[Call], Json]
    tier: Tier = Tier.THREE
    scopes: tuple[str, ...] = ()
    tokens: tuple[TokenKind, ...] = (TokenKind.BOT, TokenKind.USER)
    takes_json: bool = True
    needs_post: bool = False


Methods: TypeAlias = Mapping[str, Method]


def page(
    call: Call, items: list[Any], *, default: int = PAGE, most: int = PAGE_LIMIT
) -> tuple[list[Any], Json]:
    """Return the items from the cursor on, as many as wanted and given, and the next cursor."""
    limit = call.number("limit", default)
    if not 0 < limit <= PAGE_LIMIT:
        raise ApiError(code="invalid_limit")
    start = _start(call.text("cursor"))
    end = start + min(limit, most)
    following = _cursor(end) if end < len(items) else ""
    return items[start:end], {"next_cursor": following}


def _cursor(index: int) -> str:
    return f"bmV4dDo{index}="


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    number = cursor.removeprefix("bmV4dDo").removesuffix("=")
    if not number.isascii() or not number.isdigit() or _cursor(int(number)) != cursor:
        raise ApiError(code="invalid_cursor")
    return int(number)
