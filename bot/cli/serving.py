"""Runs until somebody asks us to stop, and then finishes what is under way."""

import asyncio
import gc
import logging
import signal

from bot.app import running
from bot.settings import Settings

log = logging.getLogger(__name__)


async def served(settings: Settings, *, jobs: bool, doors: bool) -> None:
    """Run Caseflag until SIGINT or SIGTERM."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    async with running(settings, jobs=jobs, doors=doors) as app:
        gc.freeze()  # looking through all that was imported, again and again, holds everybody up
        way = "Socket Mode" if settings.slack_app_token else "HTTP"
        log.info(
            "Caseflag runs",
            extra={
                "workspace": app.parts.installation.workspace,
                "team": app.parts.installation.team,
                "jobs": jobs,
                "slack_by": way if doors else None,
                "address": f"http://{settings.host}:{app.port}" if doors else None,
            },
        )
        await asked.wait()
        log.info("Caseflag stops when what is under way is done")
    log.info("Caseflag has stopped")
