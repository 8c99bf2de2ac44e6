"""A severity that flips is told once an hour, and each flip stands in the history."""

import pytest

from tests.support.deeds import ACME, opens

pytestmark = pytest.mark.journey


async def changes(eli, severity):
    await eli.commands("/case severity CASE-1", channel=ACME)
    await eli.modal(title="Severity of CASE-1")
    await eli.chooses("New severity", severity)
    await eli.fill("Why?", f"As agreed with the customer: {severity} it is.")
    assert await eli.submits() == {}
    await eli.sees(f"{severity} instead of")
    await eli.closes(everything=True)


async def test_a_severity_that_flips_is_told_again_after_an_hour(ana, eli, mona, clock, caseflag):
    parts = caseflag.app.parts
    await opens(ana)
    await clock.moves(hours=25)
    await changes(eli, "S1")
    await mona.sees("S1", channel="duty-desk")
    await ana.sees("escalating is available since", channel=ACME)
    await clock.moves(minutes=5)
    await changes(eli, "S3")
    await changes(eli, "S2")
    assert await parts.desk.crossings.announce(parts.clock()) == 0
    await mona.never_sees("S2", channel="duty-desk")
    await clock.moves(minutes=56)
    await mona.sees("S2", channel="duty-desk")
    entries = [each.change for each in await _history(parts)]
    flips = [each.after["severity"] for each in entries if each.what == "severities.changed"]
    assert flips == ["S1", "S3", "S2"]


async def _history(parts):
    async with parts.database.reading() as work:
        (workspace,) = await work.workspaces.all()
        return await work.history.of(workspace, "CASE-1")
