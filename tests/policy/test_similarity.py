"""When two titles speak of the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.similarity import is_alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Login is down", "login down", True),
        ("Login is down", "The login is DOWN again!", True),
        ("Can't log in", "cannot log in", True),
        ("Réseau coupé", "reseau coupe", True),
        ("Login is down", "Export hangs", False),
        ("Login is down", "Login page has a typo in German", False),
        ("Invoice export fails for March", "Invoice export fails for April", True),
        ("It is not", "It is not", True),  # nothing but idle words: then they count
        ("It is not", "Login", False),
        ("???", "!!!", False),
        ("ログイン", "ログイン", True),
    ],
)
def test_titles_are_alike_that_share_half_their_words(one, other, alike):
    assert is_alike(one, other) is alike


@given(st.text(), st.text())
def test_likeness_has_no_direction(one, other):
    assert is_alike(one, other) == is_alike(other, one)
