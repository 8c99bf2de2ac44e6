"""Accounts as forms and receipts."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    Option,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from handlers.forms import accounts as fields
from handlers.ids import Action, Modal
from handlers.metadata import AccountPath, Place
from handlers.views.message import Message, button, buttons, context, given, saying, section
from handlers.views.modal import field, modal, people, radio, tick, words
from handlers.views.text import mrkdwn, quoted, when, who
from policy.accounts import Account
from policy.customers import (
    COLUMNS,
    MOST_PROBLEMS,
    AccountFile,
    AccountPage,
    Imported,
    Listed,
    TierChange,
)
from policy.ids import ChannelId
from policy.imports import COLUMNS as COLUMNS_OF_CASES
from policy.imports import NEEDED

LISTED = ((Listed.ACCOUNTS.value, "Accounts"), (Listed.CASES.value, "Cases"))
OPTIONAL = COLUMNS_OF_CASES[len(NEEDED) :]
SOME, TEN = 5, 10
"""How many channels stand in a line, and in a form's field."""


def form(account: Account | None, place: Place) -> View:
    """Return the form that links the channel to a customer, or changes that."""
    kept = {"account": account.name, "tier": account.tier} if account else {}
    where = f"<#{place.here}>" if place.here else "this conversation"
    return modal(
        "Link an account",
        section(
            f"Cases opened in {where} belong to this account by default, and its cards stand there."
        ),
        words("account", "Account", least=fields.NAME[0], most=fields.NAME[1], kept=kept),
        words(
            "tier",
            "Tier",
            least=fields.TIER[0],
            most=fields.TIER[1],
            kept=kept,
            hint="As the threshold table names it: Titanium, Platinum, Gold. Open cases follow.",
        ),
        submit=(Modal.ACCOUNT, "Link"),
        place=place,
    )


def linked(account: Account, place: Place) -> View:
    """Return what an administrator reads who linked a channel."""
    where = f"<#{place.here}>" if place.here else "This conversation"
    name, tier = quoted(account.name), quoted(account.tier, 40)
    return modal(
        "Linked", section(f":white_check_mark: {where} belongs to *{name}* ({tier}) now.")
    )


def listed(page: AccountPage) -> View:
    """Return one page of the accounts."""
    back, on = str(page.number - 1), str(page.number + 1)
    turns = (
        button("Previous page", Action.TURN_ACCOUNTS, back) if page.number > 1 else None,
        button("Next page", Action.TURN_ACCOUNTS, on) if page.has_more else None,
    )
    return modal(
        "Accounts",
        *given(
            [_row(each) for each in page.accounts]
            or section("There are no accounts. Link a channel with `/case account`, or import."),
            *map(buttons, turns),
            buttons(button("Import", Action.IMPORT_ACCOUNTS)),
        ),
    )


def editor(file: AccountFile) -> View:
    """Return the form that changes an account, with the changes of its tier."""
    account = file.account
    kept = {"account": account.name, "tier": account.tier}
    linked_to = sorted(account.channels)
    shown = linked_to[: TEN * len(fields.CHANNELS)]
    return modal(
        "Change an account",
        *given(
            words("account", "Account", least=fields.NAME[0], most=fields.NAME[1], kept=kept),
            words("tier", "Tier", least=fields.TIER[0], most=fields.TIER[1], kept=kept),
            people("contacts", "Named contacts", chosen=sorted(account.contacts)),
            tuple(_channels(shown)),
            context(_left_out(linked_to, shown)) if len(linked_to) > len(shown) else None,
            context(*map(_tier, file.tiers)) if file.tiers else None,
        ),
        submit=(Modal.EDIT_ACCOUNT, "Save"),
        place=AccountPath(account=account.id, shown=tuple(shown)),
    )


def importer() -> View:
    """Return the form that takes a list of accounts or cases, as a file or pasted."""
    return modal(
        "Import",
        section(
            "Comma-separated lines, the first with the names of the columns. Of accounts: "
            f"`{', '.join(COLUMNS)}`; several channels or contacts stand with spaces. Accounts "
            "are told apart by name; nothing is unlinked.",
            f"Of cases: `{', '.join(NEEDED)}` and as you like `{', '.join(OPTIONAL)}`. Cases are "
            "told apart by reference, and as old as they are; nobody is told of what is past.",
        ),
        radio("what", "What it lists", LISTED, chosen=Listed.ACCOUNTS.value),
        field(
            "upload",
            "File",
            FileInputElement(action_id="upload", filetypes=["csv", "text"], max_files=1),
            hint="In UTF-8, at most 2 MB.",
            optional=True,
        ),
        words("file", "Or paste it", most=fields.FILE, lines=True, optional=True),
        tick("dry", "Try it", "Only say what this would do", ticked=True),
        submit=(Modal.IMPORT_ACCOUNTS, "Go on"),
    )


def imported(found: Imported, typed: fields.Brought) -> Message:
    """Return what an import did or would do, or every problem by its line."""
    name = typed.what.value
    if found.problems:
        first = f"Nothing was imported: {len(found.problems)} lines are amiss."
        lines = [f"• line {each.line}: {quoted(each.message)}" for each in found.problems]
        return saying("\n".join((first, *lines[:MOST_PROBLEMS])))
    what = "This would make" if found.is_dry else ":white_check_mark: Made"
    text = f"{what} {found.new} new {name}, change {found.changed}, leave {found.same} as is."
    if not (found.is_dry and typed.url):
        return saying(text)
    value = f"{name} {typed.url}"
    return saying(text, section(text), *buttons(button("Import it", Action.IMPORT_TRIED, value)))


def saved(account: Account) -> View:
    """Return what an administrator reads who changed an account."""
    text = f":white_check_mark: *{quoted(account.name)}* ({quoted(account.tier, 40)}) is saved."
    return modal("Saved", section(text))


def _row(account: Account) -> SectionBlock:
    channels = " ".join(f"<#{each}>" for each in sorted(account.channels)[:SOME])
    people_of_it = f"{len(account.contacts)} named contacts"
    said = " · ".join(filter(None, (quoted(account.tier, 40), channels, people_of_it)))
    return SectionBlock(
        text=mrkdwn(f"*{quoted(account.name)}* · {said}"),
        accessory=button("Change", Action.EDIT_ACCOUNT, account.id),
    )


def _channels(shown: Sequence[ChannelId]) -> Iterator[InputBlock]:
    for name, start in zip(fields.CHANNELS, range(0, len(shown), TEN), strict=False):
        options = [
            Option(value=each, text=mrkdwn(f"<#{each}>")) for each in shown[start : start + TEN]
        ]
        element = CheckboxesElement(action_id=name, options=options, initial_options=list(options))
        hint = "Untick one to unlink it; `/case account` in a channel links another."
        yield field(name, "Linked channels", element, hint=hint, optional=True)


def _left_out(linked_to: Sequence[ChannelId], shown: Sequence[ChannelId]) -> str:
    return f"{len(linked_to) - len(shown)} more stay linked."


def _tier(change: TierChange) -> str:
    before = f"instead of {quoted(change.before, 40)} " if change.before else ""
    return f"{quoted(change.after, 40)} {before}since {when(change.at)}, by {who(change.by)}"
