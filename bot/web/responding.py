"""Answers at a `response_url`, over connections that are kept: Bolt makes a session for each one."""

from typing import Any

from aiohttp import ClientSession
from slack_bolt.async_app import AsyncRespond
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse
from typing_extensions import override


class Responding(AsyncRespond):
    """Bolt's `respond`, with a session of ours."""

    def __init__(self, response_url: str | None, session: ClientSession) -> None:
        super().__init__(response_url=response_url)
        self._session = session

    @override
    async def __call__(self, **said: Any) -> WebhookResponse:  # type: ignore[override]
        """Answer; what is said goes by the names that Bolt gives it.

        Raises:
            ValueError: what happened came with no address to answer at.
        """
        if self.response_url is None:
            message = "there is no response_url to answer at"
            raise ValueError(message)
        client = AsyncWebhookClient(self.response_url, session=self._session)
        return await client.send(**said)
