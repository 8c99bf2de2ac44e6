"""Whole stories between people and a Bolt app, over real HTTP."""

from tests.workbench.apps import bolt, listening


def a_modal(**more):
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": [
            {
                "type": "input",
                "block_id": "title",
                "label": {"type": "plain_text", "text": "Title"},
                "element": {"type": "plain_text_input", "action_id": "title", "max_length": 20},
            },
            {
                "type": "input",
                "block_id": "size",
                "optional": True,
                "label": {"type": "plain_text", "text": "How big?"},
                "element": {
                    "type": "static_select",
                    "action_id": "size",
                    "options": [
                        {"text": {"type": "plain_text", "text": "Small"}, "value": "s"},
                        {"text": {"type": "plain_text", "text": "Large"}, "value": "l"},
                    ],
                },
            },
        ],
        **more,
    }


async def test_a_person_commands_fills_a_form_and_presses_a_button(bench, ana, ben):
    app = bolt(bench)

    @app.command("/tiny")
    async def tiny(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=a_modal())

    @app.view("form")
    async def form(ack, view, client):
        values = view["state"]["values"]
        if values["title"]["title"]["value"] == "no":
            await ack(response_action="errors", errors={"title": "Not that."})
            return
        await ack()
        size = values["size"]["size"]["selected_option"]
        button = {
            "type": "button",
            "action_id": "take",
            "text": {"type": "plain_text", "text": "Take it"},
            "value": "7",
        }
        await client.chat_postMessage(
            channel="CGENERAL",
            text="New",
            blocks=[
                {
                    "type": "section",
                    "text": {
                        "type": "mrkdwn",
                        "text": f"*{values['title']['title']['value']}* ({size['value']}) for <@UBEN>",
                    },
                },
                {"type": "actions", "elements": [button]},
            ],
        )

    @app.action("take")
    async def take(ack, body, respond):
        await ack()
        await respond(f"<@{body['user']['id']}> took {body['actions'][0]['value']}")

    async with listening(bench, app):
        await ana.commands("/tiny open", channel="general")
        await ana.modal(title="A form")
        assert await ana.submits() == {"Title": "Please complete this required field."}
        await ana.fill("Title", "no")
        assert await ana.submits() == {"Title": "Not that."}
        await ana.fills(title="Login is down")
        await ana.chooses("How big?", "Large")
        await ana.presses("Send")
        await ana.sees_no_modal()
        await ben.sees("Login is down (l) for @ben", channel="general")
        await ben.presses("Take it")
        await ben.sees("@ben took 7")
        await ana.never_sees("took 7")
