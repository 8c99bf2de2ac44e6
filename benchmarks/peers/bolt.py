"""Bolt for Python as it comes: slack_bolt 1.30 with AsyncApp, its own server and its own checks.

`LISTENERS` says how many listeners there are besides the one for the command, spread over the kinds; `ACTIONS` says
how many buttons there are.
"""

import os
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

USAGE = "\n".join(f"`/case word-{number}` does one of many things" for number in range(30))
client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])


async def other(ack: AsyncAck) -> None:
    """Do something else."""
    await ack()


def others(many: int) -> None:
    """Register as many listeners as another app has, before the one that is measured."""
    kinds: tuple[Callable[[str], Callable[..., Any]], ...] = (app.action, app.view, app.shortcut)
    for number in range(many):
        kinds[number % len(kinds)](f"word-{number}")(other)


others(int(os.environ.get("LISTENERS", "0")))
for each in range(int(os.environ.get("ACTIONS", "0"))):
    app.action(f"word.verb-{each}")(other)


@app.command("/case")
async def case(ack: AsyncAck, command: dict[str, Any]) -> None:
    """Answer at once: nothing where nothing was asked."""
    await (ack(USAGE) if command["text"] == "help" else ack())


app.start(port=int(os.environ["PORT"]), host="127.0.0.1")
