"""Which account a person's case belongs to."""

import pytest

from policy.accounts import account_of, card_channel
from policy.ids import ChannelId, UserId
from tests.support.builders import ANA, HELP, an_account

ACME = an_account(id="acme", channels={"CACME"}, contacts={"UANA", "UDAN"})
GLOBEX = an_account(id="globex", channels={"CGLOBEX"}, contacts={"UCARLA", "UDAN"})


@pytest.mark.parametrize(
    ("user", "here", "expected"),
    [
        ("UANA", "CACME", "acme"),
        ("UANA", "CGLOBEX", "globex"),  # the channel says more than the name
        ("UANA", "CGENERAL", "acme"),
        ("UANA", None, "acme"),
        ("UDAN", "CGLOBEX", "globex"),
        ("UDAN", None, None),  # in two accounts: asked
        ("UELI", None, None),
    ],
)
def test_the_channel_decides_and_else_the_only_account(user, here, expected):
    found = account_of([ACME, GLOBEX], UserId(user), ChannelId(here) if here else None)
    assert (found.id if found else None) == expected


GENERAL = ChannelId("CGENERAL")


@pytest.mark.parametrize(
    ("facts", "here", "linked", "expected"),
    [
        ({}, HELP, an_account(), HELP),
        ({}, GENERAL, None, GENERAL),
        ({}, GENERAL, GLOBEX, HELP),  # never in another customer's channel
        ({}, None, None, HELP),
        ({"channels": frozenset({ChannelId("CB"), ChannelId("CA")})}, None, None, "CA"),
        ({"channels": frozenset()}, None, None, ANA),
    ],
)
def test_a_card_stands_here_or_with_its_account_or_with_the_person(facts, here, linked, expected):
    assert card_channel(an_account(**facts), here, linked=linked, user=ANA) == expected
