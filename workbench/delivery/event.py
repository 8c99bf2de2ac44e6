"""An event, and who may hear it."""

from dataclasses import dataclass

from workbench.state.channels import SCOPE_WORDS, Channel
from workbench.state.shapes import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event by the name that apps subscribe to, and who may hear it."""

    name: str
    body: Json
    scopes: tuple[str, ...] = ()
    channel: Channel | None = None  # only for apps that are in it, unless it is open
    is_open: bool = False
    only_for: str | None = None


def read_scope(channel: Channel) -> str:
    """Return the scope with which an app may know of a channel."""
    return f"{SCOPE_WORDS[channel.kind]}:read"
