"""Runs Bolt's listeners: an ack wakes who waits for it, and once given is never forgotten.

Bolt's own runner looks every 10 ms whether the ack has come, forgets an ack whose listener raises
soon after it, goes on to the next listener when none came, and keeps no hold of what it started.
This leans on parts of Bolt that are not its public interface; `tests/bot/web/test_runner.py`
compares both runners, so that an upgrade that changes them fails there.
"""

import asyncio
import logging
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.listener.asyncio_runner import AsyncioListenerRunner
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from typing_extensions import override

from bot.web.tasks import Tasks

log = logging.getLogger(__name__)


class WakingAck(AsyncAck):
    """An ack that wakes whoever waits for it."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.settled = asyncio.Event()

    @override
    async def __call__(self, *args: Any, **answer: Any) -> BoltResponse:
        """Answer Slack, before anything else is done here: what follows may not pause for long."""
        given = await super().__call__(*args, **answer)
        self.settled.set()
        await asyncio.sleep(0)
        return given


class Runner(AsyncioListenerRunner):
    """Bolt's runner, waiting for an event instead of polling, and holding what it runs."""

    @classmethod
    def of(cls, app: AsyncApp, tasks: Tasks) -> "Runner":
        """Return a runner with the app's own handlers around what it runs."""
        theirs = app.listener_runner
        runner = cls(
            logger=theirs.logger,
            process_before_response=False,
            listener_error_handler=theirs.listener_error_handler,
            listener_start_handler=theirs.listener_start_handler,
            listener_completion_handler=theirs.listener_completion_handler,
            lazy_listener_runner=theirs.lazy_listener_runner,
        )
        runner.tasks = tasks
        return runner

    tasks: Tasks

    @override
    async def run(
        self,
        request: AsyncBoltRequest,
        response: BoltResponse,
        listener_name: str,
        listener: AsyncListener,
        starting_time: float | None = None,
    ) -> BoltResponse:
        """Start the listener and answer as soon as it acks; it may go on after that."""
        ack = WakingAck()
        request.context["ack"] = ack
        if listener.auto_acknowledgement:
            await ack()
        running = self.tasks.start(self._listen(listener, request, response))
        running.add_done_callback(lambda _: ack.settled.set())
        try:
            async with asyncio.timeout(listener.ack_timeout):
                await ack.settled.wait()
        except TimeoutError:
            log.exception("a listener did not answer in time", extra={"listener": listener_name})
        return ack.response or BoltResponse(status=503)

    async def _listen(
        self, listener: AsyncListener, request: AsyncBoltRequest, response: BoltResponse
    ) -> None:
        await self.listener_start_handler.handle(request=request, response=response)
        try:
            await listener.run_ack_function(request=request, response=response)
        finally:
            await self.listener_completion_handler.handle(request=request, response=response)
