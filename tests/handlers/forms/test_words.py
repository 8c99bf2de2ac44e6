"""Words as Slack sends them become words as people typed them."""

import pytest

from handlers.forms.words import heard, legible, straight


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&amp;lt; stays", "&lt; stays"),
        ("ask <@U0ELI>", "ask @U0ELI"),
        ("ask <@U0ELI|eli>", "ask @eli"),
        ("in <#C0ACME|acme-support>", "in #acme-support"),
        ("in <#C0PRIVATE|>", "in #C0PRIVATE"),
        ("<!channel> and <!here|here>", "@channel and here"),
        ("<!subteam^S1|@leads>", "@leads"),
        ("<!date^1748851200^{date}|Monday>", "Monday"),
        ("see <https://x.example>", "see https://x.example"),
        ("see <https://x.example|the page>", "see the page (https://x.example)"),
        ("<mailto:ana@acme.example|ana@acme.example>", "ana@acme.example"),
        ("  two\nlines  ", "two\nlines"),
    ],
)
def test_a_message_is_heard_as_it_was_typed(sent, typed):
    assert heard(sent) == typed


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("comment\u00a0CASE-1 \u201cnow\u201d", 'comment CASE-1 "now"'),
        ("can\u2019t", "can't"),
        ("show\u202fCASE-2", "show CASE-2"),
    ],
)
def test_a_command_has_the_quotes_and_spaces_of_a_keyboard(sent, typed):
    assert straight(sent) == typed


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u200bb\u202ec\x07", "abc"),
        ("\u200b \u2066", ""),
        ("one\r\ntwo\tthree", "one\ntwo three"),
        ("naïve 日本 👍", "naïve 日本 👍"),
    ],
)
def test_what_nobody_sees_is_not_there(text, seen):
    assert legible(text) == seen
