"""What delivery says to Slack: post, update, look up. Whatever goes wrong comes as `Refused`."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import Refused, Trouble, trouble
from bot.metrics import Metrics
from handlers.views.message import Message
from policy.ids import ChannelId, Ts, UserId

KEY_OF = "caseflag_notice"
"""The type of the metadata that carries a message's key."""
PAGE = 200
PAGES = 5
EARLIER = timedelta(minutes=2)
"""How far Slack's clock may lag behind ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Where a message stands."""

    channel: ChannelId
    ts: Ts


class Slack:
    """Slack, as the sender knows it; its client repeats nothing by itself."""

    def __init__(self, client: AsyncWebClient, metrics: Metrics) -> None:
        self._client = client
        self._metrics = metrics

    async def post(
        self, channel: ChannelId | UserId, message: Message, *, key: str, thread: Ts | None = None
    ) -> Posted:
        """Post a message that carries its key; to a person's id it goes privately."""
        async with self._sorted():
            said = await self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                metadata=Metadata(event_type=KEY_OF, event_payload={"key": key}),
                thread_ts=thread,
                unfurl_links=False,
                unfurl_media=False,
            )
        return Posted(channel=ChannelId(said["channel"]), ts=Ts(said["ts"]))

    async def update(self, at: Posted, message: Message) -> None:
        """Make a message that stands say something else."""
        async with self._sorted():
            await self._client.chat_update(
                channel=at.channel, ts=at.ts, text=message.text, blocks=message.blocks
            )

    async def pin(self, at: Posted) -> None:
        """Pin a message; one that is pinned stays so."""
        async with self._sorted():
            try:
                await self._client.pins_add(channel=at.channel, timestamp=at.ts)
            except SlackApiError as error:
                if error.response["error"] != "already_pinned":
                    raise

    async def publish(self, user: UserId, view: View) -> None:
        """Show a person's home anew."""
        async with self._sorted():
            await self._client.views_publish(user_id=user, view=view)

    async def found(
        self, channel: ChannelId | UserId, key: str, *, thread: Ts | None, since: datetime
    ) -> Posted | None:
        """Return where a message with this key stands, if it was posted since then."""
        async with self._sorted():
            where = await self._conversation(channel)
            async for message in self._messages(where, thread, since - EARLIER):
                if keyed(message) == key:
                    return Posted(channel=where, ts=Ts(message["ts"]))
        return None

    async def is_let_in(self) -> bool:
        """Tell whether Slack knows our token again."""
        try:
            async with self._sorted():
                await self._client.auth_test()
        except Refused:
            return False
        return True

    async def _conversation(self, channel: ChannelId | UserId) -> ChannelId:
        if not channel.startswith(("U", "W")):
            return ChannelId(channel)
        return ChannelId((await self._client.conversations_open(users=channel))["channel"]["id"])

    async def _messages(
        self, channel: ChannelId, thread: Ts | None, since: datetime
    ) -> AsyncIterator[Mapping[str, Any]]:
        cursor: str | None = None
        for _ in range(PAGES):
            asked: dict[str, Any] = {
                "channel": channel,
                "oldest": f"{since.timestamp():.6f}",
                "limit": PAGE,
                "cursor": cursor,
                "include_all_metadata": True,
            }
            if thread is None:
                page = await self._client.conversations_history(**asked)
            else:
                page = await self._client.conversations_replies(ts=thread, **asked)
            for message in page["messages"]:
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    @asynccontextmanager
    async def _sorted(self) -> AsyncIterator[None]:
        try:
            yield
        except SlackApiError as error:
            refused = _read(error)
        except (aiohttp.ClientConnectorError, aiohttp.ClientConnectorDNSError) as error:
            refused = Refused(Trouble.WAIT, type(error).__name__, retry_after=1.0)
        except (aiohttp.ClientError, TimeoutError) as error:
            refused = Refused(Trouble.LOST, type(error).__name__)
        else:
            return
        self._metrics.troubles.labels(refused.trouble, refused.code).inc()
        raise refused


def keyed(message: Mapping[str, Any]) -> str | None:
    """Return the key a message carries, if it is one of ours."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != KEY_OF:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None


def _read(error: SlackApiError) -> Refused:
    response = error.response
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error") or f"http_{response.status_code}")
    after = float(response.headers.get("Retry-After") or 0.0)
    return Refused(trouble(code, status=response.status_code), code, retry_after=after)
