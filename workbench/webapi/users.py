"""users.* and usergroups.*: who there is."""

from workbench.limits import Tier
from workbench.state.channels import channel_shape
from workbench.state.shapes import Json
from workbench.state.users import LOCALE, User, user_shape, usergroup_shape
from workbench.webapi import conversations, places
from workbench.webapi.call import ApiError, Call, Method, Methods, page


def _shape(call: Call, user: User) -> Json:
    with_email = call.token.allows("users:read.email")
    shape = user_shape(user, now=call.now, with_email=with_email)
    return (
        shape if call.space.is_own(user.id) else shape | {"is_stranger": _is_stranger(call, user)}
    )


def _is_stranger(call: Call, user: User) -> bool:
    """Tell whether somebody from elsewhere is in no channel that the caller is in, too."""
    both = {call.caller, user.id}
    return not any(both <= set(each.members) for each in call.space.channels.values())


def info(call: Call) -> Json:
    """Tell of one person."""
    shape = _shape(call, places.user(call))
    return {"user": shape | ({"locale": LOCALE} if call.flag("include_locale") else {})}


def list_all(call: Call) -> Json:
    """Tell of everybody."""
    call = places.in_team(call)
    items, cursor = page(call, call.space.own_users())
    members = [_shape(call, each) for each in items]
    return {"members": members, "cache_ts": int(call.now), "response_metadata": cursor}


def lookup_by_email(call: Call) -> Json:
    """Find a person by their address; whoever is deactivated is not found."""
    wanted = call.needed("email", "users_not_found").lower()
    for user in call.space.own_users():
        if (user.email or "").lower() == wanted and not user.deleted:
            return {"user": _shape(call, user)}
    raise ApiError(code="users_not_found")


def presence(call: Call) -> Json:
    """Tell whether somebody is there; here everybody is who has not left for good."""
    user = places.user(call)
    return {"presence": "away" if user.deleted else "active"}


def profile(call: Call) -> Json:
    """Tell of a person's profile, the caller's own if nobody is named."""
    user = places.user(call) if call.text("user") else call.space.users[call.caller]
    shape: Json = _shape(call, user)["profile"]
    del shape["team"]
    return {"profile": shape}


def own_conversations(call: Call) -> Json:
    """Tell in which conversations a person, or the caller, is."""
    who = call.text("user") or call.caller
    kinds = [conversations.TYPES.get(each) for each in call.names("types") or ["public_channel"]]
    if None in kinds:
        raise ApiError(code="invalid_types")
    found = [
        channel
        for channel in call.space.channels.values()
        if who in channel.members
        and channel.kind in kinds
        and call.space.can_see(channel, call.caller)
    ]
    items, cursor = page(call, found)
    shapes = [channel_shape(each, viewer=call.caller, team=call.space.id) for each in items]
    for shape in shapes:
        for unsaid in ("is_member", "connected_team_ids"):
            shape.pop(unsaid, None)
    return {"channels": shapes, "response_metadata": cursor}


def groups(call: Call) -> Json:
    """Tell of all user groups."""
    call = places.in_team(call)
    found = [
        usergroup_shape(group, team=call.space.id, with_users=call.flag("include_users"))
        for group in call.space.usergroups.values()
        if call.flag("include_disabled") or not group.is_disabled
    ]
    return {"usergroups": found}


def group_users(call: Call) -> Json:
    """Tell who is in a user group."""
    group = call.space.usergroups.get(call.needed("usergroup", "no_such_subteam"))
    if group is None or (group.is_disabled and not call.flag("include_disabled")):
        raise ApiError(code="no_such_subteam")
    return {"users": list(group.users)}


METHODS: Methods = {
    "users.info": Method(run=info, tier=Tier.FOUR, scopes=("users:read",), takes_json=False),
    "users.list": Method(run=list_all, tier=Tier.TWO, scopes=("users:read",), takes_json=False),
    "users.lookupByEmail": Method(
        run=lookup_by_email, scopes=("users:read.email",), takes_json=False
    ),
    "users.getPresence": Method(run=presence, scopes=("users:read",), takes_json=False),
    "users.profile.get": Method(
        run=profile, tier=Tier.FOUR, scopes=("users.profile:read",), takes_json=False
    ),
    "users.conversations": Method(
        run=own_conversations, scopes=conversations.READ, takes_json=False
    ),
    "usergroups.list": Method(
        run=groups, tier=Tier.TWO, scopes=("usergroups:read",), takes_json=False
    ),
    "usergroups.users.list": Method(
        run=group_users, tier=Tier.TWO, scopes=("usergroups:read",), takes_json=False
    ),
}
