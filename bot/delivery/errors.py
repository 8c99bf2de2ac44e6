"""Slack's error codes, sorted by what we do about them."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Trouble(StrEnum):
    """What a call that was not answered with ok means to us."""

    WAIT = "wait"
    LOST = "lost"
    THREAD_GONE = "thread_gone"
    CHANNEL_GONE = "channel_gone"
    MESSAGE_GONE = "message_gone"
    PERSON_GONE = "person_gone"
    UNAUTHORISED = "unauthorised"
    RIGHTS_MISSING = "rights_missing"
    OUR_BUG = "our_bug"


ACTIONS: Mapping[Trouble, str] = {
    Trouble.WAIT: "Slack asks us to wait; it is sent when the time is over",
    Trouble.LOST: "Slack's answer was lost; it is looked up before it is repeated",
    Trouble.THREAD_GONE: "the thread takes no replies; it is said in the channel",
    Trouble.CHANNEL_GONE: "the channel cannot be used; people are told in person",
    Trouble.MESSAGE_GONE: "the message is gone; it is posted anew",
    Trouble.PERSON_GONE: "the person cannot be reached; the next one is told",
    Trouble.UNAUTHORISED: "the app is no longer installed; nothing is sent until it is",
    Trouble.RIGHTS_MISSING: "the app lacks a right; it is tried again until it has it",
    Trouble.OUR_BUG: "Slack refuses what we made; it is put aside for a person to look at",
}

CODES: Mapping[Trouble, tuple[str, ...]] = {
    Trouble.WAIT: ("ratelimited", "rate_limited", "message_limit_exceeded"),
    Trouble.LOST: (
        *("fatal_error", "internal_error", "service_unavailable", "request_timeout"),
        *("update_failed", "team_added_to_org", "org_login_required", "streaming_state_conflict"),
        *("external_channel_migrating",),
    ),
    Trouble.THREAD_GONE: (
        *("cannot_reply_to_message", "thread_not_found"),
        *("restricted_action_thread_locked", "restricted_action_non_threadable_channel"),
    ),
    Trouble.CHANNEL_GONE: (
        *("channel_not_found", "not_in_channel", "is_archived", "is_inactive"),
        *("restricted_action", "restricted_action_read_only_channel"),
        *("restricted_action_thread_only_channel", "posting_to_channel_denied"),
        *("channel_is_limited_access", "method_not_supported_for_channel_type"),
    ),
    Trouble.MESSAGE_GONE: (
        *("message_not_found", "cant_update_message", "cant_delete_message"),
        *("edit_window_closed", "cant_broadcast_message"),
    ),
    Trouble.PERSON_GONE: (
        *("user_not_found", "user_disabled", "user_not_visible", "user_not_in_channel"),
        *("users_not_found", "messages_tab_disabled", "invalid_user_combination"),
    ),
    Trouble.UNAUTHORISED: (
        *("account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"),
    ),
    Trouble.RIGHTS_MISSING: (
        *("missing_scope", "not_allowed_token_type", "no_permission", "access_denied"),
        *("accesslimited", "app_access_restricted", "ekm_access_denied"),
        *("team_access_not_granted", "two_factor_setup_required", "enterprise_is_restricted"),
        *("send_on_behalf_not_allowed", "team_not_found", "plan_upgrade_required"),
    ),
    Trouble.OUR_BUG: (
        *("invalid_blocks", "invalid_blocks_format", "invalid_arguments", "no_text"),
        *("msg_blocks_too_long", "msg_too_long", "too_many_attachments", "metadata_too_large"),
        *("invalid_metadata_format", "invalid_metadata_schema", "markdown_text_conflict"),
        *("metadata_must_be_sent_from_app", "block_mismatch", "unknown_method"),
        *("invalid_attachments", "as_user_not_supported"),
    ),
}

_BY_CODE = {code: trouble for trouble, codes in CODES.items() for code in codes}
SERVER_ERRORS = range(500, 600)
TOO_MANY = 429


def trouble(code: str, *, status: int = 200) -> Trouble:
    """Return what an answer means; a code that the table does not know is our bug."""
    if status == TOO_MANY:
        return Trouble.WAIT
    if status in SERVER_ERRORS:
        return Trouble.LOST
    if code.startswith("slack_connect_"):
        return Trouble.RIGHTS_MISSING
    return _BY_CODE.get(code, Trouble.OUR_BUG)


class Refused(Exception):
    """Slack did not do what we asked, or did not say whether it did."""

    def __init__(self, trouble: Trouble, code: str, *, retry_after: float = 0.0) -> None:
        super().__init__(f"{code}: {ACTIONS[trouble]}")
        self.trouble = trouble
        self.code = code
        self.retry_after = retry_after
        """Seconds until Slack wants to hear from us again; 0 where it named none."""


SOON = timedelta(seconds=1)
LONGEST = timedelta(minutes=5)
SLOWLY = frozenset({Trouble.RIGHTS_MISSING, Trouble.UNAUTHORISED})


def soon(attempt: int) -> timedelta:
    """Return how long to leave something alone that may do the next time: twice as long each."""
    return min(LONGEST, SOON * (1 << min(attempt, 10)))


def backoff(attempt: int, refused: Refused) -> timedelta:
    """Return how long to leave a notice alone: as Slack says, else twice as long each time."""
    if refused.retry_after:
        return timedelta(seconds=max(1.0, refused.retry_after))
    if refused.trouble in SLOWLY:
        return LONGEST
    return soon(attempt)
