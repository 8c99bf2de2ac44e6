"""What a use case costs: so many questions, and no more, however many cases there are."""

from itertools import count

import pytest

from policy.ids import CaseId
from tests.support.builders import a_case_request, an_actor
from tests.support.houses import answers

CASE = CaseId("CASE-1")
UPDATE = answers("this", "update")
OTHERS = 12
NUMBERS = count(100)


def opens(desk, title):
    return desk.cases.open(a_case_request(title=title), by=an_actor())


COSTS = {
    "opening a case": (
        10,
        lambda desk: opens(desk, f"{next(NUMBERS)} printers jam {next(NUMBERS)}"),
    ),
    "opening one like another": (7, lambda desk: opens(desk, "Export number 1 hangs")),
    "reading a case": (7, lambda desk: desk.cases.read(CASE, by=an_actor())),
    "noting what was read": (1, lambda desk: desk.cases.spoke_of(CASE, by=an_actor())),
    "a step of guidance": (7, lambda desk: desk.guidance.look(CASE, UPDATE, by=an_actor())),
    "commenting": (18, lambda desk: desk.comments.add(CASE, f"{next(NUMBERS)}?", by=an_actor())),
}
"""How many statements each asks."""


@pytest.mark.parametrize("what", COSTS)
async def test_a_use_case_asks_no_more_than_it_has_to(house, what):
    many, does = COSTS[what]
    for number in range(OTHERS):
        await house.opens(title=f"Export number {number} hangs")
    await does(house.desk)  # whatever is asked once in the life of a process is asked by now
    house.clock.moves(minutes=5)
    asked = list[float]()
    house.database.timed(asked.append)
    await does(house.desk)
    assert len(asked) == many
