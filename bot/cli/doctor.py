"""The doctor: whether everything that Caseflag needs is in order, in plain words, with the cure."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import clients, pager_settings
from bot.cli.manifest import SCOPES
from bot.clock import real_now
from bot.metrics import Metrics
from bot.settings import Settings, first_settings
from bot.storage.database import Database, connected
from bot.storage.outbox.rows import NoticeState
from bot.storage.stories import UNDER_WAY, Story
from policy.ids import WorkspaceId
from policy.notices import EscalationPaged, PagerService
from policy.settings import WorkspaceSettings, is_group

DRIFT = timedelta(seconds=60)
"""Slack's requests are refused when clocks differ by five minutes; this leaves some room."""
PAGES = 50
"""How many pages the doctor looks back at."""
UNREACHABLE = (aiohttp.ClientError, TimeoutError)
DATABASE_CURES = {
    "unreachable": "start it, or correct DATABASE_URL",
    "not migrated": "run `caseflag migrate`",
}
REINSTALL = "install the app anew and copy its bot token into SLACK_BOT_TOKEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_well: bool = True
    said: str
    cure: str = ""

    @property
    def line(self) -> str:
        """The finding for a person to read."""
        mark = "ok      " if self.is_well else "problem "
        cure = f": {self.cure}." if self.cure else ""
        return f"{mark} {self.what}: {self.said}{cure}"


async def examined(settings: Settings) -> list[Finding]:
    """Look at everything, whatever is found wrong on the way."""
    async with AsyncExitStack() as stack:
        client, _ = await stack.enter_async_context(clients(settings, Metrics()))
        database = await stack.enter_async_context(connected(settings.database_url, alone=False))
        return [finding async for finding in _findings(settings, client, database)]


async def _findings(
    settings: Settings, client: AsyncWebClient, database: Database
) -> AsyncIterator[Finding]:
    state = await database.state()
    yield _database(state)
    try:
        said = await client.auth_test()
    except SlackApiError as error:
        yield _sick("token", f"Slack says {_code(error)}", REINSTALL)
        return
    except UNREACHABLE as error:
        yield _sick("Slack", f"cannot be reached ({error})", "check SLACK_API_URL and the network")
        return
    yield _well("token", f"Slack knows us as {said['user_id']} in {said.get('team', '?')}")
    yield _scopes(said.headers.get("x-oauth-scopes", ""))
    yield _drift(said.headers.get("Date", ""), real_now())
    if settings.slack_app_token is not None:
        yield await _socket(client, settings.slack_app_token.get_secret_value())
    decided = await _decided(settings, database, state, WorkspaceId(said["team_id"]))
    yield await _duty_channel(client, decided)
    async for finding in _people(client, decided):
        yield finding
    stories = await _pages(database, state, WorkspaceId(said["team_id"]))
    for service in sorted(pager_settings(settings).services):
        yield _pager(service, [story for story in stories if story.key.endswith(service)])


def _database(state: str) -> Finding:
    if state == "ok":
        return _well("database", "reachable, and its tables are what this release expects")
    return _sick("database", state, DATABASE_CURES[state])


def _scopes(granted: str) -> Finding:
    missing = sorted(set(SCOPES) - {scope.strip() for scope in granted.split(",")})
    if not missing:
        return _well("scopes", "all that the manifest asks for")
    why = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in missing)
    return _sick("scopes", f"missing {why}", "update the app's manifest and install it anew")


def _drift(date: str, now: datetime) -> Finding:
    try:
        drift = abs(now - parsedate_to_datetime(date))
    except ValueError:
        return _well("clock", "not compared, as the answer carried no date")
    seconds = round(drift.total_seconds())
    if drift <= DRIFT:
        return _well("clock", f"within {seconds} s of Slack's")
    return _sick("clock", f"{seconds} s off Slack's", "let NTP set this machine's clock")


async def _socket(client: AsyncWebClient, app_token: str) -> Finding:
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        cure = "make an app-level token with connections:write and put it into SLACK_APP_TOKEN"
        return _sick("Socket Mode", f"Slack says {_code(error)}", cure)
    return _well("Socket Mode", "Slack opens a socket for us")


async def _decided(
    settings: Settings, database: Database, state: str, workspace: WorkspaceId
) -> WorkspaceSettings:
    if state == "ok":
        async with database.reading() as work:
            if found := await work.settings.get(workspace):
                return found
    return first_settings(settings, workspace)


async def _duty_channel(client: AsyncWebClient, decided: WorkspaceSettings) -> Finding:
    if decided.duty_channel is None:
        cure = "set CASEFLAG_DUTY_CHANNEL before the first start, or type `/case settings`"
        return _sick("duty channel", "none is chosen", cure)
    channel = decided.duty_channel
    try:
        found: dict[str, Any] = (await client.conversations_info(channel=channel))["channel"]
    except SlackApiError as error:
        cure = "correct it with `/case settings`; if it is private, invite the app to it"
        return _sick("duty channel", f"{channel}: Slack says {_code(error)}", cure)
    name = f"#{found.get('name', channel)}"
    if found.get("is_archived"):
        return _sick("duty channel", f"{name} is archived", "choose another: `/case settings`")
    if not found.get("is_member"):
        return _sick("duty channel", f"the app is not in {name}", "invite it there: `/invite`")
    return _well("duty channel", f"the app is in {name}")


async def _people(client: AsyncWebClient, decided: WorkspaceSettings) -> AsyncIterator[Finding]:
    lists = {
        "duty managers": decided.duty_managers,
        "engineers": decided.engineers,
        "leads": decided.leads,
        "administrators": decided.administrators,
    }
    cure = "name them with `/case settings`, or before the first start in the environment"
    for what, names in lists.items():
        if not names:
            yield _sick(what, "nobody is named", cure)
            continue
        people = [name for name in names if not is_group(name)]
        try:
            for group in filter(is_group, names):
                people += (await client.usergroups_users_list(usergroup=group))["users"]
        except SlackApiError as error:
            yield _sick(what, f"a user group cannot be read, Slack says {_code(error)}", cure)
            continue
        count = len(set(people))
        yield _well(what, f"{count} named") if count else _sick(what, "the group is empty", cure)


async def _pages(database: Database, state: str, workspace: WorkspaceId) -> list[Story]:
    """Return the pages of late, the newest first."""
    if state != "ok":
        return []
    async with database.reading() as work:
        return await work.stories.latest(workspace, EscalationPaged.__name__, PAGES)


def _pager(service: PagerService, pages: list[Story]) -> Finding:
    """Say how a pager takes what it is told."""
    name = f"pager {service.value}"
    if not pages:
        return _well(name, "configured, and was told nothing yet")
    newest = pages[0]
    if newest.state is NoticeState.DEAD or (newest.errors and newest.state in UNDER_WAY):
        error = newest.errors[-1] if newest.errors else "gave up"
        said = f"takes no pages ({error}, {newest.attempts} tries)"
        return _sick(name, said, "docs/paging.md tells what each error means")
    sent = sum(story.state is NoticeState.SENT for story in pages)
    return _well(name, f"took {sent} of the last {len(pages)} pages")


def _code(error: SlackApiError) -> str:
    return str(error.response.get("error"))


def _well(what: str, said: str) -> Finding:
    return Finding(what=what, said=said)


def _sick(what: str, said: str, cure: str) -> Finding:
    return Finding(what=what, is_well=False, said=said, cure=cure)
