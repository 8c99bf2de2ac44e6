"""Whatever people write, what we show is what Slack takes, says enough and pings nobody unasked."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from slack_sdk.models.views import View

from handlers.views.message import Message
from tests.handlers.drawn import messages, views
from workbench.blockkit import message_problems, text_length, view_problems

Json = dict[str, Any]

HOSTILE = (
    "<!channel> <!here|all> <@U0EVIL> <#C0EVIL|x> <https://evil.example|click>\n> &amp; *b* _i_ "
    "`c` \u200b\u202e\u2066\x07 ```&&&&<<<<>>>> "
)
WORDS = {
    "plain": "Nobody can sign in since this morning.",
    "hostile": (HOSTILE * 40)[:4000],
    "endless": "&" * 4000,
    "lines": "a\n" * 2000,
    "invisible": "\u200b\u200b\u200b",
}
OURS = re.compile(
    r"<(@U\w+|#C\w+|!date\^\d+\^[^|<>]+\|[^<>]+"
    r"|https://acme\.slack\.com/archives/C\w+/p\d+\|Open the thread|https?://[^|<>]+\|(?:File|Message) \d+)>"
)
UNSEEN = re.compile("[\u200b\u202e\u2066\x07]")
BY_ITSELF = re.compile(
    r"escalates? (itself|automatically|by itself)|will be escalated", re.IGNORECASE
)


@cache
def drawn(words: str) -> tuple[tuple[str, Message | View, Any], ...]:
    """Return everything that can be shown of these words, with its JSON."""
    say = WORDS[words]
    return tuple(
        (name, each, as_json(each)) for draw in (messages, views) for name, each in draw(say)
    )


def as_json(each: Message | View) -> Any:
    if isinstance(each, View):
        return each.to_dict()
    return [block.to_dict() for block in each.blocks]


def texts(words: str) -> Iterator[tuple[str, Json]]:
    """Yield every text object, and a message's own text as if it were one."""
    for name, each, json in drawn(words):
        yield from ((name, text) for text in text_objects(json))
        if isinstance(each, Message):
            yield name, {"type": "mrkdwn", "text": each.text, "verbatim": True}


def text_objects(part: Any) -> Iterator[Json]:
    if isinstance(part, dict):
        if part.get("type") in {"mrkdwn", "plain_text"}:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from text_objects(each)


@pytest.mark.parametrize("words", WORDS)
def test_slack_takes_all_that_we_show(words):
    for name, each, json in drawn(words):
        found = view_problems(json) if isinstance(each, View) else message_problems(json)
        assert found == [], name


@pytest.mark.parametrize("words", WORDS)
def test_every_message_has_a_text_that_a_notification_can_show(words):
    found = [(name, each.text) for name, each, _ in drawn(words) if isinstance(each, Message)]
    assert [name for name, text in found if not 10 <= len(text) <= 4000] == []


@pytest.mark.parametrize("words", WORDS)
def test_every_message_stays_below_the_size_at_which_slack_refuses_it(words):
    found = [(name, json) for name, each, json in drawn(words) if isinstance(each, Message)]
    assert [name for name, json in found if text_length(json) >= 10_000] == []


def test_nobody_is_pinged_and_nothing_linked_by_what_people_write():
    for name, text in texts("hostile"):
        if text["type"] == "mrkdwn":
            assert "<" not in OURS.sub("", text["text"]), (name, text)
            assert "U0EVIL" not in "".join(OURS.findall(text["text"])), (name, text)


@pytest.mark.parametrize("words", ["plain", "hostile"])
def test_slack_looks_for_no_names_and_links_of_its_own(words):
    loose = [
        name for name, text in texts(words) if text["type"] == "mrkdwn" and not text["verbatim"]
    ]
    assert loose == []


def test_nothing_invisible_is_shown():
    assert [name for name, text in texts("hostile") if UNSEEN.search(text["text"])] == []


def test_no_sentence_says_that_a_case_escalates_by_itself():
    assert [name for name, text in texts("plain") if BY_ITSELF.search(text["text"])] == []
