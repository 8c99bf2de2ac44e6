"""View state is read field by field, and everything amiss is told at once."""

from datetime import UTC, datetime

import pytest

from handlers.forms.reading import Reader, typed
from policy.cases import Severity
from policy.refusals import Amiss
from tests.handlers.filled import at, channel, chosen, filled, people, person, said, ticks

VIEW = filled(
    text=said("Hello"),
    empty=said(None),
    severity=chosen("S2"),
    nothing=chosen(None),
    strange=chosen("S9"),
    insist__similar=ticks("yes"),
    unticked=ticks(),
    contact=person("U1"),
    nobody=person(None),
    followers=people("U1", "U2"),
    due=at(1748851200),
    never=at(None),
    where=channel("C1"),
    many=said("12"),
    negative=said("-1"),
    down=chosen("no"),
)


def numbered(*rows):
    """Give each row an id of its own: what reads a field has no name to show."""
    return [pytest.param(*row, id=str(number)) for number, row in enumerate(rows)]


def test_a_draft_keeps_all_that_is_not_empty_as_text():
    assert typed(VIEW) == {
        "text": "Hello",
        "severity": "S2",
        "strange": "S9",
        "insist": "yes",
        "contact": "U1",
        "followers": "U1,U2",
        "due": "1748851200",
        "where": "C1",
        "many": "12",
        "negative": "-1",
        "down": "no",
    }


def test_a_block_without_an_element_is_empty():
    assert typed({"state": {"values": {"odd": {}}}}) == {}


@pytest.mark.parametrize(
    ("read", "expected"),
    numbered(
        (lambda reader: reader.text("text", most=10), "Hello"),
        (lambda reader: reader.text("empty", least=0, most=10), ""),
        (lambda reader: reader.choice("severity", Severity), Severity.S2),
        (lambda reader: reader.choice("nothing", Severity, default=Severity.S4), Severity.S4),
        (lambda reader: reader.choice("strange", Severity), None),
        (lambda reader: reader.chosen("severity", Severity), Severity.S2),
        (lambda reader: reader.value("severity"), "S2"),
        (lambda reader: reader.value("missing"), ""),
        (lambda reader: reader.ticked("insist"), True),
        (lambda reader: reader.ticked("unticked"), False),
        (lambda reader: reader.flag("down"), False),
        (lambda reader: reader.flag("nothing"), None),
        (lambda reader: reader.person("contact"), "U1"),
        (lambda reader: reader.person("nobody"), None),
        (lambda reader: reader.people("followers"), ("U1", "U2")),
        (lambda reader: reader.people("unticked"), ()),
        (lambda reader: reader.channel("where"), "C1"),
        (lambda reader: reader.channel("missing"), None),
        (lambda reader: reader.moment("due"), datetime(2025, 6, 2, 8, tzinfo=UTC)),
        (lambda reader: reader.moment("never"), None),
        (lambda reader: reader.number("many", most=20), 12),
        (lambda reader: reader.number("empty", most=20), None),
    ),
)
def test_a_field_is_read_as_what_it_holds(read, expected):
    reader = Reader(VIEW)
    assert read(reader) == expected
    reader.done()


@pytest.mark.parametrize(
    ("read", "field", "message"),
    numbered(
        (lambda reader: reader.text("text", most=4), "text", "Write at most 4 characters."),
        (
            lambda reader: reader.text("text", least=6, most=9),
            "text",
            "Please write at least 6 characters here.",
        ),
        (lambda reader: reader.text("empty", most=9), "empty", "Please write something here."),
        (lambda reader: reader.chosen("nothing", Severity), "nothing", "Please choose one."),
        (
            lambda reader: reader.number("many", most=9),
            "many",
            "Write a whole number from 0 to 9.",
        ),
        (
            lambda reader: reader.number("text", most=9),
            "text",
            "Write a whole number from 0 to 9.",
        ),
        (lambda reader: reader.number("negative", most=9), "negative", None),
    ),
)
def test_a_field_that_does_not_do_is_named(read, field, message):
    reader = Reader(VIEW)
    read(reader)
    with pytest.raises(Amiss) as caught:
        reader.done()
    assert caught.value.field == field
    assert message in {None, caught.value.message}


def test_everything_amiss_is_told_at_once_and_the_first_word_about_a_field_stays():
    reader = Reader(VIEW)
    for field, message in (("one", "first"), ("two", "second"), ("one", "third")):
        reader.amiss(field, message)
    with pytest.raises(Amiss) as caught:
        reader.done()
    assert caught.value.messages == {"one": "first", "two": "second"}
