"""Who belongs to a user group, and who has left: asked of Slack, and kept for a while.

Where Slack is silent the last answer counts for longer, and whoever it never told of is there.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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
"""Seconds that all that is asked for at once may take: somebody waits for what comes next."""
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


Ask = Callable[[], Awaitable[None]]


class _Asking:
    """What Slack is being asked at this moment, each thing once, for all who want to know."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[None]] = {}
        self._late: set[str] = set()
        """What was waited for long enough: it goes on, and counts once it has come."""

    async def heard(self, asks: Mapping[str, Ask], *, needed: Collection[str] = ()) -> None:
        """Ask what nobody is asking yet, and wait until all is heard, but not for long.

        What is `needed` is waited for until Slack has answered, or the client gives up.
        """
        for name, ask in asks.items():
            if name not in self._running:
                self._running[name] = asyncio.create_task(self._ran(name, ask))
        waiting = {name: self._running[name] for name in asks}
        if first := [waiting[name] for name in needed if name in waiting]:
            await asyncio.wait(first)
        for name in {*waiting} & self._late:
            del waiting[name]
        if waiting:
            await asyncio.wait(waiting.values(), timeout=0 if first else WAITED)
            self._late.update(name for name, task in waiting.items() if not task.done())

    async def end(self) -> None:
        """Ask nothing any more."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _ran(self, name: str, ask: Ask) -> None:
        try:
            await ask()
        except Exception:  # nobody may be waiting any more: what was last known counts
            log.exception("asking Slack for %s failed", name)
        finally:
            del self._running[name]
            self._late.discard(name)


class SlackDirectory:
    """The people and user groups of the workspace that the client's token belongs to."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[GroupId, _Known] = {}
        self._seen: dict[UserId, _Seen] = {}
        self._groups: tuple[UserGroup, ...] = ()
        self._groups_until = 0.0
        self._few = asyncio.Semaphore(AT_ONCE)
        self._asking = _Asking()

    async def all_groups(self, _workspace: WorkspaceId) -> Sequence[UserGroup]:
        """Return the user groups that there are: the last known where Slack does not answer."""
        if self._groups_until <= time.monotonic():
            needed = () if self._groups_until else ("groups",)
            await self._asking.heard({"groups": self._list}, needed=needed)
        return self._groups

    async def members(
        self, _workspace: WorkspaceId, groups: frozenset[GroupId]
    ) -> Mapping[GroupId, frozenset[UserId]]:
        """Return who is in each group: the last known where Slack does not answer, else nobody."""
        now = time.monotonic()
        if unknown := [group for group in groups if _is_due(self._known.get(group), now)]:
            never = [group for group in unknown if group not in self._known]
            asks: dict[str, Ask] = {group: partial(self._ask, group) for group in unknown}
            await self._asking.heard(asks, needed=never)
        return {
            group: known.members if (known := self._known.get(group)) else frozenset()
            for group in groups
        }

    async def gone(self, _workspace: WorkspaceId, users: frozenset[UserId]) -> frozenset[UserId]:
        """Return which of these people are deactivated, as far as Slack has told."""
        now = time.monotonic()
        if unknown := [user for user in users if _is_due(self._seen.get(user), now)]:
            await self._asking.heard({user: partial(self._look_at, user) for user in unknown})
        return frozenset(
            user for user in users if (seen := self._seen.get(user)) and seen.has_left
        )

    async def close(self) -> None:
        """Ask nothing any more: what is under way is given up."""
        await self._asking.end()

    async def names(
        self, workspace: WorkspaceId, users: frozenset[UserId]
    ) -> Mapping[UserId, frozenset[str]]:
        """Return the names that Slack knows these people by, and their addresses where it tells."""
        await self.gone(workspace, users)
        return {user: seen.names for user in users if (seen := self._seen.get(user))}

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

    async def _list(self) -> None:
        stays = FRESH
        try:
            said = await self._client.usergroups_list()
        except SILENT as error:
            log.warning("user groups cannot be listed: %s", error)
            stays = PATIENCE
        else:
            self._groups = tuple(
                UserGroup(id=GroupId(each["id"]), name=each["name"], handle=each["handle"])
                for each in said["usergroups"]
            )
        self._groups_until = time.monotonic() + stays

    async def _ask(self, group: GroupId) -> None:
        last, stays = self._known.get(group), FRESH
        try:
            said = await self._client.usergroups_users_list(usergroup=group)
        except SILENT as error:
            log.warning("user group %s cannot be read: %s", group, error)
            members, stays = last.members if last else frozenset(), PATIENCE
        else:
            members = frozenset(UserId(user) for user in said["users"])
        self._known[group] = _Known(members=members, until=time.monotonic() + stays)


def _is_due(known: _Known | _Seen | None, now: float) -> bool:
    return known is None or known.until <= now


def _names(user: Mapping[str, Any]) -> frozenset[str]:
    profile = user.get("profile") or {}
    known = (user.get("name"), user.get("real_name"), *map(profile.get, NAMES))
    return frozenset(str(name) for name in known if name)


def _code(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else ""
