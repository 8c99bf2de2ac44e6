"""What is said in a case's thread is the case's conversation, and stays it when it changes."""

import asyncio

import pytest

from tests.support.deeds import ACME, opens
from workbench.state.messages import Content

pytestmark = pytest.mark.journey
PATIENCE = 10.0


async def shows(person, text, case="CASE-1"):
    """Show the case until it says so: what was typed may come a moment later than the command."""
    loop = asyncio.get_running_loop()
    latest = loop.time() + PATIENCE
    while loop.time() < latest:
        await person.commands(f"/case show {case}", channel=ACME)
        shown = await person.message(f"{case} ·", channel=ACME)
        if text in str(shown):
            return str(shown)
    return await person.sees(text, channel=ACME)


async def test_a_reply_that_is_changed_or_taken_back_is_changed_in_the_case(ana, eli, caseflag):
    await opens(ana)
    card = await ana.message("CASE-1 · Login is down", channel=ACME)
    said = await ana.types(ACME, "It fails since noon.", thread=card["ts"])
    await shows(eli, "It fails since noon.")
    space = caseflag.bench.state
    channel = space.find_channel(ACME)
    kept = channel.messages[said["ts"]]
    space.messages.change(channel, kept, Content(text="It fails since ten."))
    await shows(eli, "It fails since ten.")
    space.messages.delete(channel, kept)
    await shows(eli, "deleted")


LONG = [{"name": f"{'log' * 80}-{number}.txt", "content": "white"} for number in range(10)]


@pytest.mark.parametrize(
    ("files", "linked"),
    [([{"name": "log.txt", "content": "white"}], "File 1"), (LONG, "in the thread")],
)
async def test_files_in_the_thread_are_linked(ana, eli, files, linked):
    await opens(ana)
    card = await ana.message("CASE-1 · Login is down", channel=ACME)
    await ana.types(ACME, "This is the log.", thread=card["ts"], files=files)
    await shows(eli, linked)


@pytest.mark.parametrize(("files", "linked"), [([], "Message 1"), (LONG, "File 2")])
async def test_any_message_is_added_to_a_case(ana, ben, eli, files, linked):
    await opens(ana)
    await ben.types(ACME, "My page is white as well.", files=files)
    message = await ana.message("My page is white as well.", channel=ACME)
    await ana.shortcut_on(message, "Add to a case")
    await ana.modal(title="Add to a case")
    await ana.chooses("Case", "CASE-1")
    assert await ana.submits() == {}
    await ana.sees("Added to *CASE-1*")
    await eli.sees(linked, channel=ACME)


async def test_whoever_asks_for_an_update_reads_when_that_counts(ana, clock):
    await opens(ana)
    await ana.commands("/case chase CASE-1", channel=ACME)
    await ana.sees("Asking now counts towards an escalation.")
    assert await ana.submits() == {}
    await ana.sees("It counts.")
    await ana.closes(everything=True)
    await clock.moves(minutes=5)
    await ana.commands("/case chase CASE-1", channel=ACME)
    await ana.sees("asking counts towards an escalation again from")


async def test_what_we_post_ourselves_is_no_comment(ana, eli, caseflag):
    await opens(ana)
    await ana.commands("/case comment CASE-1 It is worse now.", channel=ACME)
    await eli.sees("It is worse now.", channel=ACME)
    shown = await shows(eli, "It is worse now.")
    assert shown.count("It is worse now.") == 1
