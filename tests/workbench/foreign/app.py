"""The same small app in Bolt for Python, the kind without asyncio.

It finds the workbench as any app would: in its environment. With SLACK_APP_TOKEN it uses Socket
Mode; otherwise it listens to HTTP on a free port, which it tells.
"""

import json
import os
from pathlib import Path
from threading import Event
from typing import Any
from wsgiref.simple_server import make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

TEXTS = json.loads(Path(__file__).with_name("texts.json").read_text(encoding="utf-8"))
TOKEN, APP_TOKEN = os.environ["SLACK_BOT_TOKEN"], os.environ.get("SLACK_APP_TOKEN")
app = App(client=WebClient(token=TOKEN, base_url=os.environ["SLACK_API_URL"]))


@app.command("/tiny")
def tiny(ack, body, client, command):
    if command["text"] != "open":
        ack(f"You said: {command['text']}")
        return
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=TEXTS["form"])


@app.options("fruit")
def offer(ack, payload):
    asked = payload["value"].lower()
    found = [fruit for fruit in TEXTS["fruits"] if asked in fruit.lower()]
    ack(options=[{"text": {"type": "plain_text", "text": name}, "value": name} for name in found])


@app.view("form")
def submit(ack, body, client, view):
    values = view["state"]["values"]
    title = values["title"]["title"]["value"]
    if title == "no":
        ack(response_action="errors", errors={"title": "Not that."})
        return
    ack(response_action="update", view=TEXTS["thanks"])
    fruit = values["fruit"]["fruit"]["selected_option"]["value"]
    text = f"{title} with {fruit} for <@{body['user']['id']}>"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    client.chat_postMessage(channel="CGENERAL", text=text, blocks=[section, TEXTS["take"]])


@app.view_closed("form")
def close(ack, body, client):
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text="You closed the form.")


@app.action("take")
def take(ack, action, body, client, respond):
    ack()
    respond(f"You took number {action['value']}.")
    text = f"<@{body['user']['id']}> took it"
    client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text=text)


@app.shortcut("open_it")
def open_it(ack, client, shortcut):
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=TEXTS["thanks"])


@app.shortcut("keep_it")
def keep_it(ack, respond, shortcut):
    ack()
    respond(f"Kept: {shortcut['message']['text']}")


@app.message("ping")
def ping(message, say):
    say(text=f"pong for <@{message['user']}>", thread_ts=message["ts"])


@app.message("notes")
def bring(client, message):
    client.files_upload_v2(
        channel=message["channel"],
        filename="notes.txt",
        content="Some notes",
        initial_comment="Here they are",
    )


@app.event("message")
def overhear():
    """Take all other messages, too; Bolt answers 404 to what nobody takes."""


@app.event("app_home_opened")
def welcome(client, event):
    if event["tab"] == "home":
        client.views_publish(user_id=event["user"], view=TEXTS["home"])


def main() -> None:
    """Listen until the end."""
    if APP_TOKEN:
        SocketModeHandler(app, APP_TOKEN).connect()
        print("listening", flush=True)
        Event().wait()
    handler: Any = SlackRequestHandler(app)
    with make_server("127.0.0.1", 0, handler) as server:
        print("listening", server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
