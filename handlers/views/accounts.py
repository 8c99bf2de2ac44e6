"""Accounts as forms and receipts."""

from slack_sdk.models.views import View

from handlers.forms import accounts as fields
from handlers.ids import Modal
from handlers.metadata import Place
from handlers.views.message import section
from handlers.views.modal import modal, words
from handlers.views.text import quoted
from policy.accounts import Account


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
