"""Who belongs to a user group: asked of Slack, kept for a minute, and longer when Slack is silent."""

import asyncio
import logging
import time
from collections import defaultdict
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from policy.ids import GroupId, UserId, WorkspaceId

log = logging.getLogger(__name__)

FRESH = 60.0
"""Seconds for which an answer counts."""
PATIENCE = 10.0
"""Seconds after which a Slack that did not answer is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    members: frozenset[UserId]
    until: float


class UserGroups:
    """The user groups of the workspace that the client's token belongs to."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[GroupId, _Known] = {}
        self._asking: defaultdict[GroupId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def members(self, _workspace: WorkspaceId, group: GroupId) -> frozenset[UserId]:
        """Return a group's members: the last known where Slack does not answer, else nobody."""
        async with self._asking[group]:
            known = self._known.get(group)
            if known is None or known.until <= time.monotonic():
                known = await self._asked(group, known)
                self._known[group] = known
        return known.members

    async def _asked(self, group: GroupId, last: _Known | None) -> _Known:
        now = time.monotonic()
        try:
            said = await self._client.usergroups_users_list(usergroup=group)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("user group %s cannot be read: %s", group, error)
            members = last.members if last else frozenset()
            return _Known(members=members, until=now + PATIENCE)
        users = frozenset(UserId(user) for user in said["users"])
        return _Known(members=users, until=now + FRESH)
