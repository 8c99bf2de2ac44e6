"""Who belongs to a user group, and who has left: asked of Slack, and kept for a while.

Where Slack is silent the last answer counts for longer, and whoever it never told of is there.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from policy.ids import GroupId, UserId, WorkspaceId
from policy.settings import UserGroup

log = logging.getLogger(__name__)

FRESH = 60.0
"""Seconds for which an answer counts."""
PATIENCE = 10.0
"""Seconds after which a Slack that did not answer is asked again."""
STAYS = 300.0
"""Seconds for which it counts that somebody is there, or has left."""
AT_ONCE = 8
WAITED = 1.0
"""Seconds that all the people asked for may take together: somebody waits for what comes next."""
NAMES = ("real_name", "display_name", "email")
SILENT = (SlackApiError, aiohttp.ClientError, TimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    members: frozenset[UserId]
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    has_left: bool
    until: float
    names: frozenset[str] = frozenset()


class SlackDirectory:
    """The people and user groups of the workspace that the client's token belongs to."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[GroupId, _Known] = {}
        self._asking: defaultdict[GroupId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._seen: dict[UserId, _Seen] = {}
        self._groups: tuple[UserGroup, ...] = ()
        self._groups_until = 0.0
        self._listing = asyncio.Lock()
        self._few = asyncio.Semaphore(AT_ONCE)

    async def all_groups(self, _workspace: WorkspaceId) -> Sequence[UserGroup]:
        """Return the user groups that there are: the last known where Slack does not answer."""
        async with self._listing:
            if self._groups_until <= time.monotonic():
                self._groups_until = time.monotonic() + await self._list()
        return self._groups

    async def members(self, _workspace: WorkspaceId, group: GroupId) -> frozenset[UserId]:
        """Return a group's members: the last known where Slack does not answer, else nobody."""
        async with self._asking[group]:
            known = self._known.get(group)
            if known is None or known.until <= time.monotonic():
                known = await self._asked(group, known)
                self._known[group] = known
        return known.members

    async def gone(self, _workspace: WorkspaceId, users: frozenset[UserId]) -> frozenset[UserId]:
        """Return which of these people are deactivated, as far as Slack has told."""
        now = time.monotonic()
        unknown = [user for user in users if self._is_due(user, now)]
        if unknown:
            looking = [asyncio.ensure_future(self._look_at(user)) for user in sorted(unknown)]
            _, late = await asyncio.wait(looking, timeout=WAITED)
            for each in late:
                each.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        return frozenset(
            user for user in users if (seen := self._seen.get(user)) and seen.has_left
        )

    async def names(
        self, workspace: WorkspaceId, users: frozenset[UserId]
    ) -> Mapping[UserId, frozenset[str]]:
        """Return the names that Slack knows these people by, and their addresses where it tells."""
        await self.gone(workspace, users)
        return {user: seen.names for user in users if (seen := self._seen.get(user))}

    def _is_due(self, user: UserId, now: float) -> bool:
        seen = self._seen.get(user)
        return seen is None or seen.until <= now

    async def _look_at(self, user: UserId) -> None:
        last, stays = self._seen.get(user), STAYS
        try:
            async with self._few:
                said = await self._client.users_info(user=user)
            has_left, names = bool(said["user"].get("deleted")), _names(said["user"])
        except SILENT as error:
            is_unknown = _code(error) == "user_not_found"
            has_left = is_unknown or bool(last and last.has_left)
            stays = STAYS if is_unknown else PATIENCE
            names = last.names if last else frozenset()
            log.warning("user %s cannot be looked up: %s", user, error)
        until = time.monotonic() + stays
        self._seen[user] = _Seen(has_left=has_left, until=until, names=names)

    async def _list(self) -> float:
        """Ask for all user groups; return for how long the answer counts."""
        try:
            said = await self._client.usergroups_list()
        except SILENT as error:
            log.warning("user groups cannot be listed: %s", error)
            return PATIENCE
        self._groups = tuple(
            UserGroup(id=GroupId(each["id"]), name=each["name"], handle=each["handle"])
            for each in said["usergroups"]
        )
        return FRESH

    async def _asked(self, group: GroupId, last: _Known | None) -> _Known:
        now = time.monotonic()
        try:
            said = await self._client.usergroups_users_list(usergroup=group)
        except SILENT as error:
            log.warning("user group %s cannot be read: %s", group, error)
            members = last.members if last else frozenset()
            return _Known(members=members, until=now + PATIENCE)
        users = frozenset(UserId(user) for user in said["users"])
        return _Known(members=users, until=now + FRESH)


def _names(user: Mapping[str, Any]) -> frozenset[str]:
    profile = user.get("profile") or {}
    known = (user.get("name"), user.get("real_name"), *map(profile.get, NAMES))
    return frozenset(str(name) for name in known if name)


def _code(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else ""
