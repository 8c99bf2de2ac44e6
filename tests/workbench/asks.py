"""What tests often ask of the workbench, and how it says no."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workbench.apps import Recorder
from workbench import Person

Json = dict[str, Any]


async def error_of(call: Awaitable[Any]) -> Json:
    """Return the answer with which a call is refused."""
    with pytest.raises(SlackApiError) as error:
        await call
    answer: Json = error.value.response.data
    return answer


async def refused(client: AsyncWebClient, method: str, **args: Any) -> str:
    """Return the error code with which a call in a query string is refused."""
    answer = await error_of(client.api_call(method, params=args))
    return str(answer["error"])


async def posted(client: AsyncWebClient, *blocks: Json, channel: str = "CGENERAL") -> Json:
    """Post blocks; return their ts and the message."""
    answer = await client.chat_postMessage(channel=channel, text="Look", blocks=list(blocks))
    return {"ts": answer["ts"], "message": answer["message"]}


async def opened(app: Recorder, client: AsyncWebClient, person: Person, view: Json) -> Json:
    """Let somebody command, open this view with the trigger that brings, and return it."""
    await person.commands("/tiny")
    trigger = app.payloads[-1]["trigger_id"]
    answer = await client.views_open(trigger_id=trigger, view=view)
    await person.modal(title=view["title"]["text"])
    shown: Json = answer["view"]
    return shown
