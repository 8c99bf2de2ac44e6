"""Who we are at Slack: asked once, then granted to every request without asking again."""

import asyncio
import logging
from dataclasses import dataclass

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from policy.ids import WorkspaceId

log = logging.getLogger(__name__)

PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the tries to reach a Slack that is not there yet."""


class Uninvited(Exception):
    """Slack refuses a token: nothing can be done until it is replaced."""

    def __init__(self, setting: str, code: str) -> None:
        super().__init__(f"Slack refuses {setting}: {code}")
        self.setting = setting
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The app as it is installed: where, as whom, and with which rights."""

    workspace: WorkspaceId
    team: str
    bot_user: str
    scopes: frozenset[str]
    result: AuthorizeResult
    site: str = ""
    """The address of the workspace, `https://acme.slack.com/`."""


async def installed(client: AsyncWebClient) -> Installation:
    """Ask Slack who we are.

    Raises:
        Uninvited: Slack refuses the token.
        aiohttp.ClientError, TimeoutError: Slack cannot be reached, however often one tries.
    """
    for pause in PATIENCE:
        try:
            return await _asked(client)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("Slack cannot be reached yet: %s", error)
            await asyncio.sleep(pause)
    return await _asked(client)


async def _asked(client: AsyncWebClient) -> Installation:
    try:
        said = await client.auth_test()
    except SlackApiError as error:
        raise Uninvited(
            setting="SLACK_BOT_TOKEN", code=str(error.response.get("error"))
        ) from error
    scopes = frozenset(filter(None, said.headers.get("x-oauth-scopes", "").split(",")))
    enterprise = said.get("enterprise_id") if said.get("is_enterprise_install") else None
    return Installation(
        workspace=WorkspaceId(enterprise or said["team_id"]),
        team=str(said.get("team", "")),
        bot_user=said["user_id"],
        scopes=scopes,
        site=str(said.get("url", "")),
        result=AuthorizeResult(
            enterprise_id=said.get("enterprise_id"),
            team_id=said.get("team_id"),
            bot_user_id=said["user_id"],
            bot_id=said.get("bot_id"),
            bot_token=client.token,
            bot_scopes=sorted(scopes),
        ),
    )
