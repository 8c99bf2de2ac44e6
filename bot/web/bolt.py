"""Bolt as we use it: our authorisation, our runner, and one middleware before every listener."""

import logging
from collections.abc import Callable

from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.web.context import Provide, Seen
from bot.web.installed import Installation
from bot.web.runner import Runner
from bot.web.tasks import Tasks
from handlers.ports import Desk


def bolt(
    client: AsyncWebClient,
    installation: Installation,
    desk: Desk,
    tasks: Tasks,
    register: Callable[[AsyncApp], None],
    *,
    answering: ClientSession | None = None,
) -> AsyncApp:
    """Return the app with every listener registered.

    The client's token is granted to each request by `installation`; verification is the ingress's.
    Answers to a `response_url` go over the session `answering`.
    """

    async def authorize() -> AuthorizeResult:
        return installation.result

    log = logging.getLogger("slack_bolt.app")
    log.setLevel(logging.ERROR)  # Bolt's warnings hold what people wrote
    app = AsyncApp(
        name="caseflag",
        logger=log,
        client=client,
        authorize=authorize,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    app._async_listener_runner = Runner.of(app, tasks)  # noqa: SLF001 - see bot/web/runner.py
    app.use(Provide(desk=desk, workspace=installation.workspace, seen=Seen(), session=answering))
    register(app)
    return app
