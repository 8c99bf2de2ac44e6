"""Which account a person's case belongs to."""

import pytest

from policy.accounts import account_of
from policy.ids import ChannelId, UserId
from tests.support.builders import an_account

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
