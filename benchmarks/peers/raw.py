"""The least there is: aiohttp 3.14, Slack's signature checked by slack_sdk 3.47, and an answer."""

import os
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

VERIFIER = SignatureVerifier(os.environ["SLACK_SIGNING_SECRET"])
USAGE = "\n".join(f"`/case word-{number}` does one of many things" for number in range(30))


async def events(request: web.Request) -> web.Response:
    """Answer a command as soon as it is known to be Slack's."""
    raw = await request.read()
    stamp = request.headers["X-Slack-Request-Timestamp"]
    if not VERIFIER.is_valid(raw, stamp, request.headers["X-Slack-Signature"]):
        return web.Response(status=401)
    form = dict(parse_qsl(raw.decode()))
    return web.json_response({"text": USAGE if form.get("text") == "help" else "?"})


app = web.Application()
app.add_routes([web.post("/slack/events", events)])
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)
