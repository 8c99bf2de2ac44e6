"""Finding the channel or the person that a call speaks of, and whether the caller may."""

from dataclasses import replace

from workbench.state.channels import SCOPE_WORDS, Channel, Kind
from workbench.state.users import User
from workbench.webapi.call import ApiError, Call


def in_team(call: Call) -> Call:
    """Return the call as it is made in one workspace, which a whole organisation's token must name.

    Raises:
        ApiError: it names none, or one where the app is not.
    """
    if not call.app.is_org_wide:
        return call
    team = call.needed("team_id", "missing_argument")
    app = call.workspaces.app(call.app.id, team)
    if app is None or not app.is_installed:
        raise ApiError(code="team_access_not_granted")
    token = replace(call.token, user=app.bot_user)
    return replace(call, space=call.workspaces[team], token=token)


def channel(call: Call, name: str = "channel") -> Channel:
    """Return a channel that the caller can see, by its id.

    Raises:
        ApiError: there is none; a private one without the caller does not exist for them.
    """
    found = call.space.channels.get(call.needed(name, "channel_not_found"))
    if found is None or not call.space.can_see(found, call.caller):
        raise ApiError(code="channel_not_found")
    return found


def channel_with_scope(call: Call, suffix: str) -> Channel:
    """Return a channel after asking for its kind's scope, such as `channels:read`."""
    found = channel(call)
    call.require(f"{SCOPE_WORDS[found.kind]}:{suffix}")
    return found


def place_to_post(call: Call) -> Channel:
    """Return the channel to post to: an id, a name, or a person whose DM it is."""
    word = call.needed("channel", "channel_not_found")
    if word in call.space.users:
        return _dm(call, word)
    found = _named(call, word)
    if found.is_archived:
        raise ApiError(code="is_archived")
    if found.kind is Kind.IM:
        _only_with_messages_tab(call)
    if call.caller not in found.members:
        _only_with_public_scope(call)
    if found.is_read_only:
        raise ApiError(code="restricted_action_read_only_channel")
    return found


def _named(call: Call, word: str) -> Channel:
    """Return a channel by its id or, where only one workspace can be meant, by its name."""
    if call.app.is_org_wide and word.startswith("#"):
        raise ApiError(code="team_not_found")
    found = call.space.find_channel(word)
    if found is None or not call.space.can_see(found, call.caller):
        raise ApiError(code="channel_not_found")
    return found


def _only_with_messages_tab(call: Call) -> None:
    if not call.app.has_messages_tab:
        raise ApiError(code="messages_tab_disabled")


def _only_with_public_scope(call: Call) -> None:
    if not call.token.allows("chat:write.public"):
        raise ApiError(code="not_in_channel")


def _dm(call: Call, user: str) -> Channel:
    person = call.space.users[user]
    is_stranger = person.team != call.space.id
    if person.id == call.caller or is_stranger or person.deleted or (person.is_bot and person.app):
        raise ApiError(code="channel_not_found")
    _only_with_messages_tab(call)
    return call.space.im(call.caller, user)


def user(call: Call, name: str = "user") -> User:
    """Return a user by id."""
    found = call.space.users.get(call.needed(name, "user_not_found"))
    if found is None:
        raise ApiError(code="user_not_found")
    return found


def is_im_like(found: Channel) -> bool:
    """Tell whether it is a direct message, where nobody joins and nobody is invited."""
    return found.kind in {Kind.IM, Kind.MPIM}
