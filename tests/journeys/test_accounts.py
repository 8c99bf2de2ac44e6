"""An administrator keeps the customers, and whoever belongs to two of them is asked once."""

import pytest

from tests.support.deeds import opens

pytestmark = pytest.mark.journey
GENERAL = "general"


async def test_a_channel_is_linked_and_its_cases_belong_to_its_customer(adam, carla):
    await adam.commands("/case account", channel=GENERAL)
    await adam.modal(title="Link an account")
    await adam.fill("Account", "Globex")
    await adam.fill("Tier", "Titanium")
    assert await adam.submits() == {}
    await adam.sees("belongs to Globex (Titanium) now")
    await opens(carla, "Export hangs", channel=GENERAL)
    await carla.sees("Titanium", channel=GENERAL)


async def test_a_file_is_tried_before_it_is_imported(adam):
    await adam.commands("/case accounts", channel=GENERAL)
    await adam.modal(title="Accounts")
    await adam.presses("Import")
    await adam.modal(title="Import")
    lines = "".join(f"Customer {number:04},Gold\n" for number in range(170))  # more than is pasted
    given = {"name": "accounts.csv", "content": f"name,tier\n{lines}"}
    await adam.fill("File", [{**given, "content": given["content"] + "Customer 0000,\n"}])
    assert await adam.submits() == {}
    await adam.sees("line 172: tier: write 1 to 40 characters")
    await adam.sees("line 172: name: the same as in line 2")
    await adam.closes(everything=True)
    await adam.commands("/case accounts", channel=GENERAL)
    await adam.presses("Import")
    await adam.modal(title="Import")
    await adam.fill("File", [given])
    assert await adam.submits() == {}
    await adam.sees("This would make 170 new accounts")
    await adam.presses("Import it")
    await adam.sees("Made 170 new accounts")


async def test_a_customer_is_changed_and_its_tier_keeps_its_history(adam):
    await adam.commands("/case accounts", channel=GENERAL)
    await adam.modal(title="Accounts")
    await adam.sees("Acme Bank · Titanium")
    await adam.presses("Change")  # the first by name
    await adam.modal(title="Change an account")
    await adam.fill("Tier", "Platinum")
    assert await adam.submits() == {}
    await adam.sees("Acme Bank (Platinum) is saved.")
    await adam.closes(everything=True)
    await adam.commands("/case accounts", channel=GENERAL)
    await adam.sees("Acme Bank · Platinum")
    await adam.presses("Change")
    await adam.sees("Platinum instead of Titanium since")


async def test_whoever_belongs_to_two_customers_is_asked_once(adam, carla):
    await adam.commands("/case accounts", channel=GENERAL)
    await adam.modal(title="Accounts")
    await adam.presses("Change")
    await adam.modal(title="Change an account")
    await adam.chooses("Named contacts", ["@ana", "@ben", "@carla"])
    assert await adam.submits() == {}
    await adam.sees("is saved.")
    await carla.commands("/case open", channel=GENERAL)
    asked = await carla.modal(title="Open a case")
    assert not asked.values["Account"]
    await carla.chooses("Account", "Globex (Gold)")
    await carla.chooses("Severity", "S3")
    await carla.fills(title="Export hangs", what_is_the_problem="It stops at half of it.")
    assert await carla.submits() == {}
    await carla.sees("CASE-1 is open")
    await carla.closes(everything=True)
    await carla.commands("/case open", channel=GENERAL)
    known = await carla.modal(title="Open a case")
    assert known.values["Account"]["value"] == "globex"
