"""What Slack is said to do, but nobody is sure of: each can be switched."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Quirks:
    """Rules that older pages, or other people's measurements, tell differently."""

    text_drops_blocks: bool = True
    """chat.update with text alone removes the blocks; older pages say that they stay."""

    acks_over_any_socket: bool = True
    """An envelope may be acked over another connection than the one it came by."""

    replaces_by_default: bool = False
    """An answer over response_url to a button replaces its message unless told otherwise."""

    splits_long_text: bool = True
    """Plain text over 4,040 characters becomes several messages; the last one is answered."""

    histories_are_scarce: bool = False
    """Histories are read once a minute, 15 messages at most: apps outside the Marketplace, from 2025."""

    stream_seconds: int = 300
    """After how many seconds a message that is still being written counts as finished."""

    min_query_length: int = 3
    """How much is typed before an external select asks, where the element does not say."""
