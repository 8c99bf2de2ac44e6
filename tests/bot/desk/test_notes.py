"""What is among the support side stays there, wherever else a customer looks."""

from policy.comments import Visibility
from policy.exports import public
from policy.lists import CaseFilter, searched
from tests.support.builders import ANA, ELI, WORKSPACE, an_actor

SECRET = "Swordfish opens their door."


async def test_a_note_is_in_no_list_search_home_or_export_of_a_customers(house):
    case = await house.opens()
    internal = Visibility.INTERNAL
    await house.desk.comments.add(case.id, SECRET, visibility=internal, by=an_actor(ELI))
    by = an_actor(ANA)
    listed = await house.desk.lists.page(CaseFilter(mine=True), 1, by=by)
    found = await house.desk.lists.page(CaseFilter(words=searched("swordfish")), 1, by=by)
    home = await house.desk.homes.open(1, by=by)
    file = await house.desk.cases.read(case.id, by=by)
    record = await house.desk.exports.one(WORKSPACE, case.id)
    assert [each.case.id for each in listed.files] == [case.id]
    assert found.files == ()
    for seen in (listed, home, file, public(record)):
        assert "swordfish" not in repr(seen).lower()
    ours = await house.desk.lists.page(
        CaseFilter(words=searched("swordfish")), 1, by=an_actor(ELI)
    )
    assert [each.case.id for each in ours.files] == [case.id]
    assert SECRET in repr(record)
    everything = [each async for each in house.desk.exports.all(WORKSPACE)]
    assert everything == [record]
    assert await house.desk.exports.count(WORKSPACE) == 1
