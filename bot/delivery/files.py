"""Files that people bring along in a form: read from Slack with our token, and never kept."""

import logging
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.downloads import up_to
from policy.refusals import Unreadable

log = logging.getLogger(__name__)

LARGEST = 2_000_000
SLACK = ".slack.com"
FIELD = "upload"
OK = 200


class SlackFiles:
    """The files of the workspace that the client's token belongs to."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session

    async def text(self, url: str) -> str:
        """Return what a file says.

        Raises:
            Unreadable: it is not Slack's, not for us, too large, or no text.
        """
        if not self._is_slacks(url):
            raise Unreadable(field=FIELD, message="This file does not stand in Slack.")
        content = await self._content(url)
        if len(content) > LARGEST:
            raise Unreadable(field=FIELD, message="At most 2 MB at once; split the file.")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = "This is no text in UTF-8; save it as CSV in UTF-8."
            raise Unreadable(field=FIELD, message=message) from error

    def _is_slacks(self, url: str) -> bool:
        """The token goes nowhere else, whatever a form says."""
        host, ours = urlsplit(url).netloc, urlsplit(self._client.base_url).netloc
        return host == ours or (url.startswith("https://") and host.endswith(SLACK))

    async def _content(self, url: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._client.token}"}
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status == OK:
                    return await up_to(response, LARGEST + 1)
                log.warning("a file cannot be read: HTTP %s", response.status)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("a file cannot be read: %s", type(error).__name__)
        message = "Slack does not let me read this file; `caseflag doctor` says what is missing."
        raise Unreadable(field=FIELD, message=message)
