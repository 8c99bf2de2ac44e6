"""How long each text may be by Slack's reference: what just fits is taken, one more is refused."""

import pytest

from tests.workbench.blockkit.makers import bars, block, called, element, pie, rated, trashed, web
from tests.workbench.blockkit.samples import (
    acting,
    asking,
    button,
    confirm,
    image,
    modal,
    mrkdwn,
    option,
    plain,
    saying,
)
from workbench.blockkit import Problem, message_problems, view_problems

CHARACTERS = [  # what holds n characters, the most it takes, where
    (lambda n: saying("x" * n), 3000, "text/text"),
    (lambda n: {"type": "section", "fields": [plain("x" * n)]}, 2000, "fields/0/text"),
    (lambda n: block("header", text=plain("x" * n)), 150, "text/text"),
    (lambda n: block("markdown", text="x" * n), 12_000, "text"),
    (lambda n: block("divider", block_id="x" * n), 255, "block_id"),
    (lambda n: block("image", alt_text="x" * n), 2000, "alt_text"),
    (lambda n: block("image", title=plain("x" * n)), 2000, "title/text"),
    (lambda n: {"type": "image", "alt_text": "a", "image_url": web(n)}, 3000, "image_url"),
    (
        lambda n: {"type": "context", "elements": [image(alt_text="x" * n)]},
        2000,
        "elements/0/alt_text",
    ),
    (lambda n: block("input", label=plain("x" * n)), 2000, "label/text"),
    (lambda n: block("input", hint=plain("x" * n)), 2000, "hint/text"),
    (lambda n: block("card", title=mrkdwn("x" * n)), 150, "title/text"),
    (lambda n: block("card", subtitle=plain("x" * n)), 150, "subtitle/text"),
    (lambda n: block("card", body=plain("x" * n)), 200, "body/text"),
    (lambda n: block("card", subtext=plain("x" * n)), 200, "subtext/text"),
    (lambda n: block("container", title=plain("x" * n)), 150, "title/text"),
    (lambda n: block("container", subtitle=mrkdwn("x" * n)), 150, "subtitle/text"),
    (lambda n: block("data_visualization", title="x" * n), 50, "title"),
    (lambda n: pie([{"label": "x" * n, "value": 1}]), 20, "chart/segments/0/label"),
    (lambda n: bars(1, name="x" * n), 20, "chart/series/0/name"),
    (lambda n: block("video", title=plain("x" * n)), 200, "title/text"),
    (lambda n: block("video", description=plain("x" * n)), 200, "description/text"),
    (lambda n: block("video", author_name="x" * n), 50, "author_name"),
    (lambda n: block("video", provider_name="x" * n), 50, "provider_name"),
    (lambda n: block("video", alt_text="x" * n), 2000, "alt_text"),
    (lambda n: block("video", title_url=web(n)), 2000, "title_url"),
    (lambda n: block("video", provider_icon_url=web(n)), 2000, "provider_icon_url"),
    (lambda n: block("video", video_url=web(n)), 3000, "video_url"),
    (lambda n: block("video", thumbnail_url=web(n)), 3000, "thumbnail_url"),
    (lambda n: acting(button("x" * n)), 255, "elements/0/action_id"),
    (lambda n: acting(button(text=plain("x" * n))), 75, "elements/0/text/text"),
    (lambda n: acting(button(value="x" * n)), 2000, "elements/0/value"),
    (lambda n: acting(button(url=web(n))), 3000, "elements/0/url"),
    (lambda n: acting(button(accessibility_label="x" * n)), 75, "elements/0/accessibility_label"),
    (lambda n: acting(button(agent_prompt="x" * n)), 4000, "elements/0/agent_prompt"),
    (
        lambda n: acting(element("workflow_button", text=plain("x" * n))),
        75,
        "elements/0/text/text",
    ),
    (lambda n: rated(text=plain("x" * n)), 75, "elements/0/positive_button/text/text"),
    (lambda n: rated(value="x" * n), 2000, "elements/0/positive_button/value"),
    (
        lambda n: rated(accessibility_label="x" * n),
        75,
        "elements/0/positive_button/accessibility_label",
    ),
    (lambda n: trashed(value="x" * n), 2000, "elements/0/value"),
    (lambda n: trashed(accessibility_label="x" * n), 75, "elements/0/accessibility_label"),
    (
        lambda n: asking({"type": "static_select", "options": [option("x" * n, text=plain())]}),
        150,
        "element/options/0/value",
    ),
    (
        lambda n: asking({"type": "static_select", "options": [option(text=plain("x" * n))]}),
        75,
        "element/options/0/text/text",
    ),
    (
        lambda n: asking(
            {"type": "radio_buttons", "options": [option(description=plain("x" * n))]}
        ),
        75,
        "element/options/0/description/text",
    ),
    (
        lambda n: acting({"type": "overflow", "options": [option(url=web(n))]}),
        3000,
        "elements/0/options/0/url",
    ),
    (
        lambda n: asking(
            {
                "type": "static_select",
                "option_groups": [{"label": plain("x" * n), "options": [option()]}],
            }
        ),
        75,
        "element/option_groups/0/label/text",
    ),
    (
        lambda n: acting(button(confirm=confirm(title=plain("x" * n)))),
        100,
        "elements/0/confirm/title/text",
    ),
    (
        lambda n: acting(button(confirm=confirm(text=mrkdwn("x" * n)))),
        300,
        "elements/0/confirm/text/text",
    ),
    (
        lambda n: acting(button(confirm=confirm(confirm=plain("x" * n)))),
        30,
        "elements/0/confirm/confirm/text",
    ),
    (
        lambda n: acting(button(confirm=confirm(deny=plain("x" * n)))),
        30,
        "elements/0/confirm/deny/text",
    ),
    *(
        (
            lambda n, name=name: asking(element(name, placeholder=plain("x" * n))),
            150,
            "element/placeholder/text",
        )
        for name in (
            "channels_select",
            "conversations_select",
            "datepicker",
            "email_text_input",
            "external_select",
            "multi_channels_select",
            "multi_conversations_select",
            "multi_external_select",
            "multi_static_select",
            "multi_users_select",
            "number_input",
            "plain_text_input",
            "rich_text_input",
            "static_select",
            "timepicker",
            "url_text_input",
            "users_select",
        )
    ),
]


@pytest.mark.parametrize(
    ("make", "most", "where"),
    CHARACTERS,
    ids=[called(make, where) for make, _, where in CHARACTERS],
)
def test_a_text_has_at_least_one_and_at_most_so_many_characters(make, most, where):
    at = f"/blocks/0/{where}"
    assert message_problems([make(most)]) == []
    assert message_problems([make(most + 1)]) == [
        Problem(f"must be less than {most + 1} characters", at)
    ]
    if not where.endswith("url"):
        assert message_problems([make(0)]) == [Problem("must be more than 0 characters", at)]


def test_an_alert_takes_two_hundred_characters():
    alert = {"type": "alert", "text": plain("x" * 200)}
    assert view_problems(modal(alert)) == []
    assert view_problems(modal({**alert, "text": plain("x" * 201)})) == [
        Problem("must be less than 201 characters", "/view/blocks/0/text/text")
    ]


@pytest.mark.parametrize("character", ["é", "界", "😀", "\N{COMBINING ACUTE ACCENT}"])
def test_characters_are_counted_not_bytes(character):
    assert message_problems([block("header", text=plain(character * 150))]) == []
    assert message_problems([block("header", text=plain(character * 151))]) != []
