"""What all workspaces of this Slack have in common: the clock, the bus, and what apps hold for a while."""

from typing import Any

from workbench.state.changes import Bus
from workbench.state.clock import Clock
from workbench.state.files import Files
from workbench.state.messages import Messages
from workbench.state.moments import ResponseAddress, Trigger
from workbench.state.quirks import Quirks
from workbench.state.streams import Streams
from workbench.state.views import Views


class Shared:
    """One Slack, without its workspaces."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.bus = Bus()
        self.quirks = Quirks()
        self.messages = Messages(clock, self.bus, self.quirks)
        self.streams = Streams(clock, self.messages, self.quirks)
        self.views = Views(clock, self.bus)
        self.files = Files(clock)
        self.triggers: dict[str, Trigger] = {}
        self.responses: dict[str, ResponseAddress] = {}
        self.tickets: dict[str, str] = {}  # of Socket Mode, each for one connection
        self.typed: dict[tuple[str, str], Any] = {}  # (user, channel and ts) -> Values
