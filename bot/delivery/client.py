"""A client of Slack's Web API that counts what it asks, and how long the answers take."""

import time
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from typing_extensions import override

from bot.metrics import Metrics


class MeasuredClient(AsyncWebClient):
    """Repeats nothing by itself."""

    def __init__(self, metrics: Metrics, **how: Any) -> None:
        super().__init__(retry_handlers=[], **how)
        self._metrics = metrics

    @override
    async def api_call(self, api_method: str, *args: Any, **kwargs: Any) -> AsyncSlackResponse:
        """Ask, and note how it went."""
        started, result = time.monotonic(), "ok"
        try:
            return await super().api_call(api_method, *args, **kwargs)
        except SlackApiError as error:
            result = str(error.response.get("error") or error.response.status_code)
            raise
        except (aiohttp.ClientError, TimeoutError) as error:
            result = type(error).__name__
            raise
        finally:
            took = time.monotonic() - started
            self._metrics.calls.labels(api_method, result).observe(took)
