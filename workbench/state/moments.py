"""What an interaction hands to an app for a short while: triggers and response addresses."""

from dataclasses import dataclass

from workbench.state.shapes import Json

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass(slots=True, kw_only=True)
class Trigger:
    """The right to open one view for one person, for three seconds."""

    id: str
    app: str
    user: str
    issued_at: float
    view: str | None = None  # the modal it came from
    channel: str | None = None  # the conversation the person was in
    entity: Json | None = None  # the Work Object it came from, and where that stands
    was_used: bool = False

    def refusal(self, now: float) -> str | None:
        """Return Slack's error when the trigger opens nothing any more."""
        if self.was_used:
            return "exchanged_trigger_id"
        if now - self.issued_at > TRIGGER_SECONDS:
            return "expired_trigger_id"
        return None


@dataclass(slots=True, kw_only=True)
class ResponseAddress:
    """The right to answer one interaction five times within thirty minutes."""

    id: str
    app: str
    team: str  # where the app is installed
    user: str
    channel: str
    issued_at: float
    message_ts: str | None = None
    is_ephemeral: bool = False
    uses: int = 0

    def refusal(self, now: float) -> str | None:
        """Return Slack's error when nothing more can be said here."""
        if now - self.issued_at > RESPONSE_SECONDS:
            return "expired_url"
        if self.uses >= RESPONSE_USES:
            return "used_url"
        return None
