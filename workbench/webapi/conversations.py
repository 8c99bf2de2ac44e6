"""conversations.*: which channels there are, who is in them, and opening direct messages."""

import re

from workbench.limits import Tier
from workbench.state.channels import SCOPE_WORDS, Channel, Kind, channel_shape
from workbench.state.shapes import Json
from workbench.webapi import places
from workbench.webapi.call import ApiError, Call, Method, Methods, page

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
TYPES = {
    "public_channel": Kind.PUBLIC,
    "private_channel": Kind.PRIVATE,
    "im": Kind.IM,
    "mpim": Kind.MPIM,
}
MPIM_LIMIT = 8
NAME_LIMIT = 80


def _shape(call: Call, channel: Channel) -> Json:
    return channel_shape(channel, viewer=call.caller, team=call.space.id)


def info(call: Call) -> Json:
    """Tell of one conversation."""
    channel = places.channel_with_scope(call, "read")
    shape = _shape(call, channel) | {"is_read_only": channel.is_read_only}
    if call.flag("include_num_members"):
        shape["num_members"] = len(channel.members)
    return {"channel": shape}


def list_all(call: Call) -> Json:
    """Tell of all conversations of the wanted types that the caller can see."""
    call = places.in_team(call)
    wanted = call.names("types") or ["public_channel"]
    if not set(wanted) <= set(TYPES):
        raise ApiError(code="invalid_types")
    kinds = [TYPES[each] for each in wanted]
    for kind in kinds:
        call.require(f"{SCOPE_WORDS[kind]}:read")
    seen = [
        channel
        for channel in call.space.channels.values()
        if channel.kind in kinds
        and call.space.can_see(channel, call.caller)
        and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    items, cursor = page(call, seen)
    return {"channels": [_listed(call, each) for each in items], "response_metadata": cursor}


def _listed(call: Call, channel: Channel) -> Json:
    shape = _shape(call, channel)
    shape.pop("connected_team_ids", None)
    return shape if channel.kind is Kind.IM else shape | {"num_members": len(channel.members)}


def members(call: Call) -> Json:
    """Tell who is in a conversation."""
    channel = places.channel_with_scope(call, "read")
    items, cursor = page(call, channel.members)
    return {"members": items, "response_metadata": cursor}


def open_dm(call: Call) -> Json:
    """Open a direct message with one or more people."""
    if call.text("channel"):
        channel, was_there = places.channel(call), True
    else:
        channel, was_there = _opened(call)
    shape = _shape(call, channel) if call.flag("return_im") else {"id": channel.id}
    if was_there:
        return {"no_op": True, "already_open": True, "channel": shape}
    return {"channel": shape}


def _opened(call: Call) -> tuple[Channel, bool]:
    wanted = [each for each in call.names("users") if each != call.caller]
    if not wanted:
        raise ApiError(code="users_list_not_supplied")
    if len(wanted) > MPIM_LIMIT:
        raise ApiError(code="too_many_users")
    for each in wanted:
        _reachable(call, each)
    before = len(call.space.channels)
    if len(wanted) == 1:
        call.require("im:write")
        channel = call.space.im(call.caller, wanted[0])
    else:
        call.require("mpim:write")
        channel = call.space.mpim([call.caller, *wanted])
    return channel, len(call.space.channels) == before


def _reachable(call: Call, user: str) -> None:
    person = call.space.users.get(user)
    if person is None:
        raise ApiError(code="user_not_found")
    if person.team != call.space.id:
        raise ApiError(code="user_not_visible")
    if person.deleted:
        raise ApiError(code="user_disabled")


def join(call: Call) -> Json:
    """Become a member of a public channel."""
    channel = places.channel(call)
    if channel.kind is not Kind.PUBLIC:
        raise ApiError(code="method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError(code="is_archived")
    if call.space.join(channel, call.caller):
        return {"channel": _shape(call, channel)}
    call.warnings.append("already_in_channel")
    return {"channel": _shape(call, channel)}


def create(call: Call) -> Json:
    """Make a channel."""
    is_private = call.flag("is_private")
    call.require("groups:write" if is_private else "channels:manage")
    name = free_name(call)
    channel = call.space.create_channel(name, is_private=is_private, creator=call.caller)
    return {"channel": _shape(call, channel)}


def free_name(call: Call) -> str:
    """Return the name that is wanted for a channel; it must do, and nothing may be called so."""
    name = call.needed("name", "invalid_name_required")
    if len(name) > NAME_LIMIT:
        raise ApiError(code="invalid_name_maxlength")
    if not re.search(r"[^\W_]", name):
        raise ApiError(code="invalid_name_punctuation")
    if not re.fullmatch(r"[\w-]+", name) or name != name.lower():
        raise ApiError(code="invalid_name_specials")
    if call.space.find_channel(name):
        raise ApiError(code="name_taken")
    return name


def invite(call: Call) -> Json:
    """Make others members."""
    channel = places.channel(call)
    if places.is_im_like(channel):
        raise ApiError(code="method_not_supported_for_channel_type")
    if channel.is_archived:
        raise ApiError(code="is_archived")
    if call.caller not in channel.members:
        raise ApiError(code="not_in_channel")
    _invite_all(call, channel, call.names("users"))
    return {"channel": _shape(call, channel)}


def _invite_all(call: Call, channel: Channel, users: list[str]) -> None:
    if not users:
        raise ApiError(code="no_user")
    for each in users:
        _may_be_invited(call, channel, each)
    for each in users:
        call.space.join(channel, each, inviter=call.caller)


def _may_be_invited(call: Call, channel: Channel, user: str) -> None:
    if user == call.caller:
        raise ApiError(code="cant_invite_self")
    person = call.space.users.get(user)
    if person is None or person.deleted:
        raise ApiError(code="user_not_found")
    if user in channel.members:
        raise ApiError(code="already_in_channel")
    if person.is_ultra_restricted:
        raise ApiError(code="user_is_restricted")


MANAGE = ("channels:manage", "groups:write", "im:write", "mpim:write")
INVITE = (*MANAGE, "channels:write.invites", "groups:write.invites")
METHODS: Methods = {
    "conversations.info": Method(run=info, scopes=READ, takes_json=False),
    "conversations.list": Method(run=list_all, tier=Tier.TWO, scopes=READ, takes_json=False),
    "conversations.members": Method(run=members, tier=Tier.FOUR, scopes=READ, takes_json=False),
    "conversations.open": Method(run=open_dm, scopes=MANAGE),
    "conversations.join": Method(run=join, scopes=("channels:join",)),
    "conversations.create": Method(run=create, tier=Tier.TWO, scopes=MANAGE),
    "conversations.invite": Method(run=invite, scopes=INVITE),
}
