"""The words that cases are found by."""

import pytest

from policy.lists import MOST_WORDS, searchable, searched, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Login is down", ("login", "is", "down")),
        ("Straße, strasse; STRASSE!", ("strasse",)),
        ("e-mail to a.b@example.com", ("e", "mail", "to", "a", "b", "example", "com")),
        ("snake_case v2 404", ("snake", "case", "v2", "404")),
        ("cafe\u0301 CAFÉ", ("café",)),
        ("日本語 ok", ("日本語", "ok")),
        ("*:& '\"()", ()),
    ],
)
def test_words_are_compared_without_case_and_signs(text, expected):
    assert words_of(text) == expected


def test_a_search_goes_by_a_few_words():
    assert searched(" ".join(f"word{n}" for n in range(20))) == tuple(
        f"word{n}" for n in range(MOST_WORDS)
    )


def test_a_case_is_found_by_each_of_its_words_once():
    assert (
        searchable("Login is down", "The login page is white.") == "login is down the page white"
    )
