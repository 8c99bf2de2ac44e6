"""What the SDK's models make of typical views and messages passes, and what they miss does not."""

from slack_sdk.models import blocks as kit
from slack_sdk.models.views import View

from workbench.blockkit import Problem, message_problems, view_problems

CHOICES = [kit.Option(value="s1", text="S1"), kit.Option(value="s2", text="S2")]


def modal(*blocks, **more):
    return View(type="modal", title="Open a case", close="Cancel", blocks=[*blocks], **more)


def asking(element, **more):
    return kit.InputBlock(label="Question", element=element, **more)


def test_a_form_made_with_the_models_passes():
    view = modal(
        asking(
            kit.PlainTextInputElement(
                action_id="title", placeholder="In a sentence", min_length=3, max_length=150
            ),
            hint="What is wrong?",
        ),
        asking(kit.PlainTextInputElement(action_id="body", multiline=True, focus_on_load=True)),
        asking(
            kit.StaticSelectElement(
                action_id="severity", options=CHOICES, initial_option=CHOICES[0]
            ),
            dispatch_action=True,
        ),
        asking(
            kit.StaticSelectElement(
                action_id="tier", option_groups=[kit.OptionGroup(label="All", options=CHOICES)]
            )
        ),
        asking(kit.ExternalDataSelectElement(action_id="account", min_query_length=1)),
        asking(kit.RadioButtonsElement(action_id="kind", options=CHOICES), optional=True),
        asking(
            kit.CheckboxesElement(
                action_id="also",
                options=[
                    kit.Option(
                        value="a",
                        text=kit.MarkdownTextObject(text="*A*"),
                        description="why",
                    )
                ],
            )
        ),
        asking(kit.UserSelectElement(action_id="who", initial_user="U0123")),
        asking(kit.UserMultiSelectElement(action_id="whom", max_selected_items=3)),
        asking(
            kit.ConversationSelectElement(
                action_id="where",
                response_url_enabled=True,
                default_to_current_conversation=True,
                filter=kit.ConversationFilter(include=["public"], exclude_bot_users=True),
            )
        ),
        asking(kit.ChannelSelectElement(action_id="channel")),
        asking(kit.DatePickerElement(action_id="day", initial_date="2025-06-02")),
        asking(kit.TimePickerElement(action_id="hour", initial_time="09:30")),
        asking(kit.DateTimePickerElement(action_id="at", initial_date_time=1_748_851_200)),
        asking(
            kit.NumberInputElement(
                action_id="seats", is_decimal_allowed=False, min_value="1", max_value="99"
            )
        ),
        asking(kit.EmailInputElement(action_id="mail")),
        asking(kit.UrlInputElement(action_id="page")),
        asking(kit.RichTextInputElement(action_id="rich")),
        kit.AlertBlock(text="Only once per case.", level="warning"),
        submit="Open",
        callback_id="case.open",
        private_metadata='["CASE-1"]',
        notify_on_close=True,
    )
    assert view_problems(view.to_dict()) == []


def test_a_home_and_a_message_made_with_the_models_pass():
    confirm = kit.ConfirmObject(title="Sure?", text="This ends it.", confirm="Yes", deny="No")
    shown = [
        kit.HeaderBlock(text="Cases"),
        kit.SectionBlock(
            text=kit.MarkdownTextObject(text="*CASE-1*", verbatim=True),
            accessory=kit.OverflowMenuElement(action_id="more", options=CHOICES),
        ),
        kit.SectionBlock(fields=["*Owner*\nAna", "*Severity*\nS1"]),
        kit.DividerBlock(),
        kit.ContextBlock(
            elements=[
                kit.MarkdownTextObject(text="just now"),
                kit.ImageElement(image_url="https://example.com/a.png", alt_text="Ana"),
            ]
        ),
        kit.ActionsBlock(
            elements=[
                kit.ButtonElement(
                    action_id="ack", text="Acknowledge", value="CASE-1", style="primary"
                ),
                kit.ButtonElement(
                    action_id="end", text="Withdraw", style="danger", confirm=confirm
                ),
                kit.LinkButtonElement(action_id="go", text="Open", url="https://example.com"),
            ]
        ),
        kit.ImageBlock(image_url="https://example.com/a.png", alt_text="a", title="A"),
        kit.TableBlock(
            rows=[[{"type": "raw_text", "text": "Case"}], [{"type": "raw_text", "text": "1"}]]
        ),
        kit.RichTextBlock(
            elements=[
                kit.RichTextSectionElement(
                    elements=[
                        kit.RichTextElementParts.Text(text="Words"),
                        kit.RichTextElementParts.User(user_id="U0123"),
                    ]
                )
            ]
        ),
    ]
    assert view_problems(View(type="home", blocks=shown).to_dict()) == []
    assert message_problems([block.to_dict() for block in shown]) == []


def test_what_the_models_let_through_is_refused():
    unsubmitted = modal(asking(kit.PlainTextInputElement(action_id="title")))
    assert view_problems(unsubmitted.to_dict()) == [
        Problem("missing required field: submit", "/view")
    ]
    named = kit.ButtonElement(action_id="a", text="Press")
    doubled = kit.ActionsBlock(elements=[named, named])
    assert message_problems([doubled.to_dict()]) == [
        Problem("invalid action_id: a already exists", "/blocks/0/elements/1/action_id")
    ]
    fifty_one = [kit.DividerBlock().to_dict()] * 51
    assert message_problems(fifty_one) == [Problem("no more than 50 items allowed", "/blocks")]
