"""The heartbeat: a monitor is asked for once a minute, and calls somebody when it is not."""

import logging

import aiohttp

log = logging.getLogger(__name__)

PATIENCE = aiohttp.ClientTimeout(total=10)


class Heart:
    """Beats at an address, if one is set."""

    def __init__(self, url: str | None) -> None:
        self._url = url

    async def __call__(self) -> None:
        """Ask for the address; its answer does not matter, and neither does its absence."""
        if self._url is None:
            return
        try:
            async with (
                aiohttp.ClientSession(timeout=PATIENCE) as session,
                session.get(self._url, raise_for_status=True),
            ):
                pass
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("the monitor does not answer: %s", type(error).__name__)
