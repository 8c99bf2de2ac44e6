"""Homes are drawn anew, each by itself."""

from sqlalchemy import update

from bot.delivery import homes as drawing
from bot.storage.homes import homes
from policy.cases import CaseRequest, Severity
from policy.ids import AccountId, UserId
from policy.roles import Actor
from tests.bot.delivery.conftest import ACME, ANA
from tests.support.app import TEAM

BEN = UserId("U0BEN")
BEYOND = 2**62
"""A page that no database counts up to."""


async def reads(delivery, page):
    """Let Ana look at a page of her home that nobody has drawn yet."""
    async with delivery.database.begin() as work:
        await work.homes._on.run(
            update(homes).where(homes.c.user == ANA).values(page=page, wanted=homes.c.wanted + 1)
        )
        await work.commit()


async def opens(delivery, user, title="Login is down"):
    request = CaseRequest(
        account=AccountId("acme"),
        title=title,
        description="Nobody can sign in since nine this morning.",
        severity=Severity.S3,
    )
    await delivery.desk.cases.open(request, by=Actor(workspace=TEAM, user=user, here=ACME))


async def test_a_home_that_cannot_be_drawn_holds_no_other_one_up(delivery, ana, ben):
    await ana.goes_home()
    await ben.goes_home()
    await reads(delivery, BEYOND)
    await opens(delivery, BEN)
    await ben.sees("CASE-1 Login is down · S3 · New", in_="home")


async def test_a_home_that_could_not_be_drawn_is_tried_again(delivery, ana, ben, monkeypatch):
    monkeypatch.setattr(drawing, "IDLE", 0.3)
    await ana.goes_home()
    await ben.goes_home()
    await reads(delivery, BEYOND)
    await opens(delivery, ANA)
    await opens(delivery, BEN, "Printers print backwards")
    await ben.sees("Printers print backwards · S3 · New", in_="home")  # hers was tried before
    await reads(delivery, 1)
    await ana.sees("CASE-1 Login is down · S3 · New", in_="home")
