"""Everything Slack can name has a listener, and each listener wishes for what there is."""

import inspect

import pytest
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from handlers import ids
from handlers.routes import ROUTES

GRANTED = {"desk", "actor"}
BOLTS = set(inspect.signature(AsyncArgs.__init__).parameters) - {"self", "kwargs"}
NAMES = [
    *ids.Command,
    *ids.Shortcut,
    *ids.Event,
    *ids.Options,
    *ids.Action,
    *ids.Modal,
]


def test_everything_that_slack_can_name_has_a_listener():
    assert set(ROUTES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_a_listener_wishes_for_bolts_names_and_ours_and_never_posts(name):
    wishes = set(inspect.signature(ROUTES[name]).parameters)
    assert wishes <= (BOLTS | GRANTED) - {"say"}


@pytest.mark.parametrize(
    "name", [each for each in NAMES if not isinstance(each, ids.Event)], ids=str
)
def test_whatever_waits_for_an_answer_is_acknowledged(name):
    assert "ack" in inspect.signature(ROUTES[name]).parameters


def test_no_two_names_are_spelled_alike():
    spelled = [each.value for each in NAMES]
    assert len(set(spelled)) == len(spelled)
