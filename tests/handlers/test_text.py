"""People's words in mrkdwn."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as some

from handlers.views.text import (
    TITLE,
    WHOLE,
    ago,
    clip,
    lasts,
    passage,
    passages,
    plain,
    quoted,
    when,
    who,
)
from policy.history import SYSTEM
from policy.ids import UserId

AT = datetime(2025, 6, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Login is down", "Login is down"),
        ("two\nlines  and   spaces", "two lines and spaces"),
        ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
        ("\u200b", "-"),
        ("", "-"),
    ],
)
def test_a_line_is_escaped(text, shown):
    assert quoted(text) == shown


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("123456", 6, "123456"),
        ("1234567", 6, "12345…"),
        ("12345&", 6, "12345…"),
        ("1&2", 7, "1&amp;2"),
        ("12 4567", 4, "12…"),
    ],
)
def test_a_line_is_as_long_as_slack_counts_it(text, most, shown):
    assert quoted(text, most) == shown


@given(some.text(), some.integers(min_value=10, max_value=300))
def test_nothing_gets_longer_than_it_may_and_nothing_gets_out(text, most):
    for shown in (quoted(text, most), passage(text, most)):
        assert len(shown) <= most
        assert "<" not in shown


def test_a_passage_is_a_quotation_without_empty_lines():
    assert passage("one\n\n  two > three") == "> one\n>   two &gt; three"
    assert passage("\n\u200b") == "> -"


def test_a_label_is_plain_and_never_empty():
    assert plain("<b>  x", 10).text == "<b> x"
    assert plain("\n", 10).text == "-"


def test_clipping_shows_that_something_is_missing():
    assert (clip("abc", 3), clip("abcd", 3)) == ("abc", "ab…")


def test_a_person_is_mentioned_and_we_are_named():
    assert (who(UserId("U1")), who(SYSTEM)) == ("<@U1>", "Caseflag")


def test_a_moment_is_told_in_the_readers_time_zone_with_utc_beside_it():
    assert when(AT) == "<!date^1748851200^{date_short_pretty} at {time}|2025-06-02 08:00 UTC>"
    assert ago(AT) == "<!date^1748851200^{ago}|2025-06-02 08:00 UTC>"


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(days=1), "1 day"),
        (timedelta(days=5), "5 days"),
        (timedelta(hours=4), "4 h"),
        (timedelta(hours=36), "36 h"),
        (timedelta(minutes=90), "90 min"),
    ],
)
def test_a_wait_is_told_in_the_largest_unit_that_fits(span, told):
    assert lasts(span) == told


@pytest.mark.parametrize("text", ["word " * 600, "a line of it\n" * 230, "x" * 3000, "short"])
def test_long_words_are_shown_whole_in_as_many_parts_as_it_takes(text):
    found = passages(text)
    assert all(len(each) <= 3000 for each in found)
    assert sum(map(len, found)) <= WHOLE
    letters = "".join("".join(found).replace("> ", "").split())
    assert letters == "".join(text.split())


@pytest.mark.parametrize("text", ["&" * 3000, "<b> & " * 500])
def test_what_has_to_be_escaped_fits_its_section_and_is_cut_at_no_half_sign(text):
    for each in passages(text):
        assert len(each) + len("*CASE-1234* “” @somebody (support):") + TITLE <= 3000
        assert unescape(each).replace("> ", "").rstrip("…").strip("&<>b ") == ""
