"""A person who would be told too much in an hour hears the rest together."""

import pytest

from policy import noise
from policy.ids import UserId
from policy.notices import Person
from tests.bot.delivery.test_sending import texts

TO = Person(user=UserId("U0MONA"))


@pytest.fixture(autouse=True)
def two_are_enough(monkeypatch):
    monkeypatch.setattr(noise, "MOST_AN_HOUR", 2)


async def test_beyond_so_many_in_an_hour_a_person_hears_the_rest_in_one_digest(delivery, mona):
    await delivery.moves(minutes=60 - delivery.now().minute)  # each hour has a digest of its own
    for number in (1, 2):
        await delivery.owes(f"tests.noise:{number}", TO)
        await delivery.becomes(f"tests.noise:{number}", "sent")
    for number in (3, 4, 5):
        await delivery.owes(f"tests.noise:{number}", TO)
        story = await delivery.becomes(f"tests.noise:{number}", "cancelled")
        assert (story.errors[-1], story.told_in is not None) == (noise.WHY, True)
    await delivery.owes("tests.noise:urgent", TO, urgency=1)
    await mona.sees("tests.noise:urgent", channel="caseflag")
    assert not any("tests.noise:3" in each for each in await texts(mona, "caseflag"))
    await delivery.moves(hours=1, minutes=2)
    digest = await mona.sees("More happened from", channel="caseflag")
    assert all(f"tests.noise:{number}" in digest for number in (3, 4, 5))
    assert "tests.noise:1" not in digest
    said = await texts(mona, "caseflag")
    assert sum("tests.noise:3" in each for each in said) == 1
