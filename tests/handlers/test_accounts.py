"""Administrators list, change and import customers."""

import json
from dataclasses import replace

import pytest

from bot.desk import Desk
from handlers.ids import Action
from handlers.routes import register
from policy.customers import Listed
from policy.ids import ChannelId
from policy.refusals import Unreadable
from tests.handlers.filled import chosen, people, said, ticks
from tests.handlers.talks import a_talk, as_kept
from tests.policy.test_imports import GOOD, a_file
from tests.support.builders import ADA, ANA, HELP, an_account, an_actor

FILE = "name,tier\nGlobex,Titanium\n"


async def test_an_account_is_changed_and_a_channel_unlinked(ada, house):
    await ada.types("accounts")
    assert "*Acme* · Gold" in ada.read
    await ada.presses_in_modal(Action.EDIT_ACCOUNT, "acme")
    assert HELP in ada.read
    state = {"account": said("Acme Bank"), "tier": said("Titanium"), "contacts": people(ANA)}
    assert await ada.submits(**state, channels=ticks()) == {}
    assert "*Acme Bank* (Titanium) is saved" in ada.read
    account = (await house.desk.accounts.read("acme", by=an_actor("UADA"))).account
    assert (account.channels, account.contacts) == (frozenset(), {ANA})
    await ada.types("accounts")
    await ada.presses_in_modal(Action.EDIT_ACCOUNT, "acme")
    assert "Titanium instead of Gold" in ada.read


async def test_saving_unlinks_no_channel_that_the_form_does_not_show(ada, house):
    by = an_actor("UADA")
    many = frozenset(ChannelId(f"C{number:010}") for number in range(60))
    await house.desk.imports.account(an_account(channels=many))
    await ada.types("accounts")
    await ada.presses_in_modal(Action.EDIT_ACCOUNT, "acme")
    assert "10 more stay linked." in ada.read
    fields = [each for each in ada.top["blocks"] if each["block_id"].startswith("channels")]
    ticked = {
        each["block_id"]: ticks(*(one["value"] for one in each["element"]["options"]))
        for each in fields
    }
    assert len(ticked) == 5
    later = ChannelId("C0000000000A")  # linked while the form is open
    await house.desk.imports.account(an_account(channels=many | {later}))
    state = {"account": said("Acme"), "tier": said("Gold"), "contacts": people(ANA)}
    without = ticked | {"channels_2": ticks(*(f"C{number:010}" for number in range(11, 20)))}
    assert await ada.submits(**state, **without) == {}
    account = (await house.desk.accounts.read("acme", by=by)).account
    assert account.channels == (many | {later}) - {"C0000000010"}


async def test_a_file_is_tried_above_what_was_pasted_and_then_imported(ada):
    await ada.types("accounts")
    await ada.presses_in_modal(Action.IMPORT_ACCOUNTS)
    assert await ada.submits(file=said("name\nX\n"), dry=ticks("yes")) == {}
    assert "line 1:" in ada.read
    ada.slack.views = ada.slack.views[:-1]
    assert await ada.submits(file=said(FILE), dry=ticks("yes")) == {}
    assert "This would make 1 new accounts" in ada.read
    ada.slack.views = ada.slack.views[:-1]
    assert await ada.submits(file=said(FILE), dry=ticks()) == {}
    assert "Made 1 new accounts" in ada.read
    await ada.types("accounts 1")
    assert "Globex" in ada.read


async def test_accounts_are_turned_page_by_page(ada, house):
    lines = "".join(f"Customer {number},Gold\n" for number in range(12))
    await house.desk.accounts.bring_in(f"name,tier\n{lines}", dry=False, by=an_actor("UADA"))
    await ada.types("accounts")
    await ada.presses_in_modal(Action.TURN_ACCOUNTS, "2")
    assert "Customer 9" in ada.read
    assert "Previous page" in ada.read


async def test_only_administrators_see_them(ana):
    await ana.types("accounts")
    assert "This is for an administrator" in ana.read


class Shelf:
    """Files as a test puts them there."""

    def __init__(self, **files):
        self.files = files

    async def text(self, url):
        if url not in self.files:
            raise Unreadable(field="upload", message="Slack does not let me read this file.")
        return self.files[url]


def uploaded(url):
    return {"type": "file_input", "files": [{"id": "F1", "url_private": url}]}


@pytest.fixture
def shelved(house):
    """Let Ada bring a file along."""
    files = Shelf(accounts=FILE, cases=a_file(GOOD))
    desk = Desk.with_means(replace(house.desk.accounts._means, files=files))
    return a_talk(desk, register, user=ADA)


async def imports(ada, **state):
    await ada.types("accounts")
    await ada.presses_in_modal(Action.IMPORT_ACCOUNTS)
    return await ada.submits(**state)


def came(talk):
    """Return what the modal came to show, once the file was read."""
    method, wish = talk.slack.asked[-1]
    assert method == "views.update"
    return json.dumps(as_kept(wish["view"]))


async def test_a_file_that_is_brought_along_is_tried_and_then_imported(shelved):
    await imports(shelved, upload=uploaded("cases"), what=chosen("cases"), dry=ticks("yes"))
    assert "This would make 1 new cases" in came(shelved)
    await shelved.presses_in_modal(Action.IMPORT_TRIED, "cases cases")
    assert "Made 1 new cases" in came(shelved)
    await imports(shelved, upload=uploaded("accounts"), what=chosen("accounts"), dry=ticks())
    assert "Made 1 new accounts" in came(shelved)


async def test_a_file_that_cannot_be_read_is_told_where_it_was_awaited(shelved):
    await imports(shelved, upload=uploaded("gone"), what=chosen("accounts"), dry=ticks("yes"))
    assert "Slack does not let me read this file." in came(shelved)


async def test_nothing_brought_along_is_told_under_its_field(ada, house):
    assert set(await imports(ada, what=chosen("cases"), dry=ticks())) == {"file"}
    pasted = await imports(ada, file=said(a_file(GOOD)), what=chosen("cases"), dry=ticks())
    assert (pasted, "Made 1 new cases" in ada.read) == ({}, True)
    with pytest.raises(Unreadable):
        await house.desk.accounts.bring_in_file(
            "anywhere", what=Listed.CASES, dry=True, by=an_actor(ADA)
        )
