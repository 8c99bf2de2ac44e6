"""Homes are drawn anew, each by itself."""

from sqlalchemy import update

from bot.storage.homes import homes
from policy.cases import CaseRequest, Severity
from policy.ids import AccountId, UserId
from policy.roles import Actor
from tests.bot.delivery.conftest import ACME, ANA
from tests.support.app import TEAM

BEN = UserId("U0BEN")
BEYOND = 2**62
"""A page that no database counts up to."""


async def test_a_home_that_cannot_be_drawn_holds_no_other_one_up(delivery, ana, ben):
    await ana.goes_home()
    await ben.goes_home()
    async with delivery.database.begin() as work:
        await work.homes._on.run(
            update(homes).where(homes.c.user == ANA).values(page=BEYOND, wanted=1)
        )
        await work.commit()
    request = CaseRequest(
        account=AccountId("acme"),
        title="Login is down",
        description="Nobody can sign in since nine this morning.",
        severity=Severity.S3,
    )
    await delivery.desk.cases.open(request, by=Actor(workspace=TEAM, user=BEN, here=ACME))
    await ben.sees("CASE-1 Login is down · S3 · New", in_="home")
